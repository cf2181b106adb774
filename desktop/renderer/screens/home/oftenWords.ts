import type { Outputs } from '../../api/queries.ts';
import type { Words } from '../../messages/useT.ts';
import { oftenOf } from '../schedules/presets.ts';

type Fire = Pick<Outputs['home']['get']['nextFires'][number], 'kind' | 'cron' | 'everySeconds' | 'words'>;

const units = [
  [86_400, 'days'],
  [3600, 'hours'],
  [60, 'minutes'],
  [1, 'seconds'],
] as const;

/** How often a schedule fires, in a word or two: “every 30 min”, “hourly”, “weekdays”; else in those of the server. */
export function oftenWords({ kind, cron, everySeconds, words }: Fire, t: Words): string {
  if (kind === 'once') return t('home.often.once');
  if (kind === 'every') return everyWords(everySeconds ?? 0, t);
  const text = cron.trim().replace(/\s+/g, ' ');
  const minutes = /^\*\/(\d+) \* \* \* \*$/.exec(text)?.[1];
  if (minutes) return everyWords(Number(minutes) * 60, t);
  const hours = /^\d+ \*\/(\d+) \* \* \*$/.exec(text)?.[1];
  if (hours) return everyWords(Number(hours) * 3600, t);
  if (/^\d+ \* \* \* \*$/.test(text)) return t('home.often.hourly');
  const { preset } = oftenOf(text.replace(/MON-FRI$/i, '1-5'));
  switch (preset) {
    case 'daily':
    case 'weekdays':
    case 'weekly':
    case 'monthly':
      return t(`home.often.${preset}`);
    default:
      return words;
  }
}

function everyWords(seconds: number, t: Words): string {
  if (seconds === 3600) return t('home.often.hourly');
  if (seconds === 86_400) return t('home.often.daily');
  if (seconds === 604_800) return t('home.often.weekly');
  const [size, unit] = units.find(([one]) => seconds >= one && seconds % one === 0) ?? [1, 'seconds'];
  return t(`home.often.${unit}`, { count: seconds / size });
}
