import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defaultSurface } from '@rondo/shared/a2ui/reviewForm.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, chain, post, say } from '../work/testFlows.ts';
import { until } from '../work/testWork.ts';
import { contracts as c } from './contract/index.ts';
import { type TestRooms, testRooms } from './testRooms.ts';

let rooms: TestRooms;
let outside: Server;
let address = '';
let calls: string[] = [];
beforeAll(async () => {
  rooms = await testRooms();
  outside = createServer((request, response) => {
    calls.push(request.url ?? '');
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ rate: 2 }));
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
});
afterAll(async () => {
  outside?.close();
  await rooms?.close();
});
beforeEach(() => {
  calls = [];
});

const number = (title: string, more: JsonObject = {}): JsonObject => ({ title, type: 'number', ...more });
const rondo = (data: JsonObject): JsonObject => ({ metadata: { __metadata_info__: { rondo: data } } });

/** Asks for a rate, then says something; the rate comes out. */
function rates(more: JsonObject = {}, step: JsonObject = {}): JsonObject {
  const rate = {
    ...post('rate', `${address}/rate/{{ amount }}`),
    inputs: [number('amount')],
    outputs: [number('rate')],
  };
  return { ...chain([{ ...rate, ...step }, say('told')], [number('amount')], [number('rate')]), ...more };
}

async function flowOf(document: JsonObject): Promise<string> {
  const { flowId } = await rooms.call(c.flow.import, { text: JSON.stringify(document), fileName: 'a.json' });
  return flowId;
}

async function end(runId: string) {
  await until('the run ends', async () =>
    ['succeeded', 'failed', 'cancelled'].includes((await rooms.call(c.run.get, { runId })).state),
  );
  return rooms.call(c.run.get, { runId });
}

const draft = { version: 'draft' as const, waitSeconds: 20 };

describe('a part of a draft', () => {
  it('runs to a step, and from there on with what that run gave', async () => {
    const flowId = await flowOf(rates());
    const to = await rooms.call(c.run.start, { flowId, ...draft, inputs: { amount: 3 }, partial: { to: 'rate' } });
    expect(to).toMatchObject({ state: 'succeeded', outputs: { rate: 2 } });
    expect(calls).toEqual(['/rate/3']);
    const taken = { runId: to.runId, steps: ['start', 'rate'] };
    const from = await rooms.call(c.run.start, { flowId, ...draft, inputs: {}, partial: { from: 'told', taken } });
    expect(from).toMatchObject({ state: 'succeeded', outputs: { rate: 2 } });
    expect(calls).toHaveLength(1);
    const run = await rooms.call(c.run.get, { runId: from.runId });
    expect(run.trigger).toBe('part');
    const { events } = await rooms.call(c.run.events, { runId: from.runId });
    expect(events[0]).toMatchObject({
      partial: { from: 'told', before: { start: { outputs: { amount: 3 } }, rate: { outputs: { rate: 2 } } } },
    });
  });

  it('keeps large values that it takes from a former run beside its journal', async () => {
    const document = chain([say('told')], [{ title: 'text', type: 'string' }], [{ title: 'text', type: 'string' }]);
    const flowId = await flowOf(document);
    const text = 'x'.repeat(100_000);
    const first = await rooms.call(c.run.start, { flowId, ...draft, inputs: { text } });
    const partial = { from: 'told', taken: { runId: first.runId, steps: ['start'] } };
    const second = await rooms.call(c.run.start, { flowId, ...draft, inputs: {}, partial });
    expect(second.outputs).toEqual({ text });
    const { events } = await rooms.call(c.run.events, { runId: second.runId });
    expect(JSON.stringify(events).length).toBeLessThan(10_000);
  });

  it('is tried again as that part', async () => {
    const flowId = await flowOf(rates());
    const first = await rooms.call(c.run.start, { flowId, ...draft, inputs: { amount: 3 }, partial: { to: 'rate' } });
    const again = await rooms.call(c.run.retry, { runId: first.runId, from: 'start' });
    const run = await end(again.runId);
    expect(run).toMatchObject({ state: 'succeeded', stepsDone: 2 });
  });

  it('is refused for what is published, and for a step that is not there', async () => {
    const flowId = await flowOf(rates());
    await rooms.call(c.flow.publish, { flowId, baseSeq: 0 });
    const inputs = { amount: 1 };
    const given = { rate: { outputs: { rate: 9 } } };
    for (const version of [undefined, 1])
      await expect(rooms.call(c.run.start, { flowId, version, inputs, partial: { given } })).rejects.toMatchObject({
        code: 'INVALID',
      });
    await expect(
      rooms.call(c.run.start, { flowId, version: 'draft', inputs, partial: { from: 'gone' } }),
    ).rejects.toMatchObject({ code: 'INVALID', message: expect.stringContaining('gone') });
    expect(calls).toEqual([]);
  });
});

