import { describe, expect, it } from 'vitest';
import { waitBefore } from './playing.ts';

const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms).toISOString();

describe('a run that is played', () => {
  it('goes as fast as it was, within what an eye can follow and a person waits for', () => {
    expect(waitBefore(at(0), at(800), 1)).toBe(800);
    expect(waitBefore(at(0), at(800), 2)).toBe(400);
    expect(waitBefore(at(0), at(1), 1)).toBe(120);
    expect(waitBefore(at(0), at(86_400_000), 1)).toBe(1500);
    expect(waitBefore(at(0), undefined, 1)).toBe(120);
  });
});
