import { Cron } from 'croner';

/** A cron expression that cannot be used, in plain words. */
export class CronError extends Error {}

/**
 * Reads a cron expression (five fields, or six with seconds) in a time zone of the IANA list.
 * @throws {CronError} when it cannot be read, the zone is unknown, or it never fires
 */
export function readCron(cron: string, timeZone: string): Cron {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch (error) {
    throw new CronError(`“${timeZone}” is no time zone. Write it like Europe/Berlin or UTC.`, { cause: error });
  }
  let pattern: Cron;
  try {
    pattern = new Cron(cron, { timezone: timeZone, paused: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CronError(`“${cron}” cannot be read: ${why}`, { cause: error });
  }
  if (pattern.nextRun() === null) throw new CronError(`“${cron}” never fires.`);
  return pattern;
}
