import { useState } from 'react';
import { toApiError } from '../api/errors.ts';
import { useT } from '../messages/useT.ts';
import { tell, tellFailure } from './tell.ts';

export interface Each<R> {
  busy: boolean;
  /** Does it for one row after the other, and says how it went. @returns the rows for which it failed */
  run: (rows: readonly R[], said: (done: number) => string) => Promise<R[]>;
}

/**
 * Does something with each of several rows. Each is a call of its own, so that each stands in the audit under its own
 * name, and one that fails keeps no other.
 */
export function useEach<R>(act: (row: R) => Promise<unknown>): Each<R> {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const run: Each<R>['run'] = async (rows, said) => {
    setBusy(true);
    const failed: R[] = [];
    let why: unknown;
    for (const row of rows) {
      try {
        await act(row);
      } catch (error) {
        failed.push(row);
        why ??= toApiError(error);
      }
    }
    setBusy(false);
    if (failed.length < rows.length) tell(said(rows.length - failed.length));
    if (failed.length > 0) tellFailure(why, t('parts.each.failed', { count: failed.length }));
    return failed;
  };
  return { busy, run };
}
