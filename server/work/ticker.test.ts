import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { timetableOf } from '@rondo/shared/runs/timetable/timetable.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { madeAt } from './scheduleSpec.ts';
import { ask, chain, post, say, storeDocument } from './testFlows.ts';
import { openTestWork, type TestWork, tester, until } from './testWork.ts';
import { tick } from './ticker.ts';

let db: TestDatabase;
let one: TestWork;
beforeAll(async () => {
  db = await testDatabase();
  one = await openTestWork(db.databaseUrl, { schedules: false });
});
afterAll(async () => {
  await one.close();
  await db.drop();
});

async function schedule(
  cron: string,
  nextFireAt: Date,
  more: { published?: boolean; timeZone?: string; row?: object; document?: JsonObject } = {},
) {
  const flowId = randomUUID();
  const id = randomUUID();
  const document = more.document ?? chain([say('a')]);
  const documentHash = await storeDocument(db.store.pool, document);
  const published = more.published !== false;
  await db.store.prisma.flow.create({
    data: {
      id: flowId,
      slug: flowId,
      name: 'Scheduled',
      draftText: '{}',
      sourceText: '{}',
      createdBy: 'x',
      publishedNumber: published ? 1 : null,
      versions: published ? { create: { number: 1, documentHash, publishedBy: 'x', publishedByName: 'X' } } : undefined,
      schedules: {
        create: {
          id,
          name: 'S',
          cron,
          timeZone: more.timeZone ?? 'UTC',
          nextFireAt,
          nextMakeAt: nextFireAt,
          createdBy: 'x',
          ...more.row,
        },
      },
    },
  });
  const fires = () => db.store.prisma.scheduleFire.findMany({ where: { scheduleId: id }, orderBy: { dueAt: 'asc' } });
  return { id, flowId, fires };
}

describe('G4 every fire of a schedule is on record exactly once', () => {
  it('however many processes tick at the same time', async () => {
    const now = new Date('2026-03-02T10:00:05Z');
    const made = await Promise.all(
      Array.from({ length: 6 }, () => schedule('0 10 * * *', new Date('2026-03-02T10:00:00Z'))),
    );
    const ticks = await Promise.all(Array.from({ length: 8 }, () => tick(one.options, now)));
    expect(ticks.flatMap((done) => done.runs)).toHaveLength(6);
    await tick(one.options, now);
    for (const { id, flowId, fires } of made) {
      const rows = await fires();
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ outcome: 'run', dueAt: new Date('2026-03-02T10:00:00Z') });
      const runs = await db.store.prisma.run.findMany({ where: { flowId } });
      expect(runs.map((run) => run.id)).toEqual([rows[0]?.runId]);
      const { nextFireAt } = await db.store.prisma.schedule.findUniqueOrThrow({ where: { id } });
      expect(nextFireAt?.toISOString()).toBe('2026-03-03T10:00:00.000Z');
    }
    for (const runId of ticks.flatMap((done) => done.runs)) {
      await until('the run ends', async () => (await one.state(runId)) === 'succeeded');
    }
  });

  it('after the server was off: the latest is caught up, the others are recorded as skipped', async () => {
    const { fires } = await schedule('0 * * * *', new Date('2026-03-02T06:00:00Z'));
    await tick(one.options, new Date('2026-03-02T10:30:00Z'));
    expect((await fires()).map((row) => [row.dueAt.getUTCHours(), row.outcome, row.reason])).toEqual([
      [6, 'skipped', 'the server was off'],
      [7, 'skipped', 'the server was off'],
      [8, 'skipped', 'the server was off'],
      [9, 'skipped', 'the server was off'],
      [10, 'caught_up', 'the server was off when it was due'],
    ]);
  });

  it('after a long time off, with one row for those too many to name', async () => {
    const { fires } = await schedule('* * * * *', new Date('2026-01-01T00:00:00Z'));
    await tick(one.options, new Date('2026-03-02T10:00:45Z'));
    const rows = await fires();
    expect(rows.length).toBeLessThanOrEqual(1010);
    expect(rows[0]?.reason).toMatch(/the server was off; the fires from then until .* were skipped, too/);
    expect(rows.filter((row) => row.outcome === 'caught_up')).toHaveLength(1);
    expect(rows.at(-1)?.dueAt.toISOString()).toBe('2026-03-02T10:00:00.000Z');
  });

  it('says why nothing ran', async () => {
    const { fires } = await schedule('0 10 * * *', new Date('2026-03-02T10:00:00Z'), { published: false });
    await tick(one.options, new Date('2026-03-02T10:00:01Z'));
    expect(await fires()).toMatchObject([{ outcome: 'skipped', reason: 'the flow is not published', runId: null }]);
  });

  it('in local time, over the change to summer time', async () => {
    const due = new Date('2026-03-28T08:00:00Z'); // 9:00 in Berlin, the day before the change
    const { id, fires } = await schedule('0 9 * * *', due, { timeZone: 'Europe/Berlin' });
    await tick(one.options, new Date('2026-03-28T08:00:02Z'));
    expect(await fires()).toHaveLength(1);
    const { nextFireAt } = await db.store.prisma.schedule.findUniqueOrThrow({ where: { id } });
    expect(nextFireAt?.toISOString()).toBe('2026-03-29T07:00:00.000Z');
  });
});

