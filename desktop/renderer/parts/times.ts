import { dateFormat, numberFormat } from '../messages/formats.ts';
import type { Words } from '../messages/useT.ts';

const exact = (): Intl.DateTimeFormat => dateFormat({ dateStyle: 'full', timeStyle: 'long' });
const clock = (): Intl.DateTimeFormat => dateFormat({ hour: '2-digit', minute: '2-digit' });
const clockSeconds = (): Intl.DateTimeFormat => dateFormat({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = (): Intl.DateTimeFormat => dateFormat({ weekday: 'short', day: 'numeric', month: 'short' });
const dayYear = (): Intl.DateTimeFormat => dateFormat({ day: 'numeric', month: 'short', year: 'numeric' });
const atMostTenths = () => numberFormat({ maximumFractionDigits: 1 });

/** As people say it: "just now", "5 min ago", "Today, 14:05", "Tomorrow, 09:00", "Tue 3 Nov, 14:05". */
export function timeWords(time: Date, now: Date, t: Words): string {
  const minutes = Math.round((time.getTime() - now.getTime()) / 60_000);
  if (minutes === 0) return t('parts.justNow');
  if (minutes < 0 && minutes > -60) return t('parts.minutesAgo', { count: -minutes });
  if (minutes > 0 && minutes < 60) return t('parts.inMinutes', { count: minutes });
  const at = clock().format(time);
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((midnight(time) - midnight(now)) / 86_400_000);
  if (days === 0) return t('parts.today', { at });
  if (days === -1) return t('parts.yesterday', { at });
  if (days === 1) return t('parts.tomorrow', { at });
  const thisYear = time.getFullYear() === now.getFullYear();
  return t('parts.onDay', { day: (thisYear ? day() : dayYear()).format(time), at });
}

/** Of a moment that lies ahead: "in a moment" for what is due within this minute, or was due just now. */
export function comingWords(time: Date, now: Date, t: Words): string {
  return Math.abs(time.getTime() - now.getTime()) < 60_000 ? t('parts.soon') : timeWords(time, now, t);
}

/** The moment to the second with its zone, for hovering. */
export function exactTime(time: Date): string {
  return exact().format(time);
}

/** "14:05" */
export function clockWords(iso: string): string {
  return clock().format(new Date(iso));
}

/** "14:05:09" */
export function secondWords(iso: string): string {
  return clockSeconds().format(new Date(iso));
}

/** A length of time in its two largest units: "4 ms", "3.1 s", "46 min 12 s", "3 h 4 min", "2 d 5 h"; "2 min" where it is even. */
export function spanText(ms: number, t: Words): string {
  if (ms < 1000) return t('parts.span.ms', { ms: Math.max(0, Math.round(ms)) });
  const seconds = ms / 1000;
  if (seconds < 60)
    return t('parts.span.s', { seconds: seconds < 10 ? atMostTenths().format(seconds) : Math.floor(seconds) });
  const minutes = Math.floor(seconds / 60);
  const inMinutes = t('parts.span.m', { minutes: minutes % 60 });
  if (minutes < 60)
    return withRest(inMinutes, Math.floor(seconds % 60), (rest) => t('parts.span.s', { seconds: rest }));
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return withRest(t('parts.span.h', { hours }), minutes % 60, () => inMinutes);
  const days = Math.floor(hours / 24);
  return withRest(t('parts.span.d', { days }), hours % 24, (rest) => t('parts.span.h', { hours: rest }));
}

function withRest(words: string, rest: number, restWords: (rest: number) => string): string {
  return rest === 0 ? words : `${words} ${restWords(rest)}`;
}

const weekdayClock = (): Intl.DateTimeFormat => dateFormat({ weekday: 'short', hour: '2-digit', minute: '2-digit' });
const dayOnly = (): Intl.DateTimeFormat => dateFormat({ day: 'numeric', month: 'short' });

/** As short as it can be told from others: "14:05" today, "Tue 06:00" within a week, else "3 Nov". */
export function shortTime(time: Date, now: Date): string {
  if (time.toDateString() === now.toDateString()) return clock().format(time);
  const days = Math.abs(time.getTime() - now.getTime()) / 86_400_000;
  return (days < 6 ? weekdayClock() : dayOnly()).format(time);
}

const longDay = (): Intl.DateTimeFormat => dateFormat({ weekday: 'long', day: 'numeric', month: 'long' });

/** "Monday 23 November" */
export function dayWords(time: Date): string {
  return longDay().format(time);
}
