import { errorAt } from '@rondo/shared/oas/problems.ts';
import { Cron } from 'croner';
import { cronWords } from './cronWords.ts';
import { OperationError } from './errors.ts';

/** A schedule's time, checked: what it is in words, and when it fires next. */
export interface CronPlan {
  words: string;
  nextFires: Date[];
}

/**
 * Reads a cron expression (five fields: minute, hour, day of month, month, day of week) in a time zone.
 * @throws {OperationError} INVALID for a fault in either, and when it never fires
 */
export function planCron(cron: string, timeZone: string, from: Date, count = 5): CronPlan {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5)
    throw refused(
      '/cron',
      `A cron expression has five fields (minute, hour, day, month, weekday); this has ${fields.length}.`,
    );
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw refused('/timeZone', `“${timeZone}” is no time zone. Use a name such as “Europe/Berlin” or “UTC”.`);
  }
  let job: Cron;
  try {
    job = new Cron(cron, { timezone: timeZone, paused: true, mode: '5-part' });
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    throw refused('/cron', `This is no cron expression: ${reason}`);
  }
  const nextFires = job.nextRuns(count, from);
  if (nextFires.length === 0) throw refused('/cron', 'This schedule never fires: no date fits it.');
  return { words: cronWords(cron, timeZone), nextFires };
}

function refused(pointer: string, message: string): OperationError {
  return new OperationError('INVALID', message, [errorAt('CRON', pointer, message)]);
}
