import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { CronError, readCron } from './cron.ts';
import { chain, say, storeDocument } from './testFlows.ts';
import { openTestWork, type TestWork, until } from './testWork.ts';
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

async function schedule(cron: string, nextFireAt: Date, more: { published?: boolean; timeZone?: string } = {}) {
  const flowId = randomUUID();
  const id = randomUUID();
  const document = chain([say('a')]);
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
        create: { id, name: 'S', cron, timeZone: more.timeZone ?? 'UTC', nextFireAt, createdBy: 'x' },
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

describe('cron', () => {
  it('that cannot be read or never fires is refused in words', () => {
    expect(() => readCron('61 * * * *', 'UTC')).toThrow(CronError);
    expect(() => readCron('0 0 30 2 *', 'UTC')).toThrow('“0 0 30 2 *” never fires.');
    expect(() => readCron('0 0 * * *', 'Mars/Olympus')).toThrow('“Mars/Olympus” is no time zone');
  });
});
