import { type FlowSettings, runnersOf } from '@rondo/shared/runs/settings.ts';
import type { RunState } from '@rondo/shared/runs/states.ts';
import type { Pool } from 'pg';
import type { FlowListInput, FlowSummary } from './contract/flow.ts';
import { contracts as c } from './contract/index.ts';
import { defineRead } from './defineOperation.ts';
import type { Documents } from './documents.ts';
import { flowWords } from './flowWords.ts';
import { keysetCursor, readKeysetCursor } from './keysetCursor.ts';
import { likePattern } from './likePattern.ts';
import type { Services } from './services.ts';
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
  name_key: string;
  created_at: Date;
  updated_at: Date;
  archived_at: Date | null;
  removed_at: Date | null;
  folder_id: string | null;
  folder_name: string | null;
  owner_name: string | null;
  settings: string;
  run_id: string | null;
  run_state: RunState | null;
  run_at: Date | null;
  next_fire_at: Date | null;
}

const orders = {
  changed: {
    by: 'f.updated_at DESC, f.id DESC',
    after: (a: string, b: string) => `(f.updated_at, f.id) < (${a}::timestamptz, ${b}::uuid)`,
  },
  name: {
    by: 'lower(f.name), f.id',
    after: (a: string, b: string) => `(lower(f.name), f.id) > (${a}::text, ${b}::uuid)`,
  },
};

const lastRunOf = `SELECT id, state, created_at FROM run WHERE run.flow_id = f.id ORDER BY run.id DESC LIMIT 1`;

/** The flows that a filter means, as conditions on `f`, with their values. */
function conditionsOf(filter: FlowListInput, add: (value: unknown) => string): string[] {
  const show = filter.show ?? (filter.archived ? 'archived' : 'active');
  // The words of the partial indexes, so that they can be used.
  const parts = [show === 'active' ? 'f.archived_at IS NULL' : 'f.archived_at IS NOT NULL'];
  if (show === 'archived') parts.push('f.removed_at IS NULL');
  if (show === 'removed') parts.push('f.removed_at IS NOT NULL');
  const search = filter.search?.trim();
  if (search) parts.push(`${flowWords('f')} ILIKE ${add(likePattern(search))}`);
  if (filter.folderId === 'none') parts.push('f.folder_id IS NULL');
  else if (filter.folderId) parts.push(`f.folder_id = ${add(filter.folderId)}::uuid`);
  if (filter.published) parts.push(`f.published_number IS ${filter.published === 'yes' ? 'NOT NULL' : 'NULL'}`);
  if (filter.createdBy) parts.push(`f.created_by = ${add(filter.createdBy)}`);
  if (filter.lastRun === 'never') parts.push('NOT EXISTS (SELECT 1 FROM run WHERE run.flow_id = f.id)');
  else if (filter.lastRun) {
    const state = add(filter.lastRun);
    // Few runs are in any state but this one: they say at once which flows come into question.
    if (filter.lastRun !== 'succeeded')
      parts.push(`f.id IN (SELECT flow_id FROM run WHERE state = ${state} AND state <> 'succeeded')`);
    parts.push(`(SELECT state FROM run WHERE run.flow_id = f.id ORDER BY run.id DESC LIMIT 1) = ${state}`);
  }
  return parts;
}

/**
 * One piece of the flows that a filter means, in its order.
 * @throws {OperationError} INVALID for a cursor of another list
 */
