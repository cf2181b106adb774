/**
 * `npm run bench:ui`: the client in a real Chromium: how long flows of 200, 1,000 and 5,000 steps take until they can be
 * worked on, frames while a step is dragged, the canvas is moved and zoomed (from afar, too), the delay of a key in a
 * prompt, a click on a step, undo, the deletion of many steps at once, what it holds in memory, and what a reviewer's
 * device loads for the inbox. `npm run bench:ui -- 1000` takes a flow of that many steps alone.
 */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn } from '../harness/client.ts';
import { inboxLoad } from '../harness/inboxScripts.ts';
import { signInAt, visit } from '../harness/pages.ts';
import { startServer } from '../harness/server.ts';
import { drawnFlow, promptStep } from './drawnFlow.ts';
import { type Frames, framesDuring, typingDelays } from './frames.ts';
import { median } from './load.ts';
import { line } from './table.ts';

const named = process.argv.slice(2).map(Number).filter(Boolean);
const sizes = named.length > 0 ? named : [200, 1000, 5000];
const readyAims: Record<number, string> = { 200: '', 1000: '< 1000 ms', 5000: '< 3000 ms' };
const frameAims: Record<number, string> = { 200: '', 1000: '60', 5000: '50' };
const looks = 3;
const fewer = 'the fourth step';

const found = await findChromium();
if (!found) {
  console.log('There is no Chromium on this machine: the client was not measured.');
  process.exit(0);
}
const server = await startServer({ env: { RONDO_LOG_LEVEL: 'error' } });
const browser = await launchChromium(found);
try {
  const session = await signIn(server.url);
  await inbox(browser, server.url);
  for (const steps of sizes) await flowOf(steps, session, browser, server.url);
} finally {
  await browser.close();
  await server.stop();
}

