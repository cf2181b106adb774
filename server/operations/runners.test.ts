import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Caller } from '../access/caller.ts';
import { flowTools } from '../doors/mcp/tools.ts';
import { contracts as c } from './contract/index.ts';
import { type TestRooms, testRooms } from './testRooms.ts';

let rooms: TestRooms;
let anna: Caller;
let bert: Caller;
let flowId = '';

const inputs = { party: 'Acme', contract: 'Term: 24 months. Renews: yes.' };
const start = (caller: Caller, version?: number | 'draft') =>
  rooms.call(c.run.start, { flowId, inputs, ...(version !== undefined && { version }) }, caller);
const runnersSeen = async () =>
  (await rooms.call(c.flow.list, { search: 'Contract summary' })).flows.map(({ runners }) => runners);

beforeAll(async () => {
  rooms = await testRooms();
  [anna, bert] = await Promise.all([rooms.person('Anna', 'reviewer'), rooms.person('Bert', 'builder')]);
  await rooms.call(c.group.save, { name: 'Legal', members: [anna.user?.id ?? ''] });
  const { flows } = await rooms.call(c.flow.list, { search: 'Contract summary' });
  flowId = flows[0]?.id ?? '';
  const runners = { people: [], groups: ['Legal'] };
  await rooms.call(c.flow.publish, { flowId, baseSeq: 0, mcpTool: 'contract', runners });
});
afterAll(() => rooms.close());

describe('who may run a flow', () => {
  it('is said when it is published, and stands in the list and in the audit', async () => {
    expect(await runnersSeen()).toEqual([{ people: [], groups: ['Legal'] }]);
    const { rows } = await rooms.call(c.audit.list, { action: 'flow.publish' });
    expect(rows[0]?.details).toMatchObject({ runners: JSON.stringify({ people: [], groups: ['Legal'] }) });
    expect((await rooms.call(c.flow.state, { flowId }, anna)).mayRun).toBe(true);
    expect((await rooms.call(c.flow.state, { flowId }, bert)).mayRun).toBe(false);
  });

  it('holds for every way of running it by hand or by a program; owners may, and builders test their draft', async () => {
    const { runId } = await start(anna);
    await start(rooms.owner);
    const refused = { code: 'FORBIDDEN', message: 'Only Legal may run this flow.' };
    await expect(start(bert)).rejects.toMatchObject(refused);
    await expect(start(bert, 1)).rejects.toMatchObject(refused);
    await start(bert, 'draft');
    await rooms.call(c.run.cancel, { runId }, bert);
    await expect(rooms.call(c.run.retry, { runId, from: 'start' }, bert)).rejects.toMatchObject(refused);
    const { bulkId } = await rooms.call(
      c.bulk.start,
      { kind: 'retry', filter: { runIds: [runId] }, from: 'start' },
      bert,
    );
    await vi.waitFor(async () => expect((await rooms.call(c.bulk.get, { bulkId })).state).toBe('done'), {
      timeout: 10_000,
      interval: 100,
    });
    expect(await rooms.call(c.bulk.get, { bulkId })).toMatchObject({ done: 0, failed: 1, lastError: refused.message });
    expect((await flowTools(rooms.services, anna)).map(({ name }) => name)).toEqual(['contract']);
    expect(await flowTools(rooms.services, bert)).toEqual([]);
  });

  it('stays as it is when it is published again without a word of it, and ends when everyone is named', async () => {
    await rooms.call(c.flow.publish, { flowId, baseSeq: 0 });
    expect(await runnersSeen()).toEqual([{ people: [], groups: ['Legal'] }]);
    const settings = { runners: { people: ['Bert@Example.com'], groups: [] }, priority: 'high' as const };
    await rooms.call(c.flow.configure, { flowId, settings });
    await start(bert);
    await expect(start(anna)).rejects.toMatchObject({ message: 'Only bert@example.com may run this flow.' });
    await rooms.call(c.flow.publish, { flowId, baseSeq: 0, runners: { people: [], groups: [] } });
    expect(await runnersSeen()).toEqual([null]);
    expect((await rooms.call(c.flow.state, { flowId })).settings).toEqual({ priority: 'high' });
    await start(anna);
  });
});
