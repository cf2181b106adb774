import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { Actor, RunError, RunEvent, Wait } from '@rondo/shared/runs/events.ts';
import { type Said, sentence } from '@rondo/shared/words/said.ts';

/**
 * Everything outside that the interpreter may touch. The engine imports `shared` and nothing else of ours; whoever
 * runs it (the run worker, `rondo run FILE`, a test) hands these in.
 */
export interface EnginePorts {
  /** Wall clock. */
  now(): Date;
  models: ModelPort;
  http: HttpPort;
  sandbox: SandboxPort;
  /** Tools of this installation for ServerTool by name; undefined = none of that name. */
  serverTool(name: string): ServerToolImplementation | undefined;
  /**
   * What a ServerTool of that name does in this workspace: an OAS tool of another kind, secrets as references. Absent or
   * undefined = it does nothing here.
   */
  boundTool?(name: string): Promise<JsonObject | undefined>;
  /**
   * Value of a reference that the document leaves open: a secret (`<id>.<field>` or a secret's name) or a shared
   * component. Undefined = not known here.
   */
  resolve(ref: string): Promise<Json | undefined>;
  /** true: a ServerTool that nothing here implements becomes a wait (`server_tool`) instead of an error */
  askServerTools?: boolean;
  /**
   * Starts a run of a published flow as a child of this one; its end answers the wait of that id. The same key starts
   * one run only. Absent = this place starts no other runs (`rondo run FILE`).
   * @throws {StepError} FLOW_MISSING, INPUT_INVALID
   */
  startChild?(request: ChildRequest): Promise<{ runId: string; flowName: string }>;
  /** Files; absent = this place keeps none. */
  files?: FilePort;
  /** The address at which the outside answers a wait for the event `name` of this run; absent = none here. */
  callbackUrl?(name: string): string;
  /** Live only, not journaled: pieces of text as a model writes them. */
  onToken?(path: string, text: string): void;
}

export interface ChildRequest {
  /** id or slug of a published flow */
  flow: string;
  inputs: JsonObject;
  /** idempotency key */
  key: string;
  /** the step that starts it, and the id of the wait that its end answers; empty = nobody waits for it */
  path: string;
  waitId: string;
}

/** A file as values name it: `rondo:file/<id>`. Streamed, never whole in memory. */
export interface FilePort {
  /** @throws {StepError} FILE_MISSING */
  open(ref: string): Promise<OpenFile>;
  /** @returns its name for values. @throws {StepError} FILE_TOO_LARGE */
  save(file: { name: string; mediaType: string; content: AsyncIterable<Uint8Array> }): Promise<string>;
}

export interface OpenFile {
  name: string;
  mediaType: string;
  /** bytes */
  size: number;
  content(): AsyncIterable<Uint8Array>;
}

export interface CallContext {
  /** carried by outside calls; the same after a call was cut off */
  idempotencyKey: string;
  signal: AbortSignal;
}

/** A tool as a model may call it. */
export interface ModelTool {
  /** letters, digits, `_` and `-`, 64 at most */
  name: string;
  description: string;
  /** JSON Schema of an object */
  parameters: JsonObject;
}

/** A model's wish to have a tool called. */
export interface ModelToolCall {
  /** the model's own, unique in the conversation */
  id: string;
  name: string;
  /** null = what the model wrote is no JSON object */
  arguments: JsonObject | null;
}

export type ModelMessage =
  | { role: 'system' | 'user'; content: string }
  | { role: 'assistant'; content: string; toolCalls?: ModelToolCall[] }
  /** what a call of a tool came to */
  | { role: 'tool'; content: string; callId: string };

export interface ModelRequest {
  /** an OAS LlmConfig of any type, references resolved (the api key is in it: never journal it) */
  config: JsonObject;
  messages: ModelMessage[];
  /** JSON Schema of an object; null = free text */
  schema: JsonObject | null;
  /** tools that the model may call instead of an answer, or beside one; undefined = none */
  tools?: ModelTool[];
  onToken?(text: string): void;
}

export interface ModelAnswer {
  text: string;
  /** set when a schema was asked for */
  value?: Json;
  /** set when the model wants tools to be called */
  toolCalls?: ModelToolCall[];
  usage: { inputTokens: number; outputTokens: number; model: string };
}

export interface ModelPort {
  /** @throws {StepError} with `retryable` set where the provider's answer says so */
  complete(request: ModelRequest, context: CallContext): Promise<ModelAnswer>;
}

