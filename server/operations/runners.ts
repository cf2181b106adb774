import type { Assignment } from '@rondo/shared/runs/assignment.ts';
import { said } from '@rondo/shared/words/said.ts';
import type { Caller } from '../access/caller.ts';
import { allows } from '../access/permissions.ts';
import { assignedWords, isNamed } from './assignees.ts';
import { OperationError } from './errors.ts';
import type { Services } from './services.ts';

/** Whether a caller may run a flow: they are named, or in a group that is, or may run any flow. */
export async function mayRun(
  { prisma }: Pick<Services, 'prisma'>,
  caller: Pick<Caller, 'user'>,
  runners: Assignment | undefined,
): Promise<boolean> {
  if (runners === undefined || (caller.user && allows(caller.user.role, 'run.startAny'))) return true;
  return isNamed(prisma, caller, { forPeople: runners.people, forGroups: runners.groups });
}

/** @throws {OperationError} FORBIDDEN, naming who may */
export async function refuseRunner(
  services: Pick<Services, 'prisma'>,
  caller: Pick<Caller, 'user'>,
  runners: Assignment | undefined,
): Promise<void> {
  if (runners === undefined || (await mayRun(services, caller, runners))) return;
  const names = assignedWords({ forPeople: runners.people, forGroups: runners.groups });
  throw new OperationError('FORBIDDEN', said('refused.runner', { names }));
}
