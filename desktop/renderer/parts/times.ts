const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'narrow' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const clockSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** "3 min. ago", "in 2 hr."; days only up to a week, then the date. */
export function agoWords(iso: string, now: number = Date.now()): string {
  const difference = Date.parse(iso) - now;
  const size = Math.abs(difference);
  if (size > 7 * 86_400_000) return dateWords(iso, now);
  for (const [unit, ms] of units) if (size >= ms) return relative.format(Math.round(difference / ms), unit);
  return relative.format(0, 'second');
}

/** The moment to the second with its zone, for titles. */
export function exactWords(iso: string): string {
  return exact.format(new Date(iso));
}

/** "14:05" */
export function clockWords(iso: string): string {
  return clock.format(new Date(iso));
}

/** "14:05:09" */
export function secondWords(iso: string): string {
  return clockSeconds.format(new Date(iso));
}

function dateWords(iso: string, now: number): string {
  const date = new Date(iso);
  return (date.getFullYear() === new Date(now).getFullYear() ? day : dayYear).format(date);
}

/** Today only the clock, within a week the weekday too, else the date: "14:05", "Tue 14:05", "3 Dec 14:05". */
export function shortWords(iso: string, now: number = Date.now()): string {
  const date = new Date(iso);
  if (date.toDateString() === new Date(now).toDateString()) return clock.format(date);
  const far = Math.abs(date.getTime() - now) > 6 * 86_400_000;
  return `${far ? dateWords(iso, now) : weekday.format(date)} ${clock.format(date)}`;
}

/** A length of time: "4 ms", "3.1 s", "46 m 12 s", "3 h 4 m", "2 d 5 h". */
export function spanText(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${Math.floor(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} m` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
