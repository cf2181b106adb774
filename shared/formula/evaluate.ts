import jsonata from 'jsonata';
import type { Json, JsonObject } from '../oas/json.ts';

/**
 * Evaluates a JSONata expression over the inputs; no value = null. Lists and objects come out as plain JSON. It is
 * interpreted: nothing of it becomes code.
 *
 * @throws what JSONata throws: a plain object with `code`, `position`, `token` and `message`
 */
export async function evaluateFormula(source: string, values: JsonObject, milliseconds: number): Promise<Json> {
  const expression = jsonata(source, { timeout: milliseconds, stack: 500 } as Parameters<typeof jsonata>[1]);
  const value: unknown = await expression.evaluate(values, values);
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json);
}
