import { afterAll, beforeAll, expect, it } from 'vitest';
import { chain, say, sleep } from '../work/testFlows.ts';
import { contracts as c } from './contract/index.ts';
import { type TestRooms, testRooms } from './testRooms.ts';

let rooms: TestRooms;
beforeAll(async () => {
  rooms = await testRooms();
});
afterAll(() => rooms.close());

it('says which flows fail, how often of how many runs, and how the last runs of recent flows went', async () => {
  const { flowId } = await rooms.call(c.flow.create, { name: 'Stock sync' });
  const made = (state: string, hoursAgo: number, trigger = 'http') =>
    rooms.services.store.pool.query(
      `INSERT INTO run (id, flow_id, flow_name, document_hash, state, error, actor_kind, actor_id, actor_name, trigger, inputs)
       VALUES (uuidv7(-$3::int * interval '1 hour'), $1, 'Stock sync', 'h', $2,
         CASE WHEN $2 = 'failed' THEN '{"code":"HTTP","message":"The warehouse answered 503."}' END,
         'person', 'p', 'P', $4, '{}')`,
      [flowId, state, hoursAgo, trigger],
    );
  await made('failed', 40);
  await made('succeeded', 3);
  await made('failed', 2);
  await made('succeeded', 1);
  await made('failed', 0, 'check');
  const since = new Date(Date.now() - 24 * 3_600_000).toISOString();
  const home = await rooms.call(c.home.get, { since });
  expect(home.failing).toMatchObject([
    { flowId, flowName: 'Stock sync', failed: 1, runs: 4, message: 'The warehouse answered 503.' },
  ]);
  expect(home.recentRuns.find((one) => one.flowId === flowId)).toEqual({
    flowId,
    states: ['failed', 'succeeded', 'failed', 'succeeded', 'failed'],
    week: 5,
  });
  const long = await rooms.call(c.home.get, { since: new Date(Date.now() - 48 * 3_600_000).toISOString() });
  expect(long.failing).toMatchObject([{ failed: 2, runs: 5 }]);
});

it('says how many steps running flows have, and how often the next ones fire', async () => {
  const text = JSON.stringify({ ...chain([say('hello'), sleep('nap', 3600), say('bye')]), name: 'Napping' });
  const { flowId } = await rooms.call(c.flow.import, { text, fileName: 'f.json' });
  await rooms.call(c.flow.publish, { flowId, baseSeq: 0 });
  const { runId } = await rooms.call(c.run.start, { flowId, inputs: {} });
  await expect.poll(async () => (await rooms.call(c.run.get, { runId })).state, { timeout: 10_000 }).toBe('waiting');
  await rooms.call(c.schedule.create, { flowId, cron: '*/30 * * * *', timeZone: 'UTC', inputs: {} });
  const home = await rooms.call(c.home.get, {});
  // it begins, says hello, naps, says bye and ends: the first two are done
  expect(home.running).toMatchObject([{ id: runId, stepsDone: 2, steps: 5 }]);
  expect(home.nextFires).toMatchObject([{ flowName: 'Napping', words: 'Every 30 minutes (UTC)' }]);
});
