/**
 * `npm run bench -- --soak`: 50,000 runs of ten steps through one server by ten clients. Its memory must be flat: what
 * it holds after the last tenth is compared with what it held after the second.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { line } from './table.ts';
import { openServer } from './targets.ts';

const runs = 50_000;
const parts = 10;
const clients = 10;

const target = await openServer(undefined);
try {
  await sleep(4000);
  line('memory at rest, before', '250 MB', `${target.memory().toFixed(0)} MB`);
  const held: number[] = [];
  const begun = performance.now();
  for (let part = 1; part <= parts; part += 1) {
    let left = runs / parts;
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (left > 0) {
          left -= 1;
          await target.ten.call();
        }
      }),
    );
    held.push(target.memory());
    line(`  after ${((runs * part) / parts).toLocaleString('en')} runs`, '', `${held.at(-1)?.toFixed(0)} MB`);
  }
  line(`${runs.toLocaleString('en')} runs took`, '', `${((performance.now() - begun) / 1000).toFixed(0)} s`);
  line('  grown from the second part to the last', 'flat', `${((held.at(-1) ?? 0) - (held[1] ?? 0)).toFixed(0)} MB`);
  await sleep(10_000);
  line('  at rest again', '250 MB', `${target.memory().toFixed(0)} MB`);
} finally {
  await target.close();
}
