import { isObject, type Json, type JsonObject } from '@rondo/shared/oas/json.ts';
import type { FailedTry, FailureContext } from '@rondo/shared/runs/events.ts';

/** A text of an input is shown up to here. */
const longestText = 500;
/** So many entries of a list, fields of a record, and inputs are shown. */
const mostEntries = 20;
/** Records in records are shown down to here. */
const deepest = 4;
/** Characters that all inputs together take up. */
const mostCharacters = 10_000;
const mostTries = 20;
const cut = '…';

/**
 * How a step came to its failure. What is large is cut: the journal has the whole.
 * @param inputs as the step got them
 */
export function failureContext(
  step: { name: string; type: string },
  inputs: JsonObject,
  tries: readonly FailedTry[],
): FailureContext {
  return {
    name: step.name,
    nodeType: step.type,
    inputs: new Cutting().record(inputs, 0),
    tries: tries.slice(-mostTries).map((one) => ({ ...one, message: shortText(one.message) })),
  };
}

/** Cuts values until the room for them is used up. */
class Cutting {
  #left = mostCharacters;

  record(record: JsonObject, depth: number): JsonObject {
    const names = Object.keys(record);
    const shown: [string, Json][] = [];
    for (const name of names.slice(0, mostEntries)) {
      if (this.#left <= 0) break;
      shown.push([this.#text(name), this.#value(record[name] ?? null, depth + 1)]);
    }
    if (shown.length < names.length) shown.push([cut, `${names.length - shown.length} more`]);
    return Object.fromEntries(shown);
  }

  #value(value: Json, depth: number): Json {
    if (typeof value === 'string') return this.#text(value);
    this.#left -= 4;
    if (typeof value !== 'object' || value === null) return value;
    if (depth > deepest) return cut;
    if (isObject(value)) return this.record(value, depth);
    const shown: Json[] = [];
    for (const item of value.slice(0, mostEntries)) {
      if (this.#left <= 0) break;
      shown.push(this.#value(item, depth + 1));
    }
    return shown.length < value.length ? [...shown, `${cut} ${value.length - shown.length} more`] : shown;
  }

  #text(text: string): string {
    const shown = shortText(text);
    this.#left -= shown.length + 2;
    return shown;
  }
}

function shortText(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText - 1)}${cut}` : text;
}
