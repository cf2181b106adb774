import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../store/inTransaction.ts';
import { sqlOn } from '../store/sql.ts';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { answerInside } from './answers.ts';
import { sendEventInside } from './events.ts';
import { pauseRun, unpauseRun } from './pauses.ts';
import { startInside } from './startInside.ts';
import { publishedFlow, type TestFlow } from './testFlowRow.ts';
import { ask, chain, post, say, sleep } from './testFlows.ts';
import { type HoldingService, openHolding } from './testHolding.ts';
import { openTestWork, type TestWork, tester, until } from './testWork.ts';

let db: TestDatabase;
let work: TestWork;
let slow: HoldingService;

beforeAll(async () => {
  db = await testDatabase();
  await db.store.pool.query(`INSERT INTO workspace (id, name) VALUES ('workspace', 'Test')`);
  work = await openTestWork(db.databaseUrl);
  slow = await openHolding();
});
afterAll(async () => {
  slow.letGo();
  await work.close();
  slow.close();
  await db.drop();
});

function start(flow: TestFlow): Promise<string> {
  return work.work
    .start({ ...flow, actor: tester, trigger: 'http', inputs: {}, startKey: null })
    .then((created) => created.runId);
}

const pause = (runId: string) =>
  inTransaction(db.store.pool, (client) => pauseRun(sqlOn(client), runId, tester)).then((result) =>
    result?.held ? work.work.look(runId) : undefined,
  );
const goOn = (runId: string) =>
  inTransaction(db.store.pool, (client) => unpauseRun(sqlOn(client), runId, tester)).then(() => work.work.wake(runId));
const becomes = (runId: string, state: string) =>
  until(`the run is ${state}`, async () => (await work.state(runId)) === state);

describe('a pause', () => {
  it('of a run lets the step under way finish, and no step begins before it goes on', async () => {
    const before = slow.calls;
    const runId = await work.start(chain([post('one', slow.url), post('two', slow.url)]));
    await slow.callsOut();
    await pause(runId);
    slow.letGo();
    await becomes(runId, 'queued');
    await until('its journal says so', async () => (await work.kinds(runId)).includes('run_paused'));
    expect(slow.calls).toBe(before + 1);
    expect((await work.kinds(runId)).filter((kind) => kind === 'step_succeeded')).toHaveLength(2);
    // No sweep takes it.
    await work.work.wake(runId);
    expect(await work.state(runId)).toBe('queued');
    await goOn(runId);
    await slow.callsOut();
    slow.letGo();
    await becomes(runId, 'succeeded');
    expect(slow.calls).toBe(before + 2);
    const kinds = await work.kinds(runId);
    expect(kinds.indexOf('run_unpaused')).toBeGreaterThan(kinds.indexOf('run_paused'));
  });

  it('of a waiting run takes its answer and goes on only when it may', async () => {
    const runId = await work.start(chain([ask('question'), say('after')]));
    await becomes(runId, 'waiting');
    await pause(runId);
    const waitId = 'question!message';
    const answer = { runId, waitId, answer: { kind: 'message' as const, text: 'yes' }, actor: tester };
    expect(await db.store.transaction((tx) => work.work.answer(tx, answer))).toBe(true);
    await work.work.wake(runId);
    expect(await work.state(runId)).toBe('queued');
    await goOn(runId);
    await becomes(runId, 'succeeded');
  });

  it('of a flow holds its runs and queues new ones; others go on', async () => {
    const flow = await publishedFlow(db.store.pool, chain([post('one', slow.url), say('two')]));
    const other = await publishedFlow(db.store.pool, chain([say('a')]));
    const first = await start(flow);
    await slow.callsOut();
    await db.store.pool.query('UPDATE flow SET paused_at = now() WHERE id = $1', [flow.flowId]);
    await work.work.rulesChanged(flow.flowId);
    const second = await start(flow);
    expect(await work.state(second)).toBe('queued');
    await becomes(await start(other), 'succeeded');
    await until('its holder sees the pause', async () => {
      const { rows } = await db.store.pool.query('SELECT holder FROM run WHERE id = $1', [first]);
      // While its call is out it is held; the pause counts from the next step on.
      if (rows[0].holder && slow.held.length > 0 && Date.now() % 2 === 0) slow.letGo();
      return !rows[0].holder;
    });
    if ((await work.state(first)) !== 'queued') expect(await work.state(first)).toBe('succeeded');
    await db.store.pool.query('UPDATE flow SET paused_at = NULL WHERE id = $1', [flow.flowId]);
    await work.work.rulesChanged(flow.flowId);
    await until('both end', async () => {
      slow.letGo();
      return (await work.state(first)) === 'succeeded' && (await work.state(second)) === 'succeeded';
    });
  });

  it('of the whole queue keeps every run back', async () => {
    const flow = await publishedFlow(db.store.pool, chain([say('a')]));
    await db.store.pool.query('UPDATE workspace SET queue_paused_at = now()');
    await work.work.rulesChanged(null);
    const runId = await start(flow);
    await work.work.wake(runId);
    expect(await work.state(runId)).toBe('queued');
    await db.store.pool.query('UPDATE workspace SET queue_paused_at = NULL');
    await work.work.rulesChanged(null);
    await becomes(runId, 'succeeded');
  });
});

