import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { EnginePorts } from '../engine/ports.ts';
import type { Hub } from '../journal/hub.ts';
import type { Journal } from '../journal/journal.ts';
import { LargeValues } from '../journal/largeValues.ts';
import type { Store } from '../store/store.ts';
import type { Chore } from './chores.ts';
import type { RunEndHandler } from './runEnds.ts';
import type { WorkLog } from './workLog.ts';

/** The run that a set of ports is made for. */
export interface PortsContext {
  runId: string;
  flowId: string | null;
  onToken(path: string, text: string): void;
}

export interface Timing {
  /** between two sweeps */
  sweepMs: number;
  heartbeatMs: number;
  /** a process whose heartbeat did not come for so long is dead, whatever its lock says (its host is gone) */
  deadAfterMs: number;
  /** a queued run that nobody took for this long is taken by a sweep: its hint was lost */
  overdueMs: number;
  /** a run that has nothing to show yet is put on record after this long */
  patienceMs: number;
  /** a run whose process died so many times without getting on is failed: it would end every process there is */
  mostTakeovers: number;
}

export interface Limits {
  /** runs that this process begins or resumes itself; above it hands over */
  own: number;
  /** runs that it takes from the queue at the same time */
  handed: number;
}

export interface WorkOptions {
  store: Store;
  journal: Journal;
  hub: Hub;
  ports(context: PortsContext): EnginePorts;
  log: WorkLog;
  kind: 'server' | 'worker';
  version: string;
  /** a Redis for the queue; without it the queue lives in the database */
  redisUrl?: string;
  timing?: Partial<Timing>;
  limits?: Partial<Limits>;
  /** keeps large values of runs; absent = in the database */
  large?: LargeValues;
  /** evaluates the key of a flow's limit over a run's inputs (JSONata, in the sandbox) */
  formula?(expression: string, values: JsonObject): Promise<Json>;
  /** told when this version may not work on this database (any more); the process should stop */
  onUnfit?(error: Error): void;
  /**
   * Told of events that are durable now, in order for each run; `firstSeq` = number of the first. Must be quick and must
   * not throw.
   */
  observe?(run: { runId: string; flowId: string | null; firstSeq: number }, events: readonly RunEvent[]): void;
  /** told how long a run was queued until this process took it, in milliseconds; must be quick and must not throw */
  onPickUp?(waitedMs: number): void;
  chores?: readonly Chore[];
  /** what acts on runs that have ended */
  onRunEnd?: readonly RunEndHandler[];
  /** false: schedules are left to other processes */
  schedules?: boolean;
}

export const defaultTiming: Timing = {
  sweepMs: 250,
  heartbeatMs: 1000,
  deadAfterMs: 15_000,
  overdueMs: 1000,
  patienceMs: 20,
  mostTakeovers: 10,
};

export const defaultLimits: Limits = { own: 64, handed: 16 };

/** Where large values of runs are kept. */
export function largeValuesOf({ large, store }: Pick<WorkOptions, 'large' | 'store'>): LargeValues {
  return large ?? new LargeValues(store.pool);
}

/** JSON text from a column, as an object. */
export function readObject(text: string): { [name: string]: Json } {
  return JSON.parse(text);
}
