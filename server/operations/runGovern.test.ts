import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chain, post, say } from '../work/testFlows.ts';
import { until } from '../work/testWork.ts';
import { contracts as c } from './contract/index.ts';
import { type TestRooms, testRooms } from './testRooms.ts';

let rooms: TestRooms;
/** Says no to the step `two` until it is told otherwise; counts calls by step. */
let outside: Server;
let url: string;
let works = false;
let calls: Record<string, number> = {};

beforeAll(async () => {
  rooms = await testRooms();
  outside = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { step } = JSON.parse(body) as { step: string };
      calls[step] = (calls[step] ?? 0) + 1;
      response.statusCode = step === 'two' && !works ? 500 : 200;
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  const address = outside.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
});
afterAll(async () => {
  await rooms.close();
  outside.close();
});

async function flow(name: string): Promise<string> {
  const document = { ...chain([post('one', url), post('two', url), say('three')]), name };
  const { flowId } = await rooms.call(c.flow.import, { text: JSON.stringify(document), fileName: 'f.json' });
  await rooms.call(c.flow.publish, { flowId, baseSeq: 0 });
  return flowId;
}
const start = (flowId: string) => rooms.call(c.run.start, { flowId, inputs: {}, waitSeconds: 10 });
const ended = (runId: string) =>
  until('the run ends', async () => {
    const { state } = await rooms.call(c.run.get, { runId });
    return state === 'succeeded' || state === 'failed' || state === 'cancelled';
  });

describe('trying a run again', () => {
  it('G1 begins with the step that failed and does nothing before it again; the two runs name each other', async () => {
    works = false;
    calls = {};
    const old = await start(await flow('Retry'));
    expect(old.state).toBe('failed');
    // Whoever may see runs sees how it came to it; whoever only starts them is told what went wrong.
    expect(old.error).toMatchObject({ code: 'HTTP_STATUS', step: 'two' });
    expect(old.error).not.toHaveProperty('context');
    expect((await rooms.call(c.run.get, { runId: old.runId })).error).toMatchObject({
      step: 'two',
      context: { nodeType: 'ApiNode', inputs: {}, tries: [{ attempt: 1, code: 'HTTP_STATUS' }] },
    });
    works = true;
    const again = await rooms.call(c.run.retry, { runId: old.runId });
    await ended(again.runId);
    expect(calls).toEqual({ one: 1, two: 2 });
    const run = await rooms.call(c.run.get, { runId: again.runId });
    expect(run).toMatchObject({ state: 'succeeded', trigger: 'retry', retryOf: { runId: old.runId, state: 'failed' } });
    expect((await rooms.call(c.run.get, { runId: old.runId })).retries.map((one) => one.runId)).toEqual([again.runId]);
    const { events } = await rooms.call(c.run.events, { runId: again.runId });
    expect(events[0]).toMatchObject({
      kind: 'run_started',
      retry: { runId: old.runId, from: 'two' },
      actor: rooms.owner.actor,
    });
    // The whole of it, where somebody wants that.
    const whole = await rooms.call(c.run.retry, { runId: old.runId, from: 'start' });
    await ended(whole.runId);
    expect(calls).toEqual({ one: 2, two: 3 });
    await expect(rooms.call(c.run.retry, { runId: old.runId, from: 'nowhere' })).rejects.toThrow(
      'never came to a step',
    );
  });

  it('is one run for one key', async () => {
    works = false;
    const old = await start(await flow('Key'));
    const both = await Promise.all([1, 2].map(() => rooms.call(c.run.retry, { runId: old.runId, key: 'k' })));
    expect(both[0]?.runId).toBe(both[1]?.runId);
    await ended(both[0]?.runId ?? '');
  });

  it('works on all that match, once each, with progress, and leaves the rest alone', async () => {
    works = false;
    calls = {};
    const flowId = await flow('Bulk');
    const runs = [];
    for (let n = 0; n < 7; n += 1) runs.push(await start(flowId));
    works = true;
    const good = await start(flowId);
    const preview = await rooms.call(c.bulk.preview, { kind: 'retry', filter: { flowId } });
    expect(preview).toMatchObject({ runs: 7, leftAlone: 1 });
    calls = {};
    const { bulkId, total } = await rooms.call(c.bulk.start, { kind: 'retry', filter: { flowId } });
    expect(total).toBe(7);
    await until('it is done', async () => (await rooms.call(c.bulk.get, { bulkId })).state === 'done');
    expect(await rooms.call(c.bulk.get, { bulkId })).toMatchObject({ done: 7, failed: 0, total: 7 });
    await until('the new runs end', async () => {
      const { runs: list } = await rooms.call(c.run.list, { flowId, trigger: 'retry' });
      return list.length === 7 && list.every((run) => run.state === 'succeeded');
    });
    expect(calls).toEqual({ two: 7 });
    expect((await rooms.call(c.run.get, { runId: good.runId })).retries).toEqual([]);
    await expect(rooms.call(c.bulk.start, { kind: 'cancel', filter: { flowId } })).rejects.toThrow('nothing to do');
    const audit = await rooms.call(c.audit.list, { action: 'bulk.start' });
    expect(audit.rows.map((row) => row.outcome)).toEqual(expect.arrayContaining(['done', 'refused']));
  });
});

