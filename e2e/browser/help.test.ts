import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../harness/browser.ts';
import { DrawnFlow } from '../harness/canvas.ts';
import { DrawingRoom } from '../harness/drawingRoom.ts';
import { fieldsWithoutHelp } from '../harness/fieldHelp.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: help beside each field: no Chromium was found.');

describe.skipIf(found === undefined)('help beside each field', () => {
  let room: DrawingRoom;
  let page: Page;
  beforeAll(async () => {
    if (found === undefined) return;
    room = await DrawingRoom.open(found);
    page = room.page;
  });
  afterAll(() => room?.close());

  it('of every kind of step, in every tab', async () => {
    room.remember('help');
    const { flowId } = await room.owner.call<{ flowId: string }>('POST', 'flow.create', { name: 'Every kind' });
    await page.goto(`/flows/${flowId}`);
    await room.flow.drawn(2);
    const palette = page.getByRole('complementary', { name: 'Steps to add' });
    const bare: Record<string, string[]> = {};
    const kinds = await palette
      .getByRole('button')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent ?? ''));
    for (const kind of kinds) {
      await palette.getByRole('button', { name: kind, exact: true }).click();
      await page.waitForTimeout(300);
      for (const tab of ['Set up', 'Data', 'Test', 'Notes']) {
        await page.getByRole('tab', { name: tab }).click();
        await page.waitForTimeout(150);
        const names = await fieldsWithoutHelp(page.locator('.inspector'));
        if (names.length > 0) bare[`${kind}, ${tab}`] = names;
      }
    }
    console.log(JSON.stringify(bare, null, 1));
    expect(bare).toEqual({});
  });
});
