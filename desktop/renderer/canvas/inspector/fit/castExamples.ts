import { cast, fits } from '@rondo/shared/oas/casts.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { alternativesOf, typesFit } from '@rondo/shared/oas/properties.ts';

/** What becomes of one value on its way into a type. */
export interface CastExample {
  from: Json;
  /** undefined where the cast fails */
  to: Json | undefined;
}

export interface Fit {
  /** "same": goes in as it is; "cast": is turned into the type; "maybe": some values are, others fail; "bad": none is */
  level: 'same' | 'cast' | 'maybe' | 'bad';
  examples: CastExample[];
}

const samples: { [type: string]: Json[] } = {
  string: ['12', 'true', 'abc'],
  number: [12.7, 0],
  integer: [12, 0],
  boolean: [true],
  null: [null],
  array: [['a', 'b']],
  object: [{ name: 'Anna' }],
};

function samplesOf(schema: JsonObject): Json[] {
  return alternativesOf(schema).flatMap((part) => {
    if (Array.isArray(part.enum) && part.enum.length > 0) return part.enum.slice(0, 3);
    return samples[String(part.type)] ?? [];
  });
}

/**
 * How values of one type go where another is wanted: what the casts of the specification do with examples of it, and
 * with the last real value, which comes first.
 */
export function howItFits(source: JsonObject, target: JsonObject, last: Json | undefined): Fit {
  if (alternativesOf(target).length === 0) return { level: 'same', examples: [] };
  const tried = (last === undefined ? [] : [last]).concat(samplesOf(source).filter((value) => value !== last));
  const changed = tried.filter((value) => !fits(value, target));
  if (changed.length === 0) return { level: 'same', examples: [] };
  const examples = changed.map((from): CastExample => {
    const result = cast(from, target);
    return { from, to: result.ok ? result.value : undefined };
  });
  const good = examples.filter((example) => example.to !== undefined);
  const none = good.length === 0 && changed.length === tried.length;
  if (none) return { level: 'bad', examples: examples.slice(0, 1) };
  if (good.length === examples.length && typesFit(source, target)) return { level: 'cast', examples: good.slice(0, 2) };
  const failed = examples.find((example) => example.to === undefined);
  return { level: 'maybe', examples: [...good.slice(0, 1), ...(failed ? [failed] : [])] };
}
