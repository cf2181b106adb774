/**
 * `npm run bench -- --scale`: what happens when there is much of everything. In one process, on a PostgreSQL of its own,
 * with the product's own rooms; each line has its aim beside it.
 */
import { createServer } from 'node:http';
import { readJournal } from '@rondo/server/journal/readJournal.ts';
import { matchingRuns } from '@rondo/server/operations/runFilter.ts';
import { type TestDatabase, testDatabase } from '@rondo/server/store/testDatabase.ts';
import { publishedFlow } from '@rondo/server/work/testFlowRow.ts';
import { ask, chain, post, say } from '@rondo/server/work/testFlows.ts';
import { openTestWork, tester, until } from '@rondo/server/work/testWork.ts';
import { mapOver } from './flows.ts';
import { median, percentile } from './load.ts';
import { line } from './table.ts';

const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const memory = () => process.memoryUsage.rss() / 1_048_576;

/** A thousand schedules that are due in the same second. */
async function schedules(db: TestDatabase): Promise<void> {
  const flow = await publishedFlow(db.store.pool, chain([say('a')]));
  await db.store.pool.query(
    `INSERT INTO schedule (id, flow_id, name, kind, every_seconds, anchor_at, time_zone, next_fire_at, next_make_at,
       created_by, updated_at)
     SELECT gen_random_uuid(), $1, 'S', 'every', 3600, date_trunc('second', now()) + interval '3 seconds', 'UTC',
       date_trunc('second', now()) + interval '3 seconds', date_trunc('second', now()) + interval '3 seconds', 'bench', now()
     FROM generate_series(1, 1000)`,
    [flow.flowId],
  );
  const work = await openTestWork(db.databaseUrl);
  const count = async (sql: string) => Number((await db.store.pool.query(sql)).rows[0].n);
  await until('all fire', async () => (await count('SELECT count(*) AS n FROM schedule_fire')) === 1000, 60_000);
  const { rows } = await db.store.pool.query<{ lag: number }>(
    'SELECT extract(epoch FROM run.created_at - due_at)::float * 1000 AS lag FROM schedule_fire JOIN run ON run.id = run_id',
  );
  const lags = rows.map((row) => row.lag);
  line('1,000 schedules due at once: lag, 99 of 100', '2000 ms', ms(percentile(lags, 0.99)));
  line('  median', '', ms(median(lags)));
  const begun = performance.now();
  await until(
    'all end',
    async () => (await count("SELECT count(*) AS n FROM run WHERE state <> 'succeeded'")) === 0,
    60_000,
  );
  line('  until all of their runs have ended', '', ms(performance.now() - begun));
  await work.close();
}

/** A map over ten thousand items, each a web call, twenty side by side. */
async function map(db: TestDatabase): Promise<void> {
  const outside = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  const address = outside.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  const n = { title: 'n', type: 'integer' };
  const document = mapOver([{ ...post('call', url), inputs: [n], data: { n: '{{ n }}' } }]);
  const work = await openTestWork(db.databaseUrl);
  const before = memory();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, memory());
  }, 50);
  const begun = performance.now();
  const runId = await work.start(document, { inputs: { iterated_n: Array.from({ length: 10_000 }, (_, i) => i) } });
  await until('the map ends', async () => (await work.state(runId)) === 'succeeded', 300_000);
  clearInterval(watch);
  const took = performance.now() - begun;
  line('a map over 10,000 web calls, 20 side by side', '', `${(took / 1000).toFixed(1)} s`);
  line('  memory above rest, at its peak', '', `${(peak - before).toFixed(0)} MB`);
  const reading = performance.now();
  const events = await readJournal(db.store.pool, runId);
  line(`  its journal of ${events.length} events is read in`, '', ms(performance.now() - reading));
  await work.close();
  outside.close();
}

