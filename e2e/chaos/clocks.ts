import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeClockMovable } from '@rondo/server/store/testMovableClock.ts';

/** All clocks of the chaos: that of the database, and one for each process. */
export interface Clocks {
  /** Makes the clock of a process. @returns the file that the process reads it from */
  add(): string;
  /** Sets all clocks together, as when the time of the whole house is put right. */
  moveAll(byMs: number): Promise<void>;
  /** Makes the clock of one process wrong by so much: it runs beside all others. */
  moveOne(index: number, wrongByMs: number): void;
  /** Sets all clocks alike, to the latest time that there ever was. */
  putRight(): Promise<void>;
}

/** A database that was just struck may need a moment. @throws when it does not answer for ten seconds */
async function whenItAnswers(set: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await set();
    } catch (error) {
      if (attempt === 40) throw error;
      await sleep(250);
    }
  }
}

/**
 * @param folder for the files of the processes' clocks
 * @param databaseUrl where the database can be reached whenever its clock is moved
 */
export async function openClocks(folder: string, databaseUrl: () => string): Promise<Clocks> {
  const database = await makeClockMovable(databaseUrl);
  const files: string[] = [];
  const wrong: number[] = [];
  let ahead = 0;
  let furthest = 0;
  const write = (index: number) => {
    const file = files[index] ?? '';
    writeFileSync(`${file}.new`, String(ahead + (wrong[index] ?? 0)));
    renameSync(`${file}.new`, file);
  };
  const setAll = async (aheadMs: number) => {
    await whenItAnswers(() => database.set(aheadMs));
    ahead = aheadMs;
    furthest = Math.max(furthest, ahead);
    for (const index of files.keys()) write(index);
  };
  return {
    add() {
      const index = files.push(join(folder, `clock-${files.length}`)) - 1;
      write(index);
      return files[index] ?? '';
    },
    moveAll: (byMs) => setAll(ahead + byMs),
    moveOne(index, wrongByMs) {
      wrong[index] = wrongByMs;
      write(index);
    },
    putRight() {
      wrong.length = 0;
      return setAll(furthest);
    },
  };
}
