import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { type RunError, type RunEvent, withoutContext } from '@rondo/shared/runs/events.ts';
import { runError } from '@rondo/shared/runs/runError.ts';
import { said } from '@rondo/shared/words/said.ts';
import type { PoolClient } from 'pg';
import { advance } from '../engine/advance.ts';
import { Cancelled, RunTimedOut, type SegmentEnd } from '../engine/ports.ts';
import { FencedError } from '../journal/fencedError.ts';
import { readJournal } from '../journal/readJournal.ts';
import { keptWait, openWaits } from '../journal/rowChange.ts';
import { clock } from '../store/clock.ts';
import { inTransaction } from '../store/inTransaction.ts';
import { type ActorColumns, actorOf } from './actorColumns.ts';
import { type ClaimedRun, startedEvent, system } from './claims.ts';
import { MissingDocument, type RunDocuments } from './documents.ts';
import { registerEventWaits } from './events.ts';
import { largeValuesOf, type WorkOptions } from './options.ts';
import { survivingOutages } from './outage.ts';
import { Recorder } from './recorder.ts';

/** A stretch of a run in this process: from taking it until it waits, ends or is lost. */
export interface Task {
  runId: string;
  flowId: string | null;
  documentHash: string;
  holder: string;
  recorder: Recorder;
  journal: readonly RunEvent[];
  pending: readonly RunEvent[];
  abort: AbortController;
  /** aborted: stop before the next step */
  halt: AbortController;
  /** the run cannot go on, whatever its journal says */
  hopeless?: RunError;
}

interface AnswerRow extends ActorColumns {
  wait_id: string;
  answer: string;
  at: Date;
}

/** Reads what a claimed run needs to go on: its journal, and what has happened since without being in it. */
export async function prepareTask(
  options: WorkOptions,
  run: ClaimedRun,
  { abort, halt, mostTakeovers }: { abort: AbortController; halt: AbortController; mostTakeovers: number },
): Promise<Task> {
  const { store, journal, hub } = options;
  if (run.queuedAt) options.onPickUp?.(run.claimedAt.getTime() - run.queuedAt.getTime());
  const large = largeValuesOf(options);
  const events = await large.restored(run.id, await readJournal(store.pool, run.id));
  const since = events.length === 0 ? [startedEvent(run)] : await happened(options, run, events);
  const pending = await large.restored(run.id, since);
  if (run.cancelBy) abort.abort(new Cancelled(run.cancelBy));
  else if (run.deadlineAt && run.deadlineAt <= run.claimedAt)
    abort.abort(new RunTimedOut((run.deadlineAt.getTime() - run.createdAt.getTime()) / 1000));
  const recorder = new Recorder({
    journal,
    hub,
    large,
    runId: run.id,
    flowId: run.flowId,
    holder: run.holder,
    nextSeq: events.length,
    stepsDone: run.stepsDone,
    mayHaveReviews: events.some((event) => event.kind === 'wait_started'),
    observe: options.observe,
  });
  const { id: runId, flowId, documentHash, holder } = run;
  const hopeless: RunError | undefined =
    run.takeovers < mostTakeovers
      ? undefined
      : runError('PROCESS_LOST', null, said('failure.takeovers', { count: run.takeovers }));
  return { runId, flowId, documentHash, holder, recorder, journal: events, pending, abort, halt, hopeless };
}

/** Answers and due timers of open waits, behind the word that another process goes on. */
async function happened(options: WorkOptions, run: ClaimedRun, events: readonly RunEvent[]): Promise<RunEvent[]> {
  // The database has woken it, so its time says which timers are due: by another one a run that was woken would find
  // nothing to do, wait again and be woken again.
  const now = run.claimedAt;
  const at = clock.now().toISOString();
  const open = new Map(openWaits(events).map((wait) => [wait.id, wait]));
  const answers: RunEvent[] = [];
  const answered = new Set<string>();
  if (open.size > 0) {
    const { rows } = await options.store.pool.query<AnswerRow>(
      'SELECT wait_id, answer, actor_kind, actor_id, actor_name, at FROM run_answer WHERE run_id = $1 ORDER BY at, wait_id',
      [run.id],
    );
    for (const row of rows) {
      const wait = open.get(row.wait_id);
      if (!wait) continue; // taken up by an earlier segment
      answered.add(wait.id);
      answers.push({
        kind: 'wait_answered',
        path: wait.path,
        at: row.at.toISOString(),
        waitId: wait.id,
        answer: JSON.parse(row.answer),
        actor: actorOf(row),
      });
    }
  }
  let timers = 0;
  for (const wait of open.values()) {
    if (answered.has(wait.id) || !('wakeAt' in wait) || !wait.wakeAt || new Date(wait.wakeAt) > now) continue;
    timers += 1;
    answers.push({
      kind: 'wait_answered',
      path: wait.path,
      at,
      waitId: wait.id,
      answer: { kind: 'timer' },
      actor: system,
    });
  }
  const onlyStarted = events.every((event) => event.kind === 'run_started');
  const why = answers.length > timers ? 'answer' : timers > 0 ? 'timer' : onlyStarted ? 'handed_over' : 'holder_lost';
  return [{ kind: 'run_resumed', at, holder: run.holder, why }, ...answers];
}

