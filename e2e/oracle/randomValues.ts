import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { Random } from '@rondo/shared/testing/random.ts';

/** Types of the values of random flows, with their schemas. */
export const schemas = {
  text: { type: 'string' },
  whole: { type: 'integer' },
  number: { type: 'number' },
  truth: { type: 'boolean' },
  texts: { type: 'array', items: { type: 'string' } },
  wholes: { type: 'array', items: { type: 'integer' } },
  record: { type: 'object', properties: { label: { type: 'string' }, size: { type: 'integer' } } },
} as const satisfies { [name: string]: JsonObject };

export type Type = keyof typeof schemas;
export const types = Object.keys(schemas) as Type[];

/** May a value go where another type is wanted, by the casts of the specification? */
export function casts(from: Type, to: Type): boolean {
  if (from === to || to === 'text') return true;
  if (from === 'wholes' && to === 'texts') return true;
  // From yes or no to a number is left out: Python takes one for the other, and does not cast.
  if (from === 'number' || from === 'whole') return to === 'number' || to === 'whole' || to === 'truth';
  return false;
}

export const words = ['red', 'green', 'blue', 'Zoë & Co', ''];

/** A value of a type. */
export function someValue(random: Random, type: Type): Json {
  switch (type) {
    case 'text':
      return random.pick(words);
    case 'whole':
      return random.between(-3, 12);
    case 'number':
      return random.pick([0.5, -2.75, 3.25, 12.5]);
    case 'truth':
      return random.chance(0.5);
    case 'texts':
      return Array.from({ length: random.between(0, 3) }, () => random.pick(words));
    case 'wholes':
      return Array.from({ length: random.between(0, 3) }, () => random.between(-3, 12));
    case 'record':
      return { label: random.pick(words), size: random.between(0, 9) };
  }
}

/** An input or output of a type. */
export const property = (title: string, type: Type, fallback?: Json): JsonObject => ({
  ...schemas[type],
  title,
  ...(fallback !== undefined && { default: fallback }),
});
