import { chain } from '@rondo/server/work/testFlows.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn } from '../harness/client.ts';
import { rememberFailure } from '../harness/failure.ts';
import { picture, seriousFindings, signInAt, type Visit, visit } from '../harness/pages.ts';
import { type RunningServer, startServer } from '../harness/server.ts';
import { callsTool, formulaTool, webTool } from '../harness/toolSteps.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: the library in a browser, 6 tests: no Chromium was found.');

const many = 160;
const patience = { timeout: 10_000 };

describe.skipIf(found === undefined)('the library, in a browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let owner: SignedIn;
  let inside: Visit;
  let page: Page;

  beforeAll(async () => {
    if (found === undefined) return;
    [server, browser] = await Promise.all([startServer(), launchChromium(found)]);
    owner = await signIn(server.url);
    for (const name of ['rate', 'tax']) await save(formulaTool(name, `Works out the ${name}`));
    await save(webTool('stock', 'warehouse'));
    for (const [name, ...tools] of [
      ['Rates', 'rate'],
      ['Taxes', 'rate', 'tax'],
    ] as [string, ...string[]][])
      await flowThatCalls(name, tools);
    const { flowId } = await flowThatCalls('Old rates', ['rate']);
    await owner.call('POST', 'flow.arrange', { flowIds: [flowId], archived: true });
    inside = await visit(browser, server.url);
    page = inside.page;
    await signInAt(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const save = (component: object) => owner.call('POST', 'tool.save', { component });
  const remember = (name: string) => rememberFailure(name, () => ({ page, complaints: inside.complaints }));
  const tools = () => page.locator('.tool-cell .strong').allTextContents();

  async function flowThatCalls(name: string, called: string[]): Promise<{ flowId: string }> {
    const text = JSON.stringify({ ...chain(called.map(callsTool)), name });
    const made = await owner.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: 'f.json' });
    await owner.call('POST', 'flow.publish', { flowId: made.flowId, baseSeq: 0 });
    return made;
  }

  it('a tool says where it is used, in draft and version, and the way there', async () => {
    remember('library-used');
    await page.goto('/library');
    const row = page.getByRole('row', { name: /rate/ });
    await row.getByRole('button', { name: 'rate: 3 places' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('link', { name: /Old rates.*in draft and published version · archived/ }).waitFor();
    expect(await dialog.getByRole('link').count()).toBe(3);
    await picture(page, 'library-where-used');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('link', { name: /^Taxes/ }).click();
    await page.waitForURL(/\/flows\//);
    await page.goBack();
    await page.getByRole('cell', { name: 'Not used' }).waitFor();
  });

  it('tools are searched and filtered in the address, and found again by it', async () => {
    remember('library-filters');
    await page.goto('/library');
    await page.getByRole('textbox', { name: 'Search tools' }).fill('works OUT');
    await page.waitForURL(/search=works\+OUT/);
    await expect.poll(tools, patience).toEqual(['rate', 'tax']);
    await page.reload();
    await expect.poll(tools, patience).toEqual(['rate', 'tax']);
    await page.getByRole('combobox', { name: 'How it works' }).click();
    await page.getByRole('option', { name: 'Web call' }).click();
    await page.getByText('No tool matches').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clear the filters' }).first().click();
    await expect.poll(tools, patience).toEqual(['rate', 'stock', 'tax']);
    await page.getByRole('combobox', { name: 'Used or not' }).click();
    await page.getByRole('option', { name: 'Not used' }).click();
    await expect.poll(tools, patience).toEqual(['stock']);
    await page.goto('/library');
    await page.getByRole('combobox', { name: 'Used in a flow' }).fill('Tax');
    await page.getByRole('option', { name: 'Taxes' }).click();
    await expect.poll(tools, patience).toEqual(['rate', 'tax']);
    await picture(page, 'library-filtered');
  });

  it('several are removed at once: asked, with the flows that call them, each in the audit', async () => {
    remember('library-remove');
    await page.goto('/library');
    await page.getByRole('checkbox', { name: 'Choose tax' }).check();
    await page.getByRole('checkbox', { name: 'Choose stock' }).check();
    const bar = page.getByRole('region', { name: 'What is chosen' });
    await bar.getByText('2 chosen').waitFor();
    await bar.getByRole('button', { name: 'Remove' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Remove 2 tools?').waitFor();
    await dialog.getByText('tax: Taxes').waitFor();
    await picture(page, 'library-remove');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('2 tools are removed.').waitFor();
    await expect.poll(tools, patience).toEqual(['rate']);
    expect(await bar.count()).toBe(0);
    const { rows } = await owner.call<{ rows: { targetName: string }[] }>('GET', 'audit.list', {
      action: 'tool.remove',
    });
    expect(rows.map((row) => row.targetName).sort()).toEqual(['stock', 'tax']);
  });

  it('the formula of a tool is worked out while it is typed, with what its inputs are of themselves', async () => {
    remember('library-formula');
    await page.getByRole('button', { name: 'Change rate' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Formula' }).fill('$uppercase("net")');
    await dialog.getByText('"NET"').waitFor();
    await dialog.getByRole('button', { name: 'Functions' }).click();
    await dialog.getByRole('combobox', { name: 'Find a function' }).waitFor();
    await picture(page, 'tool-formula');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('textbox', { name: 'Formula' }).fill('$uppercase(');
    await dialog.locator('.formula-result[data-state="bad"]').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('however many there are, they come piece by piece, and what is out of sight is not drawn', async () => {
    remember('library-many');
    const names = Array.from({ length: many }, (_, n) => `many-${String(n).padStart(3, '0')}`);
    await Promise.all(names.map((name) => save(formulaTool(name, 'One of many'))));
    await page.goto('/library');
    await expect.poll(async () => (await tools()).length, patience).toBe(50);
    for (const last of ['many-099', 'many-149', 'rate']) {
      await page.getByRole('button', { name: 'Show more' }).click();
      await page.getByText(last, { exact: true }).scrollIntoViewIfNeeded();
    }
    await expect.poll(async () => (await tools()).length, patience).toBeLessThan(many);
    const height = await page.locator('.table').evaluate((table) => (table as HTMLElement).offsetHeight);
    expect(height).toBeGreaterThan(many * 40);
    // an answer that does not come is said, and asked for again
    await page.route(/trpc\/.*tool\.list/, (route) => route.abort());
    await page.goto('/library?kind=script');
    await page.getByRole('button', { name: 'Try again' }).waitFor({ timeout: 30_000 });
    await page.unroute(/trpc\/.*tool\.list/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('No tool matches').waitFor();
  });

  it('models say which flows name them; all of it in dark and on a phone', async () => {
    remember('library-models');
    await page.goto('/library/models');
    const used = page.getByRole('button', { name: /^practice: \d+ places?$/ });
    await used.waitFor();
    await picture(page, 'library-models-light');
    expect(await seriousFindings(page)).toEqual([]);
    await used.click();
    await page.getByRole('dialog').getByRole('link').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('navigation', { name: 'Library' }).getByRole('link', { name: 'Samples' }).click();
    await page
      .getByRole('button', { name: /^Make a copy of/ })
      .first()
      .waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.goto('/library');
    await page.getByText('many-000', { exact: true }).waitFor();
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await picture(page, 'library-phone');
    expect(await seriousFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 1440, height: 900 });
    await picture(page, 'library-dark');
    expect(await seriousFindings(page)).toEqual([]);
  });
});
