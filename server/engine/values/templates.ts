import { asText } from '@rondo/shared/oas/casts.ts';
import { isObject, type Json, type JsonObject, own } from '@rondo/shared/oas/json.ts';
import type { SandboxPort } from '../ports.ts';

const plain = /\{\{-?\s*([A-Za-z_][\w-]*)\s*-?\}\}/g;
const braces = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}/g;
const onlyPlain = /^\{\{\s*[A-Za-z_][\w-]*\s*\}\}$/;

/**
 * A template with its values in. Plain `{{ name }}` is put in directly; anything more goes to the sandboxed
 * interpreter. Values of other types than text are shown as JSON.
 * @throws {StepError} TEMPLATE_FAILED
 */
export function render(source: string, values: JsonObject, sandbox: SandboxPort): string | Promise<string> {
  const found = source.match(braces);
  if (!found) return source;
  if (!found.every((part) => onlyPlain.test(part))) return sandbox.template(source, values);
  return source.replace(plain, (whole, name: string) => {
    const value = own(values, name);
    return value === undefined ? whole : asText(value);
  });
}

/** Renders every text inside a value: keys and items of objects and lists too. */
export async function renderIn(value: Json, values: JsonObject, sandbox: SandboxPort): Promise<Json> {
  if (typeof value === 'string') return render(value, values, sandbox);
  if (Array.isArray(value)) return Promise.all(value.map((item) => renderIn(item, values, sandbox)));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(
    async ([key, item]): Promise<[string, Json]> => [
      await render(key, values, sandbox),
      await renderIn(item, values, sandbox),
    ],
  );
  return Object.fromEntries(await Promise.all(entries));
}
