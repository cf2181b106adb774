import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { FlowSettings } from '@rondo/shared/runs/settings.ts';
import type { Pool } from 'pg';
import { storeDocument } from './testFlows.ts';

/** A published flow as tests of the work need it. */
export interface TestFlow {
  flowId: string;
  flowName: string;
  versionNumber: number;
  documentHash: string;
}

/** Stores a flow with one published version. */
export async function publishedFlow(
  pool: Pool,
  document: JsonObject,
  { name = 'Flow', settings = {} }: { name?: string; settings?: FlowSettings } = {},
): Promise<TestFlow> {
  const flowId = randomUUID();
  const documentHash = await storeDocument(pool, document);
  await pool.query(
    `INSERT INTO flow (id, slug, name, draft_text, source_text, published_number, settings, created_by, updated_at)
     VALUES ($1, $2, $3, '', '', 1, $4, 'tester', now())`,
    [flowId, `flow-${flowId}`, name, JSON.stringify(settings)],
  );
  await pool.query(
    `INSERT INTO flow_version (flow_id, number, document_hash, published_by, published_by_name)
     VALUES ($1, 1, $2, 'tester', 'Tester')`,
    [flowId, documentHash],
  );
  return { flowId, flowName: name, versionNumber: 1, documentHash };
}
