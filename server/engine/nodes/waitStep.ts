import { asText } from '@rondo/shared/oas/casts.ts';
import { type Json, type JsonObject, own, ownText } from '@rondo/shared/oas/json.ts';
import { titleOf } from '@rondo/shared/oas/properties.ts';
import type { WaitAnswer } from '@rondo/shared/runs/events.ts';
import { said } from '@rondo/shared/words/said.ts';
import { StepError } from '../ports.ts';
import type { Step, StepResult } from '../step.ts';
import { render } from '../values/templates.ts';
import { castTo } from '../values/values.ts';

/** Seconds that a run may wait at most: ten years. */
const longest = 315_360_000;

/**
 * `rondo.wait`: for a time, until a moment, or until a named event (or a call of the run's own address) comes, with or
 * without a time-out. Its outputs, where the node has them: `outcome` (`time`, `received` or `timed_out`), `payload`.
 */
export async function waitStep(step: Step, configuration: JsonObject): Promise<StepResult> {
  const mode = ownText(configuration, 'mode') ?? 'for';
  switch (mode) {
    case 'for': {
      const seconds = own(step.inputs, 'seconds') ?? ((await rendered(step, configuration, 'seconds')) || 0);
      return timer(step, afterSeconds(step, seconds));
    }
    case 'until': {
      const given = own(step.inputs, 'until');
      return timer(
        step,
        momentOf(step, given === undefined ? await rendered(step, configuration, 'until') : asText(given)),
      );
    }
    case 'event':
      return event(
        step,
        configuration,
        await rendered(step, configuration, 'event'),
        await rendered(step, configuration, 'key'),
      );
    case 'webhook':
      return event(step, configuration, callbackEvent(step, await rendered(step, configuration, 'name')), '');
    default:
      throw new StepError('TOOL_NOT_SUPPORTED', said('failure.waitKind', { step: step.node.name, mode }));
  }
}

/** `rondo.callback_address`: the address at which the outside answers this run's wait of the same name. */
export async function callbackAddress(step: Step, configuration: JsonObject): Promise<StepResult> {
  const name = (await rendered(step, configuration, 'name')) || defaultCallback;
  const url = step.ports.callbackUrl?.(name);
  if (url === undefined) throw new StepError('CALLBACK_NOT_HERE', said('failure.noCallback', { step: step.node.name }));
  return { outputs: Object.fromEntries(step.node.outputs.map((output) => [titleOf(output), url])) };
}

const defaultCallback = 'callback';

/** The name of the event that a call of a run's own address sends. */
function callbackEvent(step: Step, name: string): string {
  return `run:${step.runId}:${name || defaultCallback}`;
}

function timer(step: Step, wakeAt: string): StepResult {
  step.ask('timer', (id) => ({ id, path: step.path, for: 'timer', wakeAt }));
  return { outputs: given(step, 'time', null) };
}

async function event(step: Step, configuration: JsonObject, name: string, key: string): Promise<StepResult> {
  if (name === '') throw new StepError('INPUT_INVALID', said('failure.eventName', { step: step.node.name }));
  const limit = await rendered(step, configuration, 'timeoutSeconds');
  const answer = step.ask('event', (id) => ({
    id,
    path: step.path,
    for: 'event',
    name,
    key,
    ...(limit !== '' && { wakeAt: afterSeconds(step, limit) }),
  }));
  return { outputs: outcomeOf(step, answer) };
}

function outcomeOf(step: Step, answer: WaitAnswer): JsonObject {
  switch (answer.kind) {
    case 'event':
      return given(step, 'received', answer.payload);
    case 'result':
      return given(step, 'received', answer.value);
    case 'timer':
      return given(step, 'timed_out', null);
    default:
      throw new StepError('ANSWER_INVALID', said('failure.answer.event', { step: step.node.name, kind: answer.kind }));
  }
}

/** What the node declares of the two outputs; what came must fit its type. */
function given(step: Step, outcome: string, payload: Json): JsonObject {
  const outputs: JsonObject = {};
  for (const output of step.node.outputs) {
    const title = titleOf(output);
    if (title === 'outcome') outputs[title] = outcome;
    else if (title === 'payload')
      outputs[title] = payload === null ? null : castTo(payload, output, said('whose.got', { step: step.node.name }));
  }
  return outputs;
}

function afterSeconds(step: Step, value: Json): string {
  const seconds = Number(value);
  if (!Number.isFinite(seconds) || seconds < 0 || seconds > longest)
    throw new StepError('INPUT_INVALID', said('failure.waitSeconds', { step: step.node.name }));
  return new Date(step.ports.now().getTime() + seconds * 1000).toISOString();
}

function momentOf(step: Step, text: string): string {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime()))
    throw new StepError('INPUT_INVALID', said('failure.waitMoment', { step: step.node.name, text }));
  return moment.toISOString();
}

async function rendered(step: Step, configuration: JsonObject, field: string): Promise<string> {
  const value = own(configuration, field);
  return value === undefined || value === null ? '' : render(asText(value), step);
}
