import { openFlow, rondoOf } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../harness/browser.ts';
import type { DrawnFlow } from '../harness/canvas.ts';
import { until } from '../harness/client.ts';
import { DrawingRoom, waysOf } from '../harness/drawingRoom.ts';
import { picture, seriousFindings } from '../harness/pages.ts';
import { rowFlow } from '../harness/rowFlow.ts';
import { askSdk, findReferenceSdk } from '../oracle/referenceSdk.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: editing on the canvas, in a browser: no Chromium was found.');

describe.skipIf(found === undefined)('editing on the canvas, in a browser', () => {
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
  const at = async (name: string) => (await drawn()).nodes.find((node) => node.name === name)?.position;
  const choose = (name: string) => flow.card(name).locator('.step-name').click();
  const also = (name: string) =>
    flow
      .card(name)
      .locator('.step-name')
      .click({ modifiers: ['Shift'] });

  it('the search finds commands and steps of the flow; the sheet lists the keys', async () => {
    room.remember('editing-search');
    flowId = await room.show(rowFlow('Row', { One: 'first', Two: 'second', Three: 'third' }));
    await page.keyboard.press('Control+K');
    await page.getByRole('textbox', { name: 'Search flows, runs and actions' }).fill('two');
    await page.getByRole('button', { name: /Go to “Two”/ }).click();
    await flow.inspector().getByRole('heading', { name: 'Two' }).waitFor();
    await page.locator('.canvas').focus();
    await press('?');
    const sheet = page.getByRole('dialog');
    await sheet.getByText('Group the steps').waitFor();
    await picture(page, 'editing-shortcuts');
    expect(await seriousFindings(page)).toEqual([]);
    await press('Escape');
    await sheet.waitFor({ state: 'hidden' });
  });

  it('steps are copied, pasted, cut and duplicated as Open Agent Spec, also into another flow', async () => {
    room.remember('editing-clipboard');
    await room.inside.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: room.server.url });
    await flow.showAll();
    await choose('One');
    await also('Two');
    await page.getByRole('toolbar', { name: 'What can be done with these steps' }).waitFor();
    await press('Control+C');
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(JSON.parse(text)).toMatchObject({ component_type: 'Flow', agentspec_version: '26.1.2' });
    await press('Control+V');
    await flow.card('Two 2').waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: /^Paste$/ })
      .waitFor({ state: 'attached' });
    expect(waysOf(await drawn())).toEqual(['One 2 > Two 2', 'One > Two', 'Start > One', 'Three > End', 'Two > Three']);
    await press('Control+Z');
    await flow.card('Two 2').waitFor({ state: 'detached' });

    const other = await room.show(rowFlow('Other', { Alone: 'alone' }));
    await page.locator('.react-flow__pane').click({ position: { x: 500, y: 500 } });
    await press('Control+V');
    await flow.card('Two').waitFor();
    expect(waysOf(await drawn(other))).toEqual(['Alone > End', 'One > Two', 'Start > Alone']);
    await page.evaluate(() => navigator.clipboard.writeText('Dear all'));
    await press('Control+V');
    await page.getByText('What is on the clipboard is no part of a flow').waitFor();
    await page.goto(`/flows/${flowId}`);
    await flow.drawn(5);
  });

  it('several steps are aligned, distributed, nudged, laid out; a dragged one is pulled into line', async () => {
    room.remember('editing-arrange');
    await flow.showAll();
    await flow.moveBy('Two', 0, 120);
    await choose('One');
    await also('Two');
    await also('Three');
    await picture(page, 'editing-selection');
    await page.getByRole('button', { name: 'Align', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Align bottom' }).click();
    const bottom = (await at('Two'))?.y;
    expect([(await at('One'))?.y, (await at('Three'))?.y]).toEqual([bottom, bottom]);
    await page.locator('.canvas').focus();
    await press('Alt+ArrowUp', 'Shift+ArrowRight');
    await until('the steps to be nudged', async () => (await at('One'))?.y === (bottom ?? 0) - 8);
    expect((await at('One'))?.x).toBe(360);
    await page.getByRole('button', { name: 'Tidy up what is selected' }).click();
    await until('the selection to be laid out', async () => (await at('Two'))?.x === 360 + 312);
    await page.locator('.react-flow__pane').click({ position: { x: 30, y: 30 } });
    await flow.showAll();
    const card = await flow.card('Start').boundingBox();
    const line = await flow.card('One').boundingBox();
    if (!card || !line) throw new Error('not shown');
    const { mouse } = page;
    await mouse.move(card.x + 60, card.y + 20);
    await mouse.down();
    await mouse.move(card.x + 60, card.y + 40, { steps: 4 });
    await mouse.move(card.x + 60, line.y + 22, { steps: 6 });
    await page.locator('.snap-guide').first().waitFor();
    await picture(page, 'editing-guides');
    await mouse.up();
    expect((await at('Start'))?.y).toBe((await at('One'))?.y);
  });

  it('nudges that follow each other are one undo; others are not', async () => {
    room.remember('editing-nudge');
    await flow.showAll();
    await choose('One');
    await page.locator('.canvas').focus();
    const from = await at('One');
    const edits = async () =>
      (await room.owner.call<{ edits: { label: string }[] }>('GET', 'flow.history', { flowId })).edits;
    const before = (await edits()).length;
    const down = (by: number) => ({ x: from?.x, y: (from?.y ?? 0) + by });
    await press('Alt+ArrowDown', 'Alt+ArrowDown', 'Alt+ArrowDown', 'Shift+ArrowDown', 'Alt+ArrowUp');
    await flow.saved();
    expect(await at('One')).toEqual(down(56));
    expect((await edits()).length).toBe(before + 1);
    // a pause ends the gesture; so does another step
    await press('Alt+ArrowDown');
    await flow.saved();
    await choose('Two');
    await page.locator('.canvas').focus();
    await press('Alt+ArrowDown');
    await choose('One');
    await page.locator('.canvas').focus();
    await press('Alt+ArrowDown', 'Alt+ArrowDown');
    // undo does not wait for the pause
    await press('Control+z');
    await until('the last two nudges to be taken back', async () => (await at('One'))?.y === down(64).y);
    await press('Control+z', 'Control+z');
    await until('the nudge before to be taken back', async () => (await at('One'))?.y === down(56).y);
    await press('Control+z');
    await until('the first nudges to be taken back as one', async () => (await at('One'))?.y === from?.y);
    expect(await at('One')).toEqual(from);
    await press('Control+y');
    await until('them to be made again as one', async () => (await at('One'))?.y === down(56).y);
    // what is left at once is saved all the same
    await press('Alt+ArrowDown');
    await page.getByRole('link', { name: 'Inbox' }).first().click();
    const exported = async () => openFlow(JSON.parse(await room.exported(flowId)));
    const now = async () => (await exported()).nodes.find((node) => node.name === 'One')?.position;
    await until('the last nudge to be saved', async () => (await now())?.y === down(64).y);
    await page.goBack();
    await flow.drawn(2);
    await flow.saved();
    expect(await at('One')).toEqual(down(64));
  });

  it('notes and groups are made, written, folded and kept in the flow', async () => {
    room.remember('editing-frames');
    await flow.showAll();
    await choose('One');
    await also('Two');
    await press('Control+G');
    const name = page.getByRole('textbox', { name: 'Name of the group' });
    await name.fill('Greeting');
    await name.press('Enter');
    await page.locator('.react-flow__pane').hover({ position: { x: 600, y: 90 } });
    await press('Shift+N');
    const note = page.getByRole('textbox', { name: 'Note' });
    await note.fill('Ask Anna about the words');
    await note.press('Control+Enter');
    await page.getByRole('button', { name: 'Blue' }).click();
    await picture(page, 'editing-frames');
    let view = await drawn();
    const ids = ['One', 'Two'].map((title) => view.nodes.find((node) => node.name === title)?.id);
    expect(Object.values(rondoOf(view.component).groups as JsonObject)).toEqual([{ name: 'Greeting', steps: ids }]);
    expect(Object.values(rondoOf(view.component).notes as JsonObject)).toMatchObject([
      { text: 'Ask Anna about the words', color: 'blue' },
    ]);
    // the frame takes its steps along
    const before = [await at('One'), await at('Two')];
    const frame = await page.locator('.frame-card .frame-head').boundingBox();
    if (!frame) throw new Error('not shown');
    await page.mouse.move(frame.x + 80, frame.y + 8);
    await page.mouse.down();
    await page.mouse.move(frame.x + 80, frame.y + 60, { steps: 5 });
    await page.mouse.move(frame.x + 80, frame.y + 128, { steps: 5 });
    await page.mouse.up();
    const after = [await at('One'), await at('Two')];
    expect((after[0]?.y ?? 0) - (before[0]?.y ?? 0)).toBeGreaterThan(40);
    expect((after[1]?.y ?? 0) - (before[1]?.y ?? 0)).toBe((after[0]?.y ?? 0) - (before[0]?.y ?? 0));
    await page.getByRole('button', { name: 'Fold “Greeting”' }).click();
    await flow.card('One').waitFor({ state: 'detached' });
    await until('the lines of the group', async () => (await flow.lines().count()) === 3);
    await picture(page, 'editing-folded');
    expect(await seriousFindings(page)).toEqual([]);
    await page.reload();
    await flow.drawn(2);
    await page.getByRole('button', { name: 'Unfold “Greeting”' }).click();
    await flow.card('One').waitFor();
    view = await drawn();
    expect(waysOf(view)).toEqual(['One > Two', 'Start > One', 'Three > End', 'Two > Three']);
    // the frame and the note go along when they are copied; one undo takes all of it back
    const frames = async () => {
      const { groups = {}, notes = {} } = rondoOf((await drawn()).component) as { [field: string]: JsonObject };
      return [Object.keys(groups).length, Object.keys(notes).length];
    };
    await page.locator('.frame-card .frame-head').click({ position: { x: 40, y: 8 } });
    await page.locator('.note-card').click({ modifiers: ['Shift'], position: { x: 20, y: 40 } });
    await press('Control+D');
    await until('the copies', async () => (await frames()).join() === '2,2');
    await picture(page, 'editing-frames-copied');
    await page.locator('.canvas').focus();
    await press('Control+Z');
    await until('them to be gone', async () => (await frames()).join() === '1,1');
    // a run is drawn with them, too
    const { runId } = await room.owner.call<{ runId: string }>('POST', 'run.start', {
      flowId,
      version: 'draft',
      inputs: {},
    });
    await page.goto(`/runs/${runId}`);
    await page.locator('.frame-card', { hasText: 'Greeting' }).waitFor();
    await page.locator('.note-card', { hasText: 'Ask Anna' }).waitFor();
    const inside = async () => {
      const [room, first, last] = await Promise.all(
        ['.canvas', '.react-flow__node-step >> nth=0', '.react-flow__node-step >> nth=4'].map((what) =>
          page.locator(what).boundingBox(),
        ),
      );
      const within = (box: typeof room) =>
        room && box && box.x >= room.x && box.y >= room.y && box.x + box.width <= room.x + room.width;
      return within(first ?? null) === true && within(last ?? null) === true;
    };
    await until('all steps to be in view', inside);
    await picture(page, 'editing-frames-run');
    expect(await seriousFindings(page)).toEqual([]);
    await page.goto(`/flows/${flowId}`);
    await flow.card('One').waitFor();
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
