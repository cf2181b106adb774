import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { picture, type Scheme, seriousFindings, signInAt, type Visit, visit } from '../harness/pages.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: how the pages look and read, 34 tests: no Chromium was found.');

interface FlowList {
  flows: { id: string; slug: string; name: string; draftSeq: number }[];
}

/** Every page there is, what has to be on it before it is looked at, and its address once the ids are known. */
const places: { name: string; path: (ids: Ids) => string; ready: string }[] = [
  { name: 'home', path: () => '/', ready: 'main' },
  { name: 'inbox', path: () => '/inbox', ready: 'main' },
  { name: 'inbox-item', path: ({ review }) => `/inbox/${review}`, ready: 'text=Approve' },
  { name: 'flows', path: () => '/flows', ready: 'text=Expense approval' },
  { name: 'flow', path: ({ flow }) => `/flows/${flow}`, ready: '.react-flow__node' },
  { name: 'runs', path: () => '/runs', ready: 'text=Expense approval' },
  { name: 'run', path: ({ run }) => `/runs/${run}`, ready: ':text("Manager approves"):visible' },
  { name: 'schedules', path: () => '/schedules', ready: 'main' },
  { name: 'library', path: () => '/library', ready: 'main' },
  { name: 'admin-people', path: () => '/admin/people', ready: 'main' },
  { name: 'admin-keys', path: () => '/admin/keys', ready: 'main' },
  { name: 'admin-secrets', path: () => '/admin/secrets', ready: 'main' },
  { name: 'admin-audit', path: () => '/admin/audit', ready: 'main' },
  { name: 'admin-settings', path: () => '/admin/settings', ready: 'main' },
  { name: 'not-found', path: () => '/nowhere', ready: 'main' },
];

interface Ids {
  flow: string;
  run: string;
  review: string;
}

describe.skipIf(found === undefined)('every page, in light and dark', () => {
  let server: RunningServer;
  let browser: Browser;
  let ids: Ids;
  const visits = new Map<Scheme, Visit>();

  /** A workspace in use: a published flow, a run that waits for a review, a schedule. */
  async function makeWork(session: SignedIn): Promise<Ids> {
    const { flows } = await session.call<FlowList>('GET', 'flow.list');
    const sample = flows.find((flow) => flow.name === 'Expense approval');
    if (sample === undefined) throw new Error('The sample flow is not there');
    const { seq } = await session.call<{ seq: number }>('GET', 'flow.get', { flowId: sample.id });
    await session.call('POST', 'flow.publish', { flowId: sample.id, baseSeq: seq, mcpTool: 'approve_expense' });
    const inputs = { claimant: 'Anna', amount: 1250, purpose: 'Two nights in Lyon', server: server.url };
    const started = await session.call<{ runId: string }>('POST', 'run.start', { flowId: sample.id, inputs });
    await session.call('POST', 'schedule.create', {
      flowId: sample.id,
      name: 'On Mondays',
      cron: '0 9 * * 1',
      timeZone: 'Europe/Berlin',
      inputs,
    });
    const review = await until('the review', async () => {
      const { reviews } = await session.call<{ reviews: { id: string }[] }>('GET', 'review.list', { state: 'open' });
      return reviews[0];
    });
    return { flow: sample.id, run: started.runId, review: review.id };
  }

  beforeAll(async () => {
    if (found === undefined) return;
    [server, browser] = await Promise.all([startServer(), launchChromium(found)]);
    ids = await makeWork(await signIn(server.url));
    for (const scheme of ['light', 'dark'] as const) {
      const opened = await visit(browser, server.url, scheme);
      await signInAt(opened.page);
      visits.set(scheme, opened);
    }
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`sign-in, ${scheme}: no barrier`, async () => {
      const stranger = await visit(browser, server.url, scheme);
      await stranger.page.goto('/sign-in');
      await stranger.page.locator('input[type=password]').waitFor();
      await picture(stranger.page, `look-sign-in-${scheme}`);
      expect(await seriousFindings(stranger.page)).toEqual([]);
      await stranger.context.close();
    });

    it.each(places)(`$name, ${scheme}: no barrier`, async ({ name, path, ready }) => {
      const opened = visits.get(scheme);
      if (opened === undefined) throw new Error('Not signed in');
      const { page } = opened;
      await page.goto(path(ids));
      await page.locator(ready).first().waitFor();
      await page.waitForTimeout(700);
      await picture(page, `look-${name}-${scheme}`);
      expect(await seriousFindings(page)).toEqual([]);
      const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const brightness = Number(/\d+/.exec(background)?.[0]);
      if (scheme === 'dark') expect(brightness).toBeLessThan(90);
      else expect(brightness).toBeGreaterThan(200);
    });
  }

  it('would say so: the search finds a barrier where there is one', async () => {
    const { page } = await visit(browser, server.url);
    await page.goto('/sign-in');
    await page.locator('input[type=password]').waitFor();
    await page.evaluate(() => {
      const field = document.createElement('input');
      field.type = 'text';
      document.querySelector('main')?.append(field);
    });
    expect((await seriousFindings(page)).join()).toContain('label');
    await page.context().close();
  });

  it('reads and works on a phone: the inbox and its review', async () => {
    const phone = await visit(browser, server.url);
    await phone.page.setViewportSize({ width: 390, height: 844 });
    await signInAt(phone.page);
    await phone.page.goto(`/inbox/${ids.review}`);
    await phone.page.getByRole('button', { name: 'Approve' }).waitFor();
    await picture(phone.page, 'look-inbox-phone');
    const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await phone.context.close();
  });
});