const ledger = async (fires: () => Promise<{ dueAt: Date; outcome: string; reason: string | null }[]>) =>
  (await fires()).map((row) => [row.dueAt.toISOString().slice(11, 16), row.outcome]);

describe('G4 what was missed', () => {
  const due = new Date('2026-03-02T06:00:00Z');
  const later = new Date('2026-03-02T09:30:00Z');

  it('is skipped, all of it, where nothing is to be caught up', async () => {
    const { fires } = await schedule('0 * * * *', due, { row: { missed: 'none' } });
    await tick(one.options, later);
    expect(await ledger(fires)).toEqual(['06:00', '07:00', '08:00', '09:00'].map((at) => [at, 'skipped']));
  });

  it('is caught up, the newest so many, where all is to be', async () => {
    const { fires } = await schedule('0 * * * *', due, { row: { missed: 'all', missedMost: 3 } });
    const { runs } = await tick(one.options, later);
    expect(await ledger(fires)).toEqual([
      ['06:00', 'skipped'],
      ['07:00', 'caught_up'],
      ['08:00', 'caught_up'],
      ['09:00', 'caught_up'],
    ]);
    expect(runs).toHaveLength(3);
    await tick(one.options, later);
    expect(await fires()).toHaveLength(4);
  });
});

describe('G4 a fire of every kind', () => {
  it('comes every so often by real time, from its anchor', async () => {
    const anchorAt = new Date('2026-03-02T10:00:07Z');
    const { id, fires } = await schedule('', new Date('2026-03-02T10:01:37Z'), {
      row: { kind: 'every', everySeconds: 90, anchorAt },
    });
    await tick(one.options, new Date('2026-03-02T10:01:38Z'));
    await tick(one.options, new Date('2026-03-02T10:03:08Z'));
    expect((await fires()).map((row) => row.dueAt.toISOString())).toEqual([
      '2026-03-02T10:01:37.000Z',
      '2026-03-02T10:03:07.000Z',
    ]);
    const { nextFireAt } = await db.store.prisma.schedule.findUniqueOrThrow({ where: { id } });
    expect(nextFireAt?.toISOString()).toBe('2026-03-02T10:04:37.000Z');
  });

  it('comes once, and then never', async () => {
    const anchorAt = new Date('2026-03-02T10:00:00Z');
    const { id, fires } = await schedule('', anchorAt, { row: { kind: 'once', anchorAt } });
    await tick(one.options, new Date('2026-03-02T10:00:01Z'));
    expect(await ledger(fires)).toEqual([['10:00', 'run']]);
    expect((await db.store.prisma.schedule.findUniqueOrThrow({ where: { id } })).nextFireAt).toBeNull();
  });

  it('comes within its days only', async () => {
    const { id, fires } = await schedule('0 9 * * *', new Date('2026-03-02T09:00:00Z'), {
      row: { lastDay: '2026-03-03' },
    });
    await tick(one.options, new Date('2026-03-02T09:00:01Z'));
    await tick(one.options, new Date('2026-03-03T09:00:01Z'));
    expect(await fires()).toHaveLength(2);
    expect((await db.store.prisma.schedule.findUniqueOrThrow({ where: { id } })).nextFireAt).toBeNull();
  });

  it('is made up to its jitter later, the same in every process, and is no miss', async () => {
    const at = new Date('2026-03-02T09:00:00Z');
    const { id, fires } = await schedule('0 9 * * *', at, { row: { jitterSeconds: 600 } });
    const made = madeAt(id, at, 600);
    expect(made.getTime()).toBeGreaterThan(at.getTime());
    expect(made.getTime()).toBeLessThan(at.getTime() + 600_000);
    await tick(one.options, new Date(made.getTime() - 1000));
    expect(await fires()).toEqual([]);
    await tick(one.options, new Date(made.getTime() + 1000));
    expect(await fires()).toMatchObject([{ dueAt: at, outcome: 'run', reason: null }]);
  });

  it.each([
    // 02:30 does not exist on the first day, and comes twice on the second.
    ['Europe/Berlin', '30 2 * * *', '2026-03-28T12:00:00Z', ['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z']],
    ['Europe/Berlin', '30 2 * * *', '2026-10-24T12:00:00Z', ['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']],
    [
      'America/New_York',
      '30 2 * * *',
      '2026-03-07T12:00:00Z',
      ['2026-03-08T07:00:00.000Z', '2026-03-09T06:30:00.000Z'],
    ],
    [
      'Australia/Lord_Howe',
      '15 2 * * *',
      '2026-10-03T00:00:00Z',
      ['2026-10-03T15:30:00.000Z', '2026-10-04T15:15:00.000Z'],
    ],
  ])(
    'comes once on the days that the clocks of %s are changed (%s after %s)',
    async (timeZone, cron, from, expected) => {
      const spec = {
        kind: 'cron',
        cron,
        everySeconds: null,
        anchorAt: null,
        timeZone,
        firstDay: null,
        lastDay: null,
      } as const;
      const [first = new Date()] = timetableOf(spec).upcoming(new Date(from), 1);
      const { fires } = await schedule(cron, first, { timeZone });
      // A tick each half hour over three days.
      for (let at = Date.parse(from); at < Date.parse(from) + 2.4 * 86_400_000; at += 1_800_000)
        await Promise.all([tick(one.options, new Date(at)), tick(one.options, new Date(at + 1000))]);
      const due = (await fires()).map((row) => row.dueAt.toISOString());
      expect(due.slice(0, 2)).toEqual(expected);
      expect(new Set(due).size).toBe(due.length);
    },
  );

  it('that goes wrong is on record with its reason and keeps no other from firing', async () => {
    const at = new Date('2026-03-02T10:00:00Z');
    const bad = await schedule('0 10 * * *', at, { row: { inputs: 'no JSON' } });
    const good = await schedule('0 10 * * *', at);
    await tick(one.options, new Date('2026-03-02T10:00:01Z'));
    expect(await bad.fires()).toMatchObject([{ outcome: 'skipped', reason: expect.stringContaining('JSON') }]);
    expect(await good.fires()).toMatchObject([{ outcome: 'run' }]);
    await db.store.prisma.schedule.delete({ where: { id: bad.id } });
  });

  it('that goes wrong after a time off leaves none of its fires unrecorded', async () => {
    const row = { inputs: 'no JSON', missed: 'all' };
    const { id, fires } = await schedule('0 * * * *', new Date('2026-03-02T06:00:00Z'), { row });
    await tick(one.options, new Date('2026-03-02T09:00:01Z'));
    expect(await ledger(fires)).toEqual(['06:00', '07:00', '08:00', '09:00'].map((at) => [at, 'skipped']));
    const { nextFireAt } = await db.store.prisma.schedule.findUniqueOrThrow({ where: { id } });
    expect(nextFireAt?.toISOString()).toBe('2026-03-02T10:00:00.000Z');
    await db.store.prisma.schedule.delete({ where: { id } });
  });

  it('knows when it was due: its inputs say so', async () => {
    const inputs = [{ title: 'text', type: 'string' }];
    const { flowId } = await schedule('30 23 * * *', new Date('2026-03-02T17:45:00Z'), {
      timeZone: 'Asia/Kathmandu',
      row: { inputs: JSON.stringify({ text: '{{ due_date }} ({{due}}) {{ caught_up }} {{ other }}' }) },
      document: chain([say('a')], inputs),
    });
    await tick(one.options, new Date('2026-03-02T17:50:00Z'));
    const run = await db.store.prisma.run.findFirstOrThrow({ where: { flowId } });
    expect(JSON.parse(run.inputs)).toEqual({ text: '2026-03-02 (2026-03-02T17:45:00.000Z) true {{ other }}' });
  });
});

