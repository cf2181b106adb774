import { fold, type RunView } from '@rondo/shared/runs/fold.ts';
import { useMemo } from 'react';
import type { ApiError } from '../../../api/errors.ts';
import { type Outputs, useRead } from '../../../api/queries.ts';
import { useRunEvents } from '../useRunEvents.ts';

/** A run that is compared: what is known of it, and what it did. */
export interface ComparedRun {
  run: Outputs['run']['get'];
  view: RunView;
}

/** Reads a run with its journal, and follows it while it goes on. */
export function useComparedRun(runId: string): {
  data: ComparedRun | undefined;
  error: ApiError | null;
  retry: () => void;
} {
  const run = useRead('run', 'get', { runId }, { enabled: runId !== '' });
  const journal = useRunEvents(runId, run.data?.state);
  const data = useMemo(
    () => (run.data && journal.events ? { run: run.data, view: fold(journal.events) } : undefined),
    [run.data, journal.events],
  );
  return {
    data,
    error: run.error ?? journal.error,
    retry: () => {
      void run.refetch();
      journal.retry();
    },
  };
}
