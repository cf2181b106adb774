import { beforeEach, describe, expect, it } from 'vitest';
import { Heartbeats } from './heartbeats.ts';

let now: number;
let heartbeats: Heartbeats;
beforeEach(() => {
  now = 5000;
  heartbeats = new Heartbeats(() => now);
});

/** Looks every 250 ms for so long; what is heard each time. */
function listen(forMs: number, heard: () => { id: string; at: string }[]) {
  for (let passed = 0; passed < forMs; passed += 250) {
    now += 250;
    heartbeats.hear(heard());
  }
}

describe('a process whose heartbeat does not come', () => {
  it('is silent after its time, and is not when it is heard again', () => {
    const still = () => [{ id: 'a', at: '1' }];
    listen(15_000, still);
    expect(heartbeats.silent(15_000)).toEqual([]);
    listen(500, still);
    expect(heartbeats.silent(15_000)).toEqual(['a']);
    heartbeats.hear([{ id: 'a', at: '2' }]);
    expect(heartbeats.silent(15_000)).toEqual([]);
  });

  it('is told from one that beats, whatever the time says that it beats with', () => {
    // The clock of the database is set forward by hours, and back again.
    let beats = 0;
    const moved = () => (Math.floor(beats++ / 7) % 2) * 10_800_000;
    listen(20_000, () => [
      { id: 'a', at: 'still' },
      { id: 'b', at: String(beats * 1000 + moved()) },
    ]);
    expect(heartbeats.silent(15_000)).toEqual(['a']);
  });

  it('is not silent because nobody listened', () => {
    listen(1000, () => [{ id: 'a', at: '1' }]);
    now += 60_000;
    heartbeats.hear([{ id: 'a', at: '1' }]);
    expect(heartbeats.silent(15_000)).toEqual([]);
  });

  it('is forgotten when it is gone', () => {
    listen(20_000, () => [{ id: 'a', at: '1' }]);
    heartbeats.hear([]);
    expect(heartbeats.silent(1)).toEqual([]);
  });
});
