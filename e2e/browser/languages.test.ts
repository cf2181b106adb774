import type { MessageKey } from '@rondo/desktop/renderer/messages/catalogue.ts';
import { english, german } from '@rondo/desktop/renderer/messages/testing/wholeCatalogue.ts';
import { makeWords, type Words } from '@rondo/desktop/renderer/messages/words.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { rememberFailure } from '../harness/failure.ts';
import { picture, seriousFindings, signInAt, type Visit, visit } from '../harness/pages.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: languages in a browser: no Chromium was found.');

interface Ids {
  flow: string;
  run: string;
  review: string;
}

/** The pages that are walked, and the button that opens a dialog on them. */
const places: { name: string; path: (ids: Ids) => string; ready: string; dialog?: MessageKey }[] = [
  { name: 'home', path: () => '/', ready: 'main h1', dialog: 'shell.help' },
  { name: 'inbox', path: ({ review }) => `/inbox/${review}`, ready: 'button:has-text("Approve"):visible' },
  { name: 'flows', path: () => '/flows', ready: 'text=Expense approval', dialog: 'shell.do.newFlow' },
  { name: 'templates', path: () => '/flows/templates', ready: 'main h1' },
  { name: 'canvas', path: ({ flow }) => `/flows/${flow}`, ready: '.react-flow__node', dialog: 'flow.publish' },
  { name: 'versions', path: ({ flow }) => `/flows/${flow}/versions`, ready: 'main h1' },
  { name: 'runs', path: () => '/runs', ready: 'text=Expense approval' },
  { name: 'run', path: ({ run }) => `/runs/${run}`, ready: ':text("Manager approves"):visible' },
  { name: 'schedules', path: () => '/schedules', ready: 'text=On Mondays', dialog: 'schedules.new' },
  { name: 'library', path: () => '/library', ready: 'main h1', dialog: 'library.tools.new' },
  { name: 'notifications', path: () => '/notifications', ready: 'main h1' },
  { name: 'people', path: () => '/admin/people', ready: 'main h1', dialog: 'admin.people.invite' },
  { name: 'keys', path: () => '/admin/keys', ready: 'main h1', dialog: 'admin.keys.new' },
  { name: 'secrets', path: () => '/admin/secrets', ready: 'main h1', dialog: 'admin.secrets.new' },
  { name: 'audit', path: () => '/admin/audit', ready: 'main h1' },
  { name: 'settings', path: () => '/admin/settings', ready: 'main h1' },
];

/** What people see or hear: each text of the page, and the names that elements are given. */
function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (
        !parent ||
        parent.closest('script, style, code, pre, .mono, kbd, time, [lang]:not(html), [aria-hidden=true], .avatar')
      )
        continue;
      const text = (node.textContent ?? '').trim();
      // a card puts words of the data together: “claimant, amount”
      const pieces = parent.closest('.react-flow__node') && !text.includes('·') ? text.split(/[^\p{L}_]+/u) : [text];
      for (const piece of pieces) texts.add(piece);
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]'))
      for (const name of ['aria-label', 'placeholder', 'title'])
        if (element.tagName !== 'TIME' && !element.closest('[aria-hidden=true]'))
          texts.add((element.getAttribute(name) ?? '').trim());
    return [...texts].filter((text) => /\p{L}{2}/u.test(text));
  });
}

