import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../store/inTransaction.ts';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { claimNext } from './claims.ts';
import { startInside } from './startInside.ts';
import { publishedFlow, type TestFlow } from './testFlowRow.ts';
import { chain, post, say } from './testFlows.ts';
import { type HoldingService, openHolding } from './testHolding.ts';
import { openTestWork, type TestWork, tester, until } from './testWork.ts';

let db: TestDatabase;
let work: TestWork;
let slow: HoldingService;

beforeAll(async () => {
  db = await testDatabase();
  work = await openTestWork(db.databaseUrl, { formula: (source, values) => sandboxOf(work).formula(source, values) });
  slow = await openHolding();
});
afterAll(async () => {
  slow.letGo();
  await work.close();
  slow.close();
  await db.drop();
});

/** The sandbox that the steps of a run use. */
function sandboxOf(given: TestWork) {
  return given.options.ports({ runId: '', flowId: null, onToken: () => undefined }).sandbox;
}

function start(flow: TestFlow, inputs: Record<string, string> = {}, key: string | null = null): Promise<string> {
  return work.work
    .start({ ...flow, actor: tester, trigger: 'http', inputs, startKey: key })
    .then((created) => created.runId);
}

async function counts(flow: TestFlow): Promise<Record<string, number>> {
  const { rows } = await db.store.pool.query<{ state: string; n: number }>(
    `SELECT CASE WHEN gated AND state = 'queued' THEN 'gated' ELSE state END AS state, count(*)::int AS n
     FROM run WHERE flow_id = $1 GROUP BY 1`,
    [flow.flowId],
  );
  return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

const slowFlow = () => chain([post('call', slow.url)], [{ title: 'customer', type: 'string', default: '' }]);

describe('limits of a flow', () => {
  it('let no more than so many runs go at once, in order, and all of them in the end', async () => {
    const flow = await publishedFlow(db.store.pool, slowFlow(), { settings: { limits: { atOnce: 2 } } });
    const runs: string[] = [];
    for (let n = 0; n < 5; n += 1) runs.push(await start(flow));
    await until('two are under way', async () => (await counts(flow)).running === 2);
    expect(await counts(flow)).toEqual({ running: 2, gated: 3 });
    expect(await work.state(runs[4] ?? '')).toBe('queued');
    await until('their calls are out', () => slow.held.length === 2);
    slow.letGo(runs[0]);
    await until('the third begins', async () => (await work.state(runs[2] ?? '')) === 'running');
    expect(await counts(flow)).toEqual({ succeeded: 1, running: 2, gated: 2 });
    await until('the rest ends as they are let go', async () => {
      slow.letGo();
      return (await counts(flow)).succeeded === 5;
    });
  });

  it('count by a key over the inputs', async () => {
    const settings = { limits: { key: 'customer', atOncePerKey: 1 } };
    const flow = await publishedFlow(db.store.pool, slowFlow(), { settings });
    const ann = await start(flow, { customer: 'Ann' });
    const again = await start(flow, { customer: 'Ann' });
    const bo = await start(flow, { customer: 'Bo' });
    await until('Bo goes while Ann waits', async () => (await work.state(bo)) === 'running');
    expect(await work.state(ann)).toBe('running');
    expect(await work.state(again)).toBe('queued');
    await until('the calls are out', () => slow.held.length === 2);
    slow.letGo(ann);
    await until('the next of the key begins', async () => (await work.state(again)) === 'running');
    await until('all end', async () => {
      slow.letGo();
      return (await counts(flow)).succeeded === 3;
    });
  });

  it('hold runs back whose key cannot be computed, one after the other, and say so', async () => {
    const settings = { limits: { key: '$nothing(customer)', atOncePerKey: 1 } };
    const flow = await publishedFlow(db.store.pool, chain([say('a')], [{ title: 'customer', type: 'string' }]), {
      settings,
    });
    const runId = await start(flow, { customer: 'Ann' });
    await until('it ends all the same', async () => (await work.state(runId)) === 'succeeded');
    const { rows } = await db.store.pool.query('SELECT limit_key FROM run WHERE id = $1', [runId]);
    expect(rows[0].limit_key).toMatch(/^The key failed: /);
  });

  it('let so many start in a minute', async () => {
    const flow = await publishedFlow(db.store.pool, chain([say('a')]), { settings: { limits: { perMinute: 3 } } });
    for (let n = 0; n < 5; n += 1) await start(flow);
    await until('three have ended', async () => (await counts(flow)).succeeded === 3);
    expect(await counts(flow)).toEqual({ succeeded: 3, gated: 2 });
    // As if a minute had gone by.
    await db.store.pool.query(`UPDATE run SET admitted_at = admitted_at - interval '61 seconds' WHERE flow_id = $1`, [
      flow.flowId,
    ]);
    await until('the others follow', async () => (await counts(flow)).succeeded === 5);
  });

  it('that are taken away let everything go', async () => {
    const flow = await publishedFlow(db.store.pool, chain([say('a')]), { settings: { limits: { perMinute: 1 } } });
    for (let n = 0; n < 4; n += 1) await start(flow);
    await db.store.pool.query(`UPDATE flow SET settings = '{}' WHERE id = $1`, [flow.flowId]);
    await work.work.rulesChanged(flow.flowId);
    await until('all end', async () => (await counts(flow)).succeeded === 4);
  });

  it('hold for runs that many processes start and end at the same time', async () => {
    const other = await openTestWork(db.databaseUrl);
    const flow = await publishedFlow(db.store.pool, slowFlow(), { settings: { limits: { atOnce: 3 } } });
    const processes = [work, other];
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        processes[n % 2]?.work.start({ ...flow, actor: tester, trigger: 'http', inputs: {}, startKey: null }),
      ),
    );
    let most = 0;
    await until(
      'all end',
      async () => {
        const { running = 0, succeeded = 0 } = await counts(flow);
        most = Math.max(most, running);
        slow.letGoOne();
        return succeeded === 20;
      },
      30_000,
    );
    expect(most).toBe(3);
    await other.close();
  });

  it('keep a run of a schedule behind the earlier ones of it', async () => {
    const flow = await publishedFlow(db.store.pool, slowFlow());
    const schedule = crypto.randomUUID();
    await db.store.pool.query(
      `INSERT INTO schedule (id, flow_id, name, time_zone, overlap, created_by, updated_at)
       VALUES ($1, $2, 'S', 'UTC', 'queue', 'tester', now())`,
      [schedule, flow.flowId],
    );
    const fire = () =>
      inTransaction(db.store.pool, (client) =>
        startInside(client, {
          ...flow,
          actor: tester,
          trigger: 'schedule',
          inputs: {},
          startKey: null,
          originId: schedule,
          behindOrigin: true,
        }),
      );
    const first = await fire();
    const second = await fire();
    await until('the first begins', async () => (await work.state(first.runId)) === 'running');
    expect(await work.state(second.runId)).toBe('queued');
    await until('its call is out', () => slow.held.length === 1);
    slow.letGo();
    await until('the second begins', async () => (await work.state(second.runId)) === 'running');
    await until('it ends', async () => {
      slow.letGo();
      return (await work.state(second.runId)) === 'succeeded';
    });
  });
});