describe('G4 several processes', () => {
  let two: TestWork;
  beforeAll(async () => {
    two = await openTestWork(db.databaseUrl, { schedules: false });
  });
  afterAll(() => two.close());
  /** Two processes, and each with a tick on the heels of the first. */
  const together = (now: Date) =>
    Promise.all([one, two, one, two].map(({ options }, n) => tick(options, new Date(now.getTime() + n))));

  it.each([
    ['Europe/Berlin', '2026-03-29T00:00:00Z'],
    ['Europe/Berlin', '2026-10-25T00:00:00Z'],
    ['America/New_York', '2026-03-08T06:00:00Z'],
    ['America/New_York', '2026-11-01T05:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T15:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T14:00:00Z'],
    ['Asia/Kathmandu', '2026-03-29T00:00:00Z'],
  ])('make each real quarter of an hour once while the clocks are changed (%s, %s)', async (timeZone, from) => {
    const start = Date.parse(from);
    const quarters = Array.from({ length: 13 }, (_, n) => new Date(start + n * 900_000));
    const { fires, flowId } = await schedule('*/15 * * * *', new Date(start), { timeZone });
    for (const at of quarters) await together(new Date(at.getTime() + 1000));
    expect((await fires()).map((row) => [row.dueAt, row.outcome])).toEqual(quarters.map((at) => [at, 'run']));
    expect(await db.store.prisma.run.count({ where: { flowId } })).toBe(13);
  });

  it('after a year off make up for the same fires, once', async () => {
    const { fires, flowId } = await schedule('0 6 * * *', new Date('2025-03-02T06:00:00Z'), {
      row: { missed: 'all', missedMost: 5 },
    });
    await together(new Date('2026-03-02T12:00:00Z'));
    const rows = await fires();
    expect(rows.map((row) => row.dueAt.getTime())).toEqual(
      Array.from({ length: 366 }, (_, n) => Date.parse('2025-03-02T06:00:00Z') + n * 86_400_000),
    );
    expect(rows.map((row) => row.outcome)).toEqual([...Array(361).fill('skipped'), ...Array(5).fill('caught_up')]);
    expect(await db.store.prisma.run.count({ where: { flowId } })).toBe(5);
  });
});

