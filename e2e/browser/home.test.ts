import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn } from '../harness/client.ts';
import { picture, seriousFindings, signInAt, visit } from '../harness/pages.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: home in a browser, 2 tests: no Chromium was found.');

describe.skipIf(found === undefined)('home, in a browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let owner: SignedIn;

  beforeAll(async () => {
    if (found === undefined) return;
    [server, browser] = await Promise.all([startServer(), launchChromium(found)]);
    owner = await signIn(server.url);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('of a new workspace: samples to try, a blank start, a file, and the ways on; in dark and on a phone', async () => {
    const { context, page } = await visit(browser, server.url, 'dark');
    await signInAt(page);
    await page.getByRole('heading', { name: 'Welcome to Rondo, Olivia' }).waitFor();
    expect(await page.getByRole('button', { name: 'Try it' }).count()).toBe(3);
    await picture(page, 'home-empty-dark');
    expect(await seriousFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await picture(page, 'home-empty-phone');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('link', { name: 'Connect a model or an account' }).click();
    await page.waitForURL(/\/admin\/secrets/);
    await context.close();
  });

  it('of a team: what fires next, and how often, in a word or two of the reader', async () => {
    const { flows } = await owner.call<{ flows: { id: string; name: string }[] }>('GET', 'flow.list');
    const schedules: [flow: string, times: Record<string, unknown>][] = [
      ['Weekly report', { kind: 'cron', cron: '*/30 * * * *' }],
      ['Lead intake', { kind: 'every', everySeconds: 3600 }],
      ['Support ticket triage', { kind: 'cron', cron: '0 18 * * 1-5' }],
      ['Contract summary', { kind: 'cron', cron: '0 6 * * *' }],
    ];
    for (const [name, times] of schedules) {
      const flowId = flows.find((flow) => flow.name === name)?.id ?? '';
      await owner.call('POST', 'flow.publish', { flowId, baseSeq: 0 });
      const inputs = await inputsOf(flowId);
      await owner.call('POST', 'schedule.create', { flowId, ...times, timeZone: 'Europe/Berlin', inputs });
    }
    await owner.call('POST', 'flow.create', { name: 'Stock sync' });
    const { context, page } = await visit(browser, server.url);
    await signInAt(page);
    const clock = page.getByRole('region', { name: 'Next on the clock' });
    await clock.getByRole('link', { name: /Weekly report/ }).waitFor();
    const words = await clock.locator('.home-fire-words').allTextContents();
    expect(words.sort()).toEqual(['daily', 'every 30 min', 'hourly', 'weekdays']);
    for (const time of await clock.locator('time').allTextContents())
      expect(time).toMatch(/^((\p{L}{3},? )?\d\d:\d\d|\d+ \p{L}+)$/u);
    await picture(page, 'home-clock-light');
    expect(await seriousFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'home-clock-dark');
    expect(await seriousFindings(page)).toEqual([]);
    await context.close();
  });

  /** Something of the right type for each input of a flow. */
  async function inputsOf(flowId: string): Promise<Record<string, unknown>> {
    const { text } = await owner.call<{ text: string }>('GET', 'flow.get', { flowId });
    const tree = JSON.parse(text) as { inputs?: { title: string; type: string; default?: unknown }[] };
    const asked = (tree.inputs ?? []).filter((input) => input.default === undefined);
    const given: Record<string, unknown> = { number: 1, integer: 1, boolean: true, array: [], object: {} };
    return Object.fromEntries(asked.map(({ title, type }) => [title, given[type] ?? 'a text']));
  }
});
