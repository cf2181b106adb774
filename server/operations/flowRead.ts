import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import { contentHash } from '@rondo/shared/oas/hash.ts';
import { parseAs } from '@rondo/shared/oas/parse.ts';
import { type FlowSettings, runnersOf } from '@rondo/shared/runs/settings.ts';
import { allows } from '../access/permissions.ts';
import type { Flow, PrismaClient } from '../store/generated/client.ts';
import { contracts as c } from './contract/index.ts';
import { defineRead, type ReadContext } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';
import { ownHistory } from './flowHistory.ts';
import { nameIn } from './queuedWhy.ts';
import { mayRun } from './runners.ts';

export const flowGet = defineRead(c.flow.get, async (context, input) => {
  const flow = await context.prisma.flow.findUnique({ where: { id: input.flowId } });
  if (!flow) throw notFound('flow');
  return { ...(await stateOf(context, flow, await contentHash(flow.draftText))), text: flow.draftText };
});

/** Asked for at every change of the draft: the texts, which may be large, stay in the database. */
export const flowState = defineRead(c.flow.state, async (context, input) => {
  const { prisma } = context;
  const [flow, [draft]] = await Promise.all([
    prisma.flow.findUnique({ where: { id: input.flowId }, omit: { draftText: true, sourceText: true } }),
    prisma.$queryRaw<{ hash: string }[]>`
      SELECT encode(sha256(convert_to(draft_text, 'UTF8')), 'hex') AS hash FROM flow WHERE id = ${input.flowId}::uuid`,
  ]);
  if (!flow || !draft) throw notFound('flow');
  return stateOf(context, flow, draft.hash);
});

/** @param draftHash the content hash of the draft's text */
async function stateOf(
  { prisma, caller }: ReadContext,
  flow: Omit<Flow, 'draftText' | 'sourceText'>,
  draftHash: string,
) {
  const [version, history] = await Promise.all([
    flow.publishedNumber === null
      ? null
      : prisma.flowVersion.findUnique({ where: { flowId_number: { flowId: flow.id, number: flow.publishedNumber } } }),
    ownHistory(prisma, flow.id, caller.user?.id ?? ''),
  ]);
  const publishedHash = version?.documentHash ?? null;
  const settings = JSON.parse(flow.settings) as FlowSettings;
  return {
    id: flow.id,
    slug: flow.slug,
    name: flow.name,
    description: flow.description,
    seq: flow.draftSeq,
    publishedNumber: flow.publishedNumber,
    publishedHash,
    mcpTool: flow.mcpTool,
    hasUnpublishedChanges: publishedHash !== draftHash,
    paused: flow.pausedAt ? { at: flow.pausedAt.toISOString(), byName: nameIn(flow.pausedBy) ?? '' } : null,
    settings,
    mayRun:
      caller.user !== null &&
      allows(caller.user.role, 'run.start') &&
      (await mayRun({ prisma }, caller, runnersOf(settings))),
    undo: history.undo ? { label: history.undo.label } : null,
    redo: history.redo ? { label: history.redo.label } : null,
    savedAt: flow.updatedAt.toISOString(),
  };
}

/** Shorter values may be ordinary words of a document, which leaves as it came (G6). */
const shortestInDocument = 12;

export const flowExport = defineRead(c.flow.export, async ({ prisma, services }, input) => {
  const flow = await prisma.flow.findUnique({ where: { id: input.flowId } });
  if (!flow) throw notFound('flow');
  const text = input.version === undefined ? flow.draftText : (await versionOf(prisma, flow.id, input.version)).text;
  // G7: a document names secrets and does not hold them, unless somebody typed one in: then it is taken out.
  const clean = services.secrets.scrub(text, shortestInDocument);
  const ending = parseAs(clean, undefined).format;
  return { fileName: `${flow.slug}${input.version === undefined ? '' : `-v${input.version}`}.${ending}`, text: clean };
});

async function versionOf(
  prisma: PrismaClient,
  flowId: string,
  number: number,
): Promise<{ text: string; hash: string }> {
  const version = await prisma.flowVersion.findUnique({ where: { flowId_number: { flowId, number } } });
  if (!version) throw notFound('version');
  const document = await prisma.flowDocument.findUnique({ where: { hash: version.documentHash } });
  if (!document) throw new OperationError('INTERNAL', 'The document of this version is missing.');
  return { text: document.text, hash: version.documentHash };
}

export const flowVersions = defineRead(c.flow.versions, async ({ prisma }, input) => {
  if (!(await prisma.flow.findUnique({ where: { id: input.flowId }, select: { id: true } }))) throw notFound('flow');
  const versions = await prisma.flowVersion.findMany({ where: { flowId: input.flowId }, orderBy: { number: 'desc' } });
  return {
    versions: versions.map((version) => ({
      number: version.number,
      hash: version.documentHash,
      note: version.note,
      publishedByName: version.publishedByName,
      publishedAt: version.publishedAt.toISOString(),
    })),
  };
});

export const flowVersion = defineRead(c.flow.version, async ({ prisma }, input) =>
  versionOf(prisma, input.flowId, input.number),
);

const oneLook = 100;

export const flowHistory = defineRead(c.flow.history, async ({ prisma, caller }, input) => {
  if (!(await prisma.flow.findUnique({ where: { id: input.flowId }, select: { id: true } }))) throw notFound('flow');
  const { limit = oneLook, commands = false } = input;
  const rows = await prisma.flowEdit.findMany({
    where: {
      flowId: input.flowId,
      seq: { gt: input.after ?? 0, ...(input.before === undefined ? {} : { lt: input.before }) },
    },
    orderBy: { seq: 'desc' },
    take: limit + 1,
    omit: { commands: !commands, inverse: !commands },
  });
  return {
    edits: rows.slice(0, limit).map((row) => ({
      seq: row.seq,
      at: row.at.toISOString(),
      actorName: row.actorName,
      mine: row.actorId === (caller.user?.id ?? caller.actor.id),
      label: row.label,
      kind: row.kind as 'edit' | 'undo' | 'redo',
      of: row.of,
      gesture: row.gestureId,
      ...(commands
        ? {
            commands: JSON.parse(String(row.commands)) as EditCommand[],
            inverse: JSON.parse(String(row.inverse)) as EditCommand[],
          }
        : {}),
    })),
    more: rows.length > limit,
  };
});
