import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { publishedFlow } from '../work/testFlowRow.ts';
import { chain, say } from '../work/testFlows.ts';
import { openTestWork, type TestWork, until } from '../work/testWork.ts';
import { Metrics } from './metrics.ts';

let db: TestDatabase;
let work: TestWork;
let metrics: Metrics;
beforeAll(async () => {
  db = await testDatabase();
  work = await openTestWork(db.databaseUrl, {
    observe: (run, events) => metrics.observe(run, events),
    onPickUp: (waitedMs) => metrics.pickedUp(waitedMs),
  });
  metrics = new Metrics(work.options.store.pool, { journal: work.options.journal, live: () => work.work.live });
});
afterAll(async () => {
  await work.close();
  await db.drop();
});

/** The value of a line of the text that Prometheus reads. */
function figure(text: string, name: string): number {
  const found = text.split('\n').find((line) => line.startsWith(`${name} `));
  return Number(found?.split(' ').at(-1));
}

describe('metrics', () => {
  it('tell of runs, steps, the journal and what waits', async () => {
    const runId = await work.start(chain([say('a'), say('b')]));
    await until('it ends', async () => (await work.state(runId)) === 'succeeded');
    await db.store.pool.query(
      `INSERT INTO run (id, flow_name, document_hash, state, gated, actor_kind, actor_id, actor_name, trigger, inputs)
       VALUES (gen_random_uuid(), 'T', 'h', 'queued', true, 'person', 'p', 'P', 'http', '{}'),
         (gen_random_uuid(), 'T', 'h', 'waiting', false, 'person', 'p', 'P', 'http', '{}')`,
    );
    const { text, type } = await metrics.read();
    expect(type).toContain('text/plain');
    expect(figure(text, 'rondo_runs_total{flow="none",state="succeeded"}')).toBe(1);
    expect(figure(text, 'rondo_step_seconds_count{type="OutputMessageNode",outcome="succeeded"}')).toBe(2);
    expect(figure(text, 'rondo_journal_events_total')).toBeGreaterThanOrEqual(10);
    expect(figure(text, 'rondo_journal_batches_total')).toBeGreaterThan(0);
    expect(figure(text, 'rondo_runs_gated')).toBe(1);
    expect(figure(text, 'rondo_runs_waiting{for="nothing"}')).toBe(1);
    expect(figure(text, 'rondo_live_runs')).toBe(0);
    expect(figure(text, 'rondo_queue_depth{priority="0"}')).toBeNaN();
    // Every line is one that Prometheus can read. A mean of nothing is not a number: it writes "Nan", which is one too.
    for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#')))
      expect(line).toMatch(/^[a-zA-Z_]\w*(\{[^}]*\})? (-?\d[\d.]*(e[+-]?\d+)?|[+-]?inf|nan)$/i);
  });

  it('name flows by their slugs, at most 200 of them, and count what waits by rank and reason', async () => {
    await db.store.pool.query('DELETE FROM run');
    // The queue is paused: what stands in it stays.
    await db.store.pool.query(`INSERT INTO workspace (id, name, queue_paused_at) VALUES ('workspace', 'Test', now())`);
    const flow = await publishedFlow(db.store.pool, chain([say('a')]), { name: 'Order' });
    await db.store.pool.query(`UPDATE flow SET slug = 'order' WHERE id = $1`, [flow.flowId]);
    const at = new Date().toISOString();
    const ends = (flowId: string) =>
      metrics.observe({ runId: randomUUID(), flowId }, [
        { kind: 'run_failed', at, error: { code: 'X', message: '', step: null } },
      ]);
    for (let n = 0; n < 3; n += 1) ends(flow.flowId);
    for (let n = 0; n < 300; n += 1) ends(randomUUID());
    await db.store.pool.query(
      `INSERT INTO run (id, flow_name, document_hash, state, priority, queued_at, waits, actor_kind, actor_id, actor_name,
         trigger, inputs) VALUES
       (gen_random_uuid(), 'T', 'h', 'queued', 15, now() - interval '1 minute', NULL, 'person', 'p', 'P', 'http', '{}'),
       (gen_random_uuid(), 'T', 'h', 'waiting', 0, NULL, '[{"id":"w","for":"review","path":"p"}]', 'person', 'p', 'P',
        'http', '{}')`,
    );
    let text = '';
    // What was read a second ago is believed.
    await until('it looks again', async () => {
      text = (await metrics.read()).text;
      return figure(text, 'rondo_queue_depth{priority="15"}') === 1;
    });
    expect(figure(text, 'rondo_queue_oldest_seconds{priority="15"}')).toBeGreaterThan(55);
    expect(figure(text, 'rondo_runs_waiting{for="review"}')).toBe(1);
    expect(figure(text, 'rondo_runs_total{flow="order",state="failed"}')).toBe(3);
    expect(text.split('\n').filter((line) => line.startsWith('rondo_runs_total{')).length).toBeLessThanOrEqual(203);
    expect(figure(text, 'rondo_runs_total{flow="other",state="failed"}')).toBeGreaterThan(90);
    await db.store.pool.query('DELETE FROM run');
    await db.store.pool.query('UPDATE workspace SET queue_paused_at = NULL');
  });

  it('tell how long a queued run waited until a process took it', async () => {
    const other = await openTestWork(db.databaseUrl, { limits: { own: 0, handed: 0 } });
    const runId = await other.start(chain([say('a')]));
    await until('it ends', async () => (await other.state(runId)) === 'succeeded');
    await other.close();
    const { text } = await metrics.read();
    expect(figure(text, 'rondo_pick_up_seconds_count')).toBe(1);
    expect(figure(text, 'rondo_pick_up_seconds_sum')).toBeLessThan(10);
    expect(figure(text, 'rondo_pick_up_seconds_sum')).toBeGreaterThan(0);
  });
});
