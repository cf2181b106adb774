import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chain, say } from '../work/testFlows.ts';
import { contracts as c } from './contract/index.ts';
import { type TestRooms, testRooms } from './testRooms.ts';
import { refreshUsage } from './usageIndex.ts';
import { usesOf } from './usesOf.ts';

let rooms: TestRooms;
beforeAll(async () => {
  rooms = await testRooms();
});
afterAll(() => rooms.close());

const result: JsonObject = { title: 'result', type: 'string' };
const calls = (name: string): JsonObject => ({
  component_type: 'ToolNode',
  id: `step-${name}`,
  name: `Calls ${name}`,
  metadata: {},
  tool: { component_type: 'ServerTool', id: `tool-${name}`, name, metadata: {}, inputs: [], outputs: [result] },
});
const writes = (secret: string): JsonObject => ({
  component_type: 'LlmNode',
  id: 'write',
  name: 'Write',
  metadata: {},
  prompt_template: 'Hello',
  llm_config: {
    component_type: 'OpenAiCompatibleConfig',
    id: 'model',
    name: 'Model',
    metadata: {},
    model_id: 'gpt',
    url: 'https://ai.example.com/v1',
    api_key: { $component_ref: secret },
  },
});

async function imported(name: string, ...steps: JsonObject[]): Promise<string> {
  const text = JSON.stringify({ ...chain(steps), name });
  return (await rooms.call(c.flow.import, { text, fileName: 'f.json' })).flowId;
}
/** What the chore does every second, done now. */
const read = () => refreshUsage(rooms.services.store.pool);
const users = async (kind: 'tool' | 'secret' | 'model', name: string) => {
  await read();
  return (await rooms.call(c.usage.list, { kind, name })).users;
};
const formula = (name: string): JsonObject => ({
  component_type: 'BuiltinTool',
  id: name,
  name,
  description: `Does ${name}`,
  metadata: {},
  tool_type: 'rondo.formula',
  configuration: { expression: '"a"' },
  inputs: [],
  outputs: [result],
});

