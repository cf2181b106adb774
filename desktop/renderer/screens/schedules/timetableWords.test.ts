import { describe, expect, it } from 'vitest';
import { english, german } from '../../messages/testing/wholeCatalogue.ts';
import { makeWords } from '../../messages/words.ts';
import { germanCron } from './germanCron.ts';
import { type Timetable, timetableWords } from './timetableWords.ts';

const en = makeWords('en', english);
const de = makeWords('de', german);
const never: Timetable = {
  kind: 'cron',
  cron: '',
  everySeconds: null,
  anchorAt: null,
  timeZone: 'Europe/Berlin',
  firstDay: null,
  lastDay: null,
};
const inGerman = (timetable: Partial<Timetable>) => timetableWords({ ...never, ...timetable }, de, germanCron);

describe('when a schedule fires, in words', () => {
  it.each([
    ['*/10 * * * *', 'Alle 10 Minuten (Europe/Berlin)'],
    ['30 6 * * *', 'Jeden Tag um 06:30 (Europe/Berlin)'],
    ['0 9 * * 1-5', 'Montag bis Freitag um 09:00 (Europe/Berlin)'],
    ['0 9 * * 1', 'Jeden Montag um 09:00 (Europe/Berlin)'],
    ['0 9 1 * *', 'Am 1. jedes Monats um 09:00 (Europe/Berlin)'],
    ['0 9 * * 5L', 'Um 09:00, am letzten Freitag des Monats (Europe/Berlin)'],
    ['0 9,14 * * 1,3', 'Um 09:00 und 14:00, jeden Montag und Mittwoch (Europe/Berlin)'],
    ['*/15 8-17 * * 1-5', 'Alle 15 Minuten, zwischen 08:00 und 17:59, Montag bis Freitag (Europe/Berlin)'],
    ['no such thing', 'no such thing (Europe/Berlin)'],
  ])('%s is %s', (cron, words) => {
    expect(inGerman({ cron })).toBe(words);
  });

  it.each([
    [86_400, 'Jeden Tag', 'Every day'],
    [1800, 'Alle 30 Minuten', 'Every 30 minutes'],
    [7200, 'Alle 2 Stunden', 'Every 2 hours'],
    [90, 'Alle 90 Sekunden', 'Every 90 seconds'],
    [3600, 'Jede Stunde', 'Every hour'],
  ])('every %s seconds', (everySeconds, germanWords, englishWords) => {
    const timetable = { ...never, kind: 'every', everySeconds };
    expect(inGerman(timetable)).toBe(germanWords);
    expect(timetableWords(timetable, en, germanCron)).toBe(englishWords);
  });

  it('once, and within days', () => {
    expect(inGerman({ kind: 'once', anchorAt: '2026-12-24T17:00:00Z' })).toMatch(
      /^Einmal, .*2026.*18:00 \(Europe\/Berlin\)$/,
    );
    expect(inGerman({ cron: '0 9 * * *', firstDay: '2026-03-29', lastDay: '2026-04-30' })).toMatch(
      /^Jeden Tag um 09:00 \(Europe\/Berlin\), ab .*2026, bis .*2026$/,
    );
    expect(timetableWords({ ...never, cron: '0 9 * * 1' }, en, germanCron)).toBe(
      'Every Monday at 09:00 (Europe/Berlin)',
    );
  });
});
