import { type Said, said } from '../../words/said.ts';
import { TimetableError } from './timetableError.ts';

/** A cron expression of five fields, read. */
export interface CronFields {
  /** ascending */
  minutes: number[];
  hours: number[];
  /** written as `*` or `*` with a step: it means “all the time”, not a time of day */
  stepsThroughHours: boolean;
  everyHour: boolean;
  /** @param month 1 to 12 */
  fitsDay(year: number, month: number, day: number): boolean;
}

interface Field {
  name: 'minute' | 'hour' | 'day' | 'month' | 'weekday';
  from: number;
  to: number;
  names?: readonly string[];
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const minuteField: Field = { name: 'minute', from: 0, to: 59 };
const hourField: Field = { name: 'hour', from: 0, to: 23 };
const dayField: Field = { name: 'day', from: 1, to: 31 };
const monthField: Field = { name: 'month', from: 1, to: 12, names: months };
const weekdayField: Field = { name: 'weekday', from: 0, to: 7, names: weekdays };

/**
 * Reads a cron expression: minute, hour, day of month, month, day of week. Lists, ranges and steps; names of months and
 * days; `L` for the last day, `5L` for the last Friday, `MON#2` for the second Monday, `15W` for the working day that
 * is nearest to the 15th. When day and weekday are both given, either will do.
 * @throws {TimetableError}
 */
export function readCron(cron: string): CronFields {
  const fields = cron.trim().toUpperCase().split(/\s+/);
  if (fields.length !== 5) throw new TimetableError('cron', 'CRON.fields', { count: fields.length });
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const minutes = numbers(minute, minuteField);
  const hours = numbers(hour, hourField);
  const inMonths = new Set(numbers(month, monthField));
  const anyDay = day === '*' || day === '?';
  const anyWeekday = weekday === '*' || weekday === '?';
  const dayTests = anyDay ? [] : day.split(',').map(dayTest);
  const weekdayTests = anyWeekday ? [] : weekday.split(',').map(weekdayTest);
  const fields5: CronFields = {
    minutes,
    hours,
    stepsThroughHours: minute.startsWith('*') || hours.length === 24,
    everyHour: hours.length === 24,
    fitsDay(year, monthNumber, dayNumber) {
      if (!inMonths.has(monthNumber)) return false;
      if (anyDay && anyWeekday) return true;
      const length = new Date(Date.UTC(year, monthNumber, 0)).getUTCDate();
      const first = new Date(Date.UTC(year, monthNumber - 1, 1)).getUTCDay();
      const date = { day: dayNumber, length, weekday: (first + dayNumber - 1) % 7, first };
      return dayTests.some((test) => test(date)) || weekdayTests.some((test) => test(date));
    },
  };
  return fields5;
}

interface MonthDay {
  day: number;
  /** days of its month */
  length: number;
  /** 0 = Sunday */
  weekday: number;
  /** the weekday of the month's first day */
  first: number;
}
type DayTest = (date: MonthDay) => boolean;

function dayTest(part: string): DayTest {
  if (part === 'L') return ({ day, length }) => day === length;
  const nearest = /^(\d{1,2})W$/.exec(part)?.[1];
  if (nearest !== undefined) {
    const wanted = number(nearest, dayField, part);
    return ({ day, length, first }) => wanted <= length && day === workingDayNear(wanted, length, first);
  }
  const days = new Set(range(part, dayField));
  return ({ day }) => days.has(day);
}

/** The working day nearest to a day, in its month. */
function workingDayNear(day: number, length: number, first: number): number {
  const weekday = (first + day - 1) % 7;
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === length ? day - 2 : day + 1;
  return day;
}

function weekdayTest(part: string): DayTest {
  const last = /^(\w+)L$/.exec(part)?.[1];
  if (last !== undefined) {
    const wanted = number(last, weekdayField, part) % 7;
    return ({ day, length, weekday }) => weekday === wanted && day > length - 7;
  }
  const [name = '', nth] = part.split('#');
  if (nth !== undefined) {
    const wanted = number(name, weekdayField, part) % 7;
    if (!/^[1-5]$/.test(nth)) throw unreadable(part, weekdayField);
    return ({ day, weekday }) => weekday === wanted && Math.ceil(day / 7) === Number(nth);
  }
  const days = new Set(range(part, weekdayField).map((day) => day % 7));
  return ({ weekday }) => days.has(weekday);
}

function numbers(text: string, field: Field): number[] {
  return [...new Set(text.split(',').flatMap((part) => range(part, field)))].sort((a, b) => a - b);
}

/** One part of a list: a number, a range, all, each with a step. */
function range(part: string, field: Field): number[] {
  const [ends = '', step, ...more] = part.split('/');
  const by = step === undefined ? 1 : /^\d{1,2}$/.test(step) ? Number(step) : 0;
  if (by < 1 || more.length > 0) throw unreadable(part, field);
  // Both 0 and 7 are Sunday: “all” must not have it twice.
  const top = field === weekdayField ? 6 : field.to;
  let [first, last] = [field.from, top];
  if (ends !== '*' && ends !== '?') {
    const [from = '', to, ...rest] = ends.split('-');
    if (rest.length > 0) throw unreadable(part, field);
    first = number(from, field, part);
    last = to === undefined ? (step === undefined ? first : top) : number(to, field, part);
    // Friday to Sunday.
    if (field === weekdayField && to !== undefined && last === 0) last = 7;
    if (last < first) throw new TimetableError('cron', 'CRON.range', { part, field: nameOf(field) });
  }
  return Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, index) => first + index * by);
}

function number(text: string, field: Field, part: string): number {
  const named = field.names?.indexOf(text) ?? -1;
  if (named >= 0) return named + field.from;
  if (!/^\d{1,2}$/.test(text)) throw unreadable(part, field);
  const value = Number(text);
  if (value < field.from || value > field.to)
    throw new TimetableError('cron', 'CRON.bounds', { part, field: nameOf(field), from: field.from, to: field.to });
  return value;
}

function nameOf({ name }: Field): Said {
  return said(`cron.${name}`);
}

function unreadable(part: string, field: Field): TimetableError {
  return new TimetableError('cron', 'CRON.unreadable', { part, field: nameOf(field) });
}
