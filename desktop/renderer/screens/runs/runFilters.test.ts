import { expect, test } from 'vitest';
import { filterOf } from './runFilters.ts';

test('an address says which runs are shown; what it says wrongly is left out', () => {
  expect(filterOf(new URLSearchParams('state=nonsense&trigger=pigeon&from=soon&search=%20'))).toEqual({});
  expect(filterOf(new URLSearchParams('flow=f&state=failed&by=p&trigger=schedule&search=12'))).toEqual({
    flowId: 'f',
    state: 'failed',
    actorId: 'p',
    trigger: 'schedule',
    search: '12',
  });
});

test('days are whole days of the viewer', () => {
  const { from, to } = filterOf(new URLSearchParams('from=2026-02-28&to=2026-02-28'));
  expect(from).toBe(new Date(2026, 1, 28).toISOString());
  expect(to).toBe(new Date(2026, 2, 1).toISOString());
});
