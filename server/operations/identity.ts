import { createHash, randomBytes } from 'node:crypto';
import { said } from '@rondo/shared/words/said.ts';
import { hashPassword } from 'better-auth/crypto';
import { v7 as uuid } from 'uuid';
import { type Caller, personCaller } from '../access/caller.ts';
import type { Role } from '../access/permissions.ts';
import type { Transaction } from '../store/store.ts';
import { OperationError } from './errors.ts';

/** The one workspace of an installation. */
export const workspaceId = 'workspace';

/**
 * Makes a person with a password, in the tables of better-auth and with its own hash, in the caller's transaction.
 * @throws {OperationError} CONFLICT when the address is taken
 */
export async function createPerson(
  tx: Transaction,
  person: { name: string; email: string; password: string; role: Role },
): Promise<Caller> {
  const email = person.email.trim().toLowerCase();
  if (await tx.user.findUnique({ where: { email }, select: { id: true } }))
    throw new OperationError('CONFLICT', said('refused.emailTaken', { email }));
  const id = uuid();
  const { name, role } = person;
  await tx.user.create({ data: { id, name, email, emailVerified: true, role } });
  await setPassword(tx, id, person.password);
  return personCaller({ id, name, email, role }, 'session');
}

/** Gives a person the password that they sign in with, in place of the one before. */
export async function setPassword(tx: Transaction, userId: string, password: string): Promise<void> {
  const hash = await hashPassword(password);
  const { count } = await tx.account.updateMany({
    where: { userId, providerId: 'credential' },
    data: { password: hash },
  });
  if (count > 0) return;
  await tx.account.create({
    data: { id: uuid(), accountId: userId, providerId: 'credential', userId, password: hash },
  });
}

/** A token for a link, and the hash that is stored instead of it. */
export function newToken(): { token: string; hash: string } {
  const token = randomBytes(24).toString('base64url');
  return { token, hash: tokenHash(token) };
}

export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
