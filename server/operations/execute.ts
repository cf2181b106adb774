import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { errorAt, type Problem } from '@rondo/shared/oas/problems.ts';
import { said } from '@rondo/shared/words/said.ts';
import type { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import { allows } from '../access/permissions.ts';
import { appendAudit } from '../audit/append.ts';
import { StoreError, type StoreErrorCode } from '../store/store.ts';
import { issueSaid } from './contract/inputWords.ts';
import type { AuditTarget, Operation } from './defineOperation.ts';
import { type ErrorCode, OperationError } from './errors.ts';
import type { Services } from './services.ts';

/**
 * Runs an operation: checks who calls, then what came in, then does it. A write runs in one transaction with its audit
 * row; a refused write leaves a row of its own (G5). Every door calls this and nothing else.
 *
 * @throws {OperationError}
 */
export async function execute(
  operation: Operation,
  given: unknown,
  caller: Caller,
  services: Services,
): Promise<unknown> {
  const { contract } = operation;
  const parsed = contract.input.safeParse(given ?? {});
  const denied = denial(operation, caller);
  if (denied) {
    if (contract.kind === 'write' && caller.user)
      await recordRefusal(services, caller, contract.name, targetOf(operation, parsed), denied);
    throw denied;
  }
  if (!parsed.success) throw invalidInput(parsed.error);
  if (operation.audit === 'none')
    return shaped(operation, await operation.run({ caller, services, prisma: services.prisma }, parsed.data));
  try {
    if (operation.audit === 'journal') return shaped(operation, await operation.run({ caller, services }, parsed.data));
    return await write(operation, parsed.data, caller, services);
  } catch (thrown) {
    const error = fromStore(thrown);
    if (error instanceof OperationError && caller.user)
      await recordRefusal(services, caller, contract.name, targetOf(operation, parsed), error);
    throw error;
  }
}

type WriteOperation = Extract<Operation, { audit: (...args: never[]) => AuditTarget }>;

async function write(operation: WriteOperation, input: unknown, caller: Caller, services: Services): Promise<unknown> {
  const after: (() => void | Promise<void>)[] = [];
  let answer: (() => Promise<unknown>) | undefined;
  let output = await services.store.transaction(async (tx) => {
    // A conflict of two transactions is tried again: what the first try noted does not count.
    after.length = 0;
    answer = undefined;
    let actor = caller.actor;
    let more: Partial<AuditTarget> = {};
    const result = await operation.run(
      {
        caller,
        services,
        tx,
        afterCommit: (then) => after.push(then),
        answerAfterCommit: (make) => {
          answer = make;
        },
        audited: (target) => {
          more = { ...more, ...target, details: { ...more.details, ...target.details } };
        },
        actAs: (other) => {
          actor = other.actor;
        },
      },
      input,
    );
    const shown = shaped(operation, result);
    const target = operation.audit(input, shown);
    await appendAudit(tx, {
      actor,
      action: operation.contract.name,
      target: { kind: target.kind, id: more.id ?? target.id, name: more.name ?? target.name ?? '' },
      outcome: 'done',
      details: present({ ...target.details, ...more.details }),
    });
    return shown;
  });
  after.push(async () => {
    if (answer) output = shaped(operation, await answer());
  });
  for (const then of after) {
    try {
      await then();
    } catch (error) {
      // The change is durable; sweeps and the next read make up for a hint that was lost.
      services.log.warn({ error, operation: operation.contract.name }, 'something after the commit failed');
    }
  }
  return output;
}

/** Only what the contract names leaves, whatever the operation has in hand. */
function shaped(operation: Operation, output: unknown): unknown {
  return operation.contract.output.parse(output);
}

function denial(operation: Operation, caller: Caller): OperationError | undefined {
  const { access, name } = operation.contract;
  if (access === 'public') return undefined;
  if (!caller.user) return new OperationError('UNAUTHENTICATED', said('refused.signInOrKey'));
  if (allows(caller.user.role, access)) return undefined;
  return new OperationError('FORBIDDEN', said('refused.role', { role: caller.user.role, operation: name, access }));
}

function targetOf(operation: Operation, parsed: z.ZodSafeParseResult<unknown>): AuditTarget {
  const unknown = { kind: operation.contract.name.split('.')[0] ?? '', id: '' };
  if (!parsed.success || operation.audit === 'none') return unknown;
  return operation.audit === 'journal' ? operation.target(parsed.data) : operation.audit(parsed.data, undefined);
}

async function recordRefusal(
  services: Services,
  caller: Caller,
  action: string,
  target: AuditTarget,
  error: OperationError,
): Promise<void> {
  await services.store.transaction((tx) =>
    appendAudit(tx, {
      actor: caller.actor,
      action,
      target: { kind: target.kind, id: target.id, name: target.name ?? '' },
      outcome: 'refused',
      details: present({ ...target.details, code: error.code, reason: error.message.slice(0, 500) }),
    }),
  );
}

/** What is wrong with an input, each with its place. */
export function invalidInput(error: z.ZodError): OperationError {
  const problems: Problem[] = error.issues.slice(0, 50).map((issue) => {
    const pointer = issue.path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    return errorAt('INPUT', pointer, { reason: issueSaid(issue) });
  });
  const first = problems[0];
  const wrong = first?.said ?? said('input.wrong');
  const place = first?.pointer.slice(1).replaceAll('/', '.');
  return new OperationError('INVALID', place ? said('input.at', { place, wrong }) : wrong, problems);
}

const storeCodes: Partial<Record<StoreErrorCode, ErrorCode>> = {
  DUPLICATE: 'CONFLICT',
  CONFLICT: 'CONFLICT',
  REFERENCED: 'CONFLICT',
  REFUSED: 'CONFLICT',
  MISSING: 'NOT_FOUND',
  UNAVAILABLE: 'UNAVAILABLE',
};

/** What the database refused, as a refusal of ours. */
function fromStore(error: unknown): unknown {
  const code = error instanceof StoreError ? storeCodes[error.code] : undefined;
  return code && error instanceof StoreError ? new OperationError(code, error.message) : error;
}

function present(details: { [name: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(Object.entries(details).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
