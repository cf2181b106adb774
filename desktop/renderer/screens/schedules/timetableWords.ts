import { dateFormat } from '../../messages/formats.ts';
import type { Words } from '../../messages/useT.ts';
import { oftenOfSchedule } from './presets.ts';

/** When a schedule fires. */
export interface Timetable {
  kind: string;
  cron: string;
  everySeconds: number | null;
  anchorAt: string | null;
  timeZone: string;
  firstDay: string | null;
  lastDay: string | null;
}

/**
 * When a schedule fires, in words: “Every Monday at 09:00 (Europe/Berlin), until 1 Mar 2027”.
 * @param cronWords says an expression that the form has no words for
 */
export function timetableWords(timetable: Timetable, t: Words, cronWords: (expression: string) => string): string {
  const { firstDay, lastDay } = timetable;
  return [
    barely(timetable, t, cronWords),
    ...(firstDay ? [t('schedules.words.from', { day: dayOf(firstDay) })] : []),
    ...(lastDay ? [t('schedules.words.until', { day: dayOf(lastDay) })] : []),
  ].join(', ');
}

function barely(timetable: Timetable, t: Words, cronWords: (expression: string) => string): string {
  const { preset, time, weekday, day, every } = oftenOfSchedule(timetable);
  const { timeZone: zone, anchorAt, cron } = timetable;
  switch (preset) {
    case 'every':
      return everyWords(every ?? 1, t);
    case 'once': {
      const at = dateFormat({ dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(
        new Date(anchorAt ?? 0),
      );
      return t('schedules.words.once', { at, zone });
    }
    case 'minutes10':
    case 'hourly':
      return t('schedules.words.inZone', { words: t(`schedules.preset.${preset}`), zone });
    case 'daily':
    case 'weekdays':
      return t('schedules.words.inZone', { words: t(`schedules.words.${preset}`, { at: time }), zone });
    case 'weekly': {
      const named = t(`schedules.weekday.${weekday as '0' | '1' | '2' | '3' | '4' | '5' | '6'}`);
      return t('schedules.words.inZone', { words: t('schedules.words.weekly', { weekday: named, at: time }), zone });
    }
    case 'monthly':
      return t('schedules.words.inZone', { words: t('schedules.words.monthly', { day, at: time }), zone });
    case 'custom':
      return t('schedules.words.inZone', { words: cronWords(cron), zone });
  }
}

const units = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
] as const;

function everyWords(seconds: number, t: Words): string {
  const [unit, size] = units.find(([, size]) => seconds >= size && seconds % size === 0) ?? (['seconds', 1] as const);
  return t(`schedules.words.${unit}`, { count: seconds / size });
}

/** A day such as 2026-03-29, as the viewer's region writes it. */
function dayOf(day: string): string {
  return dateFormat({ dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}
