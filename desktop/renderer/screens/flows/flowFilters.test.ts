import { expect, it } from 'vitest';
import { flowFilterOf } from './flowFilters.ts';

const of = (address: string) => flowFilterOf(new URLSearchParams(address));

it('reads the filters of an address', () => {
  const folder = '0190f1a2-0000-7000-8000-000000000001';
  expect(of(`search=%20order%20&folder=${folder}&last=failed&published=no&owner=ann&show=removed&sort=name`)).toEqual({
    search: 'order',
    folderId: folder,
    lastRun: 'failed',
    published: 'no',
    createdBy: 'ann',
    show: 'removed',
    sort: 'name',
  });
  expect(of('folder=none&last=never')).toEqual({ folderId: 'none', lastRun: 'never' });
});

it('leaves out what an address says wrongly', () => {
  expect(of('folder=x&last=gone&published=maybe&show=all&sort=size&search=%20')).toEqual({});
});
