import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawnFlow } from '../bench/drawnFlow.ts';
import { findChromium } from '../harness/browser.ts';
import type { DrawnFlow } from '../harness/canvas.ts';
import { until } from '../harness/client.ts';
import { DrawingRoom } from '../harness/drawingRoom.ts';
import { picture, seriousFindings } from '../harness/pages.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: a large flow, in a browser: no Chromium was found.');

const steps = 400;

describe.skipIf(found === undefined)('a large flow, in a browser', () => {
  let room: DrawingRoom;
  let page: Page;
  let flow: DrawnFlow;
  let flowId: string;

  beforeAll(async () => {
    if (found === undefined) return;
    room = await DrawingRoom.open(found);
    ({ page, flow } = room);
    flowId = await room.import(drawnFlow(steps));
  });
  afterAll(() => room?.close());

  it('is opened where it starts, and shown whole on demand', async () => {
    room.remember('large-whole');
    await page.goto(`/flows/${flowId}`);
    await flow.drawn(2);
    expect(await flow.cards().count()).toBeLessThan(steps / 2);
    await flow.showAll();
    await until('every step to be drawn', async () => (await flow.cards().count()) === steps);
  });

  it('is one picture from afar, in which steps keep their words, are selected, moved and walked along', async () => {
    room.remember('large-overview');
    expect(await flow.lines().count(), 'lines of their own').toBe(0);
    expect(await page.locator('.step-name').count(), 'names that nobody can read').toBe(0);
    const names = await page.locator('.react-flow__node').evaluateAll((all) => all.map((one) => one.ariaLabel ?? ''));
    expect(names.filter((name) => /step \d+ of 400/.test(name))).toHaveLength(steps);
    expect(await colorsIn(page), 'colours of the steps in the picture').toBeGreaterThan(3);
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'large-overview');
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'large-overview-dark');
    await page.emulateMedia({ colorScheme: 'light' });

    const before = (await room.drawn(flowId)).nodeById.get(await idOf('step 22'))?.position;
    const card = afar('step 22');
    await card.click();
    await flow.inspector().getByRole('heading', { name: 'step 22', level: 2 }).waitFor();
    const box = await card.boundingBox();
    if (!box || !before) throw new Error('The step is not there.');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 + 40, { steps: 5 });
    await page.mouse.up();
    await until('the step to stand lower', async () => {
      const now = (await room.drawn(flowId)).nodeById.get(await idOf('step 22'))?.position;
      return now !== undefined && now !== null && now.y > before.y + 100;
    });
    await room.press('ArrowRight');
    await flow.inspector().getByRole('heading', { name: 'step 23', level: 2 }).waitFor();
  });

  it('has its words and lines again as soon as they can be read', async () => {
    room.remember('large-near');
    await flow.showAll();
    await afar('step 62').hover();
    for (let turn = 0; turn < 40 && (await flow.lines().count()) === 0; turn += 1) {
      await page.mouse.wheel(0, -60);
      await page.waitForTimeout(50);
    }
    expect(await flow.lines().count()).toBeGreaterThan(5);
    await flow.card('step 62').waitFor();
    expect(await page.locator('canvas.overview').count()).toBe(0);
  });

  it('is walked through on its map: by a click, by dragging what is seen, by the wheel', async () => {
    room.remember('large-map');
    const map = page.getByRole('img', { name: 'Map of the canvas' });
    const box = await map.boundingBox();
    if (!box) throw new Error('The map is not there.');
    const view = () => page.locator('.react-flow__viewport').evaluate((one: HTMLElement) => one.style.transform);
    const before = await view();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.8);
    await page.mouse.down();
    const clicked = await view();
    expect(clicked).not.toBe(before);
    expect(await flow.card('step 62').count(), 'what is far from there').toBe(0);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.5, { steps: 4 });
    await page.mouse.up();
    const dragged = await view();
    expect(dragged).not.toBe(clicked);
    const zoom = await page.locator('.zoom-bar output').textContent();
    await page.mouse.wheel(0, 120);
    await until('it to be smaller', async () => (await page.locator('.zoom-bar output').textContent()) !== zoom);
  });

  it('shows of a step that all others use the lines that can be followed, and all of them from afar', async () => {
    room.remember('large-hub');
    await page.goto(`/flows/${flowId}`);
    await flow.drawn(2);
    await flow.select('Start');
    const data = page.locator('.react-flow__edge-data');
    await data.first().waitFor({ state: 'attached' });
    const cards = await flow.cards().count();
    expect(await data.count()).toBeLessThan(cards);
    await page.keyboard.press('ArrowRight');
    await flow.inspector().getByRole('heading', { name: 'step 0', level: 2 }).waitFor();
    expect(await data.count()).toBe(1);
    await flow.select('Start');
    await flow.showAll();
    const drawn = await paintedIn(page);
    await page.keyboard.press('Escape');
    await until('its lines to be gone', async () => (await paintedIn(page)) < drawn * 0.95);
  });

  const afar = (name: string) => page.locator(`.react-flow__node[aria-label*="“${name}”"]`);
  const idOf = async (name: string) => {
    const { nodes } = await room.drawn(flowId);
    return nodes.find((node) => node.name === name)?.id ?? '';
  };
});

/** How many colours the picture of the overview holds. */
function colorsIn(page: Page): Promise<number> {
  return page.locator('canvas.overview').evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const colors = new Set<string>();
    for (let at = 0; at < pixels.length; at += 4) colors.add(pixels.slice(at, at + 4).join());
    return colors.size;
  });
}

/** How many pixels of the overview have something on them. */
function paintedIn(page: Page): Promise<number> {
  return page.locator('canvas.overview').evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let count = 0;
    for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 0) count += 1;
    return count;
  });
}
