import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../access/caller.ts';
import { sweepBlobs } from '../blobs/blobSweep.ts';
import { chain } from '../work/testFlows.ts';
import { contracts as c } from './contract/index.ts';
import { receiveFile } from './files.ts';
import { removeRuns } from './removal.ts';
import { type TestRooms, testRooms } from './testRooms.ts';

let rooms: TestRooms;
let flowId: string;
beforeAll(async () => {
  rooms = await testRooms();
  flowId = (await rooms.call(c.flow.list, { search: 'Weekly report' })).flows[0]?.id ?? '';
});
afterAll(() => rooms.close());

async function* words(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('words');
}

const create = (more: object = {}) =>
  rooms.call(c.schedule.create, { flowId, cron: '0 9 * * 1', timeZone: 'Europe/Berlin', inputs: {}, ...more });

describe('schedules', () => {
  it('run published flows only, with inputs that fit', async () => {
    await expect(create()).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('Publish') });
    await rooms.call(c.flow.publish, { flowId, baseSeq: 0 });
    await expect(create({ inputs: { orders: 'many' } })).rejects.toMatchObject({ code: 'INVALID' });
    await expect(create({ cron: '0 0 31 2 *' })).rejects.toMatchObject({ code: 'INVALID' });
    expect((await rooms.call(c.schedule.list, {})).schedules).toEqual([]);
  });

  it('are shown in words with their next fires, change, rest and go', async () => {
    const { scheduleId } = await create({ name: 'Mondays' });
    const [shown] = (await rooms.call(c.schedule.list, { flowId })).schedules;
    expect(shown).toMatchObject({ name: 'Mondays', words: 'Every Monday at 09:00 (Europe/Berlin)', enabled: true });
    expect(shown?.nextFires).toHaveLength(5);
    expect((await rooms.call(c.home.get, {})).nextFires[0]).toMatchObject({ scheduleId, at: shown?.nextFires[0] });
    await rooms.call(c.schedule.update, { scheduleId, enabled: false });
    expect((await rooms.call(c.schedule.list, {})).schedules[0]?.nextFires).toEqual([]);
    await rooms.call(c.schedule.update, { scheduleId, enabled: true, cron: '30 6 * * *' });
    expect((await rooms.call(c.schedule.list, {})).schedules[0]?.words).toBe('Every day at 06:30 (Europe/Berlin)');
    await rooms.call(c.flow.archive, { flowId, archived: true });
    expect((await rooms.call(c.schedule.list, {})).schedules[0]?.enabled).toBe(false);
    await rooms.call(c.flow.archive, { flowId, archived: false });
    await rooms.call(c.schedule.remove, { scheduleId });
    expect((await rooms.call(c.schedule.list, {})).schedules).toEqual([]);
  });

  it('fire, and the fire is on record with its run', async () => {
    const { scheduleId } = await create({ name: 'Now', cron: '* * * * *', timeZone: 'UTC' });
    // The next minute, brought near: the ticker asks the row.
    await rooms.database.store.pool.query(
      `UPDATE schedule SET next_fire_at = now(), next_make_at = now() WHERE id = $1`,
      [scheduleId],
    );
    await expect
      .poll(async () => (await rooms.call(c.schedule.fires, { scheduleId })).fires.length, { timeout: 10_000 })
      .toBeGreaterThan(0);
    const [fire] = (await rooms.call(c.schedule.fires, { scheduleId })).fires;
    expect(fire?.runId).toEqual(expect.any(String));
    await expect
      .poll(async () => (await rooms.call(c.run.get, { runId: fire?.runId ?? '' })).state, { timeout: 10_000 })
      .toBe('succeeded');
    expect(await rooms.call(c.run.get, { runId: fire?.runId ?? '' })).toMatchObject({
      trigger: 'schedule',
      actorName: 'Now',
    });
  });

  it('give their files to their runs, the first and the later ones, whatever becomes of those', async () => {
    const { services, database, owner } = rooms;
    const tool = {
      component_type: 'BuiltinTool',
      id: 'tool',
      name: 'tool',
      metadata: {},
      tool_type: 'rondo.read_file',
    };
    const [file, content] = [
      { title: 'file', type: 'string' },
      { title: 'content', type: 'string' },
    ];
    const step: JsonObject = {
      component_type: 'ToolNode',
      id: 'read',
      name: 'read',
      metadata: {},
      tool: { ...tool, configuration: {}, inputs: [file], outputs: [content] },
    };
    const text = JSON.stringify({ ...chain([step], [file], [content]), name: 'Reads' });
    const { flowId: reads } = await rooms.call(c.flow.import, { text, fileName: 'reads.json' });
    await rooms.call(c.flow.publish, { flowId: reads, baseSeq: 0 });
    const upload = (who: Caller) =>
      receiveFile(services, who, { name: 'a.txt', mediaType: 'text/plain', content: words() });
    const { ref, id } = await upload(owner);
    const builder = await rooms.person('Bob', 'builder');
    const times = { flowId: reads, cron: '0 9 1 1 *', timeZone: 'UTC' };
    await expect(rooms.call(c.schedule.create, { ...times, inputs: { file: ref } }, builder)).rejects.toMatchObject({
      code: 'INVALID',
      message: '“file” names a file that is not there (any more). Upload it again.',
    });
    const { scheduleId } = await rooms.call(c.schedule.create, { ...times, inputs: { file: ref } });
    expect(await rooms.call(c.file.get, { fileId: id }, builder)).toMatchObject({ name: 'a.txt' });
    // What nothing uses goes after a day; this one is used by runs to come.
    await sweepBlobs(database.store.pool, services.blobs, new Date(Date.now() + 30 * 3_600_000));
    for (const _ of ['first', 'later']) {
      const { runId } = await rooms.call(c.schedule.fire, { scheduleId });
      const run = () => rooms.call(c.run.get, { runId });
      await expect.poll(async () => (await run()).state, { timeout: 10_000 }).toBe('succeeded');
      expect((await run()).outputs).toEqual({ content: 'words' });
      await removeRuns(database.store.pool, [runId]);
      await sweepBlobs(database.store.pool, services.blobs, new Date(Date.now() + 30 * 3_600_000));
    }
    const other = await upload(builder);
    await rooms.call(c.schedule.update, { scheduleId, inputs: { file: other.ref } }, builder);
    const { runId } = await rooms.call(c.schedule.fire, { scheduleId });
    await expect
      .poll(async () => (await rooms.call(c.run.get, { runId })).state, { timeout: 10_000 })
      .toBe('succeeded');
  });

  /** One that is due, but not made yet: its jitter is not over. */
  const dueOne = async (name: string) => {
    const { scheduleId } = await create({ name, cron: '0 * * * *', jitterSeconds: 1800, timeZone: 'UTC' });
    await rooms.database.store.pool.query(
      `UPDATE schedule SET next_fire_at = date_trunc('hour', now()) - interval '2 hours',
         next_make_at = now() + interval '1 hour' WHERE id = $1`,
      [scheduleId],
    );
    return scheduleId;
  };
  const outcomes = async (scheduleId: string) =>
    (await rooms.call(c.schedule.fires, { scheduleId })).fires.map((fire) => [fire.outcome, fire.reason]);

  it('G4 lose no fire that was due when they are turned off, changed, or archived with their flow', async () => {
    const off = await dueOne('Off');
    await rooms.call(c.schedule.update, { scheduleId: off, enabled: false });
    expect(await outcomes(off)).toEqual(Array(3).fill(['skipped', 'it was turned off before it was made']));
    const changed = await dueOne('Changed');
    await rooms.call(c.schedule.update, { scheduleId: changed, name: 'Another name' });
    expect(await outcomes(changed)).toEqual([]);
    await rooms.call(c.schedule.update, { scheduleId: changed, cron: '30 * * * *' });
    expect(await outcomes(changed)).toEqual(Array(3).fill(['skipped', 'its time was changed before it was made']));
    const archived = await dueOne('Archived');
    await rooms.call(c.flow.archive, { flowId, archived: true });
    expect(await outcomes(archived)).toEqual(Array(3).fill(['skipped', 'the flow was archived before it was made']));
    await rooms.call(c.flow.archive, { flowId, archived: false });
    for (const scheduleId of [off, changed, archived]) await rooms.call(c.schedule.remove, { scheduleId });
  });

  it('of every kind are made, said in words, and refused where they make no sense', async () => {
    const soon = new Date(Date.now() + 86_400_000).toISOString();
    const past = new Date(Date.now() - 86_400_000).toISOString();
    const zone = { cron: undefined, timeZone: 'UTC' };
    const made = [
      await create({ ...zone, kind: 'every', everySeconds: 5400 }),
      await create({ ...zone, kind: 'once', anchorAt: soon, firstDay: soon.slice(0, 10) }),
    ];
    const shown = (await rooms.call(c.schedule.list, {})).schedules.filter((one) => one.kind !== 'cron');
    expect(shown.map((one) => [one.words, one.nextFires.length])).toEqual([
      ['Every 90 minutes', 5],
      [expect.stringMatching(/^Once on .* \(UTC\), from/), 1],
    ]);
    const refused = (more: object, words: string) =>
      expect(create({ ...zone, ...more })).rejects.toMatchObject({
        code: 'INVALID',
        message: expect.stringContaining(words),
      });
    await refused({ kind: 'once', anchorAt: past }, 'never fires');
    await refused({ kind: 'every' }, 'how many seconds');
    await refused({ kind: 'every', everySeconds: 60, jitterSeconds: 60 }, 'spread them over less');
    await refused({ cron: '0 9 * * *', firstDay: '2026-02-30' }, 'is no day');
    for (const { scheduleId } of made) await rooms.call(c.schedule.remove, { scheduleId });
  });

  it('run now, however often, and the ledger says who', async () => {
    const { scheduleId } = await create({ name: 'By hand' });
    const runs = await Promise.all([1, 2, 3].map(() => rooms.call(c.schedule.fire, { scheduleId })));
    const { fires } = await rooms.call(c.schedule.fires, { scheduleId });
    expect(fires.map((fire) => fire.runId).sort()).toEqual(runs.map((run) => run.runId).sort());
    for (const fire of fires)
      expect(fire).toMatchObject({ kind: 'manual', outcome: 'run', reason: 'run now by Olivia' });
    expect(await rooms.call(c.run.get, { runId: runs[0]?.runId ?? '' })).toMatchObject({ actorName: 'Olivia' });
    const viewer = await rooms.person('Victor', 'viewer');
    await expect(rooms.call(c.schedule.fire, { scheduleId }, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await rooms.call(c.schedule.remove, { scheduleId });
  });

  it('say how they do, and what fired and will', async () => {
    const { pool } = rooms.database.store;
    for (const { id } of (await rooms.call(c.schedule.list, {})).schedules)
      await rooms.call(c.schedule.remove, { scheduleId: id });
    const one = async (name: string, sql: string) => {
      const { scheduleId } = await create({ name, cron: '0 12 * * *', timeZone: 'UTC' });
      await pool.query(sql, [scheduleId]);
    };
    const fire = (
      outcome: string,
      run: string,
    ) => `INSERT INTO schedule_fire (schedule_id, due_at, outcome, run_id, reason)
      VALUES ($1, now() - interval '1 minute', '${outcome}', ${run}, 'because')`;
    await one('Fine', 'SELECT $1::uuid');
    await one('Paused', 'UPDATE schedule SET enabled = false, next_fire_at = NULL, next_make_at = NULL WHERE id = $1');
    await one('Ended', 'UPDATE schedule SET next_fire_at = NULL, next_make_at = NULL WHERE id = $1');
    await one('Skipping', fire('skipped', 'NULL'));
    // Ended runs do not change: the database refuses it to all but itself.
    await pool.query(
      `BEGIN; SET LOCAL session_replication_role = replica;
       UPDATE run SET state = 'failed' WHERE id = (SELECT id FROM run WHERE state = 'succeeded' ORDER BY id LIMIT 1);
       COMMIT`,
    );
    await one('Failing', fire('run', `(SELECT id FROM run WHERE state = 'failed' ORDER BY id LIMIT 1)`));
    const { schedules } = await rooms.call(c.schedule.health, {});
    expect(Object.fromEntries(schedules.map((row) => [row.name, row.state]))).toEqual({
      Fine: 'fine',
      Paused: 'paused',
      Ended: 'ended',
      Skipping: 'skipping',
      Failing: 'failing',
    });
    expect(schedules.find((row) => row.name === 'Skipping')).toMatchObject({
      fires: 0,
      skipped: 1,
      lastFire: { reason: 'because' },
    });
    const named = async (last: 'run' | 'caught_up' | 'skipped' | 'failed' | 'never') =>
      (await rooms.call(c.schedule.list, { last })).schedules.map((row) => row.name).sort();
    expect(await named('skipped')).toEqual(['Skipping']);
    expect(await named('failed')).toEqual(['Failing']);
    expect(await named('run')).toEqual(['Failing']);
    expect(await named('caught_up')).toEqual([]);
    expect(await named('never')).toEqual(['Ended', 'Fine', 'Paused']);
    const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
    const { days } = await rooms.call(c.schedule.calendar, { from: day(-1), to: day(2), timeZone: 'UTC' });
    expect(days.map((row) => row.day)).toEqual([day(-1), day(0), day(1), day(2)]);
    // Three are on, and fire once a day; what has fired is in the ledger.
    expect(days.slice(2).map((row) => row.planned)).toEqual([3, 3]);
    expect(days.reduce((sum, row) => sum + row.run, 0)).toBe(1);
    expect(days.reduce((sum, row) => sum + row.skipped, 0)).toBe(1);
    const hourly = await rooms.call(c.schedule.calendar, { from: day(1), to: day(1), timeZone: 'Asia/Kathmandu' });
    expect(hourly.hours).toHaveLength(24);
    // 12:00 UTC is 17:45 there.
    expect(hourly.hours.flatMap((hour, n) => (hour.planned > 0 ? [[n, hour.planned]] : []))).toEqual([[17, 3]]);
    const week = await rooms.call(c.schedule.calendar, { from: day(1), to: day(7), timeZone: 'UTC' });
    expect(week.hours).toHaveLength(7 * 24);
    expect(week.hours.flatMap((hour) => (hour.planned > 0 ? [[hour.at.slice(0, 13), hour.planned]] : []))).toEqual(
      week.days.map((one) => [`${one.day}T12`, 3]),
    );
    await expect(rooms.call(c.schedule.calendar, { from: day(0), to: day(62), timeZone: 'UTC' })).rejects.toMatchObject(
      { code: 'INVALID' },
    );
  });
});