describe('a pinned sample', () => {
  it('is never used by a published run, nor by one that does not say so', async () => {
    const flowId = await flowOf(rates({}, rondo({ sample: { outputs: { rate: 99 } } })));
    await rooms.call(c.flow.publish, { flowId, baseSeq: 0 });
    const published = await rooms.call(c.run.start, { flowId, inputs: { amount: 1 }, waitSeconds: 20 });
    const test = await rooms.call(c.run.start, { flowId, ...draft, inputs: { amount: 1 } });
    expect([published.outputs, test.outputs]).toEqual([{ rate: 2 }, { rate: 2 }]);
    expect(calls).toHaveLength(2);
  });
});

describe('pinned tests before publishing', () => {
  const test = { id: 't1', name: 'Doubles', inputs: { amount: 3 }, given: { rate: { outputs: { rate: 7 } } } };
  const withTest = (outputs: JsonObject) =>
    rates(rondo({ tests: [{ ...test, expect: { state: 'succeeded', outputs, branches: {} } }] }));
  const check = (flowId: string, given: { [path: string]: { outputs: JsonObject } } = test.given) =>
    rooms.call(c.run.start, {
      flowId,
      ...draft,
      inputs: test.inputs,
      partial: { given, test: { id: test.id, name: test.name } },
    });
  const publish = (flowId: string, more: { anyway?: boolean; note?: string } = {}) =>
    rooms.call(c.flow.publish, { flowId, baseSeq: 0, ...more });

  it('must have passed on exactly this draft', async () => {
    const flowId = await flowOf(withTest({ rate: 7 }));
    await expect(publish(flowId)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('“Doubles”'),
    });
    // a run that takes other things as given is no run of the test
    expect((await check(flowId, { rate: { outputs: { rate: 7 } }, told: { outputs: {} } })).state).toBe('succeeded');
    await expect(publish(flowId)).rejects.toMatchObject({ code: 'CONFLICT' });
    const run = await check(flowId);
    expect(run).toMatchObject({ state: 'succeeded', outputs: { rate: 7 } });
    expect(calls).toEqual([]);
    expect(await publish(flowId)).toMatchObject({ number: 1 });
  });

  it('may be passed over by an admin only, which the version and the audit say', async () => {
    const flowId = await flowOf(withTest({ rate: 8 }));
    await check(flowId);
    await expect(publish(flowId)).rejects.toMatchObject({ code: 'CONFLICT' });
    const builder = await rooms.person('Bo', 'builder');
    await expect(rooms.call(c.flow.publish, { flowId, baseSeq: 0, anyway: true }, builder)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await publish(flowId, { anyway: true, note: 'It is urgent.' });
    const { versions } = await rooms.call(c.flow.versions, { flowId });
    expect(versions[0]?.note).toBe('It is urgent. (published although these tests had not passed: “Doubles”)');
    const { rows } = await rooms.services.store.pool.query<{ details: unknown }>(
      "SELECT details FROM audit WHERE action = 'flow.publish' AND target_id = $1 AND outcome = 'done'",
      [flowId],
    );
    const details = rows.map((row) => (typeof row.details === 'string' ? JSON.parse(row.details) : row.details));
    expect(details).toEqual([expect.objectContaining({ testsNotPassed: ['Doubles'], anyway: true })]);
  });

  it('decide reviews themselves: nothing reaches the inbox', async () => {
    const tool: JsonObject = {
      component_type: 'ClientTool',
      id: 'form',
      name: 'form',
      inputs: [],
      outputs: [{ title: 'decision', type: 'string' }],
    };
    const form = { ...tool, ...rondo({ surface: defaultSurface(tool) }) };
    const review = { component_type: 'ToolNode', id: 'review', name: 'Review', tool: form };
    const given = { review: { outputs: { decision: 'approve' } } };
    const expected = { state: 'succeeded', outputs: { decision: 'approve' }, branches: {} };
    const tests = [{ id: 't', name: 'Approved', inputs: {}, given, expect: expected }];
    const document = chain([review], [], [{ title: 'decision', type: 'string' }]);
    const flowId = await flowOf({ ...document, ...rondo({ tests }) });
    const partial = { given, test: { id: 't', name: 'Approved' } };
    const run = await rooms.call(c.run.start, { flowId, ...draft, inputs: {}, partial });
    expect(run).toMatchObject({ state: 'succeeded', outputs: { decision: 'approve' } });
    expect((await rooms.call(c.review.list, { state: 'all', flowId })).reviews).toEqual([]);
    await publish(flowId);
    // without the test the review is asked for as ever
    const real = await rooms.call(c.run.start, { flowId, inputs: {}, waitSeconds: 20 });
    expect(real.state).toBe('waiting');
    expect((await rooms.call(c.review.list, { state: 'open', flowId })).reviews).toHaveLength(1);
  });

  it('do not pass while they wait for a person whose answer they do not give', async () => {
    const document = chain([ask('who')], [], []);
    const tests = [{ id: 't', name: 'Waits', inputs: {}, given: {}, expect: { outputs: {}, branches: {} } }];
    const flowId = await flowOf({ ...document, ...rondo({ tests }) });
    const partial = { given: {}, test: { id: 't', name: 'Waits' } };
    const run = await rooms.call(c.run.start, { flowId, ...draft, inputs: {}, partial });
    expect(run.state).toBe('waiting');
    await expect(publish(flowId)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
