import { readFileSync } from 'node:fs';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawnFlow } from '../bench/drawnFlow.ts';
import { findChromium } from '../harness/browser.ts';
import type { DrawnFlow } from '../harness/canvas.ts';
import { DrawingRoom } from '../harness/drawingRoom.ts';
import { picture } from '../harness/pages.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: pictures of large flows, in a browser: no Chromium was found.');

describe.skipIf(found === undefined)('large flows as pictures, in a browser', () => {
  let room: DrawingRoom;
  let page: Page;
  let flow: DrawnFlow;

  beforeAll(async () => {
    if (found === undefined) return;
    room = await DrawingRoom.open(found);
    ({ page, flow } = room);
  });
  afterAll(() => room?.close());

  it('1,000 steps are saved as an SVG with all their names, and as a PNG that shows them', async () => {
    room.remember('large-picture');
    const flowId = await room.import(drawnFlow(1000));
    await page.goto(`/flows/${flowId}`);
    await flow.drawn(2);
    const dialog = page.getByRole('dialog');
    const saved = async (format: 'SVG' | 'PNG') => {
      await page.getByRole('button', { name: 'More for this flow' }).click();
      await page.getByRole('menuitem', { name: 'Save as a picture' }).click();
      await dialog.getByRole('img', { name: /^Picture of/ }).waitFor();
      await dialog.getByText(format, { exact: true }).click();
      const file = page.waitForEvent('download');
      await dialog.getByRole('button', { name: 'Save' }).click();
      return readFileSync(await (await file).path());
    };
    const svg = (await saved('SVG')).toString();
    const { nodes } = openFlow(JSON.parse(drawnFlow(1000)) as JsonObject);
    for (const { name } of nodes) expect(svg).toContain(`>${name}<`);
    const png = await saved('PNG');
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    expect(Math.min(width, height)).toBeGreaterThan(6_000);
    // a picture that could not be drawn is of one colour
    expect(png.length).toBeGreaterThan(1_000_000);
    expect(room.inside.complaints).toEqual([]);
  });

  it('a draft of 5,000 steps is compared with its version: what changed is told, drawn and brought into view', async () => {
    room.remember('large-versions');
    const flowId = await room.import(drawnFlow(5000));
    await room.owner.call('POST', 'flow.publish', { flowId, baseSeq: 0 });
    const { id, nodes } = openFlow(JSON.parse(drawnFlow(5000)) as JsonObject);
    const idOf = (name: string) => nodes.find((node) => node.name === name)?.id ?? '';
    await room.owner.call('POST', 'flow.edit', {
      flowId,
      baseSeq: 0,
      label: 'Changes',
      commands: [
        { type: 'rename', component: idOf('step 4321'), name: 'Another name' },
        { type: 'remove', flow: id, node: idOf('step 2222') },
      ],
    });
    await page.goto(`/flows/${flowId}/versions`);
    const list = page.getByRole('complementary', { name: 'What changed' });
    await list.getByRole('button', { name: 'Removed “step 2222”' }).waitFor();
    const canvas = page.getByRole('region', { name: 'What changed, drawn' });
    await canvas.locator('.react-flow__node').first().waitFor();
    await list.getByRole('button', { name: /“Another name”/ }).click();
    await canvas.getByRole('group', { name: 'Another name: Changed' }).waitFor();
    await picture(page, 'large-versions');
    await list.getByRole('button', { name: 'Removed “step 2222”' }).click();
    await canvas.getByRole('group', { name: 'step 2222: Removed' }).waitFor();
    expect(await canvas.locator('.react-flow__node').count(), 'what is out of view').toBeLessThan(500);
    expect(room.inside.complaints).toEqual([]);
  });
});
