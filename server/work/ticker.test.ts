import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { timetableOf } from '@rondo/shared/runs/timetable/timetable.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { madeAt } from './scheduleSpec.ts';
import { ask, chain, say, storeDocument } from './testFlows.ts';
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
