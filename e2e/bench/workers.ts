/**
 * `npm run bench -- --workers`: how much more several worker processes do. Runs of five web calls (5 ms each) are handed
 * over by a process that runs none itself; 1, 2 and 4 real `rondo worker` processes take them.
 */
import { cpus } from 'node:os';
import { testDatabase } from '@rondo/server/store/testDatabase.ts';
import { chain, post } from '@rondo/server/work/testFlows.ts';
import { openTestWork, until } from '@rondo/server/work/testWork.ts';
import { hasRedis, startRedis } from '../harness/redis.ts';
import { endWorkers, startOutside, startWorker } from '../recovery/processes.ts';

const runs = 600;

async function measure(workers: number, redisUrl: string | undefined): Promise<number> {
  const db = await testDatabase();
  const outside = await startOutside(5);
  const starter = await openTestWork(db.databaseUrl, { redisUrl, limits: { own: 0, handed: 0 } });
  const processes = Array.from({ length: workers }, () => startWorker(db.databaseUrl, redisUrl));
  try {
    await Promise.all(processes.map((worker) => worker.ready));
    const document = chain(['a', 'b', 'c', 'd', 'e'].map((id) => post(id, outside.url)));
    const begun = performance.now();
    for (let n = 0; n < runs; n += 20)
      await Promise.all(Array.from({ length: Math.min(20, runs - n) }, () => starter.start(document)));
    await until(
      'all end',
      async () => {
        const { rows } = await db.store.pool.query("SELECT 1 FROM run WHERE state <> 'succeeded' LIMIT 1");
        return rows.length === 0;
      },
      120_000,
    );
    return (runs * 1000) / (performance.now() - begun);
  } finally {
    await endWorkers(processes);
    await starter.close();
    await outside.stop();
    await db.drop();
  }
}

console.log(`${runs} runs of five web calls, on ${cpus().length} processors: runs a second`);
const redis = hasRedis ? await startRedis() : undefined;
for (const workers of [1, 2, 4]) {
  const postgres = await measure(workers, undefined);
  const withRedis = redis ? `${(await measure(workers, redis.url)).toFixed(0)} on Redis` : 'no Redis here';
  console.log(`${workers} worker${workers > 1 ? 's' : ' '}  ${postgres.toFixed(0)} on PostgreSQL, ${withRedis}`);
}
await redis?.stop();
process.exit(0);
