import type { Json } from '../oas/json.ts';
import type { RunEvent, Wait, WaitAnswer } from './events.ts';
import type { GivenStep, PartialRun } from './partial.ts';

type Values = { [name: string]: Json };

/** What is done with the values of events; it gives the very same value back where it changes nothing. */
export interface ValueChange {
  value(value: Json): Json;
  /** texts that are no JSON values of the flow: messages and questions */
  text(text: string): string;
}

/**
 * An event with its values changed: inputs and outputs of runs and steps by name, messages, what waits show and what
 * answers bring, details of errors. The very same event where nothing was changed. What an event says about itself
 * (who, when, where) is no value.
 */
export function withValues<E extends RunEvent>(event: E, change: ValueChange): E {
  return changed(event, change) as E;
}

function changed(event: RunEvent, change: ValueChange): RunEvent {
  switch (event.kind) {
    case 'run_started': {
      const said = put(put(event, 'inputs', byName(event.inputs, change)), 'messages', texts(event.messages, change));
      const next = said.partial ? put(said, 'partial', partialValues(said.partial, change)) : said;
      const retryInputs = event.retry?.inputs && byName(event.retry.inputs, change);
      if (!event.retry || retryInputs === event.retry.inputs) return next;
      return put(next, 'retry', put(event.retry, 'inputs', retryInputs));
    }
    case 'step_started':
      return put(event, 'inputs', byName(event.inputs, change));
    case 'step_succeeded':
    case 'run_succeeded':
      return put(event, 'outputs', byName(event.outputs, change));
    case 'step_failed':
    case 'run_failed': {
      const { details, context } = event.error;
      let error = event.error;
      if (details !== undefined) error = put(error, 'details', change.value(details));
      if (context) error = put(error, 'context', put(context, 'inputs', byName(context.inputs, change)));
      return put(event, 'error', error);
    }
    case 'message':
      return put(event, 'text', change.text(event.text));
    case 'wait_started':
      return put(event, 'wait', wait(event.wait, change));
    case 'wait_answered':
      return put(event, 'answer', answerValues(event.answer, change));
    default:
      return event;
  }
}

function partialValues(partial: PartialRun, change: ValueChange): PartialRun {
  let next = partial;
  if (partial.inputs) next = put(next, 'inputs', byName(partial.inputs, change));
  if (partial.before) next = put(next, 'before', givenValues(partial.before, change));
  return partial.given ? put(next, 'given', givenValues(partial.given, change)) : next;
}

function givenValues(steps: { [key: string]: GivenStep }, change: ValueChange): { [key: string]: GivenStep } {
  const entries = Object.entries(steps).map(
    ([key, step]) => [key, put(step, 'outputs', byName(step.outputs, change))] as const,
  );
  return entries.every(([key, step]) => step === steps[key]) ? steps : Object.fromEntries(entries);
}

function wait(of: Wait, change: ValueChange): Wait {
  if (of.for === 'message') return of.prompt === null ? of : put(of, 'prompt', change.text(of.prompt));
  if ('arguments' in of) return put(of, 'arguments', byName(of.arguments, change));
  return of;
}

/** An answer with its values changed. */
export function answerValues(answer: WaitAnswer, change: ValueChange): WaitAnswer {
  switch (answer.kind) {
    case 'review':
      return put(answer, 'values', byName(answer.values, change));
    case 'message':
      return put(answer, 'text', change.text(answer.text));
    case 'result':
      return put(answer, 'value', change.value(answer.value));
    case 'event':
      return put(answer, 'payload', change.value(answer.payload));
    case 'run':
      return put(answer, 'outputs', byName(answer.outputs, change));
    default:
      return answer;
  }
}

/** Each value of an object changed; the very same object where nothing was. */
export function byName(values: Values, change: ValueChange): Values {
  let next: Values | undefined;
  for (const name of Object.keys(values)) {
    const before = values[name] ?? null;
    const after = change.value(before);
    if (after === before) continue;
    next ??= { ...values };
    Object.defineProperty(next, name, { value: after, enumerable: true, writable: true, configurable: true });
  }
  return next ?? values;
}

function texts(list: string[] | undefined, change: ValueChange): string[] | undefined {
  if (!list) return list;
  const next = list.map((text) => change.text(text));
  return next.some((text, index) => text !== list[index]) ? next : list;
}

function put<T extends object, K extends keyof T>(of: T, key: K, value: T[K]): T {
  return of[key] === value ? of : { ...of, [key]: value };
}