describe('a time limit of a run', () => {
  it('breaks off the step under way', async () => {
    const settings = { runTimeLimitSeconds: 1 };
    const flow = await publishedFlow(db.store.pool, chain([post('call', slow.url)]), { settings });
    const runId = await start(flow);
    await becomes(runId, 'failed');
    const last = (await work.work.events(runId)).at(-1);
    expect(last).toMatchObject({ kind: 'run_failed', error: { code: 'RUN_TIMED_OUT' } });
    slow.letGo();
  });

  it('ends a run that waits, and withdraws what it asked', async () => {
    const settings = { runTimeLimitSeconds: 1 };
    const flow = await publishedFlow(db.store.pool, chain([ask('question')]), { settings });
    const runId = await start(flow);
    await becomes(runId, 'waiting');
    await becomes(runId, 'failed');
    expect((await work.work.events(runId)).at(-1)).toMatchObject({
      kind: 'run_failed',
      error: { code: 'RUN_TIMED_OUT', message: 'The run took longer than its limit of 1 s.' },
    });
    expect((await db.store.prisma.review.findFirstOrThrow({ where: { runId } })).state).toBe('withdrawn');
  });
});

describe('child runs', () => {
  const child = async (flow: TestFlow, parent: string, waitId: string) =>
    (
      await inTransaction(db.store.pool, (client) =>
        startInside(client, {
          ...flow,
          actor: tester,
          trigger: 'parent',
          inputs: {},
          startKey: null,
          parent: { runId: parent, path: 'question', waitId },
        }),
      )
    ).runId;

  it('end with a parent that is cancelled, and theirs with them', async () => {
    const flow = await publishedFlow(db.store.pool, chain([ask('question')]));
    const parent = await start(flow);
    const first = await child(flow, parent, 'w');
    const inner = await child(flow, first, 'w');
    const detached = await child(flow, parent, '');
    for (const runId of [parent, first, inner, detached]) {
      await work.work.wake(runId);
      await becomes(runId, 'waiting');
    }
    expect(await work.work.cancel(parent, tester)).toBe('cancelled');
    await becomes(first, 'cancelled');
    await becomes(inner, 'cancelled');
    expect((await work.work.events(inner)).at(-1)).toMatchObject({
      kind: 'run_cancelled',
      actor: { kind: 'run', id: first },
    });
    // Nobody waits for it, so it goes on.
    expect(await work.state(detached)).toBe('waiting');
    await work.work.cancel(detached, tester);
  });

  it('answer the wait of their parent when they end', async () => {
    const flow = await publishedFlow(db.store.pool, chain([ask('question')]));
    const quick = await publishedFlow(
      db.store.pool,
      chain([say('a')], [{ title: 'x', type: 'integer', default: 7 }], [{ title: 'x', type: 'integer' }]),
    );
    const parent = await start(flow);
    await becomes(parent, 'waiting');
    const runId = await child(quick, parent, 'question!message');
    await work.work.wake(runId);
    await becomes(runId, 'succeeded');
    await until('the answer is on record', async () => {
      const { rows } = await db.store.pool.query('SELECT answer FROM run_answer WHERE run_id = $1', [parent]);
      if (!rows[0]) return false;
      expect(JSON.parse(rows[0].answer)).toEqual({ kind: 'run', state: 'succeeded', outputs: { x: 7 } });
      return true;
    });
  });
});

describe('a run that ends every process', () => {
  it('is failed after so many times, instead of going round for ever', async () => {
    const runId = await work.start(chain([sleep('wait', 3600)]));
    await becomes(runId, 'waiting');
    await db.store.pool.query(
      `UPDATE run SET takeovers = 10, state = 'queued', queued_at = now(), wake_at = NULL WHERE id = $1`,
      [runId],
    );
    await becomes(runId, 'failed');
    expect((await work.work.events(runId)).at(-1)).toMatchObject({
      kind: 'run_failed',
      error: { code: 'PROCESS_LOST' },
    });
  });

  it('is counted when a process is gone, and not when it has got on', async () => {
    const other = await openTestWork(db.databaseUrl, { limits: { own: 4, handed: 0 } });
    const runId = await other.start(chain([post('one', slow.url), post('two', slow.url)]));
    await slow.callsOut();
    const { rows } = await db.store.pool.query('SELECT holder FROM run WHERE id = $1', [runId]);
    await db.store.pool.query('UPDATE server SET stopped_at = now() WHERE id = $1', [rows[0].holder]);
    await slow.callsOut(2);
    const takeovers = async () =>
      (await db.store.pool.query('SELECT takeovers FROM run WHERE id = $1', [runId])).rows[0].takeovers;
    expect(await takeovers()).toBe(1);
    slow.letGo();
    await slow.callsOut();
    expect(await takeovers()).toBe(0);
    slow.letGo();
    await becomes(runId, 'succeeded');
    await other.close();
  });
});

