import { testDatabase } from '@rondo/server/store/testDatabase.ts';
import { chain, post } from '@rondo/server/work/testFlows.ts';
import { openTestWork, until } from '@rondo/server/work/testWork.ts';
import { describe, expect, it } from 'vitest';
import { ended } from '../harness/children.ts';
import { hasRedis, startRedis } from '../harness/redis.ts';
import { endWorkers, startOutside, startWorker, type WorkerProcess } from './processes.ts';

const kills = 50;
const steps = 20;
const workersAtOnce = 3;
const runsAtOnce = 6;

describe('G1 a step whose end is in the journal never runs again', () => {
  it('on the queue in PostgreSQL', () => killWorkers(undefined), 240_000);

  it.skipIf(!hasRedis)(
    'on the queue in Redis (skipped without redis-server)',
    async () => {
      const redis = await startRedis();
      try {
        await killWorkers(redis.url);
      } finally {
        await redis.stop();
      }
    },
    240_000,
  );
});

/**
 * Runs of twenty calls each; fifty times the process that holds one is ended with SIGKILL when the run has reached a
 * step chosen by chance. At the end all runs must have ended right, and the world outside must have been called again
 * only where the journal says that a call was cut off.
 */
async function killWorkers(redisUrl: string | undefined): Promise<void> {
  const outside = await startOutside(4);
  const db = await testDatabase();
  // Hands all of its runs over, and takes none.
  const starter = await openTestWork(db.databaseUrl, { redisUrl, limits: { own: 0, handed: 0 } });
  const workers = new Map<number, WorkerProcess>();
  const addWorker = () => {
    const worker = startWorker(db.databaseUrl, redisUrl);
    workers.set(worker.pid, worker);
    return worker;
  };
  try {
    await Promise.all(Array.from({ length: workersAtOnce }, () => addWorker().ready));
    const document = chain(Array.from({ length: steps }, (_, index) => post(`step${index}`, outside.url)));
    const runs: string[] = [];

    let killed = 0;
    /** runs that are yet to reach the step at which their worker is killed */
    const targets = new Map<string, string>();
    const hits: string[] = [];
    outside.onCall = (key) => {
      const [runId = '', path = ''] = key.split(':');
      if (targets.get(runId) !== path) return;
      targets.delete(runId);
      hits.push(runId);
    };
    const begin = async () => {
      const runId = await starter.start(document);
      runs.push(runId);
      targets.set(runId, `step${Math.floor(Math.random() * steps)}`);
    };
    await Promise.all(Array.from({ length: runsAtOnce }, begin));
    while (killed < kills) {
      await until('a run reaches its step', () => hits.length > 0, 30_000);
      const runId = hits.shift() ?? '';
      const pid = await holderOf(db.store.pool, runId);
      const worker = pid === undefined ? undefined : workers.get(pid);
      if (worker) {
        // Anywhere within the call and what follows it.
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
        worker.child.kill('SIGKILL');
        await ended(worker.child);
        workers.delete(worker.pid);
        killed += 1;
        addWorker();
      }
      await begin();
    }

    await until(
      'all runs end',
      async () => {
        const { rows } = await db.store.pool.query("SELECT 1 FROM run WHERE state <> 'succeeded' LIMIT 1");
        return rows.length === 0;
      },
      60_000,
    );
    let cutOff = 0;
    let calls = 0;
    for (const runId of runs) {
      const events = await starter.work.events(runId);
      expect(events.filter((event) => event.kind === 'run_succeeded')).toHaveLength(1);
      for (let index = 0; index < steps; index += 1) {
        const path = `step${index}`;
        const ends = events.filter((event) => event.kind === 'step_succeeded' && event.path === path);
        expect(ends, `ends of ${path} of run ${runId}`).toHaveLength(1);
        const cuts = events.filter((event) => event.kind === 'step_cut_off' && event.path === path).length;
        const called = outside.calls.get(`${runId}:${path}:1`) ?? 0;
        expect(called, `calls of ${path} of run ${runId}`).toBeGreaterThanOrEqual(1);
        // Each further call has its word in the journal, and comes before the step's end.
        expect(called, `calls of ${path} of run ${runId}`).toBeLessThanOrEqual(1 + cuts);
        const end = events.findIndex((event) => event.kind === 'step_succeeded' && event.path === path);
        expect(events.slice(end + 1).some((event) => 'path' in event && event.path === path)).toBe(false);
        cutOff += cuts;
        calls += called;
      }
    }
    expect(outside.calls.size, 'a call that was cut off keeps its idempotency key').toBe(runs.length * steps);
    expect(cutOff).toBeGreaterThan(0);
    console.log(
      `${redisUrl ? 'Redis' : 'PostgreSQL'}: ${killed} workers killed, ${runs.length} runs, ${calls} calls, ${cutOff} cut off and made again`,
    );
  } finally {
    await endWorkers(workers.values());
    await starter.close();
    await db.drop();
    await outside.stop();
  }
}

/** Process id of who holds a run now. */
async function holderOf(
  pool: { query(sql: string, values: unknown[]): Promise<{ rows: { pid: number }[] }> },
  runId: string,
) {
  const { rows } = await pool.query('SELECT pid FROM run JOIN server ON server.id = run.holder WHERE run.id = $1', [
    runId,
  ]);
  return rows[0]?.pid;
}