describe('G4 a tick that is cut off', () => {
  const at = new Date('2026-03-02T10:00:00Z');
  const now = new Date('2026-03-02T10:00:01Z');

  it('leaves neither a run nor a row, and the next one makes the fire', async () => {
    const { fires, flowId } = await schedule('0 10 * * *', at);
    const blocker = await db.store.pool.connect();
    try {
      await blocker.query('BEGIN; LOCK TABLE schedule_fire IN ACCESS EXCLUSIVE MODE');
      const cutOff = tick(one.options, now).then(
        () => 'done',
        (error: Error) => error.message,
      );
      // Its run is written already; it waits to write the ledger, and its process dies.
      await until('it is killed', async () => {
        const { rows } = await db.store.pool.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO schedule_fire%' AND pid <> pg_backend_pid()`,
        );
        return rows.length > 0;
      });
      expect(await cutOff).not.toBe('done');
    } finally {
      await blocker.query('ROLLBACK');
      blocker.release();
    }
    expect(await db.store.prisma.run.count({ where: { flowId } })).toBe(0);
    expect(await fires()).toEqual([]);
    await tick(one.options, now);
    expect(await fires()).toMatchObject([{ outcome: 'run' }]);
    expect(await db.store.prisma.run.count({ where: { flowId } })).toBe(1);
  });

  it('by something that passes skips nothing: the next one makes the fire', async () => {
    const { fires } = await schedule('0 10 * * *', at);
    await db.store.pool.query(`
      CREATE FUNCTION deadlock() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END $$;
      CREATE TRIGGER deadlock BEFORE INSERT ON run FOR EACH ROW EXECUTE FUNCTION deadlock()`);
    await expect(tick(one.options, now)).rejects.toThrow('deadlock');
    await db.store.pool.query('DROP FUNCTION deadlock CASCADE');
    expect(await fires()).toEqual([]);
    await tick(one.options, now);
    expect(await fires()).toMatchObject([{ outcome: 'run' }]);
  });
});

