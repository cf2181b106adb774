import { describe, expect, it } from 'vitest';
import { type TimetableSpec, timetableOf } from './timetable.ts';

const table = (spec: Partial<TimetableSpec>) =>
  timetableOf({
    kind: 'cron',
    cron: '',
    everySeconds: null,
    anchorAt: null,
    timeZone: 'UTC',
    firstDay: null,
    lastDay: null,
    ...spec,
  });
/** Fires from a moment on, as MM-DDTHH:MM in UTC. */
const shown = (dates: readonly Date[]) => dates.map((date) => date.toISOString().slice(5, 16));
const fires = (cron: string, timeZone: string, from: string, most: number) =>
  shown(table({ cron, timeZone }).upcoming(new Date(from), most));

describe('G4 on the day that clocks are set forward', () => {
  it.each([
    ['Europe/Berlin', '30 2 * * *', '2026-03-28T12:00:00Z', ['03-29T01:00', '03-30T00:30', '03-31T00:30']],
    ['America/New_York', '30 2 * * *', '2026-03-07T12:00:00Z', ['03-08T07:00', '03-09T06:30']],
    ['Australia/Lord_Howe', '15 2 * * *', '2026-10-03T12:00:00Z', ['10-03T15:30', '10-04T15:15']],
    ['Asia/Kathmandu', '30 2 * * *', '2026-03-28T12:00:00Z', ['03-28T20:45', '03-29T20:45']],
    ['America/Sao_Paulo', '0 0 * * *', '2018-11-03T12:00:00Z', ['11-04T03:00', '11-05T02:00']],
  ])('%s: a time of day that does not exist fires once, when the clock jumps (%s)', (zone, cron, from, expected) => {
    expect(fires(cron, zone, from, expected.length)).toEqual(expected);
  });

  it('several times in the missing hour are one fire, and are not fired again beside the time that exists', () => {
    expect(fires('0,20,40 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', 2)).toEqual([
      '03-29T01:00',
      '03-30T00:00',
    ]);
    expect(fires('*/15 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', 2)).toEqual(['03-29T01:00', '03-30T00:00']);
    expect(fires('0 2,3 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', 2)).toEqual(['03-29T01:00', '03-30T00:00']);
  });

  it('what runs in every hour has no fire for the missing one', () => {
    expect(fires('30 * * * *', 'Europe/Berlin', '2026-03-29T00:00:00Z', 2)).toEqual(['03-29T00:30', '03-29T01:30']);
  });
});

describe('G4 on the day that clocks are set back', () => {
  it.each([
    ['Europe/Berlin', '30 2 * * *', '2026-10-24T12:00:00Z', ['10-25T00:30', '10-26T01:30']],
    ['America/New_York', '30 1 * * *', '2026-10-31T12:00:00Z', ['11-01T05:30', '11-02T06:30']],
    ['Australia/Lord_Howe', '45 1 * * *', '2026-04-04T12:00:00Z', ['04-04T14:45', '04-05T15:15']],
    ['Asia/Kathmandu', '30 2 * * *', '2026-10-24T12:00:00Z', ['10-24T20:45', '10-25T20:45']],
  ])('%s: a time of day that comes twice fires the first time only (%s)', (zone, cron, from, expected) => {
    expect(fires(cron, zone, from, expected.length)).toEqual(expected);
    // Asked between the two, it is over for that day.
    expect(shown([...table({ cron, timeZone: zone }).upcoming(new Date(`2026-${expected[0]}:00Z`), 1)])).toEqual([
      expected[1],
    ]);
  });

  it('steps of minutes inside one hour fire in both of the hours', () => {
    expect(fires('*/30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 5)).toEqual([
      '10-25T00:00',
      '10-25T00:30',
      '10-25T01:00',
      '10-25T01:30',
      '10-26T01:00',
    ]);
  });
});

describe('G4 what fires all the time fires in every real quarter of an hour', () => {
  const changes = ['2026-03-08', '2026-03-29', '2026-04-04', '2026-10-03', '2026-10-25', '2026-11-01', '2026-06-10'];
  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'])('%s', (timeZone) => {
    for (const day of changes) {
      const from = Date.parse(`${day}T00:00:00Z`) - 12 * 3_600_000;
      const all = table({ cron: '*/15 * * * *', timeZone }).upcoming(new Date(from), 200);
      expect(all.map((at) => at.getTime())).toEqual(Array.from({ length: 200 }, (_, n) => from + (n + 1) * 900_000));
    }
  });

  it('every N seconds is real time, whatever the clocks show', () => {
    const anchorAt = new Date('2026-10-24T22:00:00Z');
    const every = table({ kind: 'every', everySeconds: 7200, anchorAt, timeZone: 'Europe/Berlin' });
    expect(shown(every.upcoming(new Date('2026-10-24T22:30:00Z'), 3))).toEqual([
      '10-25T00:00',
      '10-25T02:00',
      '10-25T04:00',
    ]);
    expect(every.next(new Date('2020-01-01T00:00:00Z'))).toEqual(anchorAt);
  });
});

