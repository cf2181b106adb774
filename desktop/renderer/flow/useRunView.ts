import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { RunView } from '@rondo/shared/runs/fold.ts';
import { fold, foldMore } from '@rondo/shared/runs/fold.ts';
import { isTerminal } from '@rondo/shared/runs/states.ts';
import { useEffect, useState } from 'react';
import { followRun } from './flowApi.ts';

/** Follows a run live: its events folded so far. Null while nothing is known, or when no run is asked for. */
export function useRunView(runId: string | null): RunView | null {
  const [state, setState] = useState<{ runId: string; view: RunView } | null>(null);
  useEffect(() => {
    if (!runId) return;
    let view: RunView | null = null;
    let seen = -1;
    let stop: (() => void) | null = null;
    stop = followRun(
      runId,
      (batch) => {
        const fresh: RunEvent[] = batch.events.filter((event) => event.seq > seen);
        seen = batch.events.reduce((last, event) => Math.max(last, event.seq), seen);
        if (fresh.length === 0) return;
        view = view ? foldMore(view, fresh) : fold(fresh);
        setState({ runId, view });
        if (isTerminal(view.state)) stop?.();
      },
      // the subscription goes on by itself when the connection is back
      (error) => console.warn('The live view of the run was interrupted.', error),
    );
    return () => stop?.();
  }, [runId]);
  return state && state.runId === runId ? state.view : null;
}
