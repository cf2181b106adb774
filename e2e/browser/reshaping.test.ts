import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../harness/browser.ts';
import { DrawnFlow } from '../harness/canvas.ts';
import { until } from '../harness/client.ts';
import { DrawingRoom, waysOf } from '../harness/drawingRoom.ts';
import { rememberFailure } from '../harness/failure.ts';
import { picture, seriousFindings, signInAt, visit } from '../harness/pages.ts';
import { rowFlow } from '../harness/rowFlow.ts';
import { askSdk, findReferenceSdk } from '../oracle/referenceSdk.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: reshaping a flow, in a browser: no Chromium was found.');

describe.skipIf(found === undefined)('reshaping a flow, in a browser', () => {
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

  const drawn = async (id = flowId) => openFlow(await room.soundTree(id));
  const press = (...keys: string[]) => room.press(...keys);
  const choose = (name: string) => flow.card(name).locator('.step-name').click();
  const also = (name: string) =>
    flow
      .card(name)
      .locator('.step-name')
      .click({ modifiers: ['Shift'] });

  it('a step is replaced from its menu; steps become a flow inside, which is entered, left and unfolded', async () => {
    room.remember('editing-subflow');
    flowId = await room.show(rowFlow('Row', { One: 'first', Two: 'second', Three: 'third' }));
    await flow.showAll();
    await flow.card('Two').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Replace by' }).hover();
    await picture(page, 'editing-menu');
    await page.getByRole('menuitem', { name: 'Write with AI' }).click();
    await until('the step to be another', async () =>
      (await drawn()).nodes.some((node) => node.name === 'Two' && node.type === 'LlmNode'),
    );
    const two = (await drawn()).nodes.find((node) => node.name === 'Two');
    expect(two?.component.prompt_template).toBe('second');
    await page.locator('.react-flow__pane').click({ position: { x: 30, y: 30 } });
    await flow.showAll();
    await choose('Two');
    await also('Three');
    await page.getByRole('button', { name: 'Turn into a flow inside' }).click();
    await flow.card('Steps together').waitFor();
    expect(waysOf(await drawn())).toEqual(['One > Steps together', 'Start > One', 'Steps together > End']);
    await page.getByRole('region', { name: 'In “Steps together”' }).waitFor();
    await picture(page, 'editing-inner');
    await page
      .getByRole('region', { name: 'In “Steps together”' })
      .getByRole('button', { name: 'Open Steps together' })
      .click();
    await flow.card('Three').waitFor();
    const path = page.getByRole('navigation', { name: 'Where you are' });
    await path.getByText('Steps together').waitFor();
    await flow.showAll();
    // a flow inside the flow inside
    await choose('Three');
    await press('Control+Shift+E');
    await flow.card('Three').waitFor({ state: 'detached' });
    await page.locator('.canvas').focus();
    await press('o');
    await flow.card('Three').waitFor();
    await picture(page, 'editing-path');
    expect(await path.getByRole('button').count()).toBe(2);
    await page.locator('.canvas').focus();
    await press('u', 'u');
    await flow.card('One').waitFor();
    await choose('Steps together');
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Unfold the flow inside here' }).click();
    await flow.card('Two').waitFor();
    expect(waysOf(await drawn())).toEqual(['One > Two', 'Start > One', 'Steps together > End', 'Two > Steps together']);
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('texts are found in the flow and in flows inside, and replaced in one go', async () => {
    room.remember('editing-find');
    await page.keyboard.press('Control+F');
    const find = page.getByRole('search', { name: 'Find and replace' });
    await find.getByRole('textbox', { name: 'Find' }).fill('ir');
    // “first” of the step, “third” of the step inside
    expect(await find.getByRole('list', { name: 'Places' }).getByRole('listitem').count()).toBe(2);
    await press('Enter', 'Enter');
    await flow.card('Three').waitFor();
    await flow.inspector().getByRole('heading', { name: 'Three' }).waitFor();
    await find.getByRole('textbox', { name: 'Replace by' }).fill('eh');
    await picture(page, 'editing-find');
    expect(await seriousFindings(page)).toEqual([]);
    await find.getByRole('button', { name: 'All 2' }).click();
    const texts = async () => JSON.stringify(await room.soundTree(flowId));
    await until('all to be replaced', async () => /fehst/.test(await texts()) && /thehd/.test(await texts()));
    await press('Escape');
    await find.waitFor({ state: 'hidden' });
    await press('Control+Z');
    await until('all to be undone', async () => !/fehst|thehd/.test(await texts()));
    await press('u');
    await flow.card('One').waitFor();
  });

  it('a step is put into a line, a line drawn to empty space asks what comes next', async () => {
    room.remember('editing-insert');
    const id = await room.show(rowFlow('Lines', { Hello: 'hello' }));
    await flow.showAll();
    const line = await page.getByRole('group', { name: 'Line from “Hello” to “End”' }).boundingBox();
    const pane = await page.locator('.react-flow__pane').boundingBox();
    if (!line || !pane) throw new Error('not shown');
    await flow.dragIn('Wait', {
      x: (line.x + line.width / 2 - pane.x) / pane.width,
      y: (line.y + line.height / 2 - pane.y) / pane.height,
    });
    await flow.card('Wait').waitFor();
    expect(waysOf(await drawn(id))).toEqual(['Hello > Wait', 'Start > Hello', 'Wait > End']);
    await flow.card('Hello').hover();
    const out = await flow.card('Hello').locator('.react-flow__handle.source').first().boundingBox();
    if (!out) throw new Error('not shown');
    await page.mouse.move(out.x + out.width / 2, out.y + out.height / 2);
    await page.mouse.down();
    await page.mouse.move(out.x + 60, out.y + 160, { steps: 8 });
    await page.mouse.up();
    const palette = page.getByRole('dialog', { name: 'What comes next?' });
    await palette.getByRole('combobox').fill('show a message');
    await press('Enter');
    await flow.card('Show a message').waitFor();
    expect(waysOf(await drawn(id))).toEqual([
      'Hello > Show a message',
      'Show a message > Wait',
      'Start > Hello',
      'Wait > End',
    ]);
  });

  it('every kind of the palette can be added, and its card says in a line what it does', async () => {
    room.remember('editing-kinds');
    const kindsId = await room.show(rowFlow('Kinds', { Hello: 'hello' }));
    const palette = page.getByRole('complementary', { name: 'Steps to add' });
    const kinds = (await palette.locator('.palette-entry').allTextContents()).filter((kind) => kind !== 'Start');
    expect(kinds.length).toBeGreaterThan(18);
    for (const kind of kinds) {
      await page.locator('.react-flow__pane').click({ position: { x: 30, y: 30 } });
      await palette.getByRole('button', { name: kind, exact: true }).click();
      await flow
        .card(kind === 'End' ? 'End 2' : kind)
        .first()
        .waitFor();
    }
    const lines = await page
      .locator('.step-card')
      .evaluateAll((cards) =>
        cards.map((card) => [
          card.querySelector('.step-name')?.textContent,
          card.querySelector('.step-line')?.textContent,
        ]),
      );
    expect(lines.filter(([, line]) => !line?.trim())).toEqual([]);
    await flow.showAll();
    // dragging with Shift selects what it meets
    const box = await page.locator('.react-flow__pane').boundingBox();
    if (!box) throw new Error('not shown');
    await page.keyboard.down('Shift');
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 20, box.y + box.height - 20, { steps: 8 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await page.getByRole('toolbar', { name: 'What can be done with these steps' }).waitFor();
    await picture(page, 'editing-kinds');
    const steps = async () => openFlow(await room.tree(kindsId)).nodes.length;
    const count = await steps();
    await press('Delete');
    await until('the rest', async () => (await steps()) < count / 2);
    await press('Control+Z');
    await until('all again', async () => (await steps()) === count);
  });

  it('looks right in the dark, and axe finds nothing', async () => {
    const night = await visit(room.browser, room.server.url, 'dark');
    rememberFailure('editing-dark', () => night);
    await signInAt(night.page);
    await night.page.goto(`/flows/${flowId}`);
    const dark = new DrawnFlow(night.page);
    await dark.drawn(3);
    await dark.showAll();
    await dark.card('One').click({ button: 'right' });
    await night.page.getByRole('menuitem', { name: 'Duplicate' }).waitFor();
    await picture(night.page, 'editing-menu-dark');
    expect(await seriousFindings(night.page)).toEqual([]);
    await night.page.keyboard.press('Escape');
    await dark
      .card('Two')
      .locator('.step-name')
      .click({ modifiers: ['Shift'] });
    await night.page.getByRole('toolbar', { name: 'What can be done with these steps' }).waitFor();
    await night.page.keyboard.press('Control+F');
    await night.page.getByRole('textbox', { name: 'Find', exact: true }).fill('ir');
    await picture(night.page, 'editing-dark');
    expect(await seriousFindings(night.page)).toEqual([]);
    await night.context.close();
  });

  it('what was drawn is accepted by the reference SDK', async ({ skip }) => {
    const sdk = findReferenceSdk();
    if (!('python' in sdk)) skip(`The reference SDK is not asked: ${sdk.missing}.`);
    else {
      const { text } = await room.owner.call<{ text: string }>('GET', 'flow.export', { flowId });
      expect(askSdk(sdk.python, [{ text, ending: 'json' }])).toEqual([{ accepted: true, reason: '' }]);
    }
  });
});
