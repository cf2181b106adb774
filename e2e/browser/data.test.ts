import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../harness/browser.ts';
import type { DrawnFlow } from '../harness/canvas.ts';
import { DrawingRoom } from '../harness/drawingRoom.ts';
import { ordersFlow } from '../harness/ordersFlow.ts';
import { picture, seriousFindings } from '../harness/pages.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: data without wires, in a browser: no Chromium was found.');

describe.skipIf(found === undefined)('data without wires, in a browser', () => {
  let room: DrawingRoom;
  let page: Page;
  let flow: DrawnFlow;
  let inspector: Locator;
  let flowId: string;

  beforeAll(async () => {
    if (found === undefined) return;
    room = await DrawingRoom.open(found);
    ({ page, flow } = room);
    const document = ordersFlow('Write to', [], []);
    flowId = await room.import(document, 'orders.json');
    const values = { customer: 'Anna', order: { total: 120, lines: [{ price: 20 }, { price: 100 }] } };
    await room.owner.call('POST', 'run.start', { flowId, version: 'draft', inputs: values, waitSeconds: 20 });
  });
  afterAll(() => room?.close());

  const exported = () => room.exported(flowId);
  const drawn = () => room.drawn(flowId);
  /** The data edges as `step.output > step.input`, by the steps' names. */
  const data = async () => {
    const view = await drawn();
    const name = (id: string) => view.nodeById.get(id)?.name ?? id;
    return view.dataEdges.map(
      (edge) => `${name(edge.source)}.${edge.output} > ${name(edge.destination)}.${edge.input}`,
    );
  };
  const promptOf = async () => (await drawn()).nodeById.get('answer')?.component.prompt_template;
  const accepted = () => room.expectAccepted(flowId);

  it('a value goes into a text as a chip: placeholder, input and edge in one undo step', async () => {
    room.remember('chips');
    await page.goto(`/flows/${flowId}`);
    await flow.drawn(3);
    inspector = await flow.select('Answer');
    const prompt = inspector.getByRole('textbox', { name: 'What should be written?' });
    await prompt.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' @cust');
    const tree = page.getByRole('tree', { name: 'Choose a value' });
    await tree.getByRole('treeitem', { name: /customer/ }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Find a value' }).inputValue()).toBe('cust');
    await tree.getByText('Anna').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'data-tree');
    await page.keyboard.press('Enter');
    await prompt.getByText('start › customer').waitFor();
    expect(await data()).toEqual(['start.customer > Answer.customer']);
    expect(await promptOf()).toBe('Write to {{ customer }}');
    await prompt.getByText('start › customer').hover();
    await page.getByText('Last: Anna').waitFor();
    await picture(page, 'data-chip');
    // the text goes on after the chip, and is plain text to the clipboard
    await page.keyboard.type(', politely');
    await page.keyboard.press('Control+a');
    await room.inside.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.keyboard.press('Control+c');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('Write to {{ customer }}, politely');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(promptOf).toBe('Write to {{ customer }}');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(promptOf).toBe('Write to');
    expect(await data()).toEqual([]);
    await page.getByRole('button', { name: 'Redo', exact: true }).click();
    await expect.poll(data).toEqual(['start.customer > Answer.customer']);
    await accepted();
  });

  it('Backspace takes a chip off as one thing, with its input and its edge', async () => {
    room.remember('chip-backspace');
    const prompt = inspector.getByRole('textbox', { name: 'What should be written?' });
    await prompt.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Backspace');
    await prompt.getByText('start › customer').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await prompt.getByText('start › customer').waitFor();
    await page.keyboard.press('Backspace');
    await prompt.blur();
    await expect.poll(promptOf).toBe('Write to ');
    expect(await data()).toEqual([]);
  });

  it('a value inside of another is taken out by a formula step before the one that wants it', async () => {
    room.remember('nested');
    const prompt = inspector.getByRole('textbox', { name: 'What should be written?' });
    await prompt.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('{{');
    const tree = page.getByRole('tree', { name: 'Choose a value' });
    await tree.getByRole('treeitem', { name: /order/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await tree.getByRole('treeitem', { name: /total number/i }).waitFor();
    await page.keyboard.press('ArrowDown');
    await picture(page, 'data-nested');
    await page.keyboard.press('Enter');
    await prompt.getByText('Take total › total').waitFor();
    expect(await data()).toEqual(['start.order > Take total.order', 'Take total.total > Answer.total']);
    const view = await drawn();
    const name = (id: string) => view.nodeById.get(id)?.name;
    expect(view.controlEdges.map(({ from, to }) => `${name(from)} > ${name(to)}`).sort()).toEqual([
      'Answer > end',
      'Take total > Answer',
      'start > Take total',
    ]);
    expect(await promptOf()).toBe('Write to {{ total }}');
    await accepted();
  });

  it('what fits is suggested, and taken with one click; what a cast would do is told', async () => {
    room.remember('mapping');
    inspector = await flow.select('end');
    await inspector.getByText('1 value fits').waitFor();
    await picture(page, 'data-suggested');
    await inspector.getByRole('button', { name: 'Accept', exact: true }).click();
    await inspector.getByText('1 value fits').waitFor({ state: 'detached' });
    expect(await data()).toContain('Answer.generated_text > end.generated_text');
    await inspector.getByRole('tab', { name: 'Data' }).click();
    await inspector.getByRole('button', { name: 'Change for generated_text' }).click();
    await page
      .getByRole('tree', { name: 'Choose a value' })
      .getByRole('treeitem', { name: /total number/i })
      .click();
    await inspector.getByText(/Fits: the number .* becomes the text/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'data-cast');
    await accepted();
  });

  it('a formula shows what it gives, where it is wrong, and helps with every function', async () => {
    room.remember('formula');
    inspector = await flow.select('Take total');
    await inspector.getByRole('tab', { name: 'Set up' }).click();
    const formula = inspector.getByRole('textbox', { name: 'Formula' });
    await formula.fill('order.total * 2');
    await inspector.getByText('240', { exact: true }).waitFor();
    await formula.fill('order.total * (2');
    await inspector.getByText(/The formula ends too early: “\)” is missing/).waitFor();
    await picture(page, 'data-formula-wrong');
    await formula.fill('');
    await inspector.getByRole('button', { name: 'Functions' }).click();
    await inspector.getByRole('combobox', { name: 'Find a function' }).fill('adds up');
    await inspector.getByRole('option', { name: /\$sum/ }).waitFor();
    await picture(page, 'data-functions');
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.keyboard.type('ord');
    await page.getByRole('option', { name: /order/ }).waitFor();
    await page.waitForTimeout(150);
    await page.keyboard.press('Enter');
    await page.keyboard.type('.lines.price)');
    await inspector.getByText('120', { exact: true }).waitFor();
    await picture(page, 'data-formula');
    await formula.blur();
    const view = await drawn();
    const step = view.nodes.find((node) => node.name === 'Take total');
    expect(step?.component).toMatchObject({ tool: { configuration: { expression: '$sum(order.lines.price)' } } });
    await accepted();
  });

  it('the JSON of a step shows what is wrong beside its line, keeps what cannot be read, and goes back with Esc', async () => {
    room.remember('json');
    await inspector.getByRole('tab', { name: 'JSON' }).click();
    const json = inspector.getByRole('textbox', { name: 'JSON of Take total' });
    const before = await exported();
    await json.press('Control+End');
    await json.press('Backspace');
    await inspector.getByText(/^This is not JSON. Line \d+/).waitFor();
    await picture(page, 'data-json-broken');
    expect(await seriousFindings(page)).toEqual([]);
    await inspector.getByRole('tab', { name: 'Notes' }).click();
    await inspector.getByRole('tab', { name: 'JSON' }).click();
    await inspector.getByText(/^This is not JSON. Line \d+/).waitFor();
    await json.press('Escape');
    await inspector.getByText(/^This is not JSON. Line \d+/).waitFor({ state: 'detached' });
    expect(await exported()).toBe(before);
    const view = await drawn();
    const step = view.nodes.find((node) => node.name === 'Take total');
    await json.fill(JSON.stringify({ ...step?.component, name: 'Take the sum' }, null, 2));
    await inspector.getByRole('button', { name: 'Save' }).click();
    await flow.card('Take the sum').waitFor();
    await accepted();
  });

  it('and nothing on the way made the page complain', () => {
    expect(room.inside.complaints).toEqual([]);
  });
});