describe('what uses what', () => {
  it('a document tells its tools, secrets and models, each once', () => {
    const steps = [calls('a'), { ...calls('a'), id: 'again' }, writes('key')];
    expect(usesOf(chain(steps)).sort((x, y) => x.kind.localeCompare(y.kind))).toEqual([
      { kind: 'model', name: 'gpt · ai.example.com' },
      { kind: 'secret', name: 'key' },
      { kind: 'tool', name: 'a' },
    ]);
  });

  it('a tool is used by drafts and versions, and the list knows it after each edit and publication', async () => {
    await rooms.call(c.tool.save, { component: formula('rate') });
    const flowId = await imported('Rates', calls('rate'));
    expect(await users('tool', 'rate')).toMatchObject([
      { id: flowId, kind: 'flow', name: 'Rates', draft: true, published: false, state: 'active' },
    ]);
    await rooms.call(c.flow.publish, { flowId, baseSeq: 0 });
    expect(await users('tool', 'rate')).toMatchObject([{ id: flowId, draft: true, published: true }]);
    // the draft calls another one from now on; what is published stays
    await rooms.call(c.flow.edit, {
      flowId,
      baseSeq: 0,
      label: 'Choose another tool',
      commands: [{ type: 'set', component: 'tool-rate', pointer: '/name', value: 'other' }],
    });
    expect(await users('tool', 'rate')).toMatchObject([{ id: flowId, draft: false, published: true }]);
    expect(await users('tool', 'other')).toMatchObject([{ id: flowId, draft: true, published: false }]);
    await rooms.call(c.flow.undo, { flowId, baseSeq: 1 });
    expect(await users('tool', 'other')).toEqual([]);
    await rooms.call(c.flow.arrange, { flowIds: [flowId], removed: true });
    expect(await users('tool', 'rate')).toMatchObject([{ id: flowId, state: 'removed' }]);
    await rooms.call(c.flow.arrange, { flowIds: [flowId], removed: false });
  });

  it('tools are found by words, kind, and who uses them, piece by piece', async () => {
    for (const name of ['alpha', 'beta', 'gamma']) await rooms.call(c.tool.save, { component: formula(name) });
    const flowId = await imported('Calls beta', calls('beta'), say('hi'));
    const names = async (input: Parameters<typeof listed>[0]) => (await listed(input)).tools.map((tool) => tool.name);
    await read();
    const listed = (input: { search?: string; kind?: 'web'; used?: 'yes' | 'no'; flowId?: string }) =>
      rooms.call(c.tool.list, input);
    expect(await names({})).toEqual(['alpha', 'beta', 'gamma', 'rate']);
    expect(await names({ search: 'does BETA' })).toEqual(['beta']);
    expect(await names({ kind: 'web' })).toEqual([]);
    expect(await names({ used: 'yes' })).toEqual(['beta', 'rate']);
    expect(await names({ used: 'no' })).toEqual(['alpha', 'gamma']);
    expect(await names({ flowId })).toEqual(['beta']);
    expect((await listed({ search: 'beta' })).tools[0]).toMatchObject({ uses: 1 });
    const pieces: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await rooms.call(c.tool.list, { limit: 3, ...(cursor && { cursor }) });
      pieces.push(...page.tools.map((tool) => tool.name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(pieces).toEqual(['alpha', 'beta', 'gamma', 'rate']);
    await expect(rooms.call(c.tool.list, { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'INVALID' });
  });

  it('a secret is used by flows and by tools, until they name it no more', async () => {
    await rooms.call(c.secret.set, { name: 'key', value: 'hush hush' });
    await rooms.call(c.secret.set, { name: 'idle', value: 'hush hush' });
    const flowId = await imported('Writes', writes('key'));
    const web: JsonObject = {
      component_type: 'RemoteTool',
      id: 'web',
      name: 'web',
      description: null,
      metadata: {},
      url: 'https://example.com',
      http_method: 'GET',
      data: {},
      query_params: {},
      headers: {},
      sensitive_headers: { authorization: { $component_ref: 'key' } },
      inputs: [],
      outputs: [result],
    };
    const { toolId } = await rooms.call(c.tool.save, { component: web });
    const expected = [
      { id: flowId, kind: 'flow', name: 'Writes' },
      { id: toolId, kind: 'tool', name: 'web' },
    ];
    expect(await users('secret', 'key')).toMatchObject(expected);
    const secrets = async (input: object) => (await rooms.call(c.secret.list, input)).secrets;
    expect(await secrets({})).toMatchObject([
      { name: 'idle', uses: 0 },
      { name: 'key', uses: 2 },
    ]);
    expect(await secrets({ used: 'no' })).toMatchObject([{ name: 'idle' }]);
    expect(await secrets({ search: 'KE', flowId })).toMatchObject([{ name: 'key' }]);
    await rooms.call(c.tool.save, { toolId, component: { ...web, sensitive_headers: {} } });
    expect(await users('secret', 'key')).toMatchObject(expected.slice(0, 1));
    await rooms.call(c.tool.remove, { toolId });
  });

  it('models are those that flows name', async () => {
    await read();
    const { models } = await rooms.call(c.model.list, { search: 'gpt' });
    expect(models).toEqual([{ name: 'gpt · ai.example.com', uses: 1 }]);
    expect(await users('model', 'gpt · ai.example.com')).toMatchObject([{ name: 'Writes', draft: true }]);
    const all = await rooms.call(c.model.list, { limit: 1 });
    expect(all.models).toHaveLength(1);
    const next = await rooms.call(c.model.list, { limit: 10, cursor: all.nextCursor ?? '' });
    expect(next.models.map((model) => model.name)).not.toContain(all.models[0]?.name);
  });

  it('two who ask at once, while flows are edited, both get the whole answer', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, (_, n) => imported(`Many ${n}`, calls('many'))));
    const [one, two] = await Promise.all([users('tool', 'many'), users('tool', 'many')]);
    expect(one.map((user) => user.id).sort()).toEqual([...ids].sort());
    expect(two).toEqual(one);
    await read();
    const page = await rooms.call(c.usage.list, { kind: 'tool', name: 'many', limit: 5 });
    const rest = await rooms.call(c.usage.list, { kind: 'tool', name: 'many', cursor: page.nextCursor ?? '' });
    expect([...page.users, ...rest.users].map((user) => user.id)).toEqual(one.map((user) => user.id));
  });
});
