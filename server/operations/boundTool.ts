import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Pool } from 'pg';

/** What a ServerTool of that name does in the workspace: an OAS tool; undefined = nothing here. */
export async function boundTool(pool: Pool, name: string): Promise<JsonObject | undefined> {
  const { rows } = await pool.query<{ component: string }>({
    name: 'rondo_tool',
    text: `SELECT component FROM tool WHERE name = $1 AND scope_kind = 'workspace' AND scope_id = 'workspace'`,
    values: [name],
  });
  return rows[0] && (JSON.parse(rows[0].component) as JsonObject);
}
