import { isObject, type Json, type JsonObject } from '@rondo/shared/oas/json.ts';
import { titleOf } from '@rondo/shared/oas/properties.ts';
import type { Actor, RunError } from '@rondo/shared/runs/events.ts';
import { type Said, said, sentence } from '@rondo/shared/words/said.ts';
import type { PoolClient } from 'pg';
import { StepError } from '../engine/ports.ts';
import { LargeValues } from '../journal/largeValues.ts';
import type { EndedRow, RunEndHandler } from '../work/runEnds.ts';
import { startInside } from '../work/startInside.ts';
import type { Documents } from './documents.ts';
import { OperationError } from './errors.ts';
import { checkedInputs, startInputs } from './runInputs.ts';

export interface LinkFollower {
  documents: Documents;
  /** gives large values of the run that has ended; absent = those in the database */
  large?: LargeValues;
  /** evaluates JSONata in the sandbox. @throws {Error} in plain words */
  formula(expression: string, values: JsonObject): Promise<Json>;
}

/** Flows that start flows that start flows: a longer line is a circle that somebody has made. */
export const longestLine = 20;

interface LinkRow {
  id: string;
  target_flow_id: string;
  states: string;
  filter: string;
  mapping: string;
}

interface SourceRow {
  number: string;
  flow_name: string;
  version_number: number | null;
  inputs: string;
  outputs: string | null;
  error: string | null;
}

/**
 * Starts the flows that are linked to the flow of a run that has ended, each once for this run: what came of it is on
 * record in the transaction that takes the run out of the outbox. Test runs of a draft are followed by nothing.
 */
export function followLinks(follower: LinkFollower): RunEndHandler {
  return async (client, ended) => {
    if (ended.flowId === null) return [];
    const { rows: links } = await client.query<LinkRow>(
      `SELECT id, target_flow_id, states, filter, mapping FROM flow_link
       WHERE source_flow_id = $1 AND enabled ORDER BY created_at`,
      [ended.flowId],
    );
    const wanted = links.filter((link) => link.states.split(',').includes(ended.state));
    if (wanted.length === 0) return [];
    const { rows } = await client.query<SourceRow>(
      'SELECT number, flow_name, version_number, inputs, outputs, error FROM run WHERE id = $1',
      [ended.runId],
    );
    const source = rows[0];
    if (!source || source.version_number === null) return [];
    const wake: string[] = [];
    for (const link of wanted) {
      const runId = await followOne(client, follower, link, ended, source);
      if (runId !== undefined) wake.push(runId);
    }
    return wake;
  };
}

/** @returns the run that it started */
async function followOne(
  client: PoolClient,
  follower: LinkFollower,
  link: LinkRow,
  ended: EndedRow,
  source: SourceRow,
): Promise<string | undefined> {
  const { rowCount } = await client.query(
    `INSERT INTO flow_link_fire (link_id, source_run_id, outcome, reason) VALUES ($1, $2, 'skipped', NULL)
     ON CONFLICT DO NOTHING`,
    [link.id, ended.runId],
  );
  if (rowCount === 0) return undefined;
  const result = await startLinked(client, follower, link, ended, source);
  await client.query(
    `UPDATE flow_link_fire SET outcome = $3, reason = $4, run_id = $5, reason_said = $6
     WHERE link_id = $1 AND source_run_id = $2`,
    'runId' in result
      ? [link.id, ended.runId, 'run', null, result.runId, null]
      : [link.id, ended.runId, 'skipped', sentence(result.skipped), null, JSON.stringify(result.skipped)],
  );
  return 'runId' in result ? result.runId : undefined;
}

async function startLinked(
  client: PoolClient,
  follower: LinkFollower,
  link: LinkRow,
  ended: EndedRow,
  source: SourceRow,
): Promise<{ runId: string } | { skipped: Said }> {
  if ((await lineOf(client, ended.runId)) >= longestLine)
    return { skipped: said('link.circles', { count: longestLine }) };
  const published = await follower.documents.published(link.target_flow_id);
  if (!published) return { skipped: said('link.unpublished') };
  const { document } = published;
  let inputs: JsonObject;
  try {
    const values = await valuesOf(follower.large ?? new LargeValues(client), ended, source);
    if (link.filter !== '' && (await follower.formula(link.filter, values)) !== true)
      return { skipped: said('link.condition') };
    inputs = checkedInputs(document, await mapped(follower, link, values, document));
  } catch (error) {
    // What the formulas or the flow refuse is the link's to tell; everything else is a fault of ours.
    if (!(error instanceof OperationError) && !isFormulaError(error)) throw error;
    return { skipped: error.said ?? said('call.mappingFailed', { reason: error.message }) };
  }
  const actor: Actor = { kind: 'run', id: ended.runId, name: `${source.flow_name} ${source.number}` };
  const { runId } = await startInside(client, {
    ...published,
    actor,
    trigger: 'flow',
    inputs,
    startKey: `link ${link.id} ${ended.runId}`,
    originId: link.id,
  });
  return { runId };
}

function isFormulaError(error: unknown): error is StepError {
  return error instanceof StepError && error.code === 'FORMULA_FAILED';
}

/** An error as a value that flows on. */
function errorValue(error: RunError): Json {
  const { context: _context, said: _said, ...value } = error;
  return value;
}

async function valuesOf(large: LargeValues, ended: EndedRow, source: SourceRow): Promise<JsonObject> {
  return {
    inputs: await large.restoredValues(ended.runId, JSON.parse(source.inputs)),
    outputs: await large.restoredValues(ended.runId, source.outputs === null ? {} : JSON.parse(source.outputs)),
    error: source.error === null ? null : errorValue(JSON.parse(source.error)),
    run: { id: ended.runId, number: Number(source.number), state: ended.state, flow: source.flow_name },
  };
}

/** The inputs of the new run; without a mapping, the outputs that have the name of an input. */
async function mapped(
  follower: LinkFollower,
  link: LinkRow,
  values: JsonObject,
  document: JsonObject,
): Promise<JsonObject> {
  if (link.mapping !== '') {
    const inputs = await follower.formula(link.mapping, values);
    if (isObject(inputs)) return inputs;
    throw new OperationError('INVALID', said('call.mappingNoObject'));
  }
  const outputs = isObject(values.outputs) ? values.outputs : {};
  const names = new Set(startInputs(document).map(titleOf));
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => names.has(name)));
}

/** How many links in a row have led to this run. */
async function lineOf(client: PoolClient, runId: string): Promise<number> {
  const { rows } = await client.query<{ length: number }>(
    `WITH RECURSIVE line AS (
       SELECT source_run_id, 1 AS length FROM flow_link_fire WHERE run_id = $1
       UNION ALL
       SELECT fire.source_run_id, length + 1 FROM line JOIN flow_link_fire fire ON fire.run_id = line.source_run_id
       WHERE length < ${longestLine}
     ) SELECT coalesce(max(length), 0)::int AS length FROM line`,
    [runId],
  );
  return rows[0]?.length ?? 0;
}
