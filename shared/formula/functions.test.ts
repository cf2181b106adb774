import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { evaluateFormula } from './evaluate.ts';
import { formulaFunctions } from './functions.ts';

describe('the functions of formulas', () => {
  it('are all that the language has', () => {
    const source = readFileSync(createRequire(import.meta.url).resolve('jsonata'), 'utf8');
    const bound = [...source.matchAll(/(?:staticFrame|environment)\.bind\('(\w+)', defineFunction/g)].map(
      ([, name]) => name,
    );
    expect(bound.length).toBeGreaterThan(60);
    expect(formulaFunctions.map(({ name }) => name).sort()).toEqual([...new Set(bound)].sort());
  });
  it.each(formulaFunctions.map((one) => [one.name, one] as const))(
    '$%s: its example gives what is shown',
    async (name, one) => {
      expect(one.example).toContain(`$${name}(`);
      const result = await evaluateFormula(one.example, {}, 1_000).then(
        (value) => ({ value }),
        (error: { message: string }) => ({ failure: error.message }),
      );
      expect(result).toEqual(one.gives);
    },
  );
});
