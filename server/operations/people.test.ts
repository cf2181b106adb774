import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous } from '../access/caller.ts';
import { appRouter } from '../doors/trpc/router.ts';
import { contracts as c } from './contract/index.ts';
import { operations } from './registry.ts';
import { type TestRooms, testRooms } from './testRooms.ts';

let rooms: TestRooms;
beforeAll(async () => {
  rooms = await testRooms();
});
afterAll(() => rooms.close());

describe('the router', () => {
  it('has every operation, as query or mutation', () => {
    const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;
    const named = Object.keys(procedures).filter((name) => !name.startsWith('live.'));
    expect(named.sort()).toEqual([...operations.keys()].sort());
    for (const { contract } of operations.values())
      expect(procedures[contract.name]?._def.type).toBe(contract.kind === 'read' ? 'query' : 'mutation');
  });
});

describe('people', () => {
  it('two first visitors: one owner', async () => {
    const status = await rooms.call(c.setup.status, {}, anonymous);
    expect(status).toMatchObject({ needsOwner: false, workspaceName: 'Northwind' });
    await expect(
      rooms.call(
        c.setup.createOwner,
        { name: 'Eve', email: 'eve@example.com', password: 'a long password' },
        anonymous,
      ),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('the last owner stays an owner', async () => {
    const userId = rooms.owner.actor.id;
    await expect(rooms.call(c.person.setRole, { userId, role: 'viewer' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(rooms.call(c.person.remove, { userId })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('an admin makes no owner and touches none', async () => {
    const admin = await rooms.person('Ada', 'admin');
    const userId = rooms.owner.actor.id;
    for (const attempt of [
      () => rooms.call(c.person.invite, { role: 'owner' }, admin),
      () => rooms.call(c.person.setRole, { userId, role: 'viewer' }, admin),
      () => rooms.call(c.person.remove, { userId }, admin),
      () => rooms.call(c.person.setRole, { userId: admin.actor.id, role: 'owner' }, admin),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('an invitation is for its address, and can be taken back', async () => {
    const { link, inviteId } = await rooms.call(c.person.invite, { role: 'builder', email: 'ben@example.com' });
    const token = link.split('/').at(-1) ?? '';
    const accept = { token, name: 'Ben', password: 'a long password' };
    await expect(rooms.call(c.invite.accept, { ...accept, email: 'eve@example.com' }, anonymous)).rejects.toMatchObject(
      {
        code: 'FORBIDDEN',
      },
    );
    await rooms.call(c.person.revokeInvite, { inviteId });
    await expect(rooms.call(c.invite.accept, { ...accept, email: 'ben@example.com' }, anonymous)).rejects.toMatchObject(
      {
        code: 'NOT_FOUND',
      },
    );
  });

  it('one’s own keys only', async () => {
    const builder = await rooms.person('Bea', 'builder');
    const { id } = await rooms.call(c.apikey.create, { name: 'mine' });
    expect((await rooms.call(c.apikey.list, {}, builder)).keys).toEqual([]);
    await expect(rooms.call(c.apikey.revoke, { keyId: id }, builder)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