/** A hundred thousand runs that wait for a person. */
async function waiting(db: TestDatabase): Promise<void> {
  const first = await openTestWork(db.databaseUrl);
  const runId = await first.start(chain([ask('question'), say('after')]));
  await until('it waits', async () => (await first.state(runId)) === 'waiting');
  await first.close();
  await db.store.pool.query(
    `WITH more AS (
       INSERT INTO run (id, flow_name, document_hash, state, waits, next_seq, actor_kind, actor_id, actor_name, trigger,
         inputs, steps_done, started_at)
       SELECT uuidv7(), flow_name, document_hash, state, waits, next_seq, actor_kind, actor_id, actor_name, trigger,
         inputs, steps_done, started_at FROM run, generate_series(1, 100000) WHERE run.id = $1 RETURNING id
     ) INSERT INTO run_journal (run_id, first_seq, count, events)
       SELECT more.id, first_seq, count, events FROM more, run_journal WHERE run_journal.run_id = $1`,
    [runId],
  );
  await db.store.pool.query('ANALYZE run');
  const rest = memory();
  const begun = performance.now();
  const work = await openTestWork(db.databaseUrl);
  line('100,000 waiting runs: a process is ready in', '', ms(performance.now() - begun));
  line('  memory for them', '', `${Math.max(0, memory() - rest).toFixed(0)} MB`);
  const { rows } = await db.store.pool.query<{ id: string }>("SELECT id FROM run WHERE state = 'waiting' LIMIT 40");
  const times: number[] = [];
  for (const { id } of rows) {
    const start = performance.now();
    const answer = { kind: 'message' as const, text: 'yes' };
    await db.store.transaction((tx) =>
      work.work.answer(tx, { runId: id, waitId: 'question!message', answer, actor: tester }),
    );
    await work.work.wake(id);
    await work.work.finished(id, 5000);
    times.push(performance.now() - start);
  }
  line('  one is answered, wakes and ends, median', '50 ms', ms(median(times)));
  line('  95 of 100', '', ms(percentile(times, 0.95)));
  await work.close();
}

/** The list of a million runs. */
async function lists(db: TestDatabase): Promise<void> {
  const flows = [];
  for (let n = 0; n < 20; n += 1)
    flows.push((await publishedFlow(db.store.pool, chain([say('a')]), { name: `Flow ${n}` })).flowId);
  const begun = performance.now();
  await db.store.pool.query(
    `INSERT INTO run (id, flow_id, flow_name, document_hash, state, actor_kind, actor_id, actor_name, trigger, inputs,
       created_at)
     SELECT uuidv7(-(1000000 - n) * interval '2.5 seconds'), ($1::uuid[])[1 + n % 20], 'Flow ' || n % 20, 'h',
       CASE WHEN n % 97 = 0 THEN 'failed' WHEN n % 1009 = 0 THEN 'cancelled' ELSE 'succeeded' END,
       'person', 'person ' || n % 50, 'Person ' || n % 50, CASE WHEN n % 211 = 0 THEN 'webhook' ELSE 'http' END, '{}',
       now() - (1000000 - n) * interval '2.5 seconds'
     FROM generate_series(1, 1000000) AS n`,
    [flows],
  );
  await db.store.pool.query('VACUUM ANALYZE run');
  line('1,000,000 runs were made in', '', `${((performance.now() - begun) / 1000).toFixed(0)} s`);
  const now = Date.now();
  const day = 86_400_000;
  const filters: [string, Parameters<typeof matchingRuns>[1]][] = [
    ['all', {}],
    ['one flow', { flowId: flows[3] }],
    ['failed', { state: 'failed' }],
    ['succeeded', { state: 'succeeded' }],
    ['running (none)', { state: 'running' }],
    ['one flow, cancelled', { flowId: flows[3], state: 'cancelled' }],
    ['one person', { actorId: 'person 7' }],
    ['one person, failed', { actorId: 'person 7', state: 'failed' }],
    ['by webhook', { trigger: 'webhook' }],
    ['a day of last week', { from: new Date(now - 7 * day).toISOString(), to: new Date(now - 6 * day).toISOString() }],
    ['search for a flow', { search: 'flow 13' }],
    ['search for a number', { search: '#777777' }],
  ];
  for (const [name, filter] of filters) {
    const times: number[] = [];
    for (let turn = 0; turn < 20; turn += 1) {
      const start = performance.now();
      await matchingRuns(db.store.pool, filter, { limit: 51 });
      times.push(performance.now() - start);
    }
    line(`  list: ${name}, 95 of 100`, '100 ms', ms(percentile(times, 0.95)));
  }
}

for (const part of [schedules, map, waiting, lists]) {
  const db = await testDatabase();
  try {
    await part(db);
  } finally {
    await db.drop();
  }
}
process.exit(0);
