import { describe, expect, it } from 'vitest';
import { safeNext } from './safeNext.ts';

describe('safeNext', () => {
  it('follows paths of the client', () => {
    expect(safeNext('/inbox/1?x=2')).toBe('/inbox/1?x=2');
  });

  it.each([
    null,
    '',
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    'javascript:alert(1)',
  ])('goes home for %s', (next) => {
    expect(safeNext(next)).toBe('/');
  });
});