/** Words on buttons, tabs, headings and labels that have no room: neither whole, nor shortened with the whole on hover. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, [role=tab], h1, h2, h3, label')]
      .filter((element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1)
      .filter((element) => {
        const shortened = getComputedStyle(element).textOverflow === 'ellipsis';
        return element.checkVisibility() && !(shortened && element.closest('[title]'));
      })
      .map((element) => `${element.tagName} ${element.className}: ${element.textContent}`),
  );
}

describe.skipIf(found === undefined)('languages, in a browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let inside: Visit;
  let page: Page;
  let ids: Ids;
  /** all that the server sent: what stands there is data, in whatever language */
  let sent = '';

  async function makeWork(session: SignedIn): Promise<Ids> {
    const { flows } = await session.call<{ flows: { id: string; name: string }[] }>('GET', 'flow.list');
    const flowId = flows.find((flow) => flow.name === 'Expense approval')?.id ?? '';
    const { seq } = await session.call<{ seq: number }>('GET', 'flow.get', { flowId });
    await session.call('POST', 'flow.publish', { flowId, baseSeq: seq });
    const inputs = { claimant: 'Anna', amount: 1250, purpose: 'Two nights in Lyon', server: server.url };
    const { runId } = await session.call<{ runId: string }>('POST', 'run.start', { flowId, inputs });
    const schedule = { flowId, name: 'On Mondays', cron: '0 9 * * 1', timeZone: 'Europe/Berlin', inputs };
    await session.call('POST', 'schedule.create', schedule);
    const review = await until('the review', async () => {
      const { reviews } = await session.call<{ reviews: { id: string }[] }>('GET', 'review.list', { state: 'open' });
      return reviews[0];
    });
    return { flow: flowId, run: runId, review: review.id };
  }

  beforeAll(async () => {
    if (found === undefined) return;
    [server, browser] = await Promise.all([startServer(), launchChromium(found)]);
    ids = await makeWork(await signIn(server.url));
    inside = await visit(browser, server.url);
    page = inside.page;
    page.on('response', async (response) => {
      if (!/json/.test(response.headers()['content-type'] ?? '')) return;
      const text = await response.text().catch(() => ''); // a page that is left takes its answers with it
      sent += text;
    });
    await signInAt(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** Whether the server sent it, also as the name of a field: “approved amount” is approved_amount. */
  const isData = (text: string) =>
    sent.includes(JSON.stringify(text).slice(1, -1)) || sent.includes(text.replaceAll(' ', '_'));

  /** Walks the pages and their dialogs, and gathers what `look` finds wrong on each. */
  async function walk(locale: 'pseudo' | 'de', t: Words, look: () => Promise<string[]>): Promise<string[]> {
    const wrong: string[] = [];
    for (const { name, path, ready, dialog } of places) {
      await page.goto(`${path(ids)}?locale=${locale}`);
      await page.locator(ready).first().waitFor();
      await page.waitForLoadState('networkidle');
      if (name === 'canvas') await page.locator('.react-flow__node', { hasText: 'Manager approves' }).first().click();
      wrong.push(...(await look()).map((each) => `${name}: ${each}`));
      await picture(page, `language-${locale}-${name}`);
      if (dialog === undefined) continue;
      await page
        .getByRole('button', { name: t(dialog), exact: true })
        .first()
        .click();
      await page.getByRole('dialog').first().waitFor();
      wrong.push(...(await look()).map((each) => `${name}, dialog: ${each}`));
      await picture(page, `language-${locale}-${name}-dialog`);
    }
    return [...new Set(wrong)];
  }

  it('every text comes from the catalogue, and has the room that a longer language needs', async () => {
    rememberFailure('languages-pseudo', () => ({ page, complaints: inside.complaints }));
    const neutral =
      /^(Rondo|JSON|YAML|OAS|MCP|HTTP|OpenAPI|PNG|SVG|Esc|Enter|Tab|Ctrl.*|English|Deutsch|[A-Z][a-z]+\/[A-Za-z_/-]+|UTC)$/;
    const dates =
      /^[\d\s,:.+–-]*((Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|CET|CEST|GMT|at)[a-z]*[\d\s,:.+–-]*)+$/;
    const wrong = await walk('pseudo', makeWords('pseudo', english), async () => {
      const bare = (await textsOf(page)).filter(
        (text) => !text.includes('·') && !neutral.test(text) && !dates.test(text) && !isData(text),
      );
      return [...bare, ...(await cutOff(page)).map((each) => `cut off: ${each}`)];
    });
    expect(wrong).toEqual([]);
  });

  it('German is whole: no English text is left, and nothing is cut off', async () => {
    rememberFailure('languages-german', () => ({ page, complaints: inside.complaints }));
    const inGerman = new Set<string>(Object.values(german));
    const onlyEnglish = new Set<string>(Object.values(english).filter((text) => !inGerman.has(text)));
    const wrong = await walk('de', makeWords('de', german), async () => {
      expect(await page.locator('html').getAttribute('lang')).toBe('de');
      const left = (await textsOf(page)).filter((text) => onlyEnglish.has(text) && !isData(text));
      return [...left, ...(await cutOff(page)).map((each) => `cut off: ${each}`)];
    });
    expect(wrong).toEqual([]);
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('switching the language keeps the page, and is kept on the device', async () => {
    rememberFailure('languages-switch', () => ({ page, complaints: inside.complaints }));
    const [en, de] = [makeWords('en', english), makeWords('de', german)];
    await page.goto(`/runs?locale=en&state=waiting`);
    await page.getByRole('heading', { level: 1, name: en('runs.title') }).waitFor();
    const before = page.url();
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { level: 1, name: de('runs.title') }).waitFor();
    expect(page.url()).toBe(before);
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await page.goto('/inbox');
    await page
      .getByRole('link', { name: de('shell.place.flows') })
      .first()
      .waitFor();
    const stranger = await browser.newContext({ baseURL: server.url, locale: 'de-AT' });
    const entry = await stranger.newPage();
    await entry.goto('/sign-in');
    await entry.getByRole('button', { name: de('entry.signIn.button') }).waitFor();
    expect(await entry.locator('html').getAttribute('lang')).toBe('de');
    await entry.getByRole('button', { name: 'English' }).click();
    await entry.getByRole('button', { name: en('entry.signIn.button') }).waitFor();
    await stranger.close();
  });
});
