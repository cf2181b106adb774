import type { Words } from '../messages/useT.ts';

/** A length of time as it stands on a card: "0.4 s", "2 min 5 s", "3 h 12 m", "2 d 4 h". */
export function spanWords(ms: number, t: Words): string {
  const seconds = ms / 1000;
  if (seconds < 0.05) return t('canvas.span.instant');
  if (seconds < 10) return t('canvas.span.short', { seconds: Math.round(seconds * 10) / 10 });
  if (seconds < 60) return t('canvas.span.short', { seconds: Math.round(seconds) });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t('canvas.span.minutes', { minutes, seconds: Math.floor(seconds % 60) });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return t('canvas.span.hours', { hours, minutes: minutes % 60 });
  return t('canvas.span.days', { days: Math.floor(hours / 24), hours: hours % 24 });
}
