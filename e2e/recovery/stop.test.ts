import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openDatabase } from '../chaos/world.ts';
import { ended } from '../harness/children.ts';
import { startWorker } from './processes.ts';

it('a worker whose database was restarted stops when it is told to', async () => {
  const database = await openDatabase();
  const worker = startWorker(database.urlAt(database.port()), undefined);
  try {
    await worker.ready;
    await database.restart();
    await sleep(3000); // it is connected again
    const begun = performance.now();
    worker.child.kill('SIGTERM');
    await Promise.race([ended(worker.child), sleep(12_000)]);
    expect(worker.child.exitCode).toBe(0);
    expect(performance.now() - begun).toBeLessThan(9000);
  } finally {
    worker.child.kill('SIGKILL');
    await ended(worker.child);
    await database.stop();
  }
});