describe('a timetable', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
  const patterns = [
    '*/15 * * * *',
    '30 2 * * *',
    '0,45 1-3 * * *',
    '7 * * * *',
    '*/20 2 * * *',
    '0 0 * * 0',
    '30 1,2 * * *',
  ];

  it('has the same fires from wherever it is asked, in order, and counts as many', () => {
    for (const timeZone of zones)
      for (const cron of patterns)
        for (const day of ['2026-03-07', '2026-03-28', '2026-04-03', '2026-10-02', '2026-10-24', '2026-10-31']) {
          const from = Date.parse(`${day}T00:00:00Z`);
          const until = from + 3 * 86_400_000;
          const one = table({ cron, timeZone });
          const all: number[] = [];
          for (let at = one.next(new Date(from)); at && at.getTime() <= until; at = one.next(at))
            all.push(at.getTime());
          expect([...all].sort((a, b) => a - b)).toEqual(all);
          for (let at = from; at < until; at += 17 * 60_000) {
            const next = all.find((fire) => fire > at);
            if (next !== undefined) expect(one.next(new Date(at))?.getTime()).toBe(next);
          }
          expect(one.count(new Date(from + 1), new Date(until + 1))).toBe(all.length);
        }
  });

  it('finds the newest of a long past, and says that there were more', () => {
    const minutes = table({ cron: '* * * * *', timeZone: 'Europe/Berlin' });
    const until = new Date('2026-11-26T10:00:30Z');
    const { fires: newest, more } = minutes.past(new Date('2025-11-26T10:00:00Z'), until, 1000);
    expect(more).toBe(true);
    expect(newest).toHaveLength(1000);
    expect(newest.at(-1)?.toISOString()).toBe('2026-11-26T10:00:00.000Z');
    expect(newest[0]?.getTime()).toBe(Date.parse('2026-11-26T10:00:00Z') - 999 * 60_000);
    const few = table({ cron: '0 9 * * 1' }).past(new Date('2026-11-01T00:00:00Z'), until, 10);
    expect(few).toEqual({
      fires: ['02', '09', '16', '23'].map((day) => new Date(`2026-11-${day}T09:00:00Z`)),
      more: false,
    });
    expect(minutes.count(new Date('2026-01-01T00:00:00Z'), new Date('2027-01-01T00:00:00Z'))).toBe(525_600);
  });

  it('begins and ends with days of its own zone, both inclusive', () => {
    const daily = table({
      cron: '30 0,23 * * *',
      timeZone: 'Asia/Kathmandu',
      firstDay: '2026-06-02',
      lastDay: '2026-06-03',
    });
    expect(shown(daily.upcoming(new Date('2026-01-01T00:00:00Z'), 10))).toEqual([
      '06-01T18:45',
      '06-02T17:45',
      '06-02T18:45',
      '06-03T17:45',
    ]);
    const every = { kind: 'every' as const, everySeconds: 86_400, anchorAt: new Date('2026-01-01T12:00:00Z') };
    expect(shown(table({ ...every, firstDay: '2026-02-01', lastDay: '2026-02-02' }).upcoming(new Date(0), 5))).toEqual([
      '02-01T12:00',
      '02-02T12:00',
    ]);
  });

  it('of one moment has one fire', () => {
    const once = table({ kind: 'once', anchorAt: new Date('2026-02-01T12:00:00Z') });
    expect(shown(once.upcoming(new Date('2026-01-01T00:00:00Z'), 5))).toEqual(['02-01T12:00']);
    expect(once.next(new Date('2026-02-01T12:00:00Z'))).toBeNull();
  });

  it.each([
    [{ cron: '0 0 * *' }, 'five fields'],
    [{ cron: '61 * * * *' }, 'no cron expression'],
    [{ cron: '5-2 * * * *' }, 'from low to high'],
    [{ cron: '0 9 * * 1', timeZone: 'Mars/Olympus' }, 'no time zone'],
    [{ cron: '0 9 * * 1', firstDay: '2026-02-30' }, 'is no day'],
    [{ cron: '0 9 * * 1', firstDay: '2026-02-03', lastDay: '2026-02-01' }, 'before the first day'],
    [{ kind: 'every' as const, anchorAt: new Date() }, 'how many seconds'],
    [{ kind: 'once' as const }, 'which moment'],
  ])('refuses %j in plain words', (spec, words) => {
    expect(() => table(spec)).toThrow(words);
  });
});
