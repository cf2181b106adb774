import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DatabaseClock } from './clock.ts';

const noon = Date.parse('2026-11-26T12:00:00Z');
let steady: number;
let clock: DatabaseClock;
/** The database answers after so many ms on the way there and back. */
const answer = (database: number, there: number, back: number) =>
  clock.ask(async () => {
    steady += there;
    const said = new Date(database);
    steady += back;
    return said;
  });

beforeEach(() => {
  steady = 1000;
  clock = new DatabaseClock(() => steady);
  vi.useFakeTimers({ toFake: ['Date'], now: noon });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the time as the database tells it', () => {
  it('is that of the machine until the database was asked', async () => {
    expect(clock.now().getTime()).toBe(noon);
    await clock.ask(async () => undefined);
    expect(clock.now().getTime()).toBe(noon);
  });

  it('goes on with the steady clock, whatever is done to the clock of the machine', async () => {
    await answer(noon + 7_200_000, 0, 0);
    vi.setSystemTime(noon - 3_600_000);
    steady += 500;
    expect(clock.now().getTime()).toBe(noon + 7_200_500);
  });

  it('follows the clock of the database when that is moved', async () => {
    await answer(noon, 0, 0);
    await answer(noon - 600_000, 0, 0);
    expect(clock.now().getTime()).toBe(noon - 600_000);
  });

  it('believes a slow answer only as far as it goes', async () => {
    await answer(noon, 1, 1);
    const before = clock.now().getTime();
    await answer(noon + 2 + 400, 400, 1600);
    expect(clock.now().getTime()).toBe(before + 2000);
    // Even a slow answer says that the clock was moved.
    await answer(noon + 60_000, 400, 1600);
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(noon + 60_000);
    expect(clock.now().getTime()).toBeLessThanOrEqual(noon + 62_000);
  });
});
