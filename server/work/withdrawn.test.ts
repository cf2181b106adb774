import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { base, chain, ref } from '../engine/testRuns.ts';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { answerWait } from './answers.ts';
import { sendEvent } from './events.ts';
import { ask, post, sleep } from './testFlows.ts';
import { type HoldingService, openHolding } from './testHolding.ts';
import { openTestWork, type TestWork, tester, until } from './testWork.ts';

let db: TestDatabase;
/** Refuses calls, when it is told to. */
let service: HoldingService;
const nobody = 'http://127.0.0.1:9/';
const opened: TestWork[] = [];

beforeAll(async () => {
  db = await testDatabase();
  service = await openHolding(403);
});
afterAll(async () => {
  service.close();
  await db.drop();
});
afterEach(async () => {
  for (const work of opened.splice(0)) await work.close();
});

async function open(): Promise<TestWork> {
  const work = await openTestWork(db.databaseUrl);
  opened.push(work);
  return work;
}

/** A step that waits beside steps that end in a failure, which is caught; then a question. */
function caught(waits: JsonObject, fails: JsonObject[]): JsonObject {
  const both = {
    ...base('ParallelFlowNode', 'both'),
    subflows: [chain('a', [waits], [], []), chain('b', fails, [], [])],
  };
  const careful = { ...base('CatchExceptionNode', 'try'), subflow: chain('inner', [both], [], []) };
  const flow = chain('flow', [careful, ask('later')], [], []);
  (flow.control_flow_connections as JsonObject[]).push({
    ...base('ControlFlowEdge', 'caught'),
    from_node: ref('try'),
    from_branch: 'caught_exception_branch',
    to_node: ref('later'),
  });
  return flow;
}

async function reviews(runId: string): Promise<{ [path: string]: string }> {
  const { rows } = await db.store.pool.query<{ path: string; state: string }>(
    'SELECT path, state FROM review WHERE run_id = $1',
    [runId],
  );
  return Object.fromEntries(rows.map((row) => [row.path, row.state]));
}

async function waits(runId: string): Promise<string[]> {
  const { rows } = await db.store.pool.query('SELECT waits FROM run WHERE id = $1 AND state = $2', [runId, 'waiting']);
  return (JSON.parse(rows[0]?.waits ?? '[]') as { id: string }[]).map((wait) => wait.id);
}

const isLater = async (runId: string) => JSON.stringify(await waits(runId)) === '["later!message"]';
const answer = (runId: string, waitId: string) =>
  db.store.transaction((tx) =>
    answerWait(tx, { runId, waitId, answer: { kind: 'message', text: 'yes' }, actor: tester }),
  );

it('a question beside a failure that was caught leaves the inbox with the write of that failure', async () => {
  const work = await open();
  const runId = await work.start(caught(ask('early'), [post('pay', service.url)]));
  await until('the question is asked', async () => (await reviews(runId))['try/both[0]/early'] === 'open');
  await service.callsOut();
  service.letGo();
  await until('the run asks on', () => isLater(runId));
  expect(await reviews(runId)).toEqual({ 'try/both[0]/early': 'withdrawn', later: 'open' });
  expect(await answer(runId, 'try/both[0]/early!message')).toBe(false);
  expect(await answer(runId, 'later!message')).toBe(true);
  await work.work.wake(runId);
  await until('the run ends', async () => (await work.state(runId)) === 'succeeded');
});

it('also where the run waited in between, and another process goes on with it', async () => {
  const first = await open();
  const runId = await first.start(caught(ask('early'), [sleep('nap', 1), post('pay', nobody)]));
  await until('it waits for both', async () => (await waits(runId)).length === 2);
  expect(await reviews(runId)).toEqual({ 'try/both[0]/early': 'open' });
  opened.pop();
  await first.close();
  await open();
  await until('the run asks on', () => isLater(runId));
  expect(await reviews(runId)).toEqual({ 'try/both[0]/early': 'withdrawn', later: 'open' });
  const { rows } = await db.store.pool.query<{ first_seq: number; events: { kind: string; path?: string }[] }>(
    'SELECT first_seq, events FROM run_journal WHERE run_id = $1',
    [runId],
  );
  // The question that follows is in the inbox by the same write: nothing stands between.
  const write = rows.find(({ events }) =>
    events.some(({ kind, path }) => kind === 'step_failed' && path === 'try/both'),
  );
  expect(write?.events.map((event) => event.kind)).toContain('wait_started');
});

it('a wait for an event is given up like a question: the event neither wakes the run nor is lost to it', async () => {
  const event = {
    ...base('ToolNode', 'paid'),
    tool: {
      ...base('BuiltinTool', 'paid-tool'),
      tool_type: 'rondo.wait',
      configuration: { mode: 'event', event: 'paid' },
      inputs: [],
      outputs: [],
    },
  };
  const work = await open();
  const runId = await work.start(caught(event, [sleep('nap', 0.5), post('pay', nobody)]));
  const registered = async () =>
    (await db.store.pool.query('SELECT wait_id FROM event_wait WHERE run_id = $1', [runId])).rows;
  await until('it waits for both', async () => (await registered()).length === 1);
  await until('the run asks on', () => isLater(runId));
  expect(await registered()).toEqual([]);
  const id = crypto.randomUUID();
  const sent = await db.store.transaction((tx) =>
    sendEvent(tx, { id, name: 'paid', key: '', payload: null, actor: tester }),
  );
  expect(sent).toEqual({ created: true, wake: [] });
});
