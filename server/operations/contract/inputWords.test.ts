import { inLanguage } from '@rondo/shared/words/inLanguage.ts';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { invalidInput } from '../execute.ts';
import type { Contract } from './contract.ts';
import { contracts } from './index.ts';
import { issueSaid, must } from './inputWords.ts';

const all: Contract[] = Object.values(contracts).flatMap((verbs): Contract[] => Object.values(verbs));
/** Values of which hardly any fits a field: of other types, too short, too long, out of bounds. */
const wrong = [undefined, null, '', '{', 'x'.repeat(200_000), -1, 0.5, 1e12, true, {}, { a: 1 }, [], [1], ['']];

/** The names of an input's fields. */
function fieldsOf(input: z.ZodType): string[] {
  return input instanceof z.ZodObject ? Object.keys(input.shape) : [];
}

it('whatever is wrong with the input of any operation can be said in any language', () => {
  const english = new Set<string>();
  let issues = 0;
  for (const { name, input } of all) {
    const tries = [...wrong, ...fieldsOf(input).flatMap((field) => wrong.map((value) => ({ [field]: value })))];
    for (const given of tries) {
      const parsed = input.safeParse(given);
      for (const issue of parsed.error?.issues ?? []) {
        issues += 1;
        if (typeof issueSaid(issue) === 'string') english.add(`${name}: ${issue.code} ${issue.message}`);
      }
    }
  }
  expect(issues).toBeGreaterThan(3000);
  expect([...english]).toEqual([]);
});

it('a refusal names the place, and is German in German', () => {
  const parsed = contracts.person.invite.input.safeParse({ email: 'nobody', role: 'viewer' });
  const refused = invalidInput(parsed.error ?? new z.ZodError([]));
  expect(refused.message).toBe('email: This is not an e-mail address.');
  expect(inLanguage('de', refused.said, '')).toBe('email: Das ist keine E-Mail-Adresse.');
  const role = contracts.person.invite.input.safeParse({ role: 'king' });
  const other = invalidInput(role.error ?? new z.ZodError([]));
  expect(inLanguage('de', other.said, '')).toMatch(/^role: Das muss eines von „owner“ oder „admin“ .* sein\.$/);
});

it('what only a checker says stays as it says it', () => {
  expect(must('input.name')).toBe('A name cannot be empty.');
  const [issue] =
    z
      .string()
      .refine(() => false, 'Not so.')
      .safeParse('').error?.issues ?? [];
  expect(issue && issueSaid(issue)).toBe('Not so.');
});
