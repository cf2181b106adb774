import { contentHash } from '@rondo/shared/oas/hash.ts';
import type { FlowSettings } from '@rondo/shared/runs/settings.ts';
import type { RunState } from '@rondo/shared/runs/states.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { FlowSummary } from './contract/flow.ts';
import { contracts as c } from './contract/index.ts';
import { defineRead } from './defineOperation.ts';
import type { Documents } from './documents.ts';
import { notFound, OperationError } from './errors.ts';
import { ownHistory } from './flowHistory.ts';
import { nameIn } from './queuedWhy.ts';
import { type StepSign, stepSigns } from './stepSigns.ts';

interface FlowRow {
  id: string;
  slug: string;
  name: string;
  description: string;
  draft_seq: number;
  published_number: number | null;
  mcp_tool: string | null;
  changed: boolean;
  updated_at: Date;
  archived_at: Date | null;
  run_id: string | null;
  run_state: RunState | null;
  run_at: Date | null;
  next_fire_at: Date | null;
}

/** Summaries of flows, the newest work first. */
export async function flowSummaries(
  prisma: PrismaClient,
  documents: Documents,
  wanted: { search?: string; archived: boolean; limit: number },
): Promise<FlowSummary[]> {
  const pattern = wanted.search ? `%${wanted.search.replace(/[\\%_]/g, '\\$&')}%` : '%';
  const rows = await prisma.$queryRaw<FlowRow[]>`
    SELECT f.id, f.slug, f.name, f.description, f.draft_seq, f.published_number, f.mcp_tool, f.updated_at, f.archived_at,
      v.document_hash IS DISTINCT FROM encode(sha256(convert_to(f.draft_text, 'UTF8')), 'hex') AS changed,
      r.id AS run_id, r.state AS run_state, r.created_at AS run_at,
      (SELECT min(s.next_fire_at) FROM schedule s WHERE s.flow_id = f.id AND s.enabled) AS next_fire_at
    FROM flow f
    LEFT JOIN flow_version v ON v.flow_id = f.id AND v.number = f.published_number
    LEFT JOIN LATERAL (SELECT id, state, created_at FROM run WHERE flow_id = f.id ORDER BY created_at DESC LIMIT 1) r ON true
    WHERE (f.archived_at IS NOT NULL) = ${wanted.archived}
      AND (f.name ILIKE ${pattern} OR f.description ILIKE ${pattern} OR f.slug ILIKE ${pattern})
    ORDER BY f.updated_at DESC, f.id LIMIT ${wanted.limit}`;
  const summaries: FlowSummary[] = [];
  for (const row of rows) {
    const signs = await stepsOf(prisma, documents, row.id, row.draft_seq);
    summaries.push({
      id: row.id,
      slug: row.slug,
      name: row.name,
      description: row.description,
      steps: signs.length,
      signs: signs.slice(0, mostSigns),
      publishedNumber: row.published_number,
      mcpTool: row.mcp_tool,
      draftSeq: row.draft_seq,
      hasUnpublishedChanges: row.changed,
      lastRun:
        row.run_id && row.run_state && row.run_at
          ? { id: row.run_id, state: row.run_state, at: row.run_at.toISOString() }
          : null,
      nextFireAt: row.next_fire_at?.toISOString() ?? null,
      updatedAt: row.updated_at.toISOString(),
      archivedAt: row.archived_at?.toISOString() ?? null,
    });
  }
  return summaries;
}

const steps = new Map<string, StepSign[]>();
const mostSigns = 6;

/** The steps that a draft draws; looked at once for each state of a draft. */
async function stepsOf(prisma: PrismaClient, documents: Documents, id: string, seq: number): Promise<StepSign[]> {
  const key = `${id} ${seq}`;
  const known = steps.get(key);
  if (known !== undefined) return known;
  const flow = await prisma.flow.findUnique({ where: { id }, select: { id: true, draftSeq: true, draftText: true } });
  const signs = flow ? stepSigns(documents.draft(flow)) : [];
  if (steps.size > 10_000) steps.clear();
  steps.set(key, signs);
  return signs;
}

export const flowList = defineRead(c.flow.list, async ({ prisma, services }, input) => ({
  flows: await flowSummaries(prisma, services.documents, {
    search: input.search,
    archived: input.archived ?? false,
    limit: 500,
  }),
}));

export const flowGet = defineRead(c.flow.get, async ({ prisma, caller }, input) => {
  const flow = await prisma.flow.findUnique({ where: { id: input.flowId } });
  if (!flow) throw notFound('flow');
  const [version, history] = await Promise.all([
    flow.publishedNumber === null
      ? null
      : prisma.flowVersion.findUnique({ where: { flowId_number: { flowId: flow.id, number: flow.publishedNumber } } }),
    ownHistory(prisma, flow.id, caller.user?.id ?? ''),
  ]);
  const publishedHash = version?.documentHash ?? null;
  return {
    id: flow.id,
    slug: flow.slug,
    name: flow.name,
    description: flow.description,
    text: flow.draftText,
    seq: flow.draftSeq,
    publishedNumber: flow.publishedNumber,
    publishedHash,
    mcpTool: flow.mcpTool,
    hasUnpublishedChanges: publishedHash !== (await contentHash(flow.draftText)),
    paused: flow.pausedAt ? { at: flow.pausedAt.toISOString(), byName: nameIn(flow.pausedBy) ?? '' } : null,
    settings: JSON.parse(flow.settings) as FlowSettings,
    undo: history.undo ? { label: history.undo.label } : null,
    redo: history.redo ? { label: history.redo.label } : null,
    savedAt: flow.updatedAt.toISOString(),
  };
});

/** Shorter values may be ordinary words of a document, which leaves as it came (G6). */
const shortestInDocument = 12;

export const flowExport = defineRead(c.flow.export, async ({ prisma, services }, input) => {
  const flow = await prisma.flow.findUnique({ where: { id: input.flowId } });
  if (!flow) throw notFound('flow');
  const text = input.version === undefined ? flow.draftText : (await versionOf(prisma, flow.id, input.version)).text;
  // G7: a document names secrets and does not hold them, unless somebody typed one in: then it is taken out.
  const clean = services.secrets.scrub(text, shortestInDocument);
  const ending = /^\uFEFF?\s*[{[]/.test(clean) ? 'json' : 'yaml';
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
