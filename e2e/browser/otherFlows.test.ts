import { newNode } from '@rondo/shared/oas/create.ts';
import { applyCommands } from '@rondo/shared/oas/edit.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../harness/browser.ts';
import { until } from '../harness/client.ts';
import { DrawingRoom } from '../harness/drawingRoom.ts';
import { picture, seriousFindings } from '../harness/pages.ts';
import { rowFlow } from '../harness/rowFlow.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: other flows on the canvas, in a browser: no Chromium was found.');

/** More flows than a field shows at once; the last by name comes only to whoever searches for it. */
const many = Array.from({ length: 55 }, (_, index) => `Another flow ${String(index + 10)}`);

describe.skipIf(found === undefined)('choosing one of many flows on the canvas, in a browser', () => {
  let room: DrawingRoom;
  let page: Page;
  let last: string;

  beforeAll(async () => {
    if (found === undefined) return;
    room = await DrawingRoom.open(found);
    page = room.page;
    for (const name of [...many, 'Zulu time']) last = await room.import(rowFlow(name, { Say: 'Hello' }));
    const { flows } = await room.owner.call<{ flows: { id: string }[] }>('GET', 'flow.list', { limit: 500 });
    for (const { id } of flows) await room.owner.call('POST', 'flow.publish', { flowId: id, baseSeq: 0 });
    await room.import(rowFlow('Zulu draft', { Say: 'Not published' }));
  });
  afterAll(() => room?.close());

  /** A flow with one step beside the way from start to end. */
  function flowWith(node: JsonObject): JsonObject {
    const row = rowFlow('Chooses', { Say: 'Hello' });
    return applyCommands(row, [{ type: 'add', flow: openFlow(row).id, node }]).tree;
  }
  const stepOf = async (flowId: string, type: string) =>
    (await room.drawn(flowId)).nodes.find((node) => node.type === type)?.component;
  const options = () => page.getByRole('option').allTextContents();

  it('a published flow is found by the server, whichever place it has; what it gives is the step’s', async () => {
    room.remember('other-flows-run');
    const flowId = await room.show(flowWith(newNode('runFlow', { name: 'Run it', position: { x: 320, y: 320 } })));
    const inspector = await room.flow.select('Run it');
    const field = inspector.getByRole('combobox', { name: 'Published flow' });
    await field.click();
    await page.getByRole('option', { name: 'Another flow 10' }).waitFor();
    expect((await options()).length).toBe(50);
    expect(await options()).not.toContain('Zulu time');
    await field.fill('zulu');
    await page.getByRole('option', { name: 'Zulu time' }).waitFor();
    await until('the others to be left out', async () => (await options()).length === 1);
    await picture(page, 'other-flows-run');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('option', { name: 'Zulu time' }).click();
    await inspector.getByRole('link', { name: 'Open the flow' }).waitFor();
    expect(await inspector.getByRole('link', { name: 'Open the flow' }).getAttribute('href')).toBe(`/flows/${last}`);
    const slug = async () => JSON.stringify(await stepOf(flowId, 'ToolNode'));
    await until('the choice to be saved', async () => /"flow":"zulu-time[^"]*"/.test(await slug()));
    await page.reload();
    await room.flow.select('Run it');
    await until('the name', async () => (await field.inputValue()) === 'Zulu time');
    await room.owner.call('POST', 'flow.arrange', { flowIds: [last], archived: true });
    await page.reload();
    await room.flow.select('Run it');
    await inspector.getByText(/is not among the published flows/).waitFor();
    await room.owner.call('POST', 'flow.arrange', { flowIds: [last], archived: false });
    expect(room.inside.complaints).toEqual([]);
  });

  it('a flow to hold a copy of is found the same way, a draft, too; the flow itself is not offered', async () => {
    room.remember('other-flows-copy');
    const flowId = await room.show(flowWith(newNode('flow', { name: 'Hold it', position: { x: 320, y: 320 } })));
    const inspector = await room.flow.select('Hold it');
    const field = inspector.getByRole('combobox', { name: 'Take another flow' });
    await field.fill('choos');
    await until('the other flow of this name', async () => (await options()).join() === 'Chooses');
    await field.fill('nothing of this name');
    await page.getByText('No flow matches').waitFor();
    await field.fill('zulu d');
    await page.getByRole('option', { name: 'Zulu draft' }).click();
    await inspector.getByRole('button', { name: 'Open Zulu draft' }).waitFor();
    const held = async () => {
      const subflow = (await stepOf(flowId, 'FlowNode'))?.subflow;
      return isObject(subflow) ? JSON.stringify(await room.tree(flowId)).includes('Zulu draft') : false;
    };
    await until('the copy to be saved', held);
    expect(room.inside.complaints).toEqual([]);
  });
});
