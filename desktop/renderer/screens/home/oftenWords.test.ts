import { expect, it } from 'vitest';
import type { Words } from '../../messages/useT.ts';
import { oftenWords } from './oftenWords.ts';

const t = ((key: string, values?: { count: number }) => (values ? `${key} ${values.count}` : key)) as unknown as Words;
const cron = (text: string) =>
  oftenWords({ kind: 'cron', cron: text, everySeconds: null, words: 'as the server says' }, t);
const every = (everySeconds: number) => oftenWords({ kind: 'every', cron: '', everySeconds, words: '' }, t);

it('says in a word or two how often a schedule fires', () => {
  expect(cron('*/30 * * * *')).toBe('home.often.minutes 30');
  expect(cron('0 */2 * * *')).toBe('home.often.hours 2');
  expect(cron('15 * * * *')).toBe('home.often.hourly');
  expect(cron('30 6 * * *')).toBe('home.often.daily');
  expect(cron('0 8 * * MON-FRI')).toBe('home.often.weekdays');
  expect(cron('0 8 * * 1')).toBe('home.often.weekly');
  expect(cron('0 8 1 * *')).toBe('home.often.monthly');
  expect(every(90)).toBe('home.often.seconds 90');
  expect(every(1800)).toBe('home.often.minutes 30');
  expect(every(3600)).toBe('home.often.hourly');
  expect(every(2 * 86_400)).toBe('home.often.days 2');
});

it('leaves what it has no words for to the server', () => {
  for (const text of ['0 9 1 * 1', '0 9 L * *', '0 9 * 2 *']) expect(cron(text)).toBe('as the server says');
});
