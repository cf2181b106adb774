import { chain } from '@rondo/server/work/testFlows.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { DrawnFlow } from '../harness/canvas.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { rememberFailure } from '../harness/failure.ts';
import { picture, seriousFindings, signInAt, type Visit, visit } from '../harness/pages.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: tools of the workspace in a browser, 4 tests: no Chromium was found.');

const amount: JsonObject = { title: 'amount', type: 'number' };
const result: JsonObject = { title: 'result', type: 'string' };

describe.skipIf(found === undefined)('tools of the workspace, in a browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let owner: SignedIn;
  let inside: Visit;
  let page: Page;

  beforeAll(async () => {
    if (found === undefined) return;
    [server, browser] = await Promise.all([startServer(), launchChromium(found)]);
    owner = await signIn(server.url);
    inside = await visit(browser, server.url);
    page = inside.page;
    await signInAt(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const remember = (name: string) => rememberFailure(name, () => ({ page, complaints: inside.complaints }));

  it('one is made in the library, and changed', async () => {
    remember('tool-new');
    await page.goto('/library');
    const panel = page.getByRole('region', { name: 'Tools of this workspace' });
    await panel.getByText('No tools yet').waitFor();
    await panel.getByRole('button', { name: 'New tool' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Give the tool a name.').waitFor();
    await dialog.getByLabel('Name', { exact: true }).fill('double');
    await dialog.getByLabel('What it does').fill('Doubles an amount');
    await dialog.getByRole('button', { name: 'Add an input' }).click();
    await dialog.getByLabel('Name of the value', { exact: true }).first().fill('amount');
    await dialog.getByRole('combobox', { name: 'Type of amount' }).click();
    await page.getByRole('option', { name: 'Number', exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Formula' }).fill('$string(amount * 2)');
    await picture(page, 'tool-new');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await panel.getByText('Doubles an amount').waitFor();
    await picture(page, 'library-tools');
    expect(await seriousFindings(page)).toEqual([]);
    await panel.getByRole('button', { name: 'Change double' }).click();
    await dialog.getByLabel('What it does').fill('Doubles an amount of money');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await panel.getByText('Doubles an amount of money').waitFor();
    const { tools } = await owner.call<{ tools: JsonObject[] }>('GET', 'tool.list');
    expect(tools).toMatchObject([{ name: 'double', kind: 'formula', inputs: [amount], outputs: [result] }]);
  });

  it('a step calls it: chosen by name, its values come along, and the flow runs with it', async () => {
    remember('tool-step');
    const step: JsonObject = {
      component_type: 'ToolNode',
      id: 'step',
      name: 'Calculate',
      metadata: {},
      tool: { component_type: 'ServerTool', id: 'tool', name: 'unknown', metadata: {}, inputs: [], outputs: [result] },
    };
    const text = JSON.stringify({ ...chain([step], [amount], [result]), name: 'Calculates' });
    const { flowId } = await owner.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: 'c.json' });
    await page.goto(`/flows/${flowId}`);
    const flow = new DrawnFlow(page);
    const inspector = await flow.select('Calculate');
    await inspector.getByText('This workspace has no tool “unknown”: the step will fail.').waitFor();
    await inspector.getByRole('combobox', { name: 'Tool of this workspace' }).click();
    await page.getByRole('option', { name: 'double' }).click();
    await inspector.getByText('Doubles an amount of money').waitFor();
    await flow.saved();
    await picture(page, 'tool-step');
    expect(await seriousFindings(page)).toEqual([]);
    const { seq } = await owner.call<{ seq: number }>('GET', 'flow.get', { flowId });
    await owner.call('POST', 'flow.publish', { flowId, baseSeq: seq });
    const started = { flowId, inputs: { amount: 21 }, waitSeconds: 20 };
    expect(await owner.call('POST', 'run.start', started)).toMatchObject({
      state: 'succeeded',
      outputs: { result: '42' },
    });
  });

  it('an agent gets it, with what it should do and what it hands in, and works with it', async () => {
    remember('agent');
    const { flowId } = await owner.call<{ flowId: string }>('POST', 'flow.create', { name: 'Works' });
    await page.goto(`/flows/${flowId}`);
    const flow = new DrawnFlow(page);
    await flow.drawn();
    await flow.dragIn('Ask an agent', { x: 0.5, y: 0.75 });
    const inspector = await flow.select('Ask an agent');
    await inspector.getByText('No tools yet: it can only write.').waitFor();
    await inspector.getByRole('combobox', { name: 'Add a tool of this workspace' }).click();
    await page.getByRole('option', { name: 'double' }).click();
    await inspector.getByRole('button', { name: 'Take double away' }).waitFor();
    await inspector.getByRole('switch', { name: 'It may ask the person who started the run' }).uncheck();
    await flow.connect('Start', 'Ask an agent');
    await flow.connect('Ask an agent', 'End');
    await flow.saved();
    await picture(page, 'agent');
    await inspector.getByRole('tab', { name: 'JSON' }).click();
    await inspector.getByText('What AgentNode may hold').click();
    await inspector.getByRole('row', { name: 'agent one of agentic; required' }).waitFor();
    await picture(page, 'json-fields');
    expect(await seriousFindings(page)).toEqual([]);
    const { text, seq } = await owner.call<{ text: string; seq: number }>('GET', 'flow.get', { flowId });
    expect(text).toContain('"ServerTool"');
    await owner.call('POST', 'flow.publish', { flowId, baseSeq: seq });
    const { runId, state } = await owner.call<{ runId: string; state: string }>('POST', 'run.start', {
      flowId,
      inputs: {},
      waitSeconds: 20,
    });
    expect(state).toBe('succeeded');
    await page.goto(`/runs/${runId}`);
    await page.locator('.step-row').getByText('double').first().waitFor();
    await picture(page, 'agent-run');
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('one that goes is asked about first', async () => {
    remember('tool-remove');
    await page.goto('/library');
    await page.getByRole('button', { name: 'Remove double' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Steps that call it fail from then on.').waitFor();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No tools yet').waitFor();
    await until('it is gone', async () => {
      const { tools } = await owner.call<{ tools: unknown[] }>('GET', 'tool.list');
      return tools.length === 0;
    });
  });
});
