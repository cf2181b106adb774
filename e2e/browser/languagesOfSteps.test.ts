import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { rememberFailure } from '../harness/failure.ts';
import { picture, signInAt, type Visit, visit } from '../harness/pages.ts';
import { type RunningServer, startServer } from '../harness/server.ts';
import { cutOff, GivenWords, isEnglish, wordsOn } from '../harness/wording.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: the languages of steps, in a browser: no Chromium was found.');

/** Names and measures that are the same in every language. */
const neutral = new RegExp(
  `^(${[
    'Rondo',
    'English',
    'Deutsch',
    'PNG|SVG|JSON|YAML|MCP|HTTP|API|OpenAPI',
    'Authorization: .*|(GET|POST) .*',
    // the types of a document, which tooltips name
    '\\w+(Node|Tool)( · \\w+Tool)?',
    // addresses, ids, names of operations, of time zones and of files
    'https?:.*|/.*|[a-z]+@[a-z.]+|[0-9a-f-]{8,}|[A-Z]\\w+/\\w+|[\\w-]+\\.[\\w.-]+',
    // dates and spans of time, as the region writes them
    '(\\d|[ ,:.–×%+-]|CES?T|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|day|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|ember|ago|in|now|at|GB|MB|KB|ms|min|seconds?|minutes?|hours?|days?|h|s|yesterday|today|tomorrow)+',
  ].join('|')})$`,
);

/** Untranslated: letters without accents, in a text that came neither from the server nor is the same everywhere. */
function untranslated(words: string[], given: GivenWords): string[] {
  return words.filter(
    (text) => /[a-z]{2}/.test(text) && !text.includes('·]') && !neutral.test(text) && !given.has(text),
  );
}

describe.skipIf(found === undefined)('the languages of steps, in a browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let owner: SignedIn;
  let ids: { flow: string; run: string; review: string };
  let inside: Visit;
  let page: Page;
  let given: GivenWords;

  beforeAll(async () => {
    if (found === undefined) return;
    [server, browser] = await Promise.all([startServer(), launchChromium(found)]);
    owner = await signIn(server.url);
    const { flowId } = await owner.call<{ flowId: string }>('POST', 'flow.create', {
      name: 'Spesen',
      sample: 'expense-approval',
    });
    await owner.call('POST', 'flow.publish', { flowId, baseSeq: 0 });
    const inputs = { claimant: 'Anna', amount: 1250.5, purpose: 'Zwei Nächte in Lyon', server: server.url };
    const { runId } = await owner.call<{ runId: string }>('POST', 'run.start', { flowId, inputs });
    await owner.call('POST', 'schedule.create', {
      flowId,
      name: 'Montags',
      cron: '0 9 * * 1',
      timeZone: 'Europe/Berlin',
      inputs,
    });
    const review = await until('the review', async () => {
      const { reviews } = await owner.call<{ reviews: { id: string }[] }>('GET', 'review.list', { state: 'open' });
      return reviews[0]?.id;
    });
    ids = { flow: flowId, run: runId, review };
    inside = await visit(browser, server.url);
    page = inside.page;
    given = new GivenWords(page);
    await signInAt(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const remember = (name: string) => rememberFailure(name, () => ({ page, complaints: inside.complaints }));
  /** Goes on as a link of the page does, and waits until nothing is on its way any more. */
  const goOn = async (place: string) => {
    await page.evaluate((to) => window.history.pushState(null, '', to), place);
    await page.waitForTimeout(250);
    const busy = page.getByRole('main').locator('[role=status][aria-label], .mantine-Loader-root');
    await until(`${place} to be there`, async () => (await busy.count()) === 0);
  };
  // the pages that are no list and no dialog; those are walked in languages.test.ts
  const places = () => [
    '/flows?show=archived',
    '/flows/templates/expense-approval',
    `/flows/${ids.flow}/versions`,
    `/flows/${ids.flow}/words`,
    `/runs/${ids.run}`,
    '/schedules/health',
    '/admin/queue',
    '/admin/workers',
    '/nowhere',
  ];
  /** Goes through these pages, and through the steps and the drawer of a canvas. */
  async function walk(look: (place: string) => Promise<void>): Promise<void> {
    for (const place of places()) {
      await goOn(place);
      await look(place);
    }
    await goOn(`/flows/${ids.flow}`);
    const cards = page.locator('.react-flow__node');
    await cards.first().waitFor();
    // until the picture is fitted and stands still
    await page.waitForTimeout(800);
    for (const index of (await cards.all()).keys()) {
      // a picture that is still being fitted moves away under the pointer
      await until(`step ${index} to open`, async () => {
        await cards.nth(index).locator('.step-name').click();
        await page.waitForTimeout(150);
        return page.locator('.inspector [role=tab]').first().isVisible();
      });
      await look(`step ${index}`);
    }
  }

  it('every word about a step comes from the catalogue, also what only a screen reader says', async () => {
    remember('languages-pseudo');
    await page.goto('/?locale=pseudo');
    const bare: Record<string, string[]> = {};
    const cut: Record<string, string[]> = {};
    await walk(async (place) => {
      const words = untranslated(await wordsOn(page), given);
      if (words.length > 0) bare[place] = words;
      const without = await cutOff(page);
      if (without.length > 0) cut[place] = without;
    });
    expect(bare).toEqual({});
    expect(cut).toEqual({});
  });

  it('German is chosen in the menu: the page stays, and what was typed', async () => {
    remember('languages-choice');
    await page.goto('/flows?locale=en');
    await page.evaluate(() => window.sessionStorage.clear());
    await page.goto('/flows');
    await page.getByRole('textbox', { name: 'Search flows' }).fill('Spe');
    await page.waitForURL(/search=Spe/);
    await page.getByRole('button', { name: /Olivia/ }).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { name: 'Abläufe' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Abläufe suchen' }).inputValue()).toBe('Spe');
    expect(new URL(page.url()).search).toBe('?search=Spe');
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
    // it is remembered
    await page.reload();
    await page.getByRole('textbox', { name: 'Abläufe suchen' }).waitFor();
  });

  it('nothing about a step is English to somebody who reads German, and numbers are German', async () => {
    remember('languages-german');
    const shown: Record<string, string[]> = {};
    const cut: Record<string, string[]> = {};
    const pictures: Record<string, string> = {
      [`/flows/${ids.flow}/versions`]: 'versions',
      [`/flows/${ids.flow}/words`]: 'words',
      [`/runs/${ids.run}`]: 'run',
      '/schedules/health': 'health',
      'step 4': 'step',
    };
    await walk(async (place) => {
      const english = (await wordsOn(page)).filter((text) => isEnglish(text) && !given.has(text));
      if (english.length > 0) shown[place] = english;
      const without = await cutOff(page);
      if (without.length > 0) cut[place] = without;
      const name = pictures[place];
      if (name) await picture(page, `german-${name}`);
    });
    expect(shown).toEqual({});
    expect(cut).toEqual({});
    await goOn(`/runs/${ids.run}`);
    expect(await page.getByRole('main').textContent()).toContain('1.250,5');
  });
});