describe('while an earlier run has not ended', () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 2, 2, hour, 0, 1));
  const fireTwice = async (overlap: string) => {
    const made = await schedule('0 * * * *', new Date(Date.UTC(2026, 2, 2, 10)), {
      row: { overlap },
      document: chain([ask('q')]),
    });
    const [first = ''] = (await tick(one.options, at(10))).runs;
    await one.work.wake(first);
    await until('it waits', async () => (await one.state(first)) === 'waiting');
    const { runs } = await tick(one.options, at(11));
    return { ...made, first, second: runs[0] };
  };

  it('the next is skipped, with the run in the reason', async () => {
    const { fires, first, second } = await fireTwice('skip');
    expect(second).toBeUndefined();
    expect((await fires())[1]).toMatchObject({
      outcome: 'skipped',
      reason: expect.stringMatching(/^the run \d+ before it/),
    });
    expect(await one.state(first)).toBe('waiting');
  });

  it('the earlier one is stopped', async () => {
    const { fires, first, second } = await fireTwice('stop');
    expect(await one.state(first)).toBe('cancelled');
    expect((await fires())[1]).toMatchObject({ outcome: 'run', runId: second });
  });

  it('the earlier one is broken off in the middle of its step', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
    const server = await openTestWork(db.databaseUrl);
    const { id, fires } = await schedule('', new Date(), {
      row: { kind: 'every', everySeconds: 3600, anchorAt: new Date(), overlap: 'stop' },
      document: chain([post('call', url)]),
    });
    const runs = async () => (await fires()).map((row) => row.runId ?? '');
    try {
      await until('it runs', async () => (await one.state((await runs())[0] ?? randomUUID())) === 'running');
      await db.store.pool.query('UPDATE schedule SET next_fire_at = now(), next_make_at = now() WHERE id = $1', [id]);
      await until('the next one runs', async () => (await one.state((await runs())[1] ?? randomUUID())) === 'running');
      const [first = '', second = ''] = await runs();
      await until('the first is stopped', async () => (await one.state(first)) === 'cancelled', 3000);
      expect((await one.work.events(first)).at(-1)).toMatchObject({
        kind: 'run_cancelled',
        actor: { kind: 'schedule', id },
      });
      await server.work.cancel(second, tester);
    } finally {
      silent.closeAllConnections();
      silent.close();
      await server.close();
    }
  });

  it('the next one stands behind it', async () => {
    const { first, second = '' } = await fireTwice('queue');
    await one.work.wake(second);
    expect(await one.state(second)).toBe('queued');
    await one.work.cancel(first, tester);
    await until('its turn comes', async () => (await one.state(second)) === 'waiting');
  });

  it('both run', async () => {
    const { first, second = '' } = await fireTwice('run');
    await one.work.wake(second);
    await until('it waits, too', async () => (await one.state(second)) === 'waiting');
    expect(await one.state(first)).toBe('waiting');
  });
});