export type HttpBody =
  | { kind: 'json'; value: Json }
  | { kind: 'text'; value: string }
  /** streamed; its content may be asked for again when the call is redirected. Size in bytes */
  | { kind: 'file'; mediaType: string; size: number; content(): AsyncIterable<Uint8Array> };

export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  query: Record<string, string>;
  /** undefined = no body */
  body?: HttpBody;
  /** Where set, the body of an answer of success is not read but handed to this; what it gives stands as the body. */
  receive?(file: { name: string; mediaType: string; content: AsyncIterable<Uint8Array> }): Promise<Json>;
  /** patterns of OAS `url_allow_list`; null = any address that the guard allows */
  allowList: string[] | null;
  timeoutSeconds?: number;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  /** parsed where the content type is JSON, else the text */
  body: Json;
}

export interface HttpPort {
  /** Answers for every status; @throws {StepError} when there is no answer, or the address is not allowed. */
  call(request: HttpRequest, context: CallContext): Promise<HttpAnswer>;
}

/**
 * Interprets user code outside the event loop, with limits of time and memory. Never compiles it to host code. When the
 * signal is aborted it is ended, and its reason thrown.
 */
export interface SandboxPort {
  /** A Jinja template. @throws {StepError} TEMPLATE_FAILED */
  template(source: string, values: JsonObject, signal?: AbortSignal): Promise<string>;
  /** A JSONata expression. @throws {StepError} FORMULA_FAILED */
  formula(source: string, values: JsonObject, signal?: AbortSignal): Promise<Json>;
  /** A JavaScript body: inputs are variables, the value of `return` comes out. @throws {StepError} SCRIPT_FAILED */
  script(source: string, values: JsonObject, signal?: AbortSignal): Promise<Json>;
}

export interface ServerToolImplementation {
  /** true: touches the outside, so its start is journaled before it is called */
  effect: boolean;
  call(inputs: JsonObject, context: CallContext): Promise<Json>;
}

/** An error of a step, in plain words that can be said in any language. */
export class StepError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly details: Json | undefined;
  /** the message, to be said in any language */
  readonly said: Said;
  constructor(code: string, words: Said, options: { retryable?: boolean; details?: Json; cause?: unknown } = {}) {
    super(sentence(words), options.cause === undefined ? undefined : { cause: options.cause });
    this.said = words;
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details;
  }
}

/**
 * Thrown by a port when what it stands on is away (the database), so that nothing can be said of the step: it is neither
 * done nor failed. The segment stops without a word in the journal, and `advance` throws the cause.
 */
export class Outage extends Error {
  constructor(cause: unknown) {
    super('What the run stands on is away.', { cause });
  }
}

/** What one segment of a run needs. */
export interface Segment {
  runId: string;
  /** the whole document as it was when the run started (G2) */
  document: JsonObject;
  /** the journal so far, in order; empty for a new run */
  journal: readonly RunEvent[];
  /** events that happened but are not yet in the journal (run_started, wait_answered …): they ride on the first append */
  pending: readonly RunEvent[];
  ports: EnginePorts;
  /**
   * Resolves when the events are durable. Throws when the run is no longer ours: the engine then stops and lets the
   * error through.
   */
  append(events: RunEvent[]): Promise<void>;
  /**
   * Aborted with a `Cancelled` as reason: calls under way are broken off and the run ends as cancelled. Aborted with
   * anything else (a shutdown, a run that was lost): the segment stops without a word in the journal, and `advance`
   * throws the reason.
   */
  signal: AbortSignal;
  /**
   * Aborted: the segment stops before its next step, what is under way is finished first (a pause, a shutdown). What
   * happened is in the journal when `advance` returns `stopped`.
   */
  halt?: AbortSignal;
}

/** Reason of an abort: the run's time is over. The run fails with RUN_TIMED_OUT. */
export class RunTimedOut extends Error {
  /** seconds */
  readonly limit: number;
  constructor(limit: number) {
    super(`The run took longer than its limit of ${limit} s`);
    this.limit = limit;
  }
}

/** Reason of an abort: somebody cancelled the run. */
export class Cancelled extends Error {
  readonly actor: Actor;
  constructor(actor: Actor) {
    super(`Cancelled by ${actor.name}`);
    this.actor = actor;
  }
}

/** How a segment ended; the events that say so are in the journal already. */
export type SegmentEnd =
  | { state: 'waiting'; waits: Wait[] }
  | { state: 'succeeded'; outputs: JsonObject; branch: string }
  | { state: 'failed'; error: RunError }
  | { state: 'cancelled' }
  /** it was halted between two steps, and nothing keeps it from going on */
  | { state: 'stopped' };
