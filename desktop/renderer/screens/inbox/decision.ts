import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';

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
