/**
 * `npm run chaos [-- --runs 1000 --seed 7 --queue postgres|redis|both]`: ends everything that can be ended, and moves
 * clocks, while runs go on, and says whether the guarantees held. Exit 1 when one did not.
 */
import { parseArgs } from 'node:util';
import { hasRedis } from '../harness/redis.ts';
import { chaos } from './chaos.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    queue: { type: 'string', default: 'both' },
    workers: { type: 'string', default: '2' },
  },
});
const queues = values.queue === 'both' ? ['postgres', ...(hasRedis ? ['redis'] : [])] : [values.queue];
if (values.queue === 'both' && !hasRedis) console.log('There is no redis-server here: only the queue in PostgreSQL.');
let failed = false;
for (const queue of queues) {
  const begun = Date.now();
  console.log(`${values.runs} runs, seed ${values.seed}, the queue in ${queue}:`);
  const figures = await chaos({
    seed: Number(values.seed),
    runs: Number(values.runs),
    redis: queue === 'redis',
    workers: Number(values.workers),
    blowEveryMs: 1500,
    say: (line) => console.log(line),
  });
  const { faults, blows, ...rest } = figures;
  for (const [name, count] of Object.entries(blows)) console.log(`  ${String(count).padStart(4)} × ${name}`);
  console.log(`  ${JSON.stringify(rest)}`);
  console.log(
    faults.length === 0
      ? `  every guarantee held, in ${((Date.now() - begun) / 1000).toFixed(0)} s`
      : `  ${faults.length} faults (seed ${values.seed}):\n${faults
          .slice(0, 40)
          .map((fault) => `    ${fault}`)
          .join('\n')}`,
  );
  if (faults.length > 0) failed = true;
}
process.exit(failed ? 1 : 0);
