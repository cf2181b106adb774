import { contentHash } from '@rondo/shared/oas/hash.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { type Assignment, isForEveryone } from '@rondo/shared/runs/assignment.ts';
import type { FlowSettings } from '@rondo/shared/runs/settings.ts';
import { said } from '@rondo/shared/words/said.ts';
import { allows } from '../access/permissions.ts';
import type { Transaction } from '../store/store.ts';
import { contracts as c } from './contract/index.ts';
import { defineWrite } from './defineOperation.ts';
import { parsed, refuseErrors } from './documents.ts';
import { OperationError } from './errors.ts';
import { lockFlow, refuseArchived } from './flowEdit.ts';
import { namesOf, testsNotPassed } from './pinnedTests.ts';

export const flowPublish = defineWrite(
  c.flow.publish,
  (input, output) => ({
    kind: 'flow',
    id: input.flowId,
    details: output ? { number: output.number, hash: output.hash } : {},
  }),
  async ({ tx, caller, services, audited, afterCommit }, input) => {
    const flow = await lockFlow(tx, input.flowId);
    audited({ name: flow.name });
    refuseArchived(flow);
    if (input.baseSeq !== flow.draftSeq) throw new OperationError('CONFLICT', said('refused.draftChanged'));
    // Read from the text, not from the cache: exactly these bytes become the version.
    const { tree, problems } = parsed(flow.draftText);
    refuseErrors([...problems, ...validate(tree)], said('refused.publish'));
    const hash = await contentHash(flow.draftText);
    const notPassed = await testsNotPassed(services, tx, { flowId: flow.id, hash, document: tree });
    if (notPassed.length > 0) {
      audited({ details: { testsNotPassed: notPassed.map((test) => test.name) } });
      if (!input.anyway)
        throw new OperationError('CONFLICT', said('refused.testsNotPassed', { tests: namesOf(notPassed) }));
      if (!caller.user || !allows(caller.user.role, 'flow.publishUntested'))
        throw new OperationError('FORBIDDEN', said('refused.onlyAdminUntested', { tests: namesOf(notPassed) }));
      audited({ details: { anyway: true } });
    }
    const mcpTool = await chosenTool(input.mcpTool);
    const last = await tx.flowVersion.findFirst({ where: { flowId: flow.id }, orderBy: { number: 'desc' } });
    const same = last?.documentHash === hash;
    const number = same ? last.number : (last?.number ?? 0) + 1;
    if (!same) {
      await services.documents.put(tx, flow.draftText);
      await tx.flowVersion.create({
        data: {
          flowId: flow.id,
          number,
          documentHash: hash,
          note: noteOf(input.note ?? '', notPassed),
          publishedBy: caller.user?.id ?? caller.actor.id,
          publishedByName: caller.user?.name ?? caller.actor.name,
          publishedAt: services.now(),
        },
      });
    }
    await tx.flow.update({
      where: { id: flow.id },
      data: {
        publishedNumber: number,
        ...(mcpTool === undefined ? {} : { mcpTool }),
        ...(input.runners && { settings: await withRunners(tx, flow.id, input.runners) }),
      },
      select: { id: true },
    });
    if (input.runners) audited({ details: { runners: JSON.stringify(input.runners) } });
    if (mcpTool !== undefined) audited({ details: { mcpTool } });
    afterCommit(() => {
      services.documents.forgetPublished();
      services.live.tell({ kind: 'flow', id: flow.id, flowId: flow.id });
    });
    return { number, hash };

    async function chosenTool(wanted: string | null | undefined): Promise<string | null | undefined> {
      if (typeof wanted !== 'string') return wanted;
      const other = await tx.flow.findUnique({ where: { mcpTool: wanted }, select: { id: true, name: true } });
      if (other && other.id !== input.flowId)
        throw new OperationError('CONFLICT', said('refused.mcpTaken', { flow: other.name }));
      return wanted;
    }
  },
);

/** A version that was published in spite of its tests says so. */
function noteOf(note: string, notPassed: Parameters<typeof namesOf>[0]): string {
  if (notPassed.length === 0) return note;
  return `${note} (published although these tests had not passed: ${namesOf(notPassed)})`.trim();
}

/** The settings of a flow (JSON text) with who may run it, or without where it is everyone. */
async function withRunners(tx: Transaction, id: string, runners: Assignment): Promise<string> {
  const { settings } = await tx.flow.findUniqueOrThrow({ where: { id }, select: { settings: true } });
  const { runners: _before, ...rest } = JSON.parse(settings) as FlowSettings;
  return JSON.stringify({ ...rest, ...(!isForEveryone(runners) && { runners }) });
}
