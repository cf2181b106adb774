import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../harness/browser.ts';
import type { DrawnFlow } from '../harness/canvas.ts';
import { until } from '../harness/client.ts';
import { DrawingRoom, waysOf } from '../harness/drawingRoom.ts';
import { picture, seriousFindings } from '../harness/pages.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: the outline, in a browser: no Chromium was found.');

describe.skipIf(found === undefined)('the outline, in a browser', () => {
  let room: DrawingRoom;
  let page: Page;
  let flow: DrawnFlow;
  let flowId: string;

  beforeAll(async () => {
    if (found === undefined) return;
    room = await DrawingRoom.open(found);
    ({ page, flow } = room);
  });
  afterAll(() => room?.close());

  const press = (...keys: string[]) => room.press(...keys);
  const outline = () => page.getByRole('tree', { name: 'Outline' });
  /** The row that has the keys, as it is read. */
  const at = () => page.evaluate(() => document.activeElement?.querySelector('.outline-words')?.textContent ?? '');
  const isAt = (words: string) => until(`the keys at “${words}”`, async () => (await at()) === words);
  const rows = () =>
    outline()
      .getByRole('treeitem')
      .evaluateAll((items) =>
        items.map(
          (item) =>
            '  '.repeat(Number(item.getAttribute('aria-level')) - 1) +
            (item.querySelector('.outline-words')?.textContent ?? ''),
        ),
      );
  /** What the server has, as lines between named steps. */
  const ways = async () => waysOf(await room.drawn(flowId), (branch) => (branch === 'next' ? '' : ` [${branch}]`));
  /** Adds a step at the row that has the keys, by typing its kind. */
  async function add(kind: string): Promise<void> {
    await press('n');
    const palette = page.getByRole('dialog', { name: 'What comes next?' });
    await palette.waitFor();
    await page.keyboard.type(kind);
    await palette.getByRole('option', { name: kind }).first().waitFor();
    await press('Enter');
    await isAt(kind);
  }

  it('builds a flow with two branches by keyboard alone', async () => {
    room.remember('outline-build');
    const made = await room.owner.call<{ flowId: string }>('POST', 'flow.create', { name: 'By keys' });
    flowId = made.flowId;
    await page.goto(`/flows/${flowId}`);
    await flow.drawn(2);
    await page.locator('.canvas').focus();
    await press('l');
    await isAt('Start');

    await add('Write with AI');
    await add('Decide');
    await press('ArrowRight');
    await isAt('yes');
    await add('Show a message');
    await press('F2');
    await page.keyboard.type('Say yes');
    await press('Enter');
    await isAt('Say yes');
    // out to the branch, on to the next one
    await press('ArrowLeft', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    await isAt('otherwise');
    await add('Ask for a review');
    await press('c');
    const connect = page.getByRole('dialog', { name: '“Ask for a review” goes on with…' });
    await connect.getByRole('combobox', { name: 'Next step' }).waitFor();
    await until('the field to have the keys', () =>
      connect.getByRole('combobox', { name: 'Next step' }).evaluate((field) => field === document.activeElement),
    );
    await page.keyboard.type('End');
    await page.getByRole('option', { name: 'End' }).waitFor();
    await press('Enter');
    expect(await seriousFindings(page)).toEqual([]);
    await connect.getByRole('button', { name: 'Connect' }).focus();
    await press('Enter');
    await isAt('Ask for a review');
    expect(await rows()).toEqual([
      'Start',
      'Write with AI',
      'Decide',
      '  yes',
      '    Say yes',
      '    goes on with End',
      '  otherwise',
      '    Ask for a review',
      '    goes on with End',
      'End',
    ]);
    expect(await ways()).toEqual([
      'Ask for a review > End',
      'Decide [default] > Ask for a review',
      'Decide [yes] > Say yes',
      'Say yes > End',
      'Start > Write with AI',
      'Write with AI > Decide',
    ]);
    await picture(page, 'outline-light');
    expect(await seriousFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'outline-dark');
    expect(await seriousFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('opens a step with Enter and its menu with Shift F10; the keys come back to the row', async () => {
    room.remember('outline-menu');
    await outline()
      .getByRole('treeitem', { name: /Say yes/ })
      .focus();
    await press('Shift+F10');
    const rename = page.getByRole('menuitem', { name: /Rename/ });
    await rename.waitFor();
    await until('the menu to have the keys', () =>
      page.getByRole('menu').evaluate((menu) => menu.contains(document.activeElement)),
    );
    expect(await seriousFindings(page)).toEqual([]);
    await press('Escape');
    await rename.waitFor({ state: 'hidden' });
    await isAt('Say yes');
    await press('Enter');
    await flow.inspector().getByRole('heading', { name: 'Say yes' }).waitFor();
    await until('the inspector to have the keys', () =>
      flow.inspector().evaluate((panel) => panel.contains(document.activeElement)),
    );
    await outline()
      .getByRole('treeitem', { name: /Say yes/ })
      .focus();
    await isAt('Say yes');
  });

  it('moves a step to another branch, deletes it, and each is one thing to undo', async () => {
    room.remember('outline-move');
    await press('Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    await isAt('Say yes');
    await press('Control+X');
    await outline().getByRole('treeitem', { name: 'otherwise' }).focus();
    await press('Control+V');
    await isAt('Say yes');
    const moved = [
      'Ask for a review > End',
      'Decide [default] > Say yes',
      'Decide [yes] > End',
      'Say yes > Ask for a review',
      'Start > Write with AI',
      'Write with AI > Decide',
    ];
    expect(await ways()).toEqual(moved);
    await press('Delete');
    await isAt('otherwise');
    expect(await ways()).toEqual([
      'Ask for a review > End',
      'Decide [default] > Ask for a review',
      'Decide [yes] > End',
      'Start > Write with AI',
      'Write with AI > Decide',
    ]);
    await press('Control+Z');
    await until('the step to be back', async () => (await rows()).includes('    Say yes'));
    expect(await ways()).toEqual(moved);
  });
});
