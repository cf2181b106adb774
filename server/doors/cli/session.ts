import { reviewForm } from '@rondo/shared/a2ui/reviewForm.ts';
import type { FlowView } from '@rondo/shared/oas/flow.ts';
import { isObject, type JsonObject, own } from '@rondo/shared/oas/json.ts';
import type { WaitAnswer } from '@rondo/shared/runs/events.ts';
import { said } from '@rondo/shared/words/said.ts';
import { StepError } from '../../engine/ports.ts';
import { fitTo } from '../../engine/values/values.ts';
import type { MemoryRun, Question, Stand } from './runMemory.ts';
import type { CommandStreams } from './streams.ts';

/**
 * `rondo run FILE --session`: a conversation in JSON lines. The caller starts the run and answers what it asks; a line
 * that cannot be used is rejected and changes nothing; the end of input, where an answer is wanted, cancels the run.
 * @returns the exit code: 0 = the run succeeded, 1 = it did not
 */
export async function converse(flow: FlowView, run: MemoryRun, streams: CommandStreams): Promise<number> {
  const tell = (line: JsonObject): void => streams.print(JSON.stringify(line));
  tell({ status: 'ready', component_type: 'Flow', name: flow.name, inputs: flow.inputs, outputs: flow.outputs });

  const start = await usable(streams, tell, (line) => startOf(line, flow));
  if (start === null) return cancelled(run, tell);
  let stand: Stand = await run.start(start.inputs, start.messages);
  while (stand.state === 'waiting') {
    tell({ status: 'waiting', requests: stand.questions.map(requestOf), messages: run.newMessages() });
    const answers = new Map<Question, WaitAnswer>();
    const { questions } = stand;
    while (answers.size < questions.length) {
      const answer = await usable(streams, tell, (line) => answerOf(line, questions, answers));
      if (answer === null) return cancelled(run, tell);
      answers.set(answer.question, answer.answer);
    }
    stand = await run.answer(answers);
  }
  const messages = run.newMessages();
  if (stand.state === 'succeeded') {
    tell({ status: 'succeeded', outputs: stand.outputs, messages });
    return 0;
  }
  if (stand.state === 'cancelled') return cancelled(run, tell);
  const { code, step, message } = stand.error;
  tell({ status: 'failed', error: { code, step, message }, messages });
  return 1;
}

function cancelled(run: MemoryRun, tell: (line: JsonObject) => void): number {
  const error = { code: 'CANCELLED', step: null, message: 'The input ended before the run did.' };
  tell({ status: 'failed', error, messages: run.newMessages() });
  return 1;
}

/** Why a line cannot be used. */
class Unusable extends Error {}

/** Reads lines until one can be used; null at the end of input. */
async function usable<T>(
  streams: CommandStreams,
  tell: (line: JsonObject) => void,
  read: (line: JsonObject) => T,
): Promise<T | null> {
  for (;;) {
    const text = await streams.readLine();
    if (text === null) return null;
    if (text.trim() === '') continue;
    try {
      return read(objectOf(text));
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      tell({ status: 'rejected', reason: error.message });
    }
  }
}

function objectOf(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Unusable(`The line is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(value)) throw new Unusable('The line must be a JSON object.');
  return value;
}

function startOf(line: JsonObject, flow: FlowView): { inputs: JsonObject; messages: string[] } {
  const start = own(line, 'start');
  if (!isObject(start))
    throw new Unusable('The run has not begun: {"start": {"inputs": {…}, "messages": […]}} is wanted.');
  const inputs = own(start, 'inputs') ?? {};
  const messages = own(start, 'messages') ?? [];
  if (!isObject(inputs)) throw new Unusable('“inputs” must be an object.');
  if (!Array.isArray(messages) || !messages.every((text) => typeof text === 'string'))
    throw new Unusable('“messages” must be a list of texts.');
  try {
    return { inputs: fitTo(flow.inputs, inputs, said('whose.start', { flow: flow.name })), messages };
  } catch (error) {
    if (error instanceof StepError) throw new Unusable(error.message);
    throw error;
  }
}

function requestOf(question: Question): JsonObject {
  const { id } = question;
  switch (question.for) {
    case 'message':
      return { id, for: 'message' };
    case 'review':
      return {
        id,
        for: 'review',
        surface: reviewForm(question.surface, question.arguments),
        arguments: question.arguments,
      };
    case 'event':
      // Answered like a tool: with what the event brings.
      return { id, for: 'event', name: question.name, key: question.key };
    default:
      return { id, for: question.for, tool: question.tool, arguments: question.arguments };
  }
}

function answerOf(
  line: JsonObject,
  questions: readonly Question[],
  answered: ReadonlyMap<Question, WaitAnswer>,
): { question: Question; answer: WaitAnswer } {
  const id = own(line, 'id');
  const question = questions.find((one) => one.id === id);
  if (!question) throw new Unusable(`Nothing was asked with the id ${JSON.stringify(id ?? null)}.`);
  if (answered.has(question)) throw new Unusable(`“${question.id}” is answered already.`);
  return { question, answer: answerTo(question, line) };
}

function answerTo(question: Question, line: JsonObject): WaitAnswer {
  switch (question.for) {
    case 'message': {
      const text = own(line, 'message');
      if (typeof text !== 'string') throw new Unusable(`“${question.id}” wants {"id", "message": text}.`);
      return { kind: 'message', text };
    }
    case 'confirmation': {
      const confirmed = own(line, 'confirm');
      const reason = own(line, 'reason');
      if (typeof confirmed !== 'boolean' || (reason !== undefined && typeof reason !== 'string'))
        throw new Unusable(`“${question.id}” wants {"id", "confirm": true or false, "reason": text}.`);
      return { kind: 'confirmation', confirmed, ...(reason === undefined ? {} : { reason }) };
    }
    default: {
      const value = own(line, 'result');
      const message = own(line, 'error');
      if (value !== undefined && message === undefined) return { kind: 'result', value };
      if (value === undefined && typeof message === 'string') return { kind: 'error', message };
      throw new Unusable(`“${question.id}” wants {"id", "result": value} or {"id", "error": text}.`);
    }
  }
}
