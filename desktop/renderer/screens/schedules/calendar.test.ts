import { describe, expect, it } from 'vitest';
import { isDay, monthOf, weekOf, weeksOf } from './calendar.ts';

describe('a month of the calendar', () => {
  it('has its days in weeks that begin on Monday', () => {
    const { first, last } = monthOf('2026-03-15', 0);
    expect([first, last]).toEqual(['2026-03-01', '2026-03-31']);
    const weeks = weeksOf(first, last);
    expect(weeks[0]).toEqual([undefined, undefined, undefined, undefined, undefined, undefined, '2026-03-01']);
    expect(weeks.flat().filter(Boolean)).toHaveLength(31);
    expect(monthOf('2026-12-31', 1)).toEqual({ first: '2027-01-01', last: '2027-01-31' });
    expect(monthOf('2026-03-31', -1)).toEqual({ first: '2026-02-01', last: '2026-02-28' });
  });
});

describe('a week of the calendar', () => {
  it('goes from Monday to Sunday, over the ends of months and years', () => {
    expect(weekOf('2026-11-26', 0)).toEqual({ first: '2026-11-23', last: '2026-11-29' });
    expect(weekOf('2026-11-29', 0)).toEqual({ first: '2026-11-23', last: '2026-11-29' });
    expect(weekOf('2026-11-23', -1)).toEqual({ first: '2026-11-16', last: '2026-11-22' });
    expect(weekOf('2026-12-31', 1)).toEqual({ first: '2027-01-04', last: '2027-01-10' });
  });

  it('begins with a day of the address only where there is such a day', () => {
    expect(isDay('2028-02-29')).toBe(true);
    for (const wrong of [undefined, '', '2026-02-29', '2026-13-01', 'today', '26-1-1'])
      expect(isDay(wrong)).toBe(false);
  });
});
