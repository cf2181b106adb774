import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { Actor, RunEvent, RunStarted, RunTrigger, WaitAnswer } from '@rondo/shared/runs/events.ts';
import type { RunState } from '@rondo/shared/runs/states.ts';
import type { Logger } from 'pino';
import type { Access } from '../access/access.ts';
import type { Auth } from '../access/auth.ts';
import type { BlobStore } from '../blobs/blobStore.ts';
import type { Change, Token } from '../journal/hub.ts';
import type { LargeValues } from '../journal/largeValues.ts';
import type { Outlets } from '../notify/outlets.ts';
import type { SecretStore } from '../secrets/secretStore.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { EndedRun } from '../work/segment.ts';
import type { Documents } from './documents.ts';
import type { Samples } from './samples.ts';

/** A run as an operation asks for it. */
export interface RunRequest {
  flowId: string;
  flowName: string;
  versionNumber: number | null;
  documentHash: string;
  /** parsed already: saves reading it again */
  document: JsonObject;
  actor: Actor;
  trigger: RunTrigger;
  inputs: JsonObject;
  messages?: string[];
  startKey: string | null;
  retry?: RunStarted['retry'];
  /** what of a draft it runs */
  partial?: RunStarted['partial'];
}

/** What operations need of the rooms that run flows. */
export interface Runs {
  /** Durable when it resolves. `created` is false when a run with the same key was there already. */
  start(request: RunRequest): Promise<{ runId: string; number: number; created: boolean }>;
  /** Starts a run that takes over these events of the run that it tries again. */
  retry(
    request: Omit<RunRequest, 'document'>,
    taken: readonly RunEvent[],
  ): Promise<{ runId: string; number: number; created: boolean }>;
  /** After a pause or a cancel was put on record: whoever holds the run looks now. */
  look(runId: string): Promise<void>;
  /** After a flow was paused, let go on or configured (null: the workspace): its runs follow at once here. */
  rulesChanged(flowId: string | null): Promise<void>;
  /** Evaluates an expression (JSONata) over values, in the sandbox. @throws {Error} in plain words */
  formula(expression: string, values: JsonObject): Promise<Json>;
  /**
   * Resolves when the run has ended or waits, at the latest after this time.
   * @returns how it ended, where this process knows; else the run's row says where it stands
   */
  settled(runId: string, timeoutMs: number): Promise<EndedRun | undefined>;
  /** Puts an answer on record, in the caller's transaction; false = that wait was answered already or is over. */
  answer(
    tx: Transaction,
    answer: { runId: string; waitId: string; answer: WaitAnswer; actor: Actor },
  ): Promise<boolean>;
  /** After the commit of an answer: the run goes on. */
  wake(runId: string): Promise<void>;
  cancel(runId: string, actor: Actor): Promise<RunState>;
  events(runId: string, after: number): Promise<(RunEvent & { seq: number })[]>;
}

/** What happens, as it happens, in this process and the others. A hint: whoever gets it reads what is true. */
export interface Live {
  tell(change: Change): void;
  /** @returns ends the listening */
  onChange(listener: (change: Change) => void): () => void;
  onToken(listener: (token: Token) => void): () => void;
}

/** Everything that operations work with. */
export interface Services {
  store: Store;
  prisma: PrismaClient;
  auth: Auth;
  access: Access;
  secrets: SecretStore;
  runs: Runs;
  documents: Documents;
  samples: Samples;
  /** content of files and large values */
  blobs: BlobStore;
  large: LargeValues;
  /** the ways by which people are told outside of the app */
  outlets: Outlets;
  /** told what came of each call of a webhook; undefined where nobody counts */
  onWebhookCall: ((outcome: 'accepted' | 'duplicate' | 'refused') => void) | undefined;
  /** most bytes of a file */
  fileLimit: number;
  log: Logger;
  live: Live;
  /** public address, without a slash at the end */
  url: string;
  version: string;
  now(): Date;
}
