import type { Actor, RunEvent, RunTrigger } from '@rondo/shared/runs/events.ts';
import type { Pool, PoolClient } from 'pg';
import type { NewReview } from '../reviews/newReview.ts';
import { FencedError } from './fencedError.ts';
import { Gate, Lane, type Outcome } from './grouped.ts';
import { givenUp, type KeptWait, rowChange } from './rowChange.ts';
import { appendEvents, appendWithReviews, createRuns, giveBackRun, releaseRun } from './statements.ts';

/** A run that is not there yet. */
export interface NewRun {
  id: string;
  flowId: string | null;
  flowName: string;
  /** null = a draft */
  versionNumber: number | null;
  documentHash: string;
  actor: Actor;
  trigger: RunTrigger;
  /** unique within the flow until `startKeyUntil`; null = none */
  startKey: string | null;
  startKeyUntil?: Date | null;
  inputs: { [name: string]: unknown };
  createdAt: Date;
  originId?: string | null;
  /** limits decide when it may start; only for runs that nobody holds */
  gated?: boolean;
  priority?: number;
  deadlineAt?: Date | null;
  /** `waitId` null: nobody waits for its end */
  parent?: { runId: string; waitId: string | null } | null;
  retryOf?: string | null;
}

/** `created: false`: the start key was used before; this is the run that it made. */
export interface CreatedRun {
  created: boolean;
  runId: string;
  number: number;
}

interface Creation {
  run: NewRun;
  /** null = nobody yet: the run is queued */
  holder: string | null;
  events: readonly RunEvent[];
}

/** Events to add to a run that the writer holds. */
export interface Append {
  runId: string;
  holder: string;
  firstSeq: number;
  events: readonly RunEvent[];
  /** finished steps of the whole run, these events included */
  stepsDone: number;
  reviews: readonly NewReview[];
  /** true when reviews of the run may be open: its end withdraws them, as the failure of a step does those inside */
  mayHaveReviews: boolean;
}

const mostEntries = 256;
/** More of them mean smaller batches and more commits; a second one keeps a slow disk busy while the first waits. */
const flushConnections = 2;

/** Arrays, one a column, from rows. */
function columns<T>(rows: readonly T[], ...read: ((row: T) => unknown)[]): unknown[][] {
  return read.map((one) => rows.map(one));
}

function creationValues(creations: readonly Creation[]): unknown[] {
  const rows = creations.map((creation) => ({ ...creation, change: rowChange(creation.events) }));
  const values: unknown[] = columns(
    rows,
    (row) => row.run.id,
    (row) => row.run.flowId,
    (row) => row.run.flowName,
    (row) => row.run.versionNumber,
    (row) => row.run.documentHash,
    (row) => (row.holder === null ? 'queued' : row.change.state),
    (row) => row.holder,
    (row) => row.run.actor.kind,
    (row) => row.run.actor.id,
    (row) => row.run.actor.name,
    (row) => row.run.trigger,
    (row) => row.run.startKey,
    (row) => JSON.stringify(row.run.inputs),
    (row) => row.change.outputs,
    (row) => row.change.error,
    (row) => row.change.steps,
    (row) => row.run.createdAt.toISOString(),
    (row) => row.change.finishedAt,
    (row) => row.events.length,
    (row) => row.run.startKeyUntil?.toISOString() ?? null,
    (row) => row.run.originId ?? null,
    (row) => row.run.gated ?? false,
    (row) => row.run.priority ?? 0,
    (row) => row.run.deadlineAt?.toISOString() ?? null,
    (row) => row.run.parent?.runId ?? null,
    (row) => row.run.parent?.waitId ?? null,
    (row) => row.run.retryOf ?? null,
  );
  values.push(JSON.stringify(rows.map((row) => row.events)));
  return values;
}

function appendValues(appends: readonly Append[]): unknown[] {
  const rows = appends.map((append) => ({ ...append, change: rowChange(append.events) }));
  const values: unknown[] = columns(
    rows,
    (row) => row.runId,
    (row) => row.holder,
    (row) => row.firstSeq,
    (row) => row.events.length,
    (row) => row.change.state,
    (row) => row.change.outputs,
    (row) => row.change.error,
    (row) => row.stepsDone,
    (row) => row.change.finishedAt,
  );
  values.push(JSON.stringify(rows.map((row) => row.events)));
  return values;
}

function reviewValues(appends: readonly Append[]): unknown[][] {
  const rows = appends.flatMap((append) => append.reviews.map((review) => ({ ...review, runId: append.runId })));
  return columns(
    rows,
    (row) => row.id,
    (row) => row.runId,
    (row) => row.waitId,
    (row) => row.path,
    (row) => row.kind,
    (row) => row.title,
    (row) => row.surface,
    (row) => row.arguments,
    (row) => row.formHash,
    (row) => row.valuesHash,
    (row) => row.outputs,
    (row) => row.forPeople,
    (row) => row.forGroups,
    (row) => row.dueAt,
  );
}

function givenUpValues(appends: readonly Append[]): unknown[][] {
  const rows = appends.flatMap(({ runId, events }) => givenUp(events).map((path) => ({ runId, path })));
  return columns(
    rows,
    (row) => row.runId,
    (row) => row.path,
  );
}

/**
 * Creates a run that nobody holds, with its first events, in a transaction of the caller's.
 * @returns false when the start key is taken
 */
export async function insertQueuedRun(client: PoolClient, run: NewRun, events: readonly RunEvent[]): Promise<boolean> {
  return (await insertQueuedRuns(client, [{ run, events }])).has(run.id);
}

