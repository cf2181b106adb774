import { expect, it } from 'vitest';
import { inboxFilterOf, showOf } from './inboxFilters.ts';

const now = new Date('2026-11-20T10:59:00Z');
const of = (address: string) => inboxFilterOf(new URLSearchParams(address), 'me', now);

it('reads the filters of an address', () => {
  expect(of('show=mine&search=%20acme&age=3')).toEqual({
    state: 'decided',
    decidedBy: 'me',
    before: '2026-11-17T10:00:00.000Z',
    search: 'acme',
  });
  expect(of('show=all&flow=abc')).toEqual({ state: 'all', flowId: 'abc' });
});

it('leaves out what an address says wrongly', () => {
  expect(of('show=theirs&age=2&due=soon&whose=theirs&search=%20')).toEqual({ state: 'open', whose: 'me' });
  expect(showOf(new URLSearchParams('show=theirs'))).toBe('open');
});

it('asks for what one may decide, unless the address says whose', () => {
  expect(of('')).toEqual({ state: 'open', whose: 'me' });
  expect(of('whose=mine')).toEqual({ state: 'open', whose: 'mine' });
  expect(of('whose=all')).toEqual({ state: 'open' });
  expect(of('show=decided')).toEqual({ state: 'decided' });
  expect(of('show=decided&whose=groups')).toEqual({ state: 'decided', whose: 'groups' });
});

it('counts what is due from the minute and the day of the viewer', () => {
  const at = (address: string) => new Date(of(address).dueBefore ?? '');
  expect(at('due=over')).toEqual(new Date('2026-11-20T10:59:00Z'));
  expect(at('due=today')).toEqual(new Date(2026, 10, now.getDate() + 1));
  expect(at('due=week')).toEqual(new Date(2026, 10, now.getDate() + 7));
});
