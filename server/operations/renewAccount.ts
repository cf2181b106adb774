import { said } from '@rondo/shared/words/said.ts';
import { hashPassword } from 'better-auth/crypto';
import { v7 as uuid } from 'uuid';
import type { Caller } from '../access/caller.ts';
import type { Role } from '../access/permissions.ts';
import type { Transaction } from '../store/store.ts';
import { OperationError } from './errors.ts';
import { roleOf } from './personLists.ts';

interface InviteFor {
  email: string | null;
  role: string;
}

/** An account that was made before, and whether its person was removed. */
export interface KnownAccount {
  id: string;
  name: string;
  email: string;
  role: Role;
  removed: boolean;
}

/** The account of an address, if there is one. */
export async function accountOf(
  tx: Pick<Transaction, 'user'>,
  email: string | null,
): Promise<KnownAccount | undefined> {
  if (email === null) return undefined;
  const user = await tx.user.findUnique({ where: { email: email.trim().toLowerCase() } });
  if (!user) return undefined;
  return { id: user.id, name: user.name, email: user.email, role: roleOf(user.role), removed: user.removedAt !== null };
}

/**
 * Gives an account that was made before the password that its person chose, by an invitation for its address alone. All
 * its sessions end. Who was removed is here again, with the role of the invitation; the role of others stays.
 * @throws {OperationError} CONFLICT when the person has been given another role since the invitation
 */
export async function renewAccount(
  tx: Transaction,
  account: KnownAccount,
  invite: InviteFor,
  password: string,
): Promise<Caller> {
  // whoever made the invitation was asked whether they may touch somebody of that role
  if (!account.removed && account.role !== roleOf(invite.role))
    throw new OperationError('CONFLICT', said('refused.invitationRole', { name: account.name }));
  const role = roleOf(invite.role);
  const userId = account.id;
  const hash = await hashPassword(password);
  const { count } = await tx.account.updateMany({
    where: { userId, providerId: 'credential' },
    data: { password: hash },
  });
  if (count === 0)
    await tx.account.create({
      data: { id: uuid(), accountId: userId, providerId: 'credential', userId, password: hash },
    });
  await tx.session.deleteMany({ where: { userId } });
  await tx.user.update({ where: { id: userId }, data: { removedAt: null, role } });
  const { name, email } = account;
  return { actor: { kind: 'person', id: userId, name }, user: { id: userId, name, email, role }, by: 'session' };
}
