import { inEnglish, said } from '@rondo/shared/words/said.ts';
import { contracts as c } from './contract/index.ts';
import { defineWrite } from './defineOperation.ts';
import { giveUpDue } from './dueGivenUp.ts';
import { notFound, OperationError } from './errors.ts';

/**
 * Puts flows into a folder, the archive, or away altogether, and back; all of them or none. What is deleted can be put
 * back, as it was: versions are never changed, and runs go on naming the flow.
 */
export const flowArrange = defineWrite(
  c.flow.arrange,
  ({ flowIds, ...what }) => ({ kind: 'flow', id: flowIds[0] ?? '', details: { flowIds, ...what } }),
  async ({ tx, services, audited, afterCommit }, { flowIds, folderId, archived, removed }) => {
    if (folderId === undefined && archived === undefined && removed === undefined)
      throw new OperationError('INVALID', 'Say what to do with the flows: folderId, archived or removed.');
    if (folderId && !(await tx.flowFolder.findUnique({ where: { id: folderId } }))) throw notFound('folder');
    const ids = [...new Set(flowIds)];
    await tx.$queryRaw`SELECT 1 AS locked FROM flow WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
    const flows = await tx.flow.findMany({
      where: { id: { in: ids } },
      select: { id: true, name: true },
      orderBy: { id: 'asc' },
    });
    if (flows.length < ids.length) throw notFound('flow');
    audited({ name: namesOf(flows.map((flow) => flow.name)) });
    const now = services.now();
    // By SQL: where a flow stands in lists says nothing about when it was worked on.
    if (folderId !== undefined)
      await tx.$executeRaw`UPDATE flow SET folder_id = ${folderId}::uuid WHERE id = ANY(${ids}::uuid[])`;
    if (removed === true)
      await tx.$executeRaw`UPDATE flow SET removed_at = ${now}, archived_at = coalesce(archived_at, ${now})
        WHERE id = ANY(${ids}::uuid[]) AND removed_at IS NULL`;
    // What was in the archive before goes back there.
    if (removed === false)
      await tx.$executeRaw`UPDATE flow SET removed_at = NULL,
          archived_at = CASE WHEN archived_at < removed_at THEN archived_at END
        WHERE id = ANY(${ids}::uuid[]) AND removed_at IS NOT NULL`;
    if (archived === true)
      await tx.$executeRaw`UPDATE flow SET archived_at = coalesce(archived_at, ${now}) WHERE id = ANY(${ids}::uuid[])`;
    if (archived === false)
      await tx.$executeRaw`UPDATE flow SET archived_at = NULL WHERE id = ANY(${ids}::uuid[]) AND removed_at IS NULL`;
    if (removed || archived) {
      const why = inEnglish(said(removed ? 'fire.flowDeleted' : 'fire.flowArchived'));
      for (const flowId of ids) await giveUpDue(tx, { flowId }, now, why);
      await tx.schedule.updateMany({
        where: { flowId: { in: ids } },
        data: { enabled: false, nextFireAt: null, nextMakeAt: null },
      });
    }
    afterCommit(() => services.documents.forgetPublished());
    for (const id of ids) afterCommit(() => services.live.tell({ kind: 'flow', id, flowId: id }));
    return { flows: ids.length };
  },
);

const namedInAudit = 5;

/** The first names, and how many more. */
function namesOf(names: string[]): string {
  const more = names.length - namedInAudit;
  return names.slice(0, namedInAudit).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
