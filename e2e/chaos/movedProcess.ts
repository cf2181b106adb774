/** Loaded before the product (`node --import`): the process reads its clock from the file that `CHAOS_CLOCK` names. */
import { readFileSync } from 'node:fs';
import { moveDate } from '@rondo/server/store/testMovedDate.ts';

const file = process.env.CHAOS_CLOCK;
if (!file) throw new Error('CHAOS_CLOCK names no file.');
let aheadMs = 0;
const look = () => {
  aheadMs = Number(readFileSync(file, 'utf8'));
};
look();
setInterval(look, 50).unref();
moveDate(() => aheadMs);