describe('removing runs', () => {
  it('says how much goes, leaves held runs, and keeps the audit', async () => {
    works = true;
    const flowId = await flow('Remove');
    const kept = await start(flowId);
    const gone = await start(flowId);
    await rooms.call(c.run.hold, { runId: kept.runId, hold: true });
    const preview = await rooms.call(c.bulk.preview, { kind: 'remove', filter: { flowId } });
    expect(preview.runs).toBe(1);
    expect(preview.events).toBeGreaterThan(5);
    expect(preview.bytes).toBeGreaterThan(100);
    const { bulkId } = await rooms.call(c.bulk.start, { kind: 'remove', filter: { flowId } });
    await until('it is done', async () => (await rooms.call(c.bulk.get, { bulkId })).state === 'done');
    await expect(rooms.call(c.run.get, { runId: gone.runId })).rejects.toThrow('no such run');
    expect((await rooms.call(c.run.get, { runId: kept.runId })).hold).toBe(true);
    const { rows } = await rooms.services.store.pool.query('SELECT 1 FROM run_journal WHERE run_id = $1', [gone.runId]);
    expect(rows).toEqual([]);
    expect((await rooms.call(c.audit.verify, {})).ok).toBe(true);
  });
});

describe('pausing', () => {
  it('of the queue and of a flow is on record, says why runs wait, and lets them go again', async () => {
    works = true;
    const flowId = await flow('Pause');
    await rooms.call(c.queue.pause, {});
    const run = await rooms.call(c.run.start, { flowId, inputs: {} });
    expect(await rooms.call(c.run.get, { runId: run.runId })).toMatchObject({
      state: 'queued',
      queued: { why: 'queue_paused', byName: 'Olivia' },
    });
    await rooms.call(c.flow.pause, { flowId });
    await rooms.call(c.queue.resume, {});
    expect((await rooms.call(c.run.get, { runId: run.runId })).queued).toMatchObject({ why: 'flow_paused' });
    await rooms.call(c.flow.resume, { flowId });
    await ended(run.runId);
    const audit = await rooms.call(c.audit.list, {});
    const actions = audit.rows.map((row) => row.action);
    for (const action of ['queue.pause', 'queue.resume', 'flow.pause', 'flow.resume'])
      expect(actions).toContain(action);
    const viewer = await rooms.person('Vera', 'viewer');
    await expect(rooms.call(c.queue.pause, {}, viewer)).rejects.toThrow('may not do this');
  });

  it('says which limit keeps a run back', async () => {
    const flowId = await flow('Limit');
    await rooms.call(c.flow.configure, { flowId, settings: { limits: { perMinute: 1 } } });
    await start(flowId);
    const second = await rooms.call(c.run.start, { flowId, inputs: {} });
    const third = await rooms.call(c.run.start, { flowId, inputs: {} });
    expect((await rooms.call(c.run.get, { runId: second.runId })).queued).toEqual({
      why: 'per_minute',
      ahead: 0,
      limit: 1,
    });
    expect((await rooms.call(c.run.get, { runId: third.runId })).queued).toMatchObject({ ahead: 1 });
    await rooms.call(c.flow.configure, { flowId, settings: {} });
    await ended(third.runId);
    expect(await rooms.call(c.flow.checkKey, { key: 'customer.id', inputs: { customer: { id: 7 } } })).toEqual({
      key: '7',
      error: null,
    });
    expect((await rooms.call(c.flow.checkKey, { key: '$nothing(', inputs: {} })).error).toMatch(/./);
  });
});

describe('workers', () => {
  it('are listed with what they hold, and one is drained on record', async () => {
    await until('its load is known', async () => {
      const { workers } = await rooms.call(c.worker.list, {});
      return workers.some((worker) => worker.memoryMb !== null && worker.room !== null);
    });
    const { workers } = await rooms.call(c.worker.list, {});
    const [worker] = workers.filter((one) => one.state === 'working');
    await rooms.call(c.worker.drain, { workerId: worker?.id ?? '', draining: true });
    expect((await rooms.call(c.worker.list, {})).workers.find((one) => one.id === worker?.id)?.state).toBe('draining');
    await rooms.call(c.worker.drain, { workerId: worker?.id ?? '', draining: false });
    const audit = await rooms.call(c.audit.list, { action: 'worker.drain' });
    expect(audit.rows).toHaveLength(2);
  });
});