/** The same for several in one statement. @returns the ids of those whose start key was free */
export async function insertQueuedRuns(
  client: PoolClient,
  runs: readonly { run: NewRun; events: readonly RunEvent[] }[],
): Promise<Set<string>> {
  const values = creationValues(runs.map(({ run, events }) => ({ run, holder: null, events })));
  const { rows } = await client.query<{ id: string }>({ ...createRuns, values });
  return new Set(rows.map((row) => row.id));
}

/** The one journal writer of a process. All of its promises resolve when what they stand for is durable. */
export class Journal {
  readonly #pool: Pool;
  readonly #creations: Lane<Creation, CreatedRun>;
  readonly #appends: Lane<Append, void>;
  readonly #withReviews: Lane<Append, void>;
  /** what this writer has written, for whoever measures */
  readonly written = { batches: 0, appends: 0, events: 0, milliseconds: 0 };

  constructor(pool: Pool) {
    this.#pool = pool;
    const gate = new Gate(flushConnections);
    this.#creations = new Lane({
      gate,
      mostEntries,
      keyOf: (creation) => creation.run.id,
      write: (items) => this.#counted(items, () => this.#create(items)),
    });
    const lane = (write: (items: Append[]) => Promise<Outcome<void>[]>) =>
      new Lane<Append, void>({
        gate,
        mostEntries,
        keyOf: (append) => append.runId,
        write: (items) => this.#counted(items, () => write(items)),
      });
    this.#appends = lane(async (items) => {
      const { rows } = await pool.query<{ id: string }>({ ...appendEvents, values: appendValues(items) });
      return fenced(items, rows);
    });
    this.#withReviews = lane(async (items) => {
      const values = [...appendValues(items), ...reviewValues(items), ...givenUpValues(items)];
      const { rows } = await pool.query<{ id: string }>({ ...appendWithReviews, values });
      return fenced(items, rows);
    });
  }

  /**
   * Creates a run with its first events; `holder` null leaves it queued for others.
   * These events must open no wait: reviews are opened by `append`.
   */
  create(run: NewRun, holder: string | null, events: readonly RunEvent[]): Promise<CreatedRun> {
    return this.#creations.put({ run, holder, events });
  }

  /** @throws {FencedError} when the run is not the holder's any more, or others have written at this number */
  append(append: Append): Promise<void> {
    const lane = append.reviews.length > 0 || append.mayHaveReviews ? this.#withReviews : this.#appends;
    return lane.put(append);
  }

  /**
   * Lets go of a run that waits; with a client, in its transaction.
   * @returns `queued` when there is a reason to go on at once, null when the run was not the holder's any more
   */
  async release(
    runId: string,
    holder: string,
    waits: readonly KeptWait[],
    wakeAt: string | null,
    client: Pick<PoolClient, 'query'> = this.#pool,
  ): Promise<'waiting' | 'queued' | null> {
    const values = [runId, holder, JSON.stringify(waits), wakeAt, waits.map((wait) => wait.id)];
    const { rows } = await client.query<{ state: 'waiting' | 'queued' }>({ ...releaseRun, values });
    return rows[0]?.state ?? null;
  }

  /** Puts a run back into the queue after its segment broke off. False = it was not the holder's any more. */
  async giveBack(runId: string, holder: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query({ ...giveBackRun, values: [runId, holder] });
    return rowCount === 1;
  }

  async #counted<R>(items: readonly { events: readonly RunEvent[] }[], write: () => Promise<R>): Promise<R> {
    const begun = performance.now();
    const result = await write();
    this.written.batches += 1;
    this.written.appends += items.length;
    for (const { events } of items) this.written.events += events.length;
    this.written.milliseconds += performance.now() - begun;
    return result;
  }

  async #create(items: Creation[]): Promise<Outcome<CreatedRun>[]> {
    const { rows } = await this.#pool.query<{ id: string; number: string }>({
      ...createRuns,
      values: creationValues(items),
    });
    const numbers = new Map(rows.map((row) => [row.id, Number(row.number)]));
    return Promise.all(
      items.map(async ({ run }): Promise<Outcome<CreatedRun>> => {
        const number = numbers.get(run.id);
        if (number !== undefined) return { ok: true, result: { created: true, runId: run.id, number } };
        const existing = await runOfKey(this.#pool, run);
        if (existing) return { ok: true, result: { created: false, ...existing } };
        // The key was free again: its time was over, or its run was removed meanwhile.
        const again = items.find((item) => item.run === run && run.startKey !== null);
        const [outcome] = again ? await this.#create([again]) : [];
        return outcome ?? { ok: false, error: new Error(`The key ${run.startKey} could not be taken.`) };
      }),
    );
  }
}

/**
 * The run that has a start key. A key whose time is over is taken from its run first.
 * @returns undefined when the key is free (now)
 */
export async function runOfKey(
  source: Pool | PoolClient,
  run: Pick<NewRun, 'flowId' | 'startKey'>,
): Promise<{ runId: string; number: number } | undefined> {
  await source.query(
    'UPDATE run SET start_key = NULL WHERE flow_id = $1 AND start_key = $2 AND start_key_until <= now()',
    [run.flowId, run.startKey],
  );
  const { rows } = await source.query<{ id: string; number: string }>(
    'SELECT id, number FROM run WHERE flow_id = $1 AND start_key = $2',
    [run.flowId, run.startKey],
  );
  const row = rows[0];
  return row && { runId: row.id, number: Number(row.number) };
}

function fenced(items: readonly Append[], rows: readonly { id: string }[]): Outcome<void>[] {
  const written = new Set(rows.map((row) => row.id));
  return items.map((item) =>
    written.has(item.runId) ? { ok: true, result: undefined } : { ok: false, error: new FencedError(item.runId) },
  );
}
