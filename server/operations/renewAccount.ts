import { said } from '@rondo/shared/words/said.ts';
import { type Caller, personCaller } from '../access/caller.ts';
import type { Role } from '../access/permissions.ts';
import type { Transaction } from '../store/store.ts';
import { OperationError } from './errors.ts';
import { setPassword } from './identity.ts';
import { roleOf } from './personLists.ts';

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
  invited: Role,
  password: string,
): Promise<Caller> {
  // whoever made the invitation was asked whether they may touch somebody of that role
  if (!account.removed && account.role !== invited)
    throw new OperationError('CONFLICT', said('refused.invitationRole', { name: account.name }));
  const { id } = account;
  await setPassword(tx, id, password);
  await tx.session.deleteMany({ where: { userId: id } });
  await tx.user.update({ where: { id }, data: { removedAt: null, role: invited } });
  return personCaller({ ...account, role: invited }, 'session');
}
