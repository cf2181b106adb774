import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { Actor, RunStarted, RunTrigger } from '@rondo/shared/runs/events.ts';

/** A run to start. */
export interface StartRequest {
  flowId: string | null;
  flowName: string;
  /** null = a draft */
  versionNumber: number | null;
  /** of a stored document */
  documentHash: string;
  /** the same document where it is parsed already */
  document?: JsonObject;
  actor: Actor;
  trigger: RunTrigger;
  inputs: { [name: string]: Json };
  messages?: string[];
  /** a second start of the same flow with the same key, within its time, is the same run */
  startKey: string | null;
  /** the schedule, webhook, form or link that starts it */
  originId?: string;
  /** it starts only when no earlier run of the same origin is left */
  behindOrigin?: boolean;
  /** the run, its step and the wait that its end answers; an empty wait = nobody waits for it */
  parent?: { runId: string; path: string; waitId: string };
  /** what it tries again */
  retry?: RunStarted['retry'];
  /** what of a draft it runs */
  partial?: RunStarted['partial'];
}
