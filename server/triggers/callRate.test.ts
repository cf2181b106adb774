import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { countCall, forgetCalls } from './callRate.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const age = (key: string, seconds: number) =>
  db.store.pool.query('UPDATE call_rate SET since = since - make_interval(secs => $2) WHERE key = $1', [key, seconds]);

it('calls in a minute are counted by key, and anew in the next minute', async () => {
  const { pool } = db.store;
  expect((await countCall(pool, 'a')).calls).toBe(1);
  expect(await countCall(pool, 'a')).toEqual({ calls: 2, secondsLeft: 60 });
  expect((await countCall(pool, 'b')).calls).toBe(1);
  await age('a', 50);
  expect(await countCall(pool, 'a')).toEqual({ calls: 3, secondsLeft: 10 });
  await age('a', 10);
  expect(await countCall(pool, 'a')).toEqual({ calls: 1, secondsLeft: 60 });
});

it('calls at the same time are counted one by one', async () => {
  const counts = await Promise.all(Array.from({ length: 40 }, () => countCall(db.store.pool, 'together')));
  expect(counts.map(({ calls }) => calls).sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
});

it('what is over is forgotten, and nothing else', async () => {
  const { pool } = db.store;
  await countCall(pool, 'old');
  await countCall(pool, 'new');
  await age('old', 61);
  await forgetCalls(pool);
  const { rows } = await pool.query("SELECT key FROM call_rate WHERE key IN ('old', 'new')");
  expect(rows).toEqual([{ key: 'new' }]);
});
