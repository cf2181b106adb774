import { said } from '@rondo/shared/words/said.ts';
import type { Caller } from '../access/caller.ts';
import type { Prisma } from '../store/generated/client.ts';
import type { Transaction } from '../store/store.ts';
import { OperationError } from './errors.ts';
import type { Services } from './services.ts';

export type StartFormRow = Prisma.StartFormGetPayload<object>;

/**
 * The start form behind a link, for whoever may use it: to look at it, to upload files on it, to send it.
 * @param prisma of the transaction, where the caller is in one: a second connection would be waited for
 * @throws {OperationError} NOT_FOUND, GONE, UNAUTHENTICATED
 */
export async function openForm(
  { prisma, now }: { prisma: Pick<Transaction, 'startForm'>; now: Services['now'] },
  caller: Caller,
  token: string,
): Promise<StartFormRow> {
  const row = await prisma.startForm.findUnique({ where: { token } });
  if (!row) throw new OperationError('NOT_FOUND', said('refused.noForm'));
  if (row.revokedAt) throw new OperationError('GONE', said('refused.linkTakenBack'));
  if (row.expiresAt && row.expiresAt <= now()) throw new OperationError('GONE', said('refused.linkExpired'));
  if (row.signIn && !caller.user) throw new OperationError('UNAUTHENTICATED', said('refused.formSignIn'));
  return row;
}
