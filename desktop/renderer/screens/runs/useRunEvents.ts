import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { isTerminal, type RunState } from '@rondo/shared/runs/states.ts';
import { useEffect, useMemo, useState } from 'react';
import type { ApiError } from '../../api/errors.ts';
import { useRead } from '../../api/queries.ts';
import { followRun } from '../../flow/flowApi.ts';

type Numbered = RunEvent & { seq: number };

export interface RunEvents {
  events: Numbered[] | undefined;
  error: ApiError | null;
  retry: () => void;
}

/** The whole journal of a run, and what is added while one looks. */
export function useRunEvents(runId: string, state: RunState | undefined): RunEvents {
  const base = useRead('run', 'events', { runId });
  const [live, setLive] = useState<Numbered[]>([]);
  const over = state !== undefined && isTerminal(state);
  useEffect(() => {
    if (over) return;
    return followRun(
      runId,
      (batch) => setLive((old) => [...old, ...batch.events]),
      // the subscription comes back by itself; until then the list is asked for again by other changes
      (error) => console.warn('The live view of the run was interrupted.', error),
    );
  }, [runId, over]);
  const events = useMemo(() => {
    if (!base.data) return live.length > 0 ? inOrder(live) : undefined;
    return inOrder([...base.data.events, ...live]);
  }, [base.data, live]);
  return { events, error: base.error, retry: () => void base.refetch() };
}

/** Each event once, by its number. */
export function inOrder(events: readonly Numbered[]): Numbered[] {
  const bySeq = new Map(events.map((event) => [event.seq, event]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}
