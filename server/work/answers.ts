import type { Actor, WaitAnswer } from '@rondo/shared/runs/events.ts';
import type { KeptWait } from '../journal/rowChange.ts';
import type { Transaction } from '../store/store.ts';

export interface GivenAnswer {
  runId: string;
  waitId: string;
  answer: WaitAnswer;
  actor: Actor;
}

/**
 * Puts the answer to a wait on record, in the caller's transaction; the next segment takes it into the journal. Call
 * `Work.wake` after the commit.
 *
 * @returns false when that wait was answered already, is not open, or its run has ended
 */
export async function answerWait(tx: Transaction, { runId, waitId, answer, actor }: GivenAnswer): Promise<boolean> {
  // The lock puts answers and the segment's letting go in one order: whoever is second sees the first.
  const [run] = await tx.$queryRaw<{ state: string; waits: string | null }[]>`
    SELECT state, waits FROM run WHERE id = ${runId}::uuid FOR UPDATE`;
  if (!run || !['queued', 'running', 'waiting'].includes(run.state)) return false;
  if (run.state === 'waiting') {
    const waits: KeptWait[] = JSON.parse(run.waits ?? '[]');
    if (!waits.some((wait) => wait.id === waitId)) return false;
  }
  const written = await tx.$executeRaw`
    INSERT INTO run_answer (run_id, wait_id, answer, actor_kind, actor_id, actor_name)
    VALUES (${runId}::uuid, ${waitId}, ${JSON.stringify(answer)}, ${actor.kind}, ${actor.id}, ${actor.name})
    ON CONFLICT DO NOTHING`;
  if (written === 0) return false;
  await tx.$executeRaw`
    UPDATE run SET woken = true, wake_at = NULL,
      state = CASE WHEN state = 'waiting' THEN 'queued' ELSE state END,
      queued_at = CASE WHEN state = 'waiting' THEN now() ELSE queued_at END
    WHERE id = ${runId}::uuid`;
  return true;
}
