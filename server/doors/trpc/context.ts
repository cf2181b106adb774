import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { RunState } from '@rondo/shared/runs/states.ts';
import type { z } from 'zod';
import type { Contract } from '../../operations/contract/contract.ts';

/** A hint that something changed; whoever gets it reads the new state through an operation. */
export interface LiveChange {
  kind: 'run' | 'review' | 'flow' | 'schedule' | 'inbox' | 'notification';
  id: string;
  flowId?: string;
  state?: string;
}

/** What a watched run tells: new events of its journal, or pieces of text as a model writes them. */
export type LiveRun =
  | { events: (RunEvent & { seq: number })[]; state: RunState; token?: undefined }
  | { token: { path: string; text: string }; events?: undefined; state?: undefined };

/** What a tRPC call may use: operations, as the caller who makes it, and the live streams. */
export interface TrpcContext {
  call<C extends Contract>(contract: C, input: unknown): Promise<z.output<C['output']>>;
  liveChanges(signal: AbortSignal): AsyncIterable<LiveChange>;
  /** `cursor` = number of the last event that the client has */
  liveRun(runId: string, after: number, signal: AbortSignal): AsyncIterable<{ cursor: number; value: LiveRun }>;
}
