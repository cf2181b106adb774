const dayMs = 86_400_000;
const text = (at: number) => new Date(at).toISOString().slice(0, 10);

/** First and last day of the month that is so many after the one of a day; all YYYY-MM-DD. */
export function monthOf(day: string, after: number): { first: string; last: string } {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return { first: text(Date.UTC(year, month - 1 + after, 1)), last: text(Date.UTC(year, month + after, 0)) };
}

/** Monday and Sunday of the week that is so many after the one of a day; all YYYY-MM-DD. */
export function weekOf(day: string, after: number): { first: string; last: string } {
  const at = Date.parse(day);
  const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * dayMs + after * 7 * dayMs;
  return { first: text(monday), last: text(monday + 6 * dayMs) };
}

/** A day of the real calendar, YYYY-MM-DD? */
export function isDay(day: string | undefined): day is string {
  if (day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const at = Date.parse(day);
  return !Number.isNaN(at) && text(at) === day;
}

/** The days of a month by weeks that begin on Monday; undefined where a week has days of other months. */
export function weeksOf(first: string, last: string): (string | undefined)[][] {
  const start = Date.parse(first);
  const lead = (new Date(start).getUTCDay() + 6) % 7;
  const days: (string | undefined)[] = Array.from({ length: lead }, () => undefined);
  for (let at = start; at <= Date.parse(last); at += dayMs) days.push(text(at));
  while (days.length % 7 !== 0) days.push(undefined);
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
}
