import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';

/**
 * The values of a form as a decision sends them, by the outputs that the review declares: a ChoicePicker holds a list
 * even of one choice, and a box that was never ticked holds nothing, where a single value and "no" are meant.
 */
export function valuesToSend(values: JsonObject, outputs: Json): JsonObject {
  const sent: JsonObject = { ...values };
  for (const output of Array.isArray(outputs) ? outputs : []) {
    if (!isObject(output) || typeof output.title !== 'string') continue;
    const { title, type } = output;
    const value = Object.hasOwn(sent, title) ? sent[title] : undefined;
    if (Array.isArray(value) && type !== 'array' && type !== undefined && value.length <= 1)
      sent[title] = value[0] ?? '';
    else if (type === 'boolean' && (value === undefined || value === '')) sent[title] = false;
  }
  return sent;
}

/** What a decided review was answered, as the form shows it. */
export function answeredValues(answer: Json): JsonObject {
  if (!isObject(answer)) return {};
  if (answer.kind === 'message' && typeof answer.text === 'string') return { text: answer.text };
  return answer;
}

/** A button's name in words: `ask_for_changes` → "Ask for changes". */
export function decisionWords(decision: string): string {
  const words = decision
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}
