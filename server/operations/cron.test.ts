import { describe, expect, it } from 'vitest';
import { planCron } from './cron.ts';
import { cronWords } from './cronWords.ts';

const from = new Date('2026-11-23T12:00:00Z');

describe('cron', () => {
  it.each([
    ['0 9 * * 1-5', 'Every weekday at 09:00 (UTC)'],
    ['30 7 * * *', 'Every day at 07:30 (UTC)'],
    ['0 8,17 * * 1', 'Every Monday at 08:00 and 17:00 (UTC)'],
    ['*/15 * * * *', 'Every 15 minutes (UTC)'],
    ['*/10 9-17 * * 1-5', 'Every 10 minutes during the hours 09 to 17, every weekday (UTC)'],
    ['0 0 1 * *', 'On day 1 of every month at 00:00 (UTC)'],
    ['0 6 1 1,7 *', 'On day 1 of January and July at 06:00 (UTC)'],
    ['5 * * * *', 'Every hour at :05 (UTC)'],
    ['0 12 * * SAT,SUN', 'Every weekend day at 12:00 (UTC)'],
  ])('%s is “%s”', (cron, words) => {
    expect(cronWords(cron, 'UTC')).toBe(words);
  });

  it('fires by the clock of its time zone, across the change to summer time', () => {
    const { nextFires } = planCron('30 8 * * *', 'Europe/Berlin', new Date('2026-03-28T00:00:00Z'), 3);
    expect(nextFires.map((date) => date.toISOString())).toEqual([
      '2026-03-28T07:30:00.000Z',
      '2026-03-29T06:30:00.000Z',
      '2026-03-30T06:30:00.000Z',
    ]);
  });

  it.each([
    ['0 0 31 2 *', 'UTC', 'never fires'],
    ['0 0 * *', 'UTC', 'five fields'],
    ['61 * * * *', 'UTC', 'no cron expression'],
    ['0 9 * * *', 'Mars/Olympus', 'no time zone'],
  ])('refuses %s in %s in plain words', (cron, zone, words) => {
    expect(() => planCron(cron, zone, from)).toThrow(words);
  });
});
