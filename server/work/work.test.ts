import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreError } from '../store/store.ts';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { ask, chain, post, say, sleep, storeDocument } from './testFlows.ts';
import { type HoldingService, openHolding } from './testHolding.ts';
import { openTestWork, type TestWork, tester, until } from './testWork.ts';

let db: TestDatabase;
let one: TestWork;
let two: TestWork;
let slow: HoldingService;

beforeAll(async () => {
  db = await testDatabase();
  one = await openTestWork(db.databaseUrl);
  two = await openTestWork(db.databaseUrl);
  slow = await openHolding();
});
afterAll(async () => {
  slow.letGo();
  await one.close();
  await two.close();
  slow.close();
  await db.drop();
});

describe('a run', () => {
  it('is on record when its start resolves, and ends with all its events in order', async () => {
    const runId = await one.start(chain([say('a'), say('b')]));
    await one.work.finished(runId, 5000);
    expect(await one.state(runId)).toBe('succeeded');
    const kinds = await one.kinds(runId);
    expect(kinds[0]).toBe('run_started');
    expect(kinds.at(-1)).toBe('run_succeeded');
    const events = await one.work.events(runId);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index));
    const { rows } = await db.store.pool.query('SELECT count(*)::int AS n FROM run_journal WHERE run_id = $1', [runId]);
    expect(rows[0].n).toBe(1); // steps that touch nothing outside share one append with the start and the end
    expect((await one.work.events(runId, 3)).map((event) => event.seq)[0]).toBe(3);
  });

  it('that was started twice with one key is one run', async () => {
    const flowId = randomUUID();
    const request = { flowId, startKey: 'order 17' };
    const document = chain([say('a')]);
    const ids = await Promise.all([1, 2, 3, 4].map((n) => (n % 2 ? one : two).start(document, request)));
    expect(new Set(ids).size).toBe(1);
    const { rows } = await db.store.pool.query('SELECT count(*)::int AS n FROM run WHERE flow_id = $1', [flowId]);
    expect(rows[0].n).toBe(1);
  });

  it('G3 that has ended never changes its state', async () => {
    const runId = await one.start(chain([say('a')]));
    await one.work.finished(runId, 5000);
    for (const state of ['queued', 'running', 'waiting', 'failed', 'cancelled']) {
      await expect(
        db.store.transaction((tx) => tx.run.update({ where: { id: runId }, data: { state } })),
      ).rejects.toSatisfy((error) => error instanceof StoreError && error.code === 'REFUSED');
    }
    expect(await one.work.cancel(runId, tester)).toBe('succeeded');
    expect((await one.kinds(runId)).at(-1)).toBe('run_succeeded');
  });

  it('whose document is gone fails and says so', async () => {
    const id = await one.work.start({
      flowId: null,
      flowName: 'Gone',
      versionNumber: null,
      documentHash: 'nothing has this hash',
      actor: tester,
      trigger: 'test',
      inputs: {},
      startKey: null,
    });
    await one.work.finished(id.runId, 5000);
    const last = (await one.work.events(id.runId)).at(-1);
    expect(last).toMatchObject({ kind: 'run_failed', error: { code: 'DOCUMENT_MISSING' } });
  });

  it('is handed over when its process has no room', async () => {
    const full = await openTestWork(db.databaseUrl, { limits: { own: 0, handed: 0 } });
    const runId = await full.start(chain([say('a')]), { messages: ['hello'] });
    await full.work.finished(runId, 5000);
    expect(await full.state(runId)).toBe('succeeded');
    const [first] = await full.work.events(runId);
    expect(first).toMatchObject({ kind: 'run_started', messages: ['hello'] });
    await full.close();
  });
});