describe('the order of the queue', () => {
  it('lets a run that somebody waits for pass ten thousand of another flow', async () => {
    const quiet = await testDatabase();
    try {
      const bulk = await publishedFlow(quiet.store.pool, chain([say('a')]), { name: 'Bulk' });
      const other = await publishedFlow(quiet.store.pool, chain([say('a')]), { name: 'Other' });
      await quiet.store.pool.query(
        `INSERT INTO run (id, flow_id, flow_name, document_hash, state, actor_kind, actor_id, actor_name, trigger,
           inputs, queued_at, priority)
         SELECT gen_random_uuid(), $1, 'Bulk', 'h', 'queued', 'person', 'p', 'P', 'webhook', '{}',
           now() - interval '30 seconds', 0 FROM generate_series(1, 10000)`,
        [bulk.flowId],
      );
      const late = async (priority: number) => {
        const { rows } = await quiet.store.pool.query<{ id: string }>(
          `INSERT INTO run (id, flow_id, flow_name, document_hash, state, actor_kind, actor_id, actor_name, trigger,
             inputs, queued_at, priority)
           VALUES (gen_random_uuid(), $1, 'Other', 'h', 'queued', 'person', 'p', 'P', 'http', '{}', now(), $2)
           RETURNING id`,
          [other.flowId, priority],
        );
        return rows[0]?.id;
      };
      const holder = crypto.randomUUID();
      const take = async (most: number) =>
        (await claimNext(quiet.store.pool, holder, most, { after: null, overdueMs: 0 })).runs;
      // Of a higher rank: it is the next one.
      const waitedFor = await late(5);
      expect((await take(1)).map((run) => run.id)).toEqual([waitedFor]);
      // Of the same rank: the flows take turns, the runs that they have under way counted in.
      const equal = await late(0);
      expect((await take(3)).map((run) => run.id)).toContain(equal);
      // What was taken is not taken twice.
      const many = await Promise.all([take(50), take(50), take(50)]);
      const ids = many.flat().map((run) => run.id);
      expect(new Set(ids).size).toBe(ids.length);
    } finally {
      await quiet.drop();
    }
  });
});

describe('a start key', () => {
  it('means the same run within its time, and is free again after it', async () => {
    const flow = await publishedFlow(db.store.pool, chain([say('a')]));
    const first = await start(flow, {}, 'order 17');
    expect(await start(flow, {}, 'order 17')).toBe(first);
    await db.store.pool.query(`UPDATE run SET start_key_until = now() - interval '1 second' WHERE id = $1`, [first]);
    const second = await start(flow, {}, 'order 17');
    expect(second).not.toBe(first);
    expect(await start(flow, {}, 'order 17')).toBe(second);
    const racing = await Promise.all(Array.from({ length: 8 }, () => start(flow, {}, 'order 18')));
    expect(new Set(racing).size).toBe(1);
  });
});