/** How a run ended, as its row says, too. */
export interface EndedRun {
  state: 'succeeded' | 'failed' | 'cancelled';
  outputs: JsonObject | null;
  error: RunError | null;
}

export type Outcome = EndedRun | 'waiting' | 'go on' | 'stopped' | 'lost';

/**
 * Advances a run until it waits or has ended, and lets go of it.
 * `go on`: it is queued again, because something came while it let go. `lost`: somebody else has it.
 * @throws what is neither the run's nor the fence's: then the run must be given back
 */
export async function driveTask(options: WorkOptions, documents: RunDocuments, task: Task): Promise<Outcome> {
  const { recorder, abort } = task;
  try {
    if (task.hopeless) return await failRun(task, task.hopeless);
    const document = await documents.get(task.documentHash);
    const end = await advance({
      runId: task.runId,
      document,
      journal: task.journal,
      pending: task.pending,
      ports: survivingOutages(
        options.ports({
          runId: task.runId,
          flowId: task.flowId,
          onToken: (path, text) => options.hub.token({ runId: task.runId, path, text }),
        }),
      ),
      append: (events) => recorder.append(events),
      signal: abort.signal,
      halt: task.halt.signal,
    });
    if (end.state === 'waiting') return await letGo(options, task, end);
    return end.state === 'stopped' ? await handBack(options, task) : endedRun(end);
  } catch (error) {
    if (error instanceof FencedError) return 'lost';
    if (!(error instanceof MissingDocument)) throw error;
    return await failRun(task, runError('DOCUMENT_MISSING', null, error.said));
  }
}

/** A run that was halted between two steps goes back into the queue; one that somebody paused says so first. */
async function handBack(options: WorkOptions, task: Task): Promise<Outcome> {
  const { rows } = await options.store.pool.query<{ paused_by: string }>(
    'SELECT paused_by FROM run WHERE id = $1 AND paused_by IS NOT NULL',
    [task.runId],
  );
  const by = rows[0]?.paused_by;
  if (by !== undefined)
    await task.recorder.append([{ kind: 'run_paused', at: clock.now().toISOString(), actor: JSON.parse(by) }]);
  if (!(await options.journal.giveBack(task.runId, task.holder))) return 'lost';
  options.hub.tell({ kind: 'run', id: task.runId, flowId: task.flowId ?? undefined, state: 'queued' });
  return 'stopped';
}

function endedRun(end: Exclude<SegmentEnd, { state: 'waiting' | 'stopped' }>): EndedRun {
  return {
    state: end.state,
    outputs: end.state === 'succeeded' ? end.outputs : null,
    error: end.state === 'failed' ? withoutContext(end.error) : null,
  };
}

async function letGo(
  options: WorkOptions,
  task: Task,
  end: Extract<SegmentEnd, { state: 'waiting' }>,
): Promise<Outcome> {
  const timers = end.waits.flatMap((wait) => ('wakeAt' in wait && wait.wakeAt ? [wait.wakeAt] : [])).sort();
  const { journal, store } = options;
  const events = end.waits.flatMap((wait) => (wait.for === 'event' ? [wait] : []));
  const release = (client?: PoolClient) =>
    journal.release(task.runId, task.holder, end.waits.map(keptWait), timers[0] ?? null, client);
  // Waits for events that a failure around them has ended are forgotten, too.
  const hadEvents = openWaits(task.journal).some((wait) => wait.for === 'event');
  const state =
    events.length === 0 && !hadEvents
      ? await release()
      : await inTransaction(store.pool, async (client) => {
          await registerEventWaits(client, task.runId, events);
          return release(client);
        });
  if (state === null) return 'lost';
  options.hub.tell({ kind: 'run', id: task.runId, flowId: task.flowId ?? undefined, state });
  return state === 'queued' ? 'go on' : 'waiting';
}

/** Ends a run that the engine cannot advance at all. @throws {FencedError} */
export async function failRun(task: Task, error: RunError): Promise<EndedRun> {
  await task.recorder.append([...task.pending, { kind: 'run_failed', at: clock.now().toISOString(), error }]);
  return { state: 'failed', outputs: null, error };
}
