import { TimetableError } from './timetableError.ts';

/** Offsets change at quarters of an hour; so long one may be kept. */
const keptMs = 15 * 60_000;
const mostKept = 20_000;
/** Longer than any clock is moved in one go, and than clocks of two zones differ. */
const aroundMs = 36 * 3_600_000;
const mostZones = 500;

/**
 * A time zone: what its clocks show. A wall time is what a clock shows, as milliseconds as if it were UTC; a moment is
 * milliseconds since 1970.
 */
export class Zone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<number, number>();

  /** @throws {TimetableError} when there is no such zone */
  constructor(name: string) {
    this.name = name;
    try {
      this.#format = new Intl.DateTimeFormat('en-US', {
        timeZone: name,
        hourCycle: 'h23',
        era: 'short',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch {
      throw new TimetableError('timeZone', 'CRON.zone', { zone: name });
    }
  }

  /** How many milliseconds its clocks are ahead of UTC at a moment. */
  offset(moment: number): number {
    const slot = Math.floor(moment / keptMs);
    const known = this.#offsets.get(slot);
    if (known !== undefined) return known;
    const at = slot * keptMs;
    const part: Record<string, string> = {};
    for (const { type, value } of this.#format.formatToParts(at)) part[type] = value;
    const wall = Date.UTC(
      Number(part.year),
      Number(part.month) - 1,
      Number(part.day),
      Number(part.hour),
      Number(part.minute),
      Number(part.second),
    );
    if (this.#offsets.size >= mostKept) this.#offsets.clear();
    this.#offsets.set(slot, wall - at);
    return wall - at;
  }

  /** What its clocks show at a moment. */
  wall(moment: number): number {
    return moment + this.offset(moment);
  }

  /** The day that it is there at a moment, YYYY-MM-DD. */
  day(moment: number): string {
    return new Date(this.wall(moment)).toISOString().slice(0, 10);
  }

  /** The moment that a day begins there (where midnight does not exist: when the day's clocks start). */
  startOfDay(day: string): number {
    const { moments, jump } = this.momentsOf(Date.parse(`${day}T00:00:00Z`));
    return moments[0] ?? jump;
  }

  /**
   * The moments at which its clocks show a wall time: one; two while the clocks are set back; none while they are set
   * forward, then `jump` is the moment of that.
   */
  momentsOf(wall: number): { moments: number[]; jump: number } {
    const before = this.offset(wall - aroundMs);
    const after = this.offset(wall + aroundMs);
    if (before === after) return { moments: [wall - before], jump: wall - before };
    const [one, two] = [wall - before, wall - after];
    const moments = [one, two].filter((moment) => this.wall(moment) === wall).sort((a, b) => a - b);
    if (moments.length > 0) return { moments, jump: moments[0] ?? one };
    return { moments, jump: this.#changeBetween(Math.min(one, two) - 1, Math.max(one, two)) };
  }

  /** The moment in (from, until] at which the offset of `until` begins. */
  #changeBetween(from: number, until: number): number {
    const later = this.offset(until);
    let [low, high] = [Math.floor(from / keptMs), Math.floor(until / keptMs)];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.offset(middle * keptMs) === later) high = middle;
      else low = middle;
    }
    return high * keptMs;
  }

  /** Is a clock of this zone moved somewhere near this moment (a day and a half to both sides)? */
  changesAround(moment: number): boolean {
    return this.offset(moment - aroundMs) !== this.offset(moment + aroundMs);
  }
}

const zones = new Map<string, Zone>();

/** A time zone of the IANA list by its name. @throws {TimetableError} when there is none */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const zone = new Zone(name);
  if (zones.size >= mostZones) zones.clear();
  zones.set(name, zone);
  return zone;
}
