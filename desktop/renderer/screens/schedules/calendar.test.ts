import { describe, expect, it } from 'vitest';
import { monthOf, weeksOf } from './calendar.ts';

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
