import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clock } from '../store/clock.ts';
import { inTransaction } from '../store/inTransaction.ts';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { type MovableClock, makeClockMovable } from '../store/testMovableClock.ts';
import { moveDate } from '../store/testMovedDate.ts';
import { answerInside } from './answers.ts';
import { sendEventInside } from './events.ts';
import { publishedFlow } from './testFlowRow.ts';
import { ask, chain, eventWait, post, say, sleep } from './testFlows.ts';
import { openTestWork, type TestWork, tester, until } from './testWork.ts';

const hour = 3_600_000;
let db: TestDatabase;
let databaseClock: MovableClock;
let one: TestWork;
let two: TestWork;
let putRight = (): void => {};
/** Answers after four seconds. */
let slow: Server;
let slowUrl: string;

beforeAll(async () => {
  db = await testDatabase();
  databaseClock = await makeClockMovable(() => db.databaseUrl);
  one = await openTestWork(db.databaseUrl);
  two = await openTestWork(db.databaseUrl);
  slow = createServer((_request, response) => {
    setTimeout(() => response.end('{}'), 4000);
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  const address = slow.address();
  slowUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
});
afterEach(async () => {
  putRight();
  await databaseClock.set(0);
});
afterAll(async () => {
  await one.close();
  await two.close();
  slow.closeAllConnections();
  slow.close();
  await db.drop();
});

/** Moves the clock of the processes, not that of the database. */
function moveProcesses(byMs: number) {
  putRight = moveDate(() => byMs);
}

const resumed = async (runId: string) => (await one.kinds(runId)).filter((kind) => kind === 'run_resumed').length;

describe.each([
  { clock: 'an hour behind', by: -hour },
  { clock: 'five hours ahead', by: 5 * hour },
])('processes whose clock is set $clock while they run', ({ by }) => {
  it('end a wait in its time, and wake its run once', async () => {
    const before = await one.start(chain([sleep('wait', 2)]));
    moveProcesses(by);
    const after = await one.start(chain([sleep('wait', 1)]));
    for (const runId of [before, after]) {
      await until('it has ended', async () => (await one.state(runId)) === 'succeeded', 6000);
      expect(await resumed(runId)).toBe(1);
    }
  });

  it('fail no run before its time is over, and fail it then', async () => {
    moveProcesses(by);
    const settings = { runTimeLimitSeconds: 3 };
    const start = async (seconds: number) => {
      const document = chain([sleep('wait', seconds)]);
      return one.start(document, await publishedFlow(db.store.pool, document, { settings }));
    };
    const quick = await start(1);
    const slow = await start(60);
    await until('it has ended', async () => (await one.state(quick)) === 'succeeded', 6000);
    await until('its time is over', async () => (await one.state(slow)) === 'failed', 6000);
    expect(await one.kinds(slow)).not.toContain('run_resumed');
  });

  it('make a fire when it is due, and none before', async () => {
    const { flowId } = await publishedFlow(db.store.pool, chain([say('a')]));
    const due = new Date(Date.now() + 1500);
    moveProcesses(by);
    await db.store.prisma.schedule.create({
      data: {
        id: randomUUID(),
        flowId,
        name: 'S',
        kind: 'every',
        everySeconds: 7200,
        anchorAt: due,
        timeZone: 'UTC',
        nextFireAt: due,
        nextMakeAt: due,
        missed: 'all',
        missedMost: 10,
        createdBy: 'x',
      },
    });
    const fires = () => db.store.prisma.scheduleFire.findMany({ where: { schedule: { flowId } } });
    await until('it fires', async () => (await fires()).length > 0, 6000);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await fires()).toMatchObject([{ dueAt: due, outcome: 'run' }]);
  });
});

describe('an event that is sent when clocks were set back', () => {
  it('reaches the run that was made before, and not the one that is made after', async () => {
    const runId = await one.start(chain([ask('question'), eventWait('wait', 'moved')]));
    await until('it asks', async () => (await one.state(runId)) === 'waiting');
    await databaseClock.set(-600_000);
    const event = { id: randomUUID(), name: 'moved', key: '', payload: 'here', actor: tester };
    await inTransaction(db.store.pool, (client) => sendEventInside(client, event));
    await databaseClock.set(-1_200_000);
    const later = await one.start(chain([eventWait('wait', 'moved')]));
    const answer = { kind: 'message', text: 'go on' } as const;
    await inTransaction(db.store.pool, (client) =>
      answerInside(client, { runId, waitId: 'question!message', answer, actor: tester }),
    );
    await until('it has ended', async () => (await one.state(runId)) === 'succeeded', 6000);
    expect(await one.state(later)).toBe('waiting');
  });
});

describe('when the clock of the database is set', () => {
  it.each([
    { where: 'back by ten minutes', by: -600_000 },
    { where: 'forward by three hours', by: 3 * hour },
  ])('$where, no process is taken for dead, and all tell its time', async ({ by }) => {
    const runId = await one.start(chain([post('call', slowUrl)]));
    await databaseClock.set(by);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const { rows } = await db.store.pool.query('SELECT id FROM server WHERE stopped_at IS NOT NULL');
    expect(rows).toEqual([]);
    expect(Math.abs(clock.now().getTime() - Date.now() - by)).toBeLessThan(1000);
    await until('it has ended', async () => (await one.state(runId)) === 'succeeded', 6000);
    expect(await resumed(runId)).toBe(0);
  });
});
