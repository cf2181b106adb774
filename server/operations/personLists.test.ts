import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contracts as c } from './contract/index.ts';
import { type TestRooms, testRooms } from './testRooms.ts';

let rooms: TestRooms;
beforeAll(async () => {
  rooms = await testRooms();
  for (const name of ['Ada', 'Ben']) await rooms.person(name, 'builder');
  await rooms.person('Vera', 'viewer');
});
afterAll(() => rooms.close());

describe('the lists of Admin', () => {
  it('people are found by name, address, role and state, piece by piece', async () => {
    const names = async (input: object) => (await rooms.call(c.person.list, input)).people.map((one) => one.name);
    expect(await names({})).toEqual(['Olivia', 'Ada', 'Ben', 'Vera']);
    expect(await names({ search: 'BEN@example' })).toEqual(['Ben']);
    expect(await names({ search: '%' })).toEqual([]);
    expect(await names({ role: 'builder' })).toEqual(['Ada', 'Ben']);
    const ben = (await rooms.call(c.person.list, { search: 'ben' })).people[0]?.id ?? '';
    expect(await names({ search: 'vera', userIds: [ben] })).toEqual(['Vera', 'Ben']);
    await rooms.call(c.person.remove, { userId: ben });
    expect(await names({ state: 'removed' })).toEqual(['Ben']);
    expect(await names({ state: 'active', role: 'builder' })).toEqual(['Ada']);
    const first = await rooms.call(c.person.list, { limit: 3 });
    expect(first.people).toHaveLength(3);
    expect(await names({ cursor: first.nextCursor })).toEqual(['Vera']);
    await expect(names({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'INVALID' });
  });

  it('open invitations are found by address and role, the newest first', async () => {
    for (const email of ['one@example.com', 'two@example.com', 'three@example.com'])
      await rooms.call(c.person.invite, { role: 'viewer', email });
    const { inviteId } = await rooms.call(c.person.invite, { role: 'builder' });
    const first = await rooms.call(c.invite.list, { limit: 2 });
    expect(first.invites.map((invite) => invite.email)).toEqual([null, 'three@example.com']);
    const rest = await rooms.call(c.invite.list, { cursor: first.nextCursor ?? '' });
    expect(rest).toMatchObject({
      invites: [{ email: 'two@example.com' }, { email: 'one@example.com' }],
      nextCursor: null,
    });
    expect((await rooms.call(c.invite.list, { search: 'TWO' })).invites).toHaveLength(1);
    expect((await rooms.call(c.invite.list, { role: 'builder' })).invites).toMatchObject([{ id: inviteId }]);
    await rooms.call(c.person.revokeInvite, { inviteId });
    expect((await rooms.call(c.invite.list, { role: 'builder' })).invites).toEqual([]);
  });

  it('one’s own keys are found by name and by whether they still work', async () => {
    for (const name of ['robot', 'mill']) await rooms.call(c.apikey.create, { name, expiresInDays: 30 });
    await rooms.call(c.apikey.create, { name: 'for ever' });
    await rooms.services.store.pool.query(
      `UPDATE apikey SET expires_at = now() - interval '1 day' WHERE name = 'mill'`,
    );
    const names = async (input: object) => (await rooms.call(c.apikey.list, input)).keys.map((key) => key.name);
    expect(await names({})).toEqual(['for ever', 'mill', 'robot']);
    expect(await names({ state: 'valid' })).toEqual(['for ever', 'robot']);
    expect(await names({ state: 'ended' })).toEqual(['mill']);
    expect(await names({ search: 'ROB' })).toEqual(['robot']);
    const first = await rooms.call(c.apikey.list, { limit: 2 });
    expect(await names({ cursor: first.nextCursor })).toEqual(['robot']);
  });

  it('processes are found by host and state, flows in the queue by name and by what they have', async () => {
    const { workers } = await rooms.call(c.worker.list, {});
    const host = workers[0]?.host ?? '';
    expect((await rooms.call(c.worker.list, { search: host })).workers).toHaveLength(1);
    expect((await rooms.call(c.worker.list, { search: 'no such host' })).workers).toEqual([]);
    expect((await rooms.call(c.worker.list, { state: 'working' })).workers).toHaveLength(1);
    await rooms.call(c.worker.drain, { workerId: workers[0]?.id ?? '', draining: true });
    expect((await rooms.call(c.worker.list, { state: 'working' })).workers).toEqual([]);
    expect((await rooms.call(c.worker.list, { state: 'draining' })).workers).toMatchObject([{ state: 'draining' }]);
    const { flowId } = await rooms.call(c.flow.create, { name: 'Stands still' });
    await rooms.call(c.flow.publish, { flowId, baseSeq: 0 });
    await rooms.call(c.queue.pause, {});
    await rooms.call(c.run.start, { flowId, inputs: {} });
    const flows = async (input: object) => (await rooms.call(c.queue.get, input)).flows.map((flow) => flow.flowName);
    expect(await flows({ search: 'STANDS' })).toEqual(['Stands still']);
    expect(await flows({ search: 'nothing of it' })).toEqual([]);
    expect(await flows({ having: 'queued' })).toEqual(['Stands still']);
    expect(await flows({ having: 'waiting' })).toEqual([]);
    expect(await rooms.call(c.queue.get, { search: 'nothing of it' })).toMatchObject({ queued: 1, more: 0 });
  });
});
