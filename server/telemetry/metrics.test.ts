import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { chain, say } from '../work/testFlows.ts';
import { openTestWork, type TestWork, until } from '../work/testWork.ts';
import { Metrics } from './metrics.ts';

let db: TestDatabase;
let work: TestWork;
let metrics: Metrics;
beforeAll(async () => {
  db = await testDatabase();
  work = await openTestWork(db.databaseUrl, { observe: (run, events) => metrics.observe(run, events) });
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
    expect(figure(text, 'rondo_runs_waiting')).toBe(1);
    expect(figure(text, 'rondo_live_runs')).toBe(0);
    // Every line is one that Prometheus can read.
    for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#')))
      expect(line).toMatch(/^[a-zA-Z_][\w]*(\{[^}]*\})? [\d.e+-]+(Inf|NaN)?$/);
  });
});
