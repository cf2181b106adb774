import type { Words } from '../messages/useT.ts';

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const clockSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
const dayYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** As people say it: "just now", "5 min ago", "Today, 14:05", "Tomorrow, 09:00", "Tue 3 Nov, 14:05". */
export function timeWords(time: Date, now: Date, t: Words): string {
  const minutes = Math.round((time.getTime() - now.getTime()) / 60_000);
  if (minutes === 0) return t('parts.justNow');
  if (minutes < 0 && minutes > -60) return t('parts.minutesAgo', { count: -minutes });
  if (minutes > 0 && minutes < 60) return t('parts.inMinutes', { count: minutes });
  const at = clock.format(time);
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((midnight(time) - midnight(now)) / 86_400_000);
  if (days === 0) return t('parts.today', { at });
  if (days === -1) return t('parts.yesterday', { at });
  if (days === 1) return t('parts.tomorrow', { at });
  const thisYear = time.getFullYear() === now.getFullYear();
  return t('parts.onDay', { day: (thisYear ? day : dayYear).format(time), at });
}

/** The moment to the second with its zone, for hovering. */
export function exactTime(time: Date): string {
  return exact.format(time);
}

/** "14:05" */
export function clockWords(iso: string): string {
  return clock.format(new Date(iso));
}

/** "14:05:09" */
export function secondWords(iso: string): string {
  return clockSeconds.format(new Date(iso));
}

/** A length of time: "4 ms", "3.1 s", "46 m 12 s", "3 h 4 m", "2 d 5 h". */
export function spanText(ms: number, t: Words): string {
  if (ms < 1000) return t('parts.span.ms', { ms: Math.max(0, Math.round(ms)) });
  const seconds = ms / 1000;
  if (seconds < 60) return t('parts.span.s', { seconds: seconds < 10 ? seconds.toFixed(1) : Math.round(seconds) });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t('parts.span.m', { minutes, seconds: Math.floor(seconds % 60) });
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? t('parts.span.h', { hours, minutes: minutes % 60 })
    : t('parts.span.d', { days: Math.floor(hours / 24), hours: hours % 24 });
}

const longDay = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

/** "Monday 23 November" */
export function dayWords(time: Date): string {
  return longDay.format(time);
}
