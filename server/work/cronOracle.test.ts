import { timetableOf } from '@rondo/shared/runs/timetable/timetable.ts';
import { Cron } from 'croner';
import { describe, expect, it } from 'vitest';

describe('cron expressions', () => {
  it.each([
    '0 9 * * 1-5',
    '*/7 3-17/2 * * *',
    '5-59/20 * 1,15 * *',
    '0 0 L * *',
    '0 12 * * 5L',
    '30 6 * * MON#2',
    '0 8 15W * *',
    '0 8 1W * *',
    '0 8 31W * *',
    '0 0 29 2 *',
    '0 0 13 * FRI',
    '15,45 22 * JAN,JUN-AUG SAT,SUN',
    '0 0 * * 7',
    '0 0 * * FRI-SUN',
  ])('%s means what others read in it', (cron) => {
    const from = new Date('2026-01-01T00:00:00Z');
    const spec = { kind: 'cron' as const, cron, everySeconds: null, anchorAt: null, firstDay: null, lastDay: null };
    const theirs = new Cron(cron, { timezone: 'UTC', paused: true, mode: '5-part' }).nextRuns(60, from);
    expect(timetableOf({ ...spec, timeZone: 'UTC' }).upcoming(from, 60)).toEqual(theirs);
  });
});
