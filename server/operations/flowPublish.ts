import { contentHash } from '@rondo/shared/oas/hash.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { contracts as c } from './contract/index.ts';
import { defineWrite } from './defineOperation.ts';
import { parsed, refuseErrors } from './documents.ts';
import { OperationError } from './errors.ts';
import { lockFlow, refuseArchived } from './flowEdit.ts';

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
    if (input.baseSeq !== flow.draftSeq)
      throw new OperationError('CONFLICT', 'The draft was changed since you looked at it. Look again, then publish.');
    // Read from the text, not from the cache: exactly these bytes become the version.
    const { tree, problems } = parsed(flow.draftText);
    refuseErrors([...problems, ...validate(tree)], 'This cannot be published yet.');
    const mcpTool = await chosenTool(input.mcpTool);
    const last = await tx.flowVersion.findFirst({ where: { flowId: flow.id }, orderBy: { number: 'desc' } });
    const hash = await contentHash(flow.draftText);
    const same = last?.documentHash === hash;
    const number = same ? last.number : (last?.number ?? 0) + 1;
    if (!same) {
      await services.documents.put(tx, flow.draftText);
      await tx.flowVersion.create({
        data: {
          flowId: flow.id,
          number,
          documentHash: hash,
          note: input.note ?? '',
          publishedBy: caller.user?.id ?? caller.actor.id,
          publishedByName: caller.user?.name ?? caller.actor.name,
          publishedAt: services.now(),
        },
      });
    }
    await tx.flow.update({
      where: { id: flow.id },
      data: { publishedNumber: number, ...(mcpTool === undefined ? {} : { mcpTool }) },
    });
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
        throw new OperationError('CONFLICT', `“${other.name}” is shown to MCP clients under this name already.`);
      return wanted;
    }
  },
);
