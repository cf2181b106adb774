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

  describe('an invitation for the address of an account', () => {
    const invited = async (role: 'builder' | 'viewer', email: string, by = rooms.owner) => {
      const made = await rooms.call(c.person.invite, { role, email }, by);
      return { ...made, token: made.link.split('/').at(-1) ?? '' };
    };
    const passwordOf = async (userId: string) =>
      (await rooms.services.store.prisma.account.findFirst({ where: { userId } }))?.password ?? '';

    it('gives it a new password, and nothing else: the role stays, all sessions end, it is on record', async () => {
      const dora = await rooms.person('Dora', 'reviewer');
      const { id } = dora.actor;
      const before = await passwordOf(id);
      await rooms.services.store.prisma.session.create({
        data: { id: 'of dora', token: 'of dora', userId: id, expiresAt: new Date(Date.now() + 60_000) },
      });
      const { token, renews } = await invited('viewer', 'Dora@example.com');
      expect(renews).toBe('Dora');
      expect(await rooms.call(c.invite.look, { token }, anonymous)).toMatchObject({
        role: 'reviewer',
        account: { name: 'Dora', removed: false },
      });
      const accept = { token, name: 'Mallory', password: 'another long password' };
      await expect(
        rooms.call(c.invite.accept, { ...accept, email: 'mallory@example.com' }, anonymous),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' });
      expect(await passwordOf(id)).toBe(before);
      expect(await rooms.call(c.invite.accept, { ...accept, email: 'dora@example.com' }, anonymous)).toEqual({
        userId: id,
      });
      expect(await passwordOf(id)).not.toBe(before);
      expect(await rooms.services.store.prisma.user.findUnique({ where: { id } })).toMatchObject({
        name: 'Dora',
        role: 'reviewer',
      });
      expect(await rooms.services.store.prisma.session.count({ where: { userId: id } })).toBe(0);
      const { rows } = await rooms.call(c.audit.list, { action: 'invite.accept' });
      expect(rows[0]).toMatchObject({ actorName: 'Dora', targetId: id, details: { renewed: true } });
      await expect(
        rooms.call(c.invite.accept, { ...accept, email: 'dora@example.com' }, anonymous),
      ).rejects.toMatchObject({ code: 'GONE' });
    });

    it('brings back who was removed, in the role of the invitation', async () => {
      const erik = await rooms.person('Erik', 'builder');
      await rooms.call(c.person.remove, { userId: erik.actor.id });
      const { token, renews } = await invited('viewer', 'erik@example.com');
      expect(renews).toBeNull();
      const accept = { token, name: 'Erik', email: 'erik@example.com', password: 'another long password' };
      expect(await rooms.call(c.invite.accept, accept, anonymous)).toEqual({ userId: erik.actor.id });
      const user = await rooms.services.store.prisma.user.findUnique({ where: { id: erik.actor.id } });
      expect(user).toMatchObject({ removedAt: null, role: 'viewer' });
    });

    it('of an owner is made by owners alone, and ends when the person is given another role', async () => {
      const admin = await rooms.person('Adam', 'admin');
      const owner = rooms.owner.user?.email ?? '';
      await expect(invited('viewer', owner, admin)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      const frida = await rooms.person('Frida', 'builder');
      const { token } = await invited('viewer', 'frida@example.com', admin);
      await rooms.call(c.person.setRole, { userId: frida.actor.id, role: 'owner' });
      const accept = { token, name: 'Frida', email: 'frida@example.com', password: 'another long password' };
      await expect(rooms.call(c.invite.accept, accept, anonymous)).rejects.toMatchObject({ code: 'CONFLICT' });
    });

    it('is not what a link for anybody is: that makes no second account, and changes none', async () => {
      await rooms.person('Gita', 'builder');
      const { link } = await rooms.call(c.person.invite, { role: 'viewer' });
      const accept = { name: 'G', email: 'gita@example.com', password: 'another long password' };
      await expect(
        rooms.call(c.invite.accept, { ...accept, token: link.split('/').at(-1) ?? '' }, anonymous),
      ).rejects.toMatchObject({ code: 'CONFLICT' });
    });
  });

  it('one’s own keys only', async () => {
    const builder = await rooms.person('Bea', 'builder');
    const { id } = await rooms.call(c.apikey.create, { name: 'mine' });
    expect((await rooms.call(c.apikey.list, {}, builder)).keys).toEqual([]);
    await expect(rooms.call(c.apikey.revoke, { keyId: id }, builder)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