export async function flowPage(
  { store, documents }: Pick<Services, 'store' | 'documents'>,
  filter: FlowListInput & { limit: number },
): Promise<{ flows: FlowSummary[]; nextCursor: string | null }> {
  const values: unknown[] = [];
  const add = (value: unknown) => `$${values.push(value)}`;
  const conditions = conditionsOf(filter, add);
  const order = orders[filter.sort ?? 'changed'];
  const after = readKeysetCursor(filter.cursor);
  if (after) conditions.push(order.after(add(after.value), add(after.id)));
  // The page is chosen first: what is drawn of a flow is looked up for its rows alone.
  const { rows } = await store.pool.query<FlowRow>(
    `WITH page AS MATERIALIZED (
       SELECT f.id FROM flow f WHERE ${conditions.join(' AND ')} ORDER BY ${order.by} LIMIT ${add(filter.limit + 1)}
     )
     SELECT f.id, f.slug, f.name, lower(f.name) AS name_key, f.description, f.draft_seq, f.published_number, f.mcp_tool, f.settings, f.created_at,
       f.updated_at, f.archived_at, f.removed_at, f.folder_id, d.name AS folder_name, u.name AS owner_name,
       v.document_hash IS DISTINCT FROM encode(sha256(convert_to(f.draft_text, 'UTF8')), 'hex') AS changed,
       r.id AS run_id, r.state AS run_state, r.created_at AS run_at,
       (SELECT min(s.next_fire_at) FROM schedule s WHERE s.flow_id = f.id AND s.enabled) AS next_fire_at
     FROM page JOIN flow f ON f.id = page.id
     LEFT JOIN flow_folder d ON d.id = f.folder_id
     LEFT JOIN "user" u ON u.id = f.created_by
     LEFT JOIN flow_version v ON v.flow_id = f.id AND v.number = f.published_number
     LEFT JOIN LATERAL (${lastRunOf}) r ON true
     ORDER BY ${order.by}`,
    values,
  );
  const shown = rows.slice(0, filter.limit);
  const signs = await stepsOf(store.pool, documents, shown);
  const last = rows.length > filter.limit ? shown.at(-1) : undefined;
  const value = filter.sort === 'name' ? last?.name_key : last?.updated_at.toISOString();
  return {
    flows: shown.map((row) => summaryOf(row, signs.get(row.id) ?? [])),
    nextCursor: last && value !== undefined ? keysetCursor({ value, id: last.id }) : null,
  };
}

const mostSigns = 6;

function summaryOf(row: FlowRow, signs: StepSign[]): FlowSummary {
  const { run_id, run_state, run_at } = row;
  return {
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
    lastRun: run_id && run_state && run_at ? { id: run_id, state: run_state, at: run_at.toISOString() } : null,
    nextFireAt: row.next_fire_at?.toISOString() ?? null,
    folder: row.folder_id && row.folder_name !== null ? { id: row.folder_id, name: row.folder_name } : null,
    ownerName: row.owner_name,
    runners: runnersOf(JSON.parse(row.settings) as FlowSettings) ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    archivedAt: row.archived_at?.toISOString() ?? null,
    removedAt: row.removed_at?.toISOString() ?? null,
  };
}

const known = new Map<string, StepSign[]>();
const mostKnown = 10_000;

/** The steps that drafts draw, by flow; looked at once for each state of a draft. */
async function stepsOf(
  pool: Pool,
  documents: Documents,
  flows: { id: string; draft_seq: number }[],
): Promise<Map<string, StepSign[]>> {
  const missing = flows.filter((flow) => !known.has(`${flow.id} ${flow.draft_seq}`)).map((flow) => flow.id);
  if (known.size + missing.length > mostKnown) known.clear();
  const { rows } =
    missing.length === 0
      ? { rows: [] }
      : await pool.query<{ id: string; draft_seq: number; draft_text: string }>(
          'SELECT id, draft_seq, draft_text FROM flow WHERE id = ANY($1::uuid[])',
          [missing],
        );
  for (const row of rows) {
    const draft = documents.draft({ id: row.id, draftSeq: row.draft_seq, draftText: row.draft_text });
    known.set(`${row.id} ${row.draft_seq}`, stepSigns(draft));
  }
  return new Map(flows.map((flow) => [flow.id, known.get(`${flow.id} ${flow.draft_seq}`) ?? []]));
}

const most = 500;

export const flowList = defineRead(c.flow.list, ({ services }, { limit = most, ...filter }) =>
  flowPage(services, { ...filter, limit }),
);

const fewNames = 50;

interface NameRow {
  id: string;
  name: string;
  slug: string;
  published_number: number | null;
  archived: boolean;
}

export const flowNames = defineRead(
  c.flow.names,
  async ({ services }, { search, flowIds = [], slugs = [], published = false, without = [], limit = fewNames }) => {
    const text = search?.trim();
    const columns = 'f.id, f.name, f.slug, f.published_number, f.archived_at IS NOT NULL AS archived';
    const { rows } = await services.store.pool.query<NameRow>(
      `(SELECT ${columns} FROM flow f WHERE f.id = ANY($1::uuid[]) OR f.slug = ANY($4::text[]))
       UNION
       (SELECT ${columns} FROM flow f
        WHERE f.archived_at IS NULL AND ($2::text IS NULL OR ${flowWords('f')} ILIKE $2)
          ${published ? 'AND f.published_number IS NOT NULL' : ''} AND f.id <> ALL ($5::uuid[])
        ORDER BY lower(f.name), f.id LIMIT $3)
       ORDER BY name`,
      [flowIds, text ? likePattern(text) : null, limit, slugs, without],
    );
    return {
      flows: rows.map(({ published_number, ...row }) => ({ ...row, publishedNumber: published_number })),
    };
  },
);
