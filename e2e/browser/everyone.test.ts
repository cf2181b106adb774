import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { picture, type Scheme, seriousFindings, signInAt, visit } from '../harness/pages.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: every page for everyone: no Chromium was found.');

interface Ids {
  flow: string;
  run: string;
  other: string;
  review: string;
  /** the path of a link that somebody was invited by */
  invite: string;
}

interface Place {
  name: string;
  path: (ids: Ids) => string;
  /** opens a dialog, a panel or a tab of the page */
  open?: (page: Page) => Promise<void>;
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();
const inspect = (tab: string) => async (page: Page) => {
  await page.getByRole('group', { name: /“Manager approves”, step/ }).click();
  await page.getByRole('tab', { name: tab }).click();
};
const more = (item: string) => async (page: Page) => {
  await page.getByRole('button', { name: 'More for this flow' }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

/** Every page there is. */
const pages: Place[] = [
  { name: 'home', path: () => '/' },
  { name: 'inbox', path: () => '/inbox' },
  { name: 'review', path: ({ review }) => `/inbox/${review}` },
  { name: 'flows', path: () => '/flows' },
  { name: 'templates', path: () => '/flows/templates' },
  { name: 'canvas', path: ({ flow }) => `/flows/${flow}` },
  { name: 'versions', path: ({ flow }) => `/flows/${flow}/versions` },
  { name: 'starts', path: ({ flow }) => `/flows/${flow}/starts` },
  { name: 'runs', path: () => '/runs' },
  { name: 'run', path: ({ run }) => `/runs/${run}` },
  { name: 'compare', path: ({ run, other }) => `/runs/compare?a=${run}&b=${other}` },
  { name: 'schedules', path: () => '/schedules' },
  { name: 'health', path: () => '/schedules/health' },
  { name: 'library', path: () => '/library' },
  { name: 'words', path: () => '/help/words' },
  { name: 'notifications', path: () => '/notifications' },
  { name: 'rules', path: () => '/notifications/settings' },
  ...['people', 'groups', 'keys', 'secrets', 'queue', 'workers', 'audit', 'settings'].map((tab) => ({
    name: `admin-${tab}`,
    path: () => `/admin/${tab}`,
  })),
];

/** Dialogs, menus and tabs that open on a page. */
const opened: Place[] = [
  { name: 'new-flow', path: () => '/flows?new=1' },
  { name: 'search', path: () => '/', open: press(/^Search flows/) },
  { name: 'help', path: ({ flow }) => `/flows/${flow}`, open: press('Help and shortcuts') },
  ...['Set up', 'Data', 'Test', 'Notes', 'JSON'].map((tab) => ({
    name: `inspector-${tab.replace(' ', '').toLowerCase()}`,
    path: ({ flow }: Ids) => `/flows/${flow}`,
    open: inspect(tab),
  })),
  { name: 'test', path: ({ flow }) => `/flows/${flow}`, open: press('Test') },
  { name: 'publish', path: ({ flow }) => `/flows/${flow}`, open: press('Publish') },
  { name: 'start-form', path: ({ flow }) => `/flows/${flow}`, open: more('Run version 1') },
  { name: 'new-schedule', path: () => '/schedules', open: press('New schedule') },
  { name: 'invite', path: () => '/admin/people', open: press(/Invite/) },
];

/** What people do on the way. */
const onThePhone = ['inbox', 'review', 'runs', 'run', 'home'];

describe.skipIf(found === undefined)('every page, for everyone', () => {
  let server: RunningServer;
  let browser: Browser;
  let ids: Ids;

  /** A workspace in use: a published flow, two runs that wait for a review, somebody invited. */
  async function makeWork(session: SignedIn): Promise<Ids> {
    const { flows } = await session.call<{ flows: { id: string; name: string }[] }>('GET', 'flow.list');
    const flow = flows.find(({ name }) => name === 'Expense approval')?.id ?? '';
    const { seq } = await session.call<{ seq: number }>('GET', 'flow.get', { flowId: flow });
    await session.call('POST', 'flow.publish', { flowId: flow, baseSeq: seq });
    const inputs = { claimant: 'Anna', amount: 1250, purpose: 'Two nights in Lyon', server: server.url };
    const start = () => session.call<{ runId: string }>('POST', 'run.start', { flowId: flow, inputs });
    const [{ runId: run }, { runId: other }] = [await start(), await start()];
    const review = await until('the reviews', async () => {
      const { reviews } = await session.call<{ reviews: { id: string }[] }>('GET', 'review.list', { state: 'open' });
      return reviews.length === 2 && reviews[0]?.id;
    });
    const who = { role: 'reviewer', email: 'rita@example.com' };
    const { link } = await session.call<{ link: string }>('POST', 'person.invite', who);
    return { flow, run, other, review, invite: new URL(link).pathname };
  }

  beforeAll(async () => {
    if (found === undefined) return;
    [server, browser] = await Promise.all([startServer(), launchChromium(found)]);
    ids = await makeWork(await signIn(server.url));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** A window of one's own: the walks go on beside each other. */
  async function enter(scheme: Scheme, width = 1280, height = 800): Promise<Page> {
    const { page } = await visit(browser, server.url, scheme);
    await page.setViewportSize({ width, height });
    await signInAt(page);
    return page;
  }
  async function go(page: Page, { path, open }: Place): Promise<void> {
    await page.goto(path(ids));
    await page.getByRole('main').waitFor();
    await page.waitForTimeout(500);
    await open?.(page);
    await page.waitForTimeout(250);
  }
  /** What stands out of the window at the right, and cannot be reached by scrolling up and down alone. */
  const tooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

  for (const scheme of ['light', 'dark'] as const) {
    it.concurrent(`has no barrier on any page or dialog, ${scheme}`, async () => {
      const page = await enter(scheme);
      const barriers: Record<string, string[]> = {};
      for (const place of [...pages, ...opened]) {
        await go(page, place);
        await picture(page, `everyone-${place.name}-${scheme}`);
        const findings = await seriousFindings(page);
        if (findings.length > 0) barriers[place.name] = findings;
      }
      const { page: stranger } = await visit(browser, server.url, scheme);
      for (const [name, path] of Object.entries({ 'sign-in': '/sign-in', invite: ids.invite })) {
        await stranger.goto(path);
        await stranger.locator('input[type=password]').waitFor();
        await picture(stranger, `everyone-${name}-${scheme}`);
        const findings = await seriousFindings(stranger);
        if (findings.length > 0) barriers[name] = findings;
      }
      expect(barriers).toEqual({});
    }, 400_000);
  }

  it.concurrent('works at 360 pixels: inbox, review and runs', async () => {
    const page = await enter('light', 360, 740);
    const wide: Record<string, number> = {};
    for (const place of pages.filter(({ name }) => onThePhone.includes(name))) {
      await go(page, place);
      await picture(page, `everyone-phone-${place.name}`);
      const over = await tooWide(page);
      if (over > 0) wide[place.name] = over;
    }
    expect(wide).toEqual({});
    await page.goto(`/inbox/${ids.review}`);
    const approve = page.getByRole('button', { name: 'Approve' });
    await approve.scrollIntoViewIfNeeded();
    const box = await approve.boundingBox();
    expect((box?.x ?? 999) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
  });

  it.concurrent('loses nothing at 200 %: no page scrolls two ways', async () => {
    const page = await enter('light', 640, 450);
    const wide: Record<string, number> = {};
    for (const place of pages) {
      await go(page, place);
      await picture(page, `everyone-zoom-${place.name}`);
      const over = await tooWide(page);
      if (over > 0) wide[place.name] = over;
    }
    expect(wide).toEqual({});
  });

  for (const scheme of ['light', 'dark'] as const) {
    it.concurrent(`shows people around, by keyboard, from the help, ${scheme}`, async () => {
      const page = await enter(scheme);
      await page.goto('/');
      await page.getByRole('button', { name: 'Help and shortcuts' }).click();
      await page.getByRole('button', { name: 'Show me around' }).click();
      const tour = page.getByRole('region', { name: 'Tour' });
      for (let number = 1; number <= 6; number += 1) {
        await tour.getByText(`${number} of 6`).waitFor();
        await until('the tour to have the keys', () => tour.evaluate((element) => element === document.activeElement));
        await page.locator('[data-tour]').first().waitFor();
        await picture(page, `everyone-tour-${number}-${scheme}`);
        expect(await seriousFindings(page)).toEqual([]);
        if (number === 6) break;
        await tour.getByRole('button', { name: 'Next' }).focus();
        await page.keyboard.press('Enter');
      }
      expect(new URL(page.url()).pathname).toBe('/inbox');
      await page.keyboard.press('Escape');
      await tour.waitFor({ state: 'detached' });
      expect(await page.locator('[data-tour]').count()).toBe(0);
    });
  }

  it.concurrent('stands still where motion is not wanted', async () => {
    const page = await enter('dark');
    for (const place of [...pages.slice(0, 6), ...opened.slice(0, 2)]) {
      await go(page, place);
      const moving = await page.evaluate(() =>
        [...document.querySelectorAll('body *')]
          .filter((element) => {
            const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
            const longest = (text: string) => Math.max(...text.split(',').map((part) => Number.parseFloat(part)));
            return (
              longest(transitionDuration) > 0.001 || (animationName !== 'none' && longest(animationDuration) > 0.001)
            );
          })
          .map((element) => element.outerHTML.slice(0, 120)),
      );
      expect({ [place.name]: moving }).toEqual({ [place.name]: [] });
    }
  });
});
