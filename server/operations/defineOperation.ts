import type { Json } from '@rondo/shared/oas/json.ts';
import type { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { Transaction } from '../store/store.ts';
import type { Contract } from './contract/contract.ts';
import type { Services } from './services.ts';

/** What the audit row of a write is about. `id` of something new is known only from the output. */
export interface AuditTarget {
  kind: string;
  id: string;
  name?: string;
  /** never a secret's value, never a person's password, never a whole document */
  details?: { [name: string]: Json | undefined };
}

export interface ReadContext {
  caller: Caller;
  services: Services;
  prisma: PrismaClient;
}

export interface WriteContext<O = unknown> {
  caller: Caller;
  services: Services;
  /** everything that a write changes is changed through this, so that its audit row stands or falls with it */
  tx: Transaction;
  /** runs after the commit: waking a run, telling who watches */
  afterCommit(then: () => void | Promise<void>): void;
  /** the answer, where it is known only after the commit; without it, or when it fails, what `run` gave is the answer */
  answerAfterCommit(make: () => Promise<O>): void;
  /** adds to the audit row what the input does not say, such as the name of what was changed */
  audited(target: Partial<AuditTarget>): void;
  /** names who acts, where the caller is nobody yet (setup, invitation) */
  actAs(caller: Caller): void;
}

export interface JournaledContext {
  caller: Caller;
  services: Services;
}

interface ReadOperation<I extends z.ZodType, O extends z.ZodType> {
  contract: Contract<I, O>;
  audit: 'none';
  run(context: ReadContext, input: z.output<I>): Promise<z.output<O>>;
}

interface WriteOperation<I extends z.ZodType, O extends z.ZodType> {
  contract: Contract<I, O>;
  audit: (input: z.output<I>, output: z.output<O> | undefined) => AuditTarget;
  run(context: WriteContext<z.output<O>>, input: z.output<I>): Promise<z.output<O>>;
}

/** A write whose record is the run's journal: its first event names who did it. Only for the hot path. */
interface JournaledOperation<I extends z.ZodType, O extends z.ZodType> {
  contract: Contract<I, O>;
  audit: 'journal';
  target: (input: z.output<I>) => AuditTarget;
  run(context: JournaledContext, input: z.output<I>): Promise<z.output<O>>;
}

export type Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> =
  | ReadOperation<I, O>
  | WriteOperation<I, O>
  | JournaledOperation<I, O>;

/**
 * A use case: what it does beside its contract. Authorisation comes from the contract and the audit row from `audit`,
 * both in `execute`, so that no operation can forget them. A write without `audit` does not compile.
 */
export function defineRead<I extends z.ZodType, O extends z.ZodType>(
  contract: Contract<I, O>,
  run: ReadOperation<I, O>['run'],
): Operation {
  return erased({ contract, audit: 'none', run });
}

export function defineWrite<I extends z.ZodType, O extends z.ZodType>(
  contract: Contract<I, O>,
  audit: WriteOperation<I, O>['audit'],
  run: WriteOperation<I, O>['run'],
): Operation {
  return erased({ contract, audit, run });
}

export function defineJournaled<I extends z.ZodType, O extends z.ZodType>(
  contract: Contract<I, O>,
  target: JournaledOperation<I, O>['target'],
  run: JournaledOperation<I, O>['run'],
): Operation {
  return erased({ contract, audit: 'journal', target, run });
}

/** The registry holds operations of all types; each gets only what its own input schema let through. */
function erased<I extends z.ZodType, O extends z.ZodType>(operation: Operation<I, O>): Operation {
  return operation as unknown as Operation;
}
