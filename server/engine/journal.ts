import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type {
  Actor,
  FailedTry,
  RunEvent,
  StepFailed,
  StepStarted,
  StepSucceeded,
  Wait,
  WaitAnswer,
} from '@rondo/shared/runs/events.ts';
import type { PartialRun } from '@rondo/shared/runs/partial.ts';
import type { Said } from './nest.ts';

/** What the journal says of one step. */
export interface StepRecord {
  /** the newest attempt */
  started?: StepStarted;
  succeeded?: StepSucceeded;
  /** the newest failure; with `retryAt` the step goes on */
  failed?: StepFailed;
  /** every failure so far */
  tries: FailedTry[];
  /** an attempt began and nothing is known of its end: neither an end, a failure nor an answer that came since */
  open: boolean;
  /** texts that the step said, in order */
  said: number;
  /** waits of the step that are on record, by their ids */
  waits: Map<string, Wait>;
}

/** The journal, folded for the interpreter. */
export interface RunRecord {
  inputs: JsonObject;
  /** the step that takes other inputs than those that flow to it: somebody tried it again so */
  given: { path: string; inputs: JsonObject } | undefined;
  /** what of the document is run; undefined = all */
  partial: PartialRun | undefined;
  steps: Map<string, StepRecord>;
  answers: Map<string, { answer: WaitAnswer; actor: Actor }>;
  /** all that was said so far */
  conversation: Said[];
  ended: RunEvent | undefined;
}

/** Folds events, the pending ones included, into what the interpreter asks: what is done, and what was answered. */
export function foldJournal(events: Iterable<RunEvent>): RunRecord {
  const record: RunRecord = {
    inputs: {},
    given: undefined,
    partial: undefined,
    steps: new Map(),
    answers: new Map(),
    conversation: [],
    ended: undefined,
  };
  for (const event of events) {
    switch (event.kind) {
      case 'run_started':
        record.inputs = event.inputs;
        record.partial = event.partial;
        for (const text of event.messages ?? []) record.conversation.push({ role: 'user', text });
        if (event.retry?.from && event.retry.inputs)
          record.given = { path: event.retry.from, inputs: event.retry.inputs };
        break;
      case 'step_started': {
        const step = stepOf(record, event.path);
        step.started = event;
        step.open = true;
        delete step.failed;
        break;
      }
      case 'step_succeeded':
        stepOf(record, event.path).succeeded = event;
        break;
      case 'step_failed':
        Object.assign(stepOf(record, event.path), { failed: event, open: false });
        stepOf(record, event.path).tries.push(tryOf(event));
        break;
      case 'message':
        if (event.role === 'assistant') stepOf(record, event.path).said++;
        record.conversation.push({ role: event.role, text: event.text });
        break;
      case 'wait_started':
        stepOf(record, event.path).waits.set(event.wait.id, event.wait);
        break;
      case 'wait_answered':
        record.answers.set(event.waitId, { answer: event.answer, actor: event.actor });
        stepOf(record, event.path).open = false;
        if (event.answer.kind === 'message') record.conversation.push({ role: 'user', text: event.answer.text });
        break;
      case 'run_succeeded':
      case 'run_failed':
      case 'run_cancelled':
        record.ended = event;
        break;
    }
  }
  return record;
}

/** A failure as a try that was made. */
export function tryOf({ attempt, at, error }: StepFailed): FailedTry {
  return { attempt, at, code: error.code, message: error.message };
}

function stepOf(record: RunRecord, path: string): StepRecord {
  const known = record.steps.get(path);
  if (known) return known;
  const step: StepRecord = { tries: [], open: false, said: 0, waits: new Map() };
  record.steps.set(path, step);
  return step;
}
