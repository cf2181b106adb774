import { said } from '@rondo/shared/words/said.ts';
import type { Caller } from '../access/caller.ts';
import { countCall } from '../triggers/callRate.ts';
import { OperationError } from './errors.ts';
import type { Services } from './services.ts';

/** What calls without a sign-in are told apart by. */
export function addressOf(caller: Caller): string {
  return caller.ip ?? 'unknown';
}

/** @throws {OperationError} TOO_MANY */
export function refuseTooMany({ calls, secondsLeft }: { calls: number; secondsLeft: number }, most: number): void {
  if (calls > most) throw new OperationError('TOO_MANY', said('refused.tooManyCalls', { seconds: secondsLeft }));
}

/**
 * Counts a call from the caller's address, over all servers.
 * @param what tells calls of several kinds apart
 * @param most in a minute
 * @throws {OperationError} TOO_MANY
 */
export async function limitCalls(services: Services, caller: Caller, what: string, most: number): Promise<void> {
  refuseTooMany(await countCall(services.store.pool, `${what} ${addressOf(caller)}`), most);
}