describe('a process that is drained', () => {
  it('hands on what it holds and takes nothing, until it may again', async () => {
    const drained = await openTestWork(db.databaseUrl, { limits: { own: 8, handed: 4 } });
    const { rows: servers } = await db.store.pool.query<{ id: string }>(
      'SELECT id FROM server WHERE stopped_at IS NULL ORDER BY started_at DESC, id DESC LIMIT 1',
    );
    const id = servers[0]?.id;
    const before = slow.calls;
    const runId = await drained.start(chain([post('one', slow.url), post('two', slow.url)]));
    await slow.callsOut();
    await db.store.pool.query('UPDATE server SET draining = true WHERE id = $1', [id]);
    await until('it knows', async () => {
      const { rows } = await db.store.pool.query('SELECT load FROM server WHERE id = $1', [id]);
      return JSON.parse(rows[0].load).live === 1;
    });
    // What is new goes elsewhere at once, and what is under way after its step.
    await until('starts are handed over', async () => {
      const other = await drained.start(chain([say('a')]));
      await until('it ends', async () => (await work.state(other)) === 'succeeded');
      const { rows } = await db.store.pool.query('SELECT count(*)::int AS n FROM run WHERE holder = $1', [id]);
      return rows[0].n <= 1;
    });
    slow.letGo();
    await slow.callsOut();
    const { rows } = await db.store.pool.query('SELECT holder FROM run WHERE id = $1', [runId]);
    expect(rows[0].holder).not.toBe(id);
    slow.letGo();
    await becomes(runId, 'succeeded');
    expect(slow.calls - before).toBe(2);
    await drained.close();
  });
});

describe('an answer that comes before its wait', () => {
  it('is not lost when the process that was on its way there is gone', async () => {
    const other = await openTestWork(db.databaseUrl, { limits: { own: 4, handed: 0 } });
    const runId = await other.start(chain([post('call', slow.url), ask('question')]));
    await slow.callsOut();
    const answer = { kind: 'message' as const, text: 'early' };
    const given = { runId, waitId: 'question!message', answer, actor: tester };
    expect(await inTransaction(db.store.pool, (client) => answerInside(client, given))).toBe(true);
    const { rows } = await db.store.pool.query('SELECT holder FROM run WHERE id = $1', [runId]);
    await db.store.pool.query('UPDATE server SET stopped_at = now() WHERE id = $1', [rows[0].holder]);
    await slow.callsOut(2);
    slow.letGo();
    await becomes(runId, 'succeeded');
    await other.close();
  });
});

describe('a wait for an event', () => {
  const waitFor = (event: string): JsonObject => ({
    component_type: 'ToolNode',
    id: 'wait',
    name: 'wait',
    tool: {
      component_type: 'BuiltinTool',
      id: 'wait-tool',
      name: 'wait-tool',
      tool_type: 'rondo.wait',
      configuration: { mode: 'event', event, timeoutSeconds: 600 },
      inputs: [],
      outputs: [{ title: 'payload', type: 'string' }],
    },
  });
  const send = (name: string, payload: string) =>
    inTransaction(db.store.pool, (client) =>
      sendEventInside(client, { id: crypto.randomUUID(), name, key: '', payload, actor: tester }),
    );

  it('goes on with what is sent while it waits, and with what was sent between its start and its wait', async () => {
    const outputs = [{ title: 'payload', type: 'string' }];
    const waiting = await work.start(chain([waitFor('one')], [], outputs));
    await becomes(waiting, 'waiting');
    const { wake } = await send('one', 'while');
    expect(wake).toEqual([waiting]);
    await work.work.wake(waiting);
    await becomes(waiting, 'succeeded');

    const early = await work.start(chain([post('call', slow.url), waitFor('two')], [], outputs));
    await slow.callsOut();
    await send('two', 'before');
    slow.letGo();
    await becomes(early, 'succeeded');
    const last = (await work.work.events(early)).at(-1);
    expect(last).toMatchObject({ kind: 'run_succeeded', outputs: { payload: 'before' } });
  });
});
