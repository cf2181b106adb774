import { chain, say, sleep } from '@rondo/server/work/testFlows.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { rememberFailure } from '../harness/failure.ts';
import { picture, type Scheme, seriousFindings, signInAt, type Visit, visit } from '../harness/pages.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: lists and filters in a browser: no Chromium was found.');

/** Adds up what moves on a page without somebody having touched it. */
const watchShifts = `
  window.shifts = { sum: 0, what: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
      window.shifts.sum += entry.value;
      for (const { node } of entry.sources) window.shifts.what.push(node?.className ?? node?.nodeName ?? '?');
    }
  }).observe({ type: 'layout-shift', buffered: true });`;

describe.skipIf(found === undefined)('lists and filters, in a browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let owner: SignedIn;
  let inside: Visit;
  let page: Page;

  beforeAll(async () => {
    if (found === undefined) return;
    [server, browser] = await Promise.all([startServer(), launchChromium(found)]);
    owner = await signIn(server.url);
    const names = ['Order intake', 'Order returns', 'Stock sync', 'Lead routing'];
    for (const name of names) await published(name, chain([say('hello'), say('bye')]));
    await owner.call('POST', 'run.start', { flowId: await idOf('Order intake'), inputs: {}, waitSeconds: 10 });
    await published('Napping', chain([say('hello'), sleep('nap', 3600)]));
    await owner.call('POST', 'run.start', { flowId: await idOf('Napping'), inputs: {} });
    await owner.call('POST', 'flow.publish', { flowId: await idOf('Contract summary'), baseSeq: 0 });
    for (const party of ['Acme', 'Norwick Print', 'Atlas Freight']) {
      const inputs = { party, contract: 'Term: 24 months. Renews: yes.' };
      await owner.call('POST', 'run.start', { flowId: await idOf('Contract summary'), inputs, waitSeconds: 10 });
    }
    inside = await visit(browser, server.url);
    page = inside.page;
    await page.addInitScript(watchShifts);
    await signInAt(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function published(name: string, document: JsonObject): Promise<void> {
    const text = JSON.stringify({ ...document, name });
    const made = await owner.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: 'flow.json' });
    await owner.call('POST', 'flow.publish', { flowId: made.flowId, baseSeq: 0 });
  }
  async function idOf(name: string): Promise<string> {
    const { flows } = await owner.call<{ flows: { id: string; name: string }[] }>('GET', 'flow.names', {
      search: name,
    });
    return flows.find((flow) => flow.name === name)?.id ?? '';
  }
  const remember = (name: string) => rememberFailure(name, () => ({ page, complaints: inside.complaints }));
  /** All that the page asked for is there: nothing stands in the place of something else any more. */
  const settled = async () => {
    await page.getByRole('main').waitFor();
    await until('nothing to be on its way', async () => (await main().getByLabel('Loading').count()) === 0);
    await page.waitForLoadState('networkidle');
  };
  const main = () => page.getByRole('main');
  const flowNames = async () => (await main().locator('.flow-name a').allTextContents()).sort();

  it('flows are put into a folder, deleted together, and put back by “Undo”', async () => {
    remember('screens-flows');
    await page.goto('/flows');
    await main().getByRole('link', { name: 'Order intake' }).waitFor();
    await page.getByRole('button', { name: 'New folder' }).click();
    await page.getByLabel('Name of the folder', { exact: true }).fill('Orders');
    await page.getByRole('button', { name: 'Make the folder' }).click();
    // the new folder is chosen, empty, and stands in the address
    await main().getByText('No flow is in this folder').waitFor();
    expect(new URL(page.url()).searchParams.get('folder')).toBeTruthy();
    await picture(page, 'flows-folder-empty');
    await page.getByRole('button', { name: 'Show the flows in use' }).click();
    await page.getByLabel('Choose Order intake').check();
    await page.getByLabel('Choose Order returns').check();
    const bar = page.getByRole('region', { name: 'Chosen flows' });
    await bar.getByText('2 flows chosen').waitFor();
    await picture(page, 'flows-chosen');
    await bar.getByRole('button', { name: 'Move to a folder' }).click();
    await page.getByRole('menuitem', { name: 'Orders' }).click();
    await page.getByText('2 flows are in “Orders”.').waitFor();
    await page
      .getByRole('navigation', { name: 'Folders' })
      .getByRole('button', { name: /^Orders/ })
      .click();
    await until(
      'the folder to show its flows',
      async () => (await flowNames()).join() === 'Order intake,Order returns',
    );
    // what the address says is what is there after a reload
    await page.reload();
    await until('the same after a reload', async () => (await flowNames()).join() === 'Order intake,Order returns');
    await page.getByLabel('Choose all that are shown').check();
    await bar.getByRole('button', { name: 'Delete' }).click();
    await main().getByText('No flow is in this folder').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await until('the flows to be back', async () => (await flowNames()).join() === 'Order intake,Order returns');
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('filters of flows stand in the address, and going back takes them up again', async () => {
    remember('screens-flow-filters');
    await page.goto('/flows?last=succeeded');
    await until('flows whose last run is done', async () => (await flowNames()).join() === 'Order intake');
    await page.getByRole('textbox', { name: 'Search flows' }).fill('nowhere');
    await main().getByText('No flow matches').waitFor();
    await until('the search in the address', async () => page.url().includes('search=nowhere'));
    await page.getByRole('button', { name: 'Show the flows in use' }).click();
    await main().getByRole('link', { name: 'Stock sync' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(await page.getByRole('textbox', { name: 'Search flows' }).inputValue()).toBe('');
    await page.getByRole('textbox', { name: 'Search flows' }).fill('stock');
    await until('the search in the address', async () => page.url().includes('search=stock'));
    await main().getByRole('link', { name: 'Stock sync' }).click();
    await page.waitForURL(/\/flows\/[0-9a-f-]{36}/);
    await page.goBack();
    await until('the search to stand again', async () => (await flowNames()).join() === 'Stock sync');
    expect(await page.getByRole('textbox', { name: 'Search flows' }).inputValue()).toBe('stock');
    await page.locator('label', { hasText: 'As cards' }).click();
    await main().getByRole('region', { name: 'Stock sync' }).waitFor();
    await page.goto('/flows');
    // the choice of cards is remembered
    await main().getByRole('region', { name: 'Lead routing' }).waitFor();
    await picture(page, 'flows-cards');
    await page.locator('label', { hasText: 'As a table' }).click();
  });

  it('the search opens with Enter what the server found later than the words were typed', async () => {
    remember('screens-search-late');
    await page.goto('/');
    await main().waitFor();
    const late = async (route: Route) => {
      if (route.request().url().includes('Stock')) await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    };
    await page.route('**/flow.list*', late);
    await page.keyboard.press('Control+k');
    const field = page.getByRole('textbox', { name: 'Search flows, runs and actions' });
    await field.fill('Stock sync, run');
    await page.getByText('Nothing fits. Try another word.').waitFor();
    await field.fill('Stock sync');
    await page.getByRole('button', { name: /^Stock sync/ }).waitFor();
    await until('the first entry to be marked', async () => (await page.locator('[data-selected]').count()) === 1);
    await page.keyboard.press('Enter');
    await field.waitFor({ state: 'hidden' });
    await page.waitForURL(/\/flows\/[0-9a-f-]{36}/);
    await page.unrouteAll({ behavior: 'wait' });
  });

  it('a template is looked at on a canvas, and used', async () => {
    remember('screens-templates');
    await page.goto('/flows');
    await page.getByRole('link', { name: 'Templates' }).click();
    await page.getByRole('link', { name: /Expense approval/ }).click();
    await page.waitForURL('**/flows/templates/expense-approval');
    await page
      .getByRole('region', { name: 'Preview of Expense approval' })
      .locator('.react-flow__node')
      .first()
      .waitFor();
    await page.getByText('Somebody who decides: 1 review').waitFor();
    await picture(page, 'templates');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Use this' }).click();
    await page.waitForURL(/\/flows\/[0-9a-f-]{36}/);
    const flowId = page.url().split('/').at(-1) ?? '';
    const { text } = await owner.call<{ text: string }>('GET', 'flow.export', { flowId });
    const sample = await owner.call<{ text: string }>('GET', 'sample.get', { sample: 'expense-approval' });
    expect(text).toBe(sample.text);
  });

  it('the inbox is narrowed in the address, decided by the keyboard, and says who decided', async () => {
    remember('screens-inbox');
    await page.goto('/inbox?search=norwick');
    const items = page.locator('.inbox-item');
    await until('one review', async () => (await items.count()) === 1);
    await page.getByRole('heading', { name: 'Contract with Norwick Print' }).waitFor();
    await page.getByRole('button', { name: 'Confirm' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText(/decided by Olivia Owner/).waitFor();
    await page.locator('label', { hasText: 'By me' }).click();
    await page.waitForURL(/show=mine/);
    await page.getByText('Approve · Olivia Owner').waitFor();
    await picture(page, 'inbox-decided');
    await page.getByRole('textbox', { name: 'Search reviews' }).fill('');
    await page.locator('label', { hasText: 'All' }).click();
    await until('all reviews', async () => (await items.count()) === 3);
    await page.goto('/inbox?show=all&age=7');
    await page.getByRole('button', { name: 'Show all open reviews' }).click();
    await until('the open ones', async () => (await items.count()) === 2);
    expect(new URL(page.url()).search).toBe('');
    await page.keyboard.press('j');
    await page.waitForURL(/inbox\/[0-9a-f-]{36}/);
  });

  it('on a narrow phone: from the list to an item and back, and a run', async () => {
    remember('screens-phone');
    await page.setViewportSize({ width: 360, height: 740 });
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
    await page.goto('/inbox?show=all');
    await page.locator('.inbox-item').first().click();
    await page.getByRole('heading', { name: /Contract with/ }).waitFor();
    expect(await wide()).toBeLessThanOrEqual(360);
    await picture(page, 'phone-review');
    await page.locator('.inbox-phone-bar').getByRole('link', { name: 'Inbox' }).click();
    await page.waitForURL(/\/inbox\?show=all$/);
    expect(await wide()).toBeLessThanOrEqual(360);
    await picture(page, 'phone-inbox');
    const { runs } = await owner.call<{ runs: { id: string }[] }>('GET', 'run.list', {});
    await page.goto(`/runs/${runs[0]?.id}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await wide()).toBeLessThanOrEqual(360);
    await picture(page, 'phone-run');
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('home says how far a run is; a page that could not be read says so, and is read again on demand', async () => {
    remember('screens-home-and-errors');
    await page.goto('/');
    const napping = page.getByRole('link', { name: /Napping/ }).first();
    await napping.getByText('2 of 4 steps done').waitFor();
    await picture(page, 'home-running');
    await page.goto('/inbox');
    await page.route(/trpc\/.*schedule\.list/, (route) => route.abort());
    await page.goto('/schedules');
    const again = main().getByRole('button', { name: 'Try again' });
    await again.waitFor({ timeout: 20_000 });
    await picture(page, 'schedules-unread');
    expect(await seriousFindings(page)).toEqual([]);
    await page.unroute(/trpc\/.*schedule\.list/);
    await again.click();
    await main().getByText('Nothing runs by the clock yet').waitFor();
  });

  const places = [
    '/',
    '/inbox',
    '/flows',
    '/flows/templates',
    '/runs',
    '/schedules',
    '/schedules/health',
    '/library',
    '/notifications',
    '/admin/people',
    '/admin/queue',
    '/admin/workers',
    '/admin/secrets',
    '/admin/audit',
    '/admin/settings',
  ];

  it('nothing on a page jumps while it loads', async () => {
    remember('screens-shifts');
    const moved: Record<string, unknown> = {};
    for (const place of places) {
      await page.goto(place);
      await settled();
      await page.waitForTimeout(300);
      const shifts = await page.evaluate(
        () => (window as unknown as { shifts: { sum: number; what: string[] } }).shifts,
      );
      if (shifts.sum >= 0.02) moved[place] = shifts;
    }
    expect(moved).toEqual({});
  });

  // `looks` looks at every page; these have more in them here
  it('lists that are full in light and dark', async () => {
    remember('screens-looks');
    for (const scheme of ['light', 'dark'] satisfies Scheme[]) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const place of ['/', '/flows', '/inbox']) {
        await page.goto(place);
        await settled();
        await picture(page, `page${place.replaceAll('/', '-')}-${scheme}`);
        expect(await seriousFindings(page), `${place} ${scheme}`).toEqual([]);
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
  });
});
