import type { TextOf } from '@rondo/shared/words/englishTexts.ts';
import { inEnglish, oneOrOther, quoted, type Said, type SaidValues, said } from '@rondo/shared/words/said.ts';
import type { z } from 'zod';

const known = new Map<string, Said>();

/** The message of a check in a contract: in English, and known to `issueSaid`. */
export function must(text: TextOf<'input'>, values?: SaidValues): string {
  const words = said(text, values);
  const english = inEnglish(words);
  known.set(english, words);
  return english;
}

const types: { [name: string]: Said } = {
  string: said('what.text'),
  number: said('what.number'),
  int: said('what.integer'),
  boolean: said('what.yesNo'),
  array: said('what.list'),
  object: said('what.object'),
  record: said('what.object'),
};

/** What is wrong with an input, to be said in any language; in words of the checker where there are none of ours. */
export function issueSaid(issue: z.core.$ZodIssue): Said | string {
  return known.get(issue.message) ?? checkSaid(issue) ?? issue.message;
}

function checkSaid(issue: z.core.$ZodIssue): Said | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.message.endsWith('received undefined')) return said('input.missing');
      const what = types[issue.expected];
      return what && said('input.mustBe', { what });
    }
    case 'invalid_value':
      return said('input.mustBe', {
        what: said('what.oneOf', { choices: oneOrOther(issue.values.map((one) => quoted(String(one)))) }),
      });
    case 'too_small':
      return bound(issue.origin, 'least', Number(issue.minimum));
    case 'too_big':
      return bound(issue.origin, 'most', Number(issue.maximum));
    case 'unrecognized_keys':
      return said('input.unknown', { names: issue.keys.map(quoted) });
    case 'invalid_union':
      return said('input.none');
    case 'invalid_format':
      return said('input.format', { format: issue.format });
    default:
      return undefined;
  }
}

const bounds = {
  text: { least: 'input.shortText', most: 'input.longText' },
  number: { least: 'input.small', most: 'input.large' },
  several: { least: 'input.few', most: 'input.many' },
} as const;

function bound(origin: string, side: 'least' | 'most', limit: number): Said {
  const of = origin === 'string' ? 'text' : origin === 'number' || origin === 'int' ? 'number' : 'several';
  return said(bounds[of][side], { [side]: limit });
}
