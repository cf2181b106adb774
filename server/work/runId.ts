import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import { clock } from '../store/clock.ts';

const bytesOfOne = 16;
const random = new Uint8Array(256 * bytesOfOne);
let used = random.length;

/** A new run's id, UUIDv7. The random bytes of many are fetched together: each fetch costs more than all the rest. */
export function newRunId(): string {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  const own = random.subarray(used, used + bytesOfOne);
  used += bytesOfOne;
  // By the time of the database, as the partitions of the journal are.
  return v7({ random: own, msecs: clock.now().getTime() });
}
