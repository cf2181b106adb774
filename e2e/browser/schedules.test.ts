import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn } from '../harness/client.ts';
import { picture, seriousFindings, signInAt, visit } from '../harness/pages.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: schedules and workers in a browser, 6 tests: no Chromium was found.');

describe.skipIf(found === undefined)('schedules and workers in a browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let session: SignedIn;
  let page: Page;

  beforeAll(async () => {
    if (found === undefined) throw new Error('no browser');
    server = await startServer();
    session = await signIn(server.url);
    const { flows } = await session.call<{ flows: { id: string; name: string }[] }>('GET', 'flow.list');
    const flowId = flows.find((flow) => flow.name === 'Weekly report')?.id;
    await session.call('POST', 'flow.publish', { flowId, baseSeq: 0 });
    browser = await launchChromium(found);
    ({ page } = await visit(browser, server.url));
    await signInAt(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('a schedule is made of plain words: every so often, what overlaps, what was missed', async () => {
    await page.goto('/schedules');
    await page.getByRole('button', { name: 'New schedule' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Flow' }).click();
    await page.getByRole('option', { name: 'Weekly report' }).click();
    await dialog.getByRole('combobox', { name: 'How often' }).click();
    await page.getByRole('option', { name: 'Every so often' }).click();
    await dialog.getByText('Every hour', { exact: true }).waitFor();
    await dialog.getByText('Days, overlap and what was missed').click();
    await dialog.getByRole('combobox', { name: 'While an earlier run has not ended' }).click();
    await page.getByRole('option', { name: 'Skip the new one' }).click();
    await dialog.getByRole('combobox', { name: 'Fires that were due while the server was off' }).click();
    await page.getByRole('option', { name: 'Catch up all of them' }).click();
    await picture(page, 'schedule-dialog-light');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: /^Create/ }).click();
    await page.getByRole('cell', { name: /Every hour/ }).waitFor();
    const { schedules } = await session.call<{ schedules: object[] }>('GET', 'schedule.list');
    expect(schedules).toMatchObject([{ kind: 'every', everySeconds: 3600, overlap: 'skip', missed: 'all' }]);
  });

  it('one is run now by the keyboard, and the ledger says who did', async () => {
    const more = page.getByRole('button', { name: /^More actions/ });
    await more.focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('menu');
    await expect.poll(() => menu.evaluate((list) => list.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'All fires' }).waitFor({ state: 'hidden' });
    await expect.poll(() => more.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Run now' }).click();
    await page.getByText('It runs now.').waitFor();
    const { schedules } = await session.call<{ schedules: { id: string }[] }>('GET', 'schedule.list');
    const { fires } = await session.call<{ fires: object[] }>('GET', 'schedule.fires', {
      scheduleId: schedules[0]?.id ?? '',
    });
    expect(fires).toMatchObject([{ kind: 'manual', outcome: 'run', reason: 'run now by Olivia Owner' }]);
  });

  it('the list waits for no other list: flows are asked for only where no schedule is', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.reload();
    await page.getByRole('button', { name: 'New schedule' }).waitFor();
    await page.getByRole('cell', { name: /Every hour/ }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(asked.filter((url) => url.includes('schedule.list')).length).toBeGreaterThan(0);
    expect(asked.filter((url) => url.includes('flow.list'))).toEqual([]);
    page.removeAllListeners('request');
  });

  it('those are found whose last fire came to something', async () => {
    await page.getByRole('combobox', { name: 'Last fire' }).click();
    await page.getByRole('option', { name: 'Skipped' }).click();
    await page.waitForURL(/last=skipped/);
    await page.getByText('No schedule matches').waitFor();
    await page.goto('/schedules?last=run');
    await page.getByRole('cell', { name: /Every hour/ }).waitFor();
    await picture(page, 'schedules-filtered');
  });

  it('their health stands on one page, with a calendar of what fired and what will', async () => {
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByRole('cell', { name: 'Fine' }).waitFor();
    await page
      .getByText(/\d+ planned/)
      .first()
      .waitFor();
    expect(await page.getByText('1 ran').count()).toBe(1);
    await picture(page, 'schedule-health-light');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'The month after' }).click();
    await page.getByText('24 planned').first().waitFor();
    await page
      .getByRole('button', { name: /^The hours of / })
      .nth(1)
      .focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('1 planned').nth(23).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    // by the week, by the keyboard, and in the address: the hours down, the days across
    await page.getByRole('radio', { name: 'Month' }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(/by=week/);
    await page.getByRole('button', { name: 'The week after' }).focus();
    await page.keyboard.press('Enter');
    const planned = page.getByRole('region', { name: 'Calendar of fires' }).getByText('1 planned');
    await expect.poll(() => planned.count()).toBe(7 * 24);
    const kept = await page.getByRole('heading', { level: 2 }).textContent();
    await page.reload();
    await page.getByRole('rowheader').nth(23).waitFor();
    expect(await page.getByRole('heading', { level: 2 }).textContent()).toBe(kept);
    await picture(page, 'schedule-week-light');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Today' }).click();
    await page.getByText('1 ran').waitFor();
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await seriousFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'schedule-health-dark');
    expect(await seriousFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('the workers are listed, and one is drained and takes runs again', async () => {
    await page.goto('/admin/workers');
    await page.getByRole('cell', { name: 'Working' }).waitFor();
    await page.getByRole('button', { name: /^Drain Server/ }).click();
    await page.getByRole('cell', { name: 'Draining' }).waitFor();
    await picture(page, 'workers-light');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: /take runs again$/ }).click();
    await page.getByRole('cell', { name: 'Working' }).waitFor();
  });
});
