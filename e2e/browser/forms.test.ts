import { readDocument } from '@rondo/shared/oas/read.ts';
import { resolveReference } from '@rondo/shared/oas/references.ts';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../harness/browser.ts';
import { DrawnFlow } from '../harness/canvas.ts';
import { DrawingRoom } from '../harness/drawingRoom.ts';
import { rememberFailure } from '../harness/failure.ts';
import { customer, ordersFlow } from '../harness/ordersFlow.ts';
import { picture, seriousFindings, signInAt, visit } from '../harness/pages.ts';

const found = await findChromium();
if (found === undefined)
  console.warn('SKIPPED: everything about a step, by form, in a browser: no Chromium was found.');

/** A text with all that an editor likes to tidy up: other line ends, blanks at ends of lines, a tab, no-break spaces. */
const prompt = 'Write to {{customer}}  \r\nabout\u00a0it:\r\n\t{{  customer }}\r\rand {{ customer | upper }}\n\n';
describe.skipIf(found === undefined)('everything about a step, by form, in a browser', () => {
  let room: DrawingRoom;
  let page: Page;
  let flow: DrawnFlow;
  let inspector: Locator;
  let flowId: string;
  let source: string;

  beforeAll(async () => {
    if (found === undefined) return;
    room = await DrawingRoom.open(found);
    ({ page, flow } = room);
    source = JSON.stringify(ordersFlow(prompt, [customer], null), null, 2);
    flowId = await room.import(source, 'orders.json');
  });
  afterAll(() => room?.close());

  const exported = () => room.exported(flowId);
  const drawn = () => room.drawn(flowId);
  const accepted = () => room.expectAccepted(flowId);

  it('a text that is looked at and left stays as it is, byte for byte; one that is edited changes there only', async () => {
    room.remember('bytes');
    await page.goto(`/flows/${flowId}`);
    await flow.drawn(3);
    inspector = await flow.select('Answer');
    const field = inspector.getByRole('textbox', { name: 'What should be written?' });
    await expect.poll(() => field.getByText('start › customer').count()).toBe(2);
    await field.click();
    await page.keyboard.press('Control+End');
    await field.blur();
    await page.waitForTimeout(1_200);
    expect(await exported()).toBe(source);
    await field.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('Thanks');
    await field.blur();
    await expect
      .poll(async () => (await drawn()).nodeById.get('answer')?.component.prompt_template)
      .toBe(`${prompt}Thanks`);
  });

  it('help stands beside a field, by keyboard too', async () => {
    room.remember('help');
    inspector = await flow.select('Answer');
    await inspector.getByRole('tab', { name: 'Set up' }).click();
    const help = inspector.getByRole('button', { name: 'Help: What should be written?' });
    await help.focus();
    await page.keyboard.press('Enter');
    await page.getByText(/What the model reads\./).waitFor();
    await picture(page, 'forms-help');
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByText(/What the model reads\./).waitFor({ state: 'detached' });
  });

  it('types are built in plain words, records field by field and lists by what is in them', async () => {
    room.remember('types');
    inspector = await flow.select('start');
    const choose = async (label: string, type: string) => {
      await inspector.getByRole('combobox', { name: label, exact: true }).click();
      await page.getByRole('option', { name: type, exact: true }).click();
    };
    await inspector.getByRole('button', { name: 'Add an input' }).click();
    await choose('Type of value', 'List');
    await choose('Type of Entries of value', 'Record');
    const fields = inspector.getByRole('group', { name: 'Fields of Entries of value' });
    await fields.getByRole('button', { name: 'Add a field' }).click();
    await choose('Type of field', 'Whole number');
    await inspector.getByRole('button', { name: 'More about value' }).click();
    await inspector.getByRole('switch', { name: 'Must be given' }).last().uncheck({ force: true });
    await picture(page, 'forms-types');
    expect(await seriousFindings(page)).toEqual([]);
    await expect
      .poll(async () => (await drawn()).inputs.at(-1))
      .toEqual({
        title: 'value',
        type: 'array',
        items: { type: 'object', properties: { field: { type: 'integer' } } },
        default: [],
      });
    await accepted();
  });

  it('a tool of an MCP server, and a model of any kind, are set up by form', async () => {
    room.remember('forms');
    inspector = await flow.select('Answer');
    await inspector.getByRole('combobox', { name: 'Model' }).first().click();
    await page.getByRole('option', { name: 'vLLM server' }).click();
    await inspector.getByRole('textbox', { name: 'Name of the model' }).fill('qwen');
    await inspector.getByText('More settings').click();
    await inspector.getByRole('switch', { name: 'Own settings' }).first().check({ force: true });
    await inspector.getByRole('textbox', { name: 'Longest answer, in tokens' }).fill('300');
    await page.keyboard.press('Enter');
    await picture(page, 'forms-model');
    expect(await seriousFindings(page)).toEqual([]);
    const config = async () => {
      const { tree } = readDocument(await exported());
      const config = (await drawn()).nodeById.get('answer')?.component.llm_config;
      return tree && config ? resolveReference(tree, config) : undefined;
    };
    await expect.poll(config).toMatchObject({
      component_type: 'VllmConfig',
      model_id: 'qwen',
      default_generation_parameters: { max_tokens: 300 },
    });
    await accepted();
    await flow.dragIn('Use a tool', { x: 0.5, y: 0.8 });
    inspector = await flow.select('Use a tool');
    await inspector.getByRole('combobox', { name: 'Which kind of tool' }).click();
    await page.getByRole('option', { name: 'Tool of an MCP server' }).click();
    await inspector.getByRole('combobox', { name: 'How the server is reached' }).click();
    await page.getByRole('option', { name: 'Address (HTTP)', exact: true }).click();
    await inspector.getByRole('textbox', { name: 'Address', exact: true }).fill('https://mcp.example.com/mcp');
    await inspector.getByRole('textbox', { name: 'Address', exact: true }).blur();
    await picture(page, 'forms-mcp');
    expect(await seriousFindings(page)).toEqual([]);
    const tool = async () => (await drawn()).nodes.find((node) => node.name === 'Use a tool')?.component.tool;
    await expect.poll(tool).toMatchObject({
      component_type: 'MCPTool',
      client_transport: { component_type: 'StreamableHTTPTransport', url: 'https://mcp.example.com/mcp' },
    });
  });

  it('it looks as good in the dark, and axe finds nothing there', async () => {
    const dark = await visit(room.browser, room.server.url, 'dark');
    rememberFailure('dark', () => dark);
    await signInAt(dark.page);
    await dark.page.goto(`/flows/${flowId}`);
    const canvas = new DrawnFlow(dark.page);
    await canvas.drawn(3);
    const panel = await canvas.select('Answer');
    await panel
      .getByRole('textbox', { name: 'What should be written?' })
      .getByText('start › customer')
      .first()
      .waitFor();
    await panel.getByRole('button', { name: 'Insert a value into What should be written?' }).click();
    await dark.page.getByRole('tree', { name: 'Choose a value' }).waitFor();
    await picture(dark.page, 'forms-dark-tree');
    expect(await seriousFindings(dark.page)).toEqual([]);
    await dark.page.keyboard.press('Escape');
    await panel.getByRole('tab', { name: 'JSON' }).click();
    await panel.getByRole('textbox', { name: 'JSON of Answer' }).waitFor();
    await picture(dark.page, 'forms-dark-json');
    expect(await seriousFindings(dark.page)).toEqual([]);
    expect(dark.complaints).toEqual([]);
    await dark.context.close();
  });

  it('and nothing on the way made the page complain', () => {
    expect(room.inside.complaints).toEqual([]);
  });
});
