import { type Actor, type WaitAnswer, withoutContext } from '@rondo/shared/runs/events.ts';
import { contentOf } from '../journal/largeValues.ts';
import { shareContent } from '../journal/runContent.ts';
import { answerInside } from './answers.ts';
import { requestCancel } from './cancel.ts';
import { readObject } from './options.ts';
import type { RunEndHandler } from './runEnds.ts';

/** Tells the step that started a run how it ended. */
export const answerParent: RunEndHandler = async (client, { runId, state }) => {
  const { rows } = await client.query<{
    number: string;
    flow_name: string;
    parent_run_id: string;
    parent_wait_id: string;
    outputs: string | null;
    error: string | null;
  }>(
    `SELECT number, flow_name, parent_run_id, parent_wait_id, outputs, error FROM run
     WHERE id = $1 AND parent_run_id IS NOT NULL AND parent_wait_id IS NOT NULL`,
    [runId],
  );
  const run = rows[0];
  if (!run) return [];
  const actor: Actor = { kind: 'run', id: runId, name: `${run.flow_name} ${run.number}` };
  const outputs = run.outputs === null ? {} : readObject(run.outputs);
  await shareContent(client, runId, run.parent_run_id, contentOf(outputs));
  const answer: WaitAnswer = {
    kind: 'run',
    state,
    outputs,
    ...(run.error !== null && { error: withoutContext(JSON.parse(run.error)) }),
  };
  const given = { runId: run.parent_run_id, waitId: run.parent_wait_id, answer, actor };
  return (await answerInside(client, given)) ? [run.parent_run_id] : [];
};

/**
 * What a run has started and waited for goes with it: runs that nobody waits for any more are cancelled. Those that are
 * under way elsewhere get word of it; their own ends see to their children.
 */
export const cancelChildren: RunEndHandler = async (client, { runId, state }) => {
  if (state === 'succeeded') return [];
  const { rows } = await client.query<{ id: string; flow_name: string; number: string }>(
    `SELECT child.id, parent.flow_name, parent.number FROM run AS child JOIN run AS parent ON parent.id = $1
     WHERE child.parent_run_id = $1 AND child.parent_wait_id IS NOT NULL
       AND child.state IN ('queued', 'running', 'waiting')`,
    [runId],
  );
  for (const row of rows) {
    await requestCancel(client, row.id, { kind: 'run', id: runId, name: `${row.flow_name} ${row.number}` });
  }
  return [];
};