/** What is loaded, with an empty cache, until the inbox can be used. */
async function inbox(browser: Browser, url: string): Promise<void> {
  const { scripts, styles, names } = await inboxLoad(browser, url);
  const size = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`;
  line('the inbox: scripts, with gzip', '< 250 KB', size(scripts.gzip));
  line('  in German', '< 250 KB', size((await inboxLoad(browser, url, 'de')).scripts.gzip));
  line('  with brotli', '', size(scripts.brotli));
  line('  styles, with gzip', '', size(styles.gzip));
  const canvas = names.filter((name) => /FlowPage|elk|Diagram|xyflow/i.test(name)).length;
  line('  pieces of the canvas among them', '0', String(canvas));
}

async function flowOf(steps: number, session: SignedIn, browser: Browser, url: string): Promise<void> {
  const imported = { text: drawnFlow(steps), fileName: 'bench.json' };
  const { flowId } = await session.call<{ flowId: string }>('POST', 'flow.import', imported);
  const { page, context } = await visit(browser, url);
  await signInAt(page);
  const devtools = await context.newCDPSession(page);
  const ready: number[] = [];
  for (let look = 0; look < looks; look += 1) {
    await page.goto('/flows');
    await page.getByRole('heading', { name: 'Flows' }).first().waitFor();
    await page.goto(`/flows/${flowId}`, { waitUntil: 'commit' });
    await page.locator('.react-flow__node').nth(2).waitFor();
    ready.push(await settled(page));
  }
  console.log(`\na flow of ${steps} steps`);
  line('until it can be worked on, from the address', readyAims[steps] ?? '', `${median(ready).toFixed(0)} ms`);
  const aim = frameAims[steps] ?? '';
  const pane = page.locator('.react-flow__pane');
  await showAll(page);
  const drawn = await page.locator('.react-flow__node').count();
  frames(`zooming from afar, ${drawn} steps in view, frames a second`, aim, await framesDuring(page, () => zoom(page)));
  await showAll(page);
  frames('moving the canvas from afar', aim, await framesDuring(page, () => drag(page, pane)));
  await openPrompt(page);
  frames('zooming at life size', aim, await framesDuring(page, () => zoom(page)));
  await openPrompt(page);
  frames('moving the canvas', aim, await framesDuring(page, () => drag(page, pane)));
  await openPrompt(page);
  const card = page.locator('.react-flow__node', { hasText: promptStep }).first();
  frames('dragging a step', aim, await framesDuring(page, () => drag(page, card)));
  await openPrompt(page);
  const prompt = page.getByRole('textbox', { name: 'What should be written?' }).first();
  await prompt.click();
  await page.keyboard.press('End');
  const delays = await typingDelays(page, ` What would ${fewer} say, and how would it go on from there?`);
  const sorted = delays.sort((a, b) => a - b);
  line('a key in the prompt, median', '< 16 ms', `${median(sorted).toFixed(1)} ms`);
  line('  nineteen of twenty', '', `${(sorted[Math.floor(sorted.length * 0.95)] ?? 0).toFixed(1)} ms`);
  line('undo', '', `${(await undo(page)).toFixed(0)} ms`);
  line('a click on a step, until it is shown at the side', '', `${median(await clicks(page)).toFixed(0)} ms`);
  line('memory of the page', '', `${(await heap(devtools)).toFixed(0)} MB`);
  if (steps > 200) await deleteMany(page, 200);
  await context.close();
}

function frames(what: string, aim: string, { perSecond, p95, longest }: Frames): void {
  line(what, aim, perSecond.toFixed(0));
  line('  the longest frame (nineteen of twenty)', '', `${longest.toFixed(0)} (${p95.toFixed(0)}) ms`);
}

/** Waits until the page has been quiet for 200 ms. @returns ms from the start of the page until then, those not counted */
function settled(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let last = performance.now();
        let quietSince = last;
        const tick = () => {
          const now = performance.now();
          if (now - last > 50) quietSince = now;
          last = now;
          if (now - quietSince >= 200) resolve(quietSince);
          else requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
      }),
  );
}

/** Opens the page anew, as it first shows itself, and walks to the step with the prompt. */
async function openPrompt(page: Page): Promise<void> {
  await page.reload({ waitUntil: 'commit' });
  await page.locator('.react-flow__node').nth(2).waitFor();
  await settled(page);
  await page.locator('.react-flow__node', { hasText: 'Start' }).first().click();
  for (let press = 0; press < 4; press += 1) {
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(150);
  }
  await page.getByRole('textbox', { name: 'What should be written?' }).waitFor();
  await settled(page);
}

async function drag(page: Page, what: ReturnType<Page['locator']>): Promise<void> {
  const box = await what.boundingBox();
  if (!box) throw new Error('What is to be dragged is not in view.');
  const at =
    box.width > 600 ? { x: box.x + box.width / 2, y: box.y + 20 } : { x: box.x + box.width / 2, y: box.y + 20 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  for (let move = 0; move < 120; move += 1) {
    await page.mouse.move(at.x + Math.sin(move / 12) * 120, at.y + 60 - Math.cos(move / 12) * 60);
    await page.waitForTimeout(8);
  }
  await page.mouse.up();
  await page.waitForTimeout(100);
}

async function zoom(page: Page): Promise<void> {
  const box = await page.locator('.react-flow__pane').boundingBox();
  if (!box) throw new Error('The canvas is not in view.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let turn = 0; turn < 60; turn += 1) {
    await page.mouse.wheel(0, turn % 30 < 15 ? -60 : 60);
    await page.waitForTimeout(16);
  }
}

/** Brings as much of the flow into view as fits. */
async function showAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show everything' }).click();
  await page.waitForTimeout(1_000);
  await settled(page);
}

/** Clicks on two steps in turn. @returns ms each time until the step is shown at the side */
async function clicks(page: Page): Promise<number[]> {
  const steps = await page.locator('.react-flow__node').evaluateAll((all) =>
    all.flatMap((card) => {
      const { x, y, width } = card.getBoundingClientRect();
      const at = { x: x + width / 2, y: y + 12 };
      const name = card.querySelector('.step-name')?.textContent ?? '';
      return card.contains(document.elementFromPoint(at.x, at.y)) ? [{ name, at }] : [];
    }),
  );
  const taken: number[] = [];
  for (const { name, at } of [...steps.slice(-2), ...steps.slice(-2), ...steps.slice(-2)]) {
    const began = performance.now();
    await page.mouse.click(at.x, at.y);
    await page.waitForFunction((title) => document.querySelector('.inspector h2')?.textContent === title, name, {
      polling: 'raf',
    });
    taken.push(performance.now() - began);
    await page.waitForTimeout(300);
  }
  return taken;
}

/** Deletes the rows of steps below the first, so many steps at least, and takes that back; prints how long each takes. */
async function deleteMany(page: Page, least: number): Promise<void> {
  await showAll(page);
  const pane = await page.locator('.react-flow__pane').boundingBox();
  if (!pane) throw new Error('The canvas is not in view.');
  const tops = await page
    .locator('.react-flow__node')
    .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)).sort((a, b) => a - b));
  const first = tops.find((top) => top > (tops[0] ?? 0) + 2) ?? 0;
  const last = tops.filter((top) => top >= first)[least - 1] ?? first;
  await page.keyboard.down('Shift');
  await page.mouse.move(pane.x + 2, first - 1);
  await page.mouse.down();
  await page.mouse.move(pane.x + pane.width / 2, (first + last) / 2, { steps: 3 });
  await page.mouse.move(pane.x + pane.width - 2, last + 1, { steps: 3 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await page.waitForTimeout(1_000);
  const id = await page.locator('.react-flow__node.selected').first().getAttribute('data-id');
  const chosen = page.getByText(/^\d+ steps are selected/);
  const many = Number.parseInt((await chosen.textContent()) ?? '', 10);
  const stands = (wanted: boolean) =>
    page.waitForFunction(
      (one) => (document.querySelector(`.react-flow__node[data-id="${one.id}"]`) !== null) === one.wanted,
      { id, wanted },
      { polling: 'raf', timeout: 120_000 },
    );
  const began = performance.now();
  await page.keyboard.press('Delete');
  await stands(false);
  line(`deleting ${many} steps at once`, '', `${(performance.now() - began).toFixed(0)} ms`);
  await page.locator('.flow-saved', { hasText: /^\s*Saved/ }).waitFor({ timeout: 120_000 });
  const back = performance.now();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await stands(true);
  line('  undoing that', '', `${(performance.now() - back).toFixed(0)} ms`);
}

/** Undoes what was typed. @returns ms until the prompt is what it was */
async function undo(page: Page): Promise<number> {
  await page.waitForTimeout(2_500);
  const button = page.getByRole('button', { name: /^Undo/ });
  const began = performance.now();
  await button.click();
  await page.waitForFunction((words) => !document.body.textContent?.includes(words), fewer, { polling: 'raf' });
  return performance.now() - began;
}

async function heap(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { result } = await devtools.send('Runtime.evaluate', { expression: 'performance.memory.usedJSHeapSize' });
  return Number(result.value) / 1_048_576;
}
