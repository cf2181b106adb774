import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import type { Words } from '../../messages/useT.ts';

/** What a decided review was answered, as the form shows it. */
export function answeredValues(answer: Json): JsonObject {
  if (!isObject(answer)) return {};
  if (answer.kind === 'message' && typeof answer.text === 'string') return { text: answer.text };
  return answer;
}

/** A decision in words: those of a new form by their own, others by the button's name (`ask_for_changes` → "Ask for changes"). */
export function decisionWords(decision: string, t: Words): string {
  if (decision === 'approve') return t('canvas.new.approve');
  if (decision === 'reject') return t('canvas.new.reject');
  const words = decision
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}