describe('waiting', () => {
  async function waiting(): Promise<{ runId: string; waitId: string }> {
    const runId = await one.start(chain([ask('question'), say('after')]));
    await one.work.finished(runId, 5000);
    expect(await one.state(runId)).toBe('waiting');
    const { rows } = await db.store.pool.query('SELECT waits, holder FROM run WHERE id = $1', [runId]);
    expect(rows[0].holder).toBeNull();
    return { runId, waitId: JSON.parse(rows[0].waits)[0].id };
  }
  const given = (runId: string, waitId: string, text = 'fine') => ({
    runId,
    waitId,
    answer: { kind: 'message' as const, text },
    actor: tester,
  });

  it('opens a review in the same transaction, and an answer goes on from there', async () => {
    const { runId, waitId } = await waiting();
    const review = await db.store.prisma.review.findFirstOrThrow({ where: { runId } });
    expect(review).toMatchObject({ waitId, kind: 'message', state: 'open', title: 'What do you say?' });
    expect(review.formHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await db.store.transaction((tx) => two.work.answer(tx, given(runId, waitId)))).toBe(true);
    await two.work.wake(runId);
    await two.work.finished(runId, 5000);
    expect(await two.state(runId)).toBe('succeeded');
    const kinds = await two.kinds(runId);
    expect(kinds.filter((kind) => kind === 'wait_answered')).toHaveLength(1);
    expect(kinds).toContain('run_resumed');
  });

  it('takes one answer of many, also when they race and nobody wakes the run', async () => {
    const { runId, waitId } = await waiting();
    const taken = await Promise.all(
      ['a', 'b', 'c', 'd'].map((text) => db.store.transaction((tx) => one.work.answer(tx, given(runId, waitId, text)))),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    await until('a sweep finds the run', async () => (await one.state(runId)) === 'succeeded');
    expect((await one.kinds(runId)).filter((kind) => kind === 'wait_answered')).toHaveLength(1);
    expect(await db.store.transaction((tx) => one.work.answer(tx, given(runId, waitId)))).toBe(false);
  });

  it('refuses an answer to a wait that is not open', async () => {
    const { runId } = await waiting();
    expect(await db.store.transaction((tx) => one.work.answer(tx, given(runId, 'no such wait')))).toBe(false);
    expect(await one.state(runId)).toBe('waiting');
    await one.work.cancel(runId, tester);
  });

  it('ends by a timer', async () => {
    const before = Date.now();
    const runId = await one.start(chain([sleep('pause', 1), say('after')]));
    await until('it waits', async () => (await one.state(runId)) === 'waiting');
    await until('the timer is due', async () => (await one.state(runId)) === 'succeeded');
    expect(Date.now() - before).toBeGreaterThanOrEqual(1000);
    expect(Date.now() - before).toBeLessThan(3000);
    expect(await one.work.events(runId)).toContainEqual(expect.objectContaining({ kind: 'run_resumed', why: 'timer' }));
  });
});

describe('cancelling', () => {
  it('ends a waiting run at once and withdraws its review', async () => {
    const runId = await one.start(chain([ask('question')]));
    await one.work.finished(runId, 5000);
    expect(await two.work.cancel(runId, tester)).toBe('cancelled');
    const last = (await one.work.events(runId)).at(-1);
    expect(last).toMatchObject({ kind: 'run_cancelled', actor: tester });
    expect((await db.store.prisma.review.findFirstOrThrow({ where: { runId } })).state).toBe('withdrawn');
  });

  it('ends a queued run before it has begun', async () => {
    const idle = await openTestWork(db.databaseUrl, {
      limits: { own: 0, handed: 0 },
      redisUrl: undefined,
    });
    const id = uuidv7();
    const documentHash = await storeDocument(db.store.pool, chain([say('a')]));
    await db.store.pool.query(
      `INSERT INTO run (id, flow_name, document_hash, state, actor_kind, actor_id, actor_name, trigger, inputs,
         queued_at) VALUES ($1, 'T', $2, 'queued', 'person', 'p', 'P', 'test', '{}', now() + interval '1 hour')`,
      [id, documentHash],
    );
    expect(await idle.work.cancel(id, tester)).toBe('cancelled');
    expect(await idle.kinds(id)).toEqual(['run_started', 'run_cancelled']);
    await idle.close();
  });

  it('breaks off a step under way, from this process and from another', async () => {
    for (const canceller of [one, two]) {
      const calls = slow.held.length;
      const runId = await one.start(chain([post('call', slow.url), say('after')]));
      await slow.callsOut(calls + 1);
      expect(await canceller.work.cancel(runId, tester)).toBe('cancelled');
      expect((await one.kinds(runId)).at(-1)).toBe('run_cancelled');
    }
  });
});

describe('a process that is gone', () => {
  it('leaves its runs to the others, and what it still writes is refused', async () => {
    const other = await openTestWork(db.databaseUrl);
    const calls = slow.held.length;
    const runId = await other.start(chain([post('call', slow.url), say('after')]));
    await slow.callsOut(calls + 1);
    const { rows } = await db.store.pool.query('SELECT holder FROM run WHERE id = $1', [runId]);
    // As a process that was paused for long: dead to the others, while it still thinks that it holds the run.
    await db.store.pool.query('UPDATE server SET stopped_at = now() WHERE id = $1', [rows[0].holder]);
    await until('another process calls again', () => slow.held.length > calls + 1);
    slow.letGo();
    await until('it ends', async () => (await one.state(runId)) === 'succeeded');
    const kinds = await one.kinds(runId);
    expect(kinds.filter((kind) => kind === 'step_cut_off')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'run_succeeded')).toHaveLength(1);
    await other.close();
  });

  it('hands over what is under way when it stops', async () => {
    const other = await openTestWork(db.databaseUrl);
    const calls = slow.held.length;
    const runId = await other.start(chain([post('call', slow.url)]));
    await slow.callsOut(calls + 1);
    await other.work.stop(10);
    await until('another process calls again', () => slow.held.length > calls + 1);
    slow.letGo();
    await until('it ends', async () => (await one.state(runId)) === 'succeeded');
    await other.hub.close();
    await other.options.store.close();
  });
});

describe('live changes', () => {
  it('reach other processes', async () => {
    const seen: string[] = [];
    const forget = two.hub.on((change) => seen.push(`${change.kind} ${change.id} ${change.state}`));
    await until('the processes know of each other', () => one.hub.othersLive);
    const runId = await one.start(chain([say('a')]));
    await until('the change arrives', () => seen.includes(`run ${runId} succeeded`));
    forget();
  });
});
