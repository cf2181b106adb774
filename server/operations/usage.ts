import { contracts as c } from './contract/index.ts';
import { mostCounted } from './contract/usage.ts';
import { defineRead } from './defineOperation.ts';
import { idCursor } from './idCursor.ts';
import { likePattern } from './likePattern.ts';
import { nameCursor, readNameCursor } from './nameCursor.ts';

const page = 100;

/** How many use a thing of a kind, as SQL; enough of them are not counted on. @param name SQL of its name */
export function usesSql(kind: 'tool' | 'secret' | 'model', name: string): string {
  return `(SELECT count(*)::int FROM (
    SELECT DISTINCT user_id FROM usage WHERE usage.kind = '${kind}' AND usage.name = ${name} LIMIT ${mostCounted}) AS u)`;
}

/** Conditions on what is used by somebody, by nobody, or by one flow, as SQL. @param name SQL of its name */
export function usedConditions(
  kind: 'tool' | 'secret',
  name: string,
  { used, flowId }: { used?: 'yes' | 'no' | undefined; flowId?: string | undefined },
  add: (value: unknown) => string,
): string[] {
  const parts: string[] = [];
  const any = `EXISTS (SELECT 1 FROM usage WHERE usage.kind = '${kind}' AND usage.name = ${name})`;
  if (used) parts.push(used === 'yes' ? any : `NOT ${any}`);
  if (flowId)
    parts.push(
      `${name} IN (SELECT usage.name FROM usage WHERE user_id = ${add(flowId)}::uuid AND usage.kind = '${kind}')`,
    );
  return parts;
}

interface UserRow {
  id: string;
  flow_name: string | null;
  tool_name: string | null;
  draft: boolean;
  published: boolean;
  archived: boolean;
  removed: boolean;
}

export const usageList = defineRead(c.usage.list, async ({ services }, { kind, name, cursor, limit = page }) => {
  const { pool } = services.store;
  const { rows } = await pool.query<UserRow>(
    `SELECT u.id, flow.name AS flow_name, tool.name AS tool_name, draft, published,
       flow.archived_at IS NOT NULL AS archived, flow.removed_at IS NOT NULL AS removed
     FROM (
       SELECT user_id AS id, bool_or(place = 'draft') AS draft, bool_or(place = 'published') AS published
       FROM usage WHERE kind = $1 AND name = $2 AND ($3::uuid IS NULL OR user_id > $3::uuid)
       GROUP BY user_id ORDER BY user_id LIMIT $4
     ) AS u
     LEFT JOIN flow ON flow.id = u.id LEFT JOIN tool ON tool.id = u.id ORDER BY u.id`,
    [kind, name, idCursor(cursor) ?? null, limit + 1],
  );
  const shown = rows.slice(0, limit);
  return {
    users: shown.map((row) => ({
      id: row.id,
      kind: row.tool_name === null ? ('flow' as const) : ('tool' as const),
      name: row.flow_name ?? row.tool_name ?? '',
      draft: row.draft,
      published: row.published,
      state: row.removed ? ('removed' as const) : row.archived ? ('archived' as const) : ('active' as const),
    })),
    nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
});

export const modelList = defineRead(c.model.list, async ({ services }, { search, cursor, limit = page }) => {
  const { pool } = services.store;
  const text = search?.trim();
  const { rows } = await pool.query<{ name: string; uses: number }>(
    `SELECT name, ${usesSql('model', 'm.name')} AS uses FROM (
       SELECT DISTINCT name FROM usage WHERE kind = 'model' AND ($1::text IS NULL OR name ILIKE $1)
         AND ($2::text IS NULL OR name > $2) ORDER BY name LIMIT $3
     ) AS m ORDER BY name`,
    [text ? likePattern(text) : null, readNameCursor(cursor) ?? null, limit + 1],
  );
  const shown = rows.slice(0, limit);
  return { models: shown, nextCursor: rows.length > limit ? nameCursor(shown.at(-1)?.name ?? '') : null };
});
