import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { ModelAnswer, ModelMessage, ModelTool } from '../engine/ports.ts';

/** What the practice model can do with a text. */
export interface PracticeWords {
  /** a value that fits a schema, from what was said */
  fill(schema: JsonObject, said: string): Json;
  summary(said: string): string;
}

/** Tools by which an agent ends its work: they come after the others. */
const last = new Set(['submit_result', 'end_conversation']);
const mayAsk = /\bask (the |a |your )?(person|user|colleague|customer|human)\b/i;

/**
 * The next turn of an agent that practises: it asks a person where its instruction says so, then calls each of its tools
 * once, in order, with what was said so far as arguments, and then ends its work. It says the same to the same messages.
 */
export function practiceAgent(
  messages: readonly ModelMessage[],
  tools: readonly ModelTool[],
  words: PracticeWords,
): Pick<ModelAnswer, 'text' | 'toolCalls'> {
  const instruction = messages.find((message) => message.role === 'system')?.content ?? '';
  const said = messages
    .filter((message) => message.role !== 'assistant')
    .map(({ content }) => content)
    .join('\n');
  const hasAnswered = messages.some((message) => message.role === 'user');
  if (mayAsk.test(instruction) && !hasAnswered) return { text: 'What should I know to do this?' };
  const called = messages.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []));
  const next =
    tools.find(({ name }) => !last.has(name) && !called.some((call) => call.name === name)) ??
    tools.find(({ name }) => name === 'submit_result') ??
    (messages.some((message) => message.role === 'assistant' && message.content !== '')
      ? tools.find(({ name }) => name === 'end_conversation')
      : undefined);
  if (!next) return { text: words.summary(said) };
  const values = words.fill({ ...next.parameters, type: 'object' }, said) as JsonObject;
  return { text: '', toolCalls: [{ id: `call_${called.length + 1}`, name: next.name, arguments: values }] };
}
