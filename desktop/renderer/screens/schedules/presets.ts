import { zoneOf } from '@rondo/shared/runs/timetable/zone.ts';

export const presetNames = [
  'minutes10',
  'hourly',
  'daily',
  'weekdays',
  'weekly',
  'monthly',
  'every',
  'once',
  'custom',
] as const;
export type PresetName = (typeof presetNames)[number];

/** How often a schedule fires, in the terms of the form. */
export interface Often {
  preset: PresetName;
  /** "HH:MM" */
  time: string;
  /** 0 = Sunday */
  weekday: string;
  day: number;
  /** the expression itself, for `custom` */
  cron: string;
  /** seconds, for `every` */
  every: number | null;
  /** what the clock of the zone shows, “YYYY-MM-DDTHH:MM”, for `once` */
  moment: string;
}

/** When a schedule fires, as operations take it. */
export type Times =
  | { kind: 'cron'; cron: string }
  | { kind: 'every'; everySeconds: number }
  | { kind: 'once'; anchorAt: string };

export const firstOften: Often = {
  preset: 'weekdays',
  time: '08:00',
  weekday: '1',
  day: 1,
  cron: '0 8 * * 1-5',
  every: 3600,
  moment: '',
};

/** What a choice means; null while something is missing. */
export function timesOf(often: Often, timeZone: string): Times | null {
  if (often.preset === 'every') return often.every ? { kind: 'every', everySeconds: often.every } : null;
  if (often.preset === 'once') {
    const wall = Date.parse(`${often.moment}Z`);
    if (Number.isNaN(wall)) return null;
    const { moments, jump } = zoneOf(timeZone).momentsOf(wall);
    return { kind: 'once', anchorAt: new Date(moments[0] ?? jump).toISOString() };
  }
  const cron = cronOf(often);
  return cron === null ? null : { kind: 'cron', cron };
}

/** The choice that a schedule stands for. */
export function oftenOfSchedule(schedule: {
  kind: string;
  cron: string;
  everySeconds: number | null;
  anchorAt: string | null;
  timeZone: string;
}): Often {
  if (schedule.kind === 'every') return { ...firstOften, preset: 'every', every: schedule.everySeconds };
  if (schedule.kind !== 'once' || schedule.anchorAt === null) return oftenOf(schedule.cron);
  const wall = zoneOf(schedule.timeZone).wall(Date.parse(schedule.anchorAt));
  return { ...firstOften, preset: 'once', moment: new Date(wall).toISOString().slice(0, 16) };
}

/** The cron expression of a choice; null while the time of day is not one. */
export function cronOf({ preset, time, weekday, day, cron }: Often): string | null {
  if (preset === 'custom') return cron.trim() || null;
  if (preset === 'minutes10') return '*/10 * * * *';
  if (preset === 'hourly') return '0 * * * *';
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (!match) return null;
  const at = `${Number(match[2])} ${Number(match[1])}`;
  if (preset === 'daily') return `${at} * * *`;
  if (preset === 'weekdays') return `${at} * * 1-5`;
  if (preset === 'weekly') return `${at} * * ${weekday}`;
  return `${at} ${day} * *`;
}

/** The choice that an expression stands for; `custom` for whatever the form has no words for. */
export function oftenOf(cron: string): Often {
  const text = cron.trim().replace(/\s+/g, ' ');
  if (text === '*/10 * * * *') return { ...firstOften, preset: 'minutes10', cron: text };
  if (text === '0 * * * *') return { ...firstOften, preset: 'hourly', cron: text };
  const match = /^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) \* (\*|1-5|[0-6])$/.exec(text);
  const [minute, hour] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || minute > 59 || hour > 23) return { ...firstOften, preset: 'custom', cron: text };
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  const [day, weekday] = [match[3] ?? '*', match[4] ?? '*'];
  const base = { ...firstOften, time, cron: text };
  if (day !== '*' && weekday === '*' && Number(day) >= 1 && Number(day) <= 31) {
    return { ...base, preset: 'monthly', day: Number(day) };
  }
  if (day !== '*') return { ...base, preset: 'custom' };
  if (weekday === '*') return { ...base, preset: 'daily' };
  return weekday === '1-5' ? { ...base, preset: 'weekdays' } : { ...base, preset: 'weekly', weekday };
}

/** The viewer's own time zone. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** All time zones that the browser knows, the viewer's first. */
export function allZones(): string[] {
  const own = ownZone();
  const known: string[] = Intl.supportedValuesOf('timeZone');
  return [...new Set([own, 'UTC', ...known])];
}
