import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chain, say } from '../work/testFlows.ts';
import { contracts as c } from './contract/index.ts';
import { type TestRooms, testRooms } from './testRooms.ts';

let rooms: TestRooms;
let outside: Server;
let origin: string;
const seen: { key: unknown; body: string }[] = [];
beforeAll(async () => {
  outside = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      seen.push({ key: request.headers['x-key'], body });
      response.setHeader('content-type', 'application/json').end('{"double": 84}');
    });
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  rooms = await testRooms();
});
afterAll(async () => {
  await rooms?.close();
  outside?.close();
});

const amount: JsonObject = { title: 'amount', type: 'number' };
const double: JsonObject = { title: 'double', type: 'number' };
const tool = (name: string, more: JsonObject): JsonObject => ({
  id: `tool-${name}`,
  name,
  description: `What ${name} does`,
  metadata: {},
  inputs: [amount],
  outputs: [double],
  ...more,
});
const builtin = (name: string, tool_type: string, configuration: JsonObject) =>
  tool(name, { component_type: 'BuiltinTool', tool_type, configuration });
const save = (component: JsonObject, toolId?: string) =>
  rooms.call(c.tool.save, { component, ...(toolId !== undefined && { toolId }) });

async function published(document: JsonObject, name: string): Promise<string> {
  const text = JSON.stringify({ ...document, name });
  const { flowId } = await rooms.call(c.flow.import, { text, fileName: 'f.json' });
  await rooms.call(c.flow.publish, { flowId, baseSeq: 0 });
  return flowId;
}

/** Runs a flow whose one step calls the ServerTool of that name. */
async function called(name: string) {
  const step: JsonObject = {
    component_type: 'ToolNode',
    id: 'step',
    name: 'step',
    metadata: {},
    tool: tool(name, { component_type: 'ServerTool' }),
  };
  const flowId = await published(chain([step], [amount], [double]), `Calls ${name} ${Math.random()}`);
  const { runId } = await rooms.call(c.run.start, { flowId, inputs: { amount: 42 } });
  const run = () => rooms.call(c.run.get, { runId });
  await expect.poll(async () => (await run()).state, { timeout: 10_000 }).toMatch(/succeeded|failed/);
  return run();
}

describe('tools of the workspace', () => {
  it('do what a ServerTool of their name is called for: by formula, script, web call and flow', async () => {
    await save(builtin('by-formula', 'rondo.formula', { expression: 'amount * 2' }));
    await save(builtin('by-script', 'rondo.script', { code: 'return { double: amount * 2 };' }));
    await rooms.call(c.secret.set, { name: 'service-key', value: 'hush hush' });
    await save(
      tool('by-web', {
        component_type: 'RemoteTool',
        url: `${origin}/double`,
        http_method: 'POST',
        data: { n: '{{ amount }}' },
        query_params: {},
        headers: {},
        sensitive_headers: { 'x-key': { $component_ref: 'service-key' } },
      }),
    );
    const inner = builtin('inner', 'rondo.formula', { expression: 'amount * 2' });
    const half = { component_type: 'ToolNode', id: 'inner', name: 'inner', metadata: {}, tool: inner };
    const innerId = await published(chain([say('hi'), half], [amount], [double]), 'Doubles');
    const { slug } = await rooms.call(c.flow.get, { flowId: innerId });
    await save(builtin('by-flow', 'rondo.run_flow', { flow: slug }));
    for (const name of ['by-formula', 'by-script', 'by-web', 'by-flow'])
      expect([name, (await called(name)).outputs]).toEqual([name, { double: 84 }]);
    expect(seen).toEqual([{ key: 'hush hush', body: '{"n":"42"}' }]);
    expect((await rooms.call(c.tool.list, {})).tools.map(({ name, kind }) => [name, kind])).toEqual([
      ['by-flow', 'flow'],
      ['by-formula', 'formula'],
      ['by-script', 'script'],
      ['by-web', 'web'],
    ]);
  });

  it('change and go; a step that calls one that is not there says so', async () => {
    const { toolId } = await save(builtin('changing', 'rondo.formula', { expression: 'amount * 2' }));
    await save(builtin('changing', 'rondo.formula', { expression: 'amount * 3' }), toolId);
    expect((await called('changing')).outputs).toEqual({ double: 126 });
    expect((await rooms.call(c.tool.get, { toolId })).component).toMatchObject({
      id: toolId,
      configuration: { expression: 'amount * 3' },
    });
    await expect(save(builtin('changing', 'rondo.formula', { expression: '1' }))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await rooms.call(c.tool.remove, { toolId });
    expect(await called('changing')).toMatchObject({ state: 'failed', error: { code: 'TOOL_MISSING', step: 'step' } });
    await expect(rooms.call(c.tool.remove, { toolId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are refused when they could not work, or hold a secret in clear', async () => {
    const wrong: [JsonObject, RegExp][] = [
      [builtin('two words', 'rondo.formula', { expression: '1' }), /needs a name/],
      [builtin('a', 'rondo.formula', {}), /no formula yet/],
      [builtin('a', 'rondo.run_flow', { flow: ' ' }), /names no flow/],
      [builtin('a', 'rondo.wait', { seconds: 1 }), /formula, a script, a web call or a flow/],
      [tool('a', { component_type: 'ServerTool' }), /formula, a script, a web call or a flow/],
      [tool('a', { component_type: 'RemoteTool', http_method: 'GET' }), /lacks the field “url”/],
      [
        tool('a', {
          component_type: 'RemoteTool',
          url: `${origin}/{{ amount }}`,
          http_method: 'GET',
          sensitive_headers: { 'x-key': 'k' },
        }),
        /holds a value in clear/,
      ],
    ];
    for (const [component, words] of wrong)
      await expect(save(component)).rejects.toMatchObject({ code: 'INVALID', message: expect.stringMatching(words) });
  });

  it('are changed by those who build, and every change is in the audit', async () => {
    const viewer = await rooms.person('Vera', 'viewer');
    const component = builtin('mine', 'rondo.formula', { expression: 'amount * 2' });
    await expect(rooms.call(c.tool.save, { component }, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const { toolId } = await save(component);
    expect((await rooms.call(c.tool.list, {}, viewer)).tools.map(({ name }) => name)).toContain('mine');
    await rooms.call(c.tool.remove, { toolId });
    const { rows } = await rooms.call(c.audit.list, { action: 'tool.' });
    expect(rows.slice(0, 2).map(({ action, targetName, details }) => [action, targetName, details])).toEqual([
      ['tool.remove', 'mine', {}],
      ['tool.save', 'mine', { changed: false, kind: 'formula' }],
    ]);
    expect(await rooms.call(c.audit.verify, {})).toMatchObject({ ok: true });
  });
});
