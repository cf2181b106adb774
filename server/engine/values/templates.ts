import { asText } from '@rondo/shared/oas/casts.ts';
import { isObject, type Json, own } from '@rondo/shared/oas/json.ts';
import type { Step } from '../step.ts';

/** What a template needs of its step: the values, and the interpreter, which is ended with the step. */
export type Filling = Pick<Step, 'inputs' | 'ports' | 'signal'>;

const plain = /\{\{-?\s*([A-Za-z_][\w-]*)\s*-?\}\}/g;
const braces = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}/g;
const onlyPlain = /^\{\{\s*[A-Za-z_][\w-]*\s*\}\}$/;

/**
 * A template with the step's inputs in. Plain `{{ name }}` is put in directly; anything more goes to the sandboxed
 * interpreter. Values of other types than text are shown as JSON.
 * @throws {StepError} TEMPLATE_FAILED
 */
export function render(source: string, { inputs, ports, signal }: Filling): string | Promise<string> {
  const found = source.match(braces);
  if (!found) return source;
  if (!found.every((part) => onlyPlain.test(part))) return ports.sandbox.template(source, inputs, signal);
  return source.replace(plain, (whole, name: string) => {
    const value = own(inputs, name);
    return value === undefined ? whole : asText(value);
  });
}

/** Renders every text inside a value: keys and items of objects and lists too. */
export async function renderIn(value: Json, filling: Filling): Promise<Json> {
  if (typeof value === 'string') return render(value, filling);
  if (Array.isArray(value)) return Promise.all(value.map((item) => renderIn(item, filling)));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(
    async ([key, item]): Promise<[string, Json]> => [await render(key, filling), await renderIn(item, filling)],
  );
  return Object.fromEntries(await Promise.all(entries));
}
