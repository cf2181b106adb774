import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contracts as c } from './contract/index.ts';
import { type TestRooms, testRooms } from './testRooms.ts';

let rooms: TestRooms;
let flowId: string;
beforeAll(async () => {
  rooms = await testRooms();
  flowId = (await rooms.call(c.flow.list, { search: 'Weekly report' })).flows[0]?.id ?? '';
});
afterAll(() => rooms.close());

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
});
