import type { PoolClient } from 'pg';

/** A run that has ended, from the outbox `run_end`. */
export interface EndedRow {
  runId: string;
  flowId: string | null;
  state: 'succeeded' | 'failed' | 'cancelled';
  at: Date;
}

/**
 * Acts on a run that has ended, in the transaction that takes the row out of the outbox: what it does happens once.
 * @returns runs to wake after the commit
 */
export type RunEndHandler = (client: PoolClient, ended: EndedRow) => Promise<string[]>;
