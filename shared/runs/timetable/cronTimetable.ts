import { type CronFields, readCron } from './cronFields.ts';
import type { Zone } from './zone.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** February 29 comes again after eight years at the latest; what does not fit in so many days never does. */
const mostDays = 9 * 366;

/**
 * The fires of a cron expression by the clocks of a zone.
 *
 * On the days that the clocks are changed:
 * - Set forward: times of day that do not exist fire once, at the moment of the change (02:30 fires when 02:00 becomes
 *   03:00). What runs in every hour has no time of day: there the hour is just not there.
 * - Set back: a time of day fires the first time that it comes, not the second. What runs all the time, in every hour
 *   or by steps of minutes, fires in both of the hours of the same name.
 */
export class CronTimetable {
  readonly #fields: CronFields;
  readonly #zone: Zone;

  /** @throws {TimetableError} when it cannot be read */
  constructor(cron: string, zone: Zone) {
    this.#fields = readCron(cron);
    this.#zone = zone;
  }

  /** The first fire after a moment; null = never. */
  next(after: number): number | null {
    const zone = this.#zone;
    if (!zone.changesAround(after)) {
      const wall = this.#nextWall(zone.wall(after));
      if (wall === null) return null;
      if (!zone.changesAround(wall - zone.offset(after))) {
        const { moments, jump } = zone.momentsOf(wall);
        return moments[0] ?? jump;
      }
    }
    return this.#nextNearChange(after);
  }

  /** Looks at all times of day that may come next: while clocks are changed they are not in order. */
  #nextNearChange(after: number): number | null {
    const zone = this.#zone;
    let wall: number | null = Math.min(zone.wall(after), after + zone.offset(after + dayMs)) - 1;
    let best: number | null = null;
    for (;;) {
      wall = this.#nextWall(wall);
      // Clocks are set back by less than three hours: nothing that is later than that comes before.
      if (wall === null || (best !== null && wall - 3 * hourMs > zone.wall(best))) return best;
      for (const moment of this.#momentsOf(wall)) if (moment > after && (best === null || moment < best)) best = moment;
    }
  }

  #momentsOf(wall: number): number[] {
    const { moments, jump } = this.#zone.momentsOf(wall);
    if (moments.length === 0) return this.#fields.everyHour ? [] : [jump];
    return this.#fields.stepsThroughHours ? moments : moments.slice(0, 1);
  }

  /** The first wall time after a wall time that fits the expression. */
  #nextWall(after: number): number | null {
    const { minutes, hours, fitsDay } = this.#fields;
    const first = Math.floor(after / dayMs);
    for (let day = first; day <= first + mostDays; day += 1) {
      const date = new Date(day * dayMs);
      if (!fitsDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())) continue;
      for (const hour of hours) {
        const start = day * dayMs + hour * hourMs;
        if (start + hourMs <= after) continue;
        for (const minute of minutes) if (start + minute * minuteMs > after) return start + minute * minuteMs;
      }
    }
    return null;
  }

  /** How many fires there are in [from, until). */
  count(from: number, until: number): number {
    let sum = 0;
    for (let start = from; start < until; ) {
      const end = Math.min(until, start + dayMs);
      sum += this.#countShort(start, end);
      start = end;
    }
    return sum;
  }

  /** The same for a day at most. */
  #countShort(from: number, until: number): number {
    const zone = this.#zone;
    if (zone.changesAround(from) || zone.changesAround(until)) {
      let sum = 0;
      for (let at = this.next(from - 1); at !== null && at < until; at = this.next(at)) sum += 1;
      return sum;
    }
    const [first, last] = [zone.wall(from), zone.wall(until)];
    const { minutes, hours, fitsDay } = this.#fields;
    let sum = 0;
    for (let day = Math.floor(first / dayMs); day * dayMs < last; day += 1) {
      const date = new Date(day * dayMs);
      if (!fitsDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())) continue;
      for (const hour of hours) {
        const start = day * dayMs + hour * hourMs;
        if (start + hourMs <= first || start >= last) continue;
        if (start >= first && start + hourMs <= last) sum += minutes.length;
        else
          sum += minutes.filter((minute) => {
            const at = start + minute * minuteMs;
            return at >= first && at < last;
          }).length;
      }
    }
    return sum;
  }
}
