import { readFileSync } from 'node:fs';
import { hasErrors } from '@rondo/shared/oas/problems.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { exampleFiles, examplesFolder } from '@rondo/shared/testing/exampleDocuments.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Difference, differences } from './agreement.ts';
import { baseDocuments } from './baseDocuments.ts';
import { chosenMutants, mutants } from './mutations.ts';
import { askSdk, findReferenceSdk, type Verdict } from './referenceSdk.ts';

const sdk = findReferenceSdk();
if (!('python' in sdk)) console.info(`The reference SDK is not asked: ${sdk.missing}.`);
const changed = 1200;
const seed = 26_3_1;

interface Asked {
  what: string;
  text: string;
  ending: 'json' | 'yaml';
}

/** Codes of the errors that keep a document out; empty for one that we accept. */
function refusedFor({ text, ending }: Asked): string[] {
  const read = readDocument(text, `x.${ending}`);
  const problems = read.ok ? [...read.problems, ...validate(read.tree)] : read.problems;
  const errors = problems.filter((problem) => hasErrors([problem]));
  return [...new Set(errors.map((problem) => problem.code))];
}

/** The listed differences that explain one; undefined when one of our codes, or the SDK's reason, is not listed. */
function explained(codes: string[], verdict: Verdict): Difference[] | undefined {
  if (!verdict.accepted) {
    const listed = differences.filter(({ reason }) => reason?.test(verdict.reason));
    return listed.length > 0 ? listed : undefined;
  }
  const listed = codes.map((code) => differences.find((one) => one.codes?.includes(code)));
  return listed.every((one) => one !== undefined) ? listed : undefined;
}

describe.skipIf(!('python' in sdk))('the reference SDK', () => {
  let asked: Asked[] = [];
  let verdicts: Verdict[] = [];

  beforeAll(() => {
    const examples = exampleFiles().map((name): Asked => {
      const text = readFileSync(`${examplesFolder}/${name}`, 'utf8');
      if (!name.endsWith('.json5')) return { what: name, text, ending: name.endsWith('.json') ? 'json' : 'yaml' };
      return { what: name, text: JSON.stringify(readDocument(text, name).tree), ending: 'json' };
    });
    const bases = baseDocuments();
    const made = [...chosenMutants(bases), ...mutants(bases, changed, seed)].map(
      ({ what, tree }): Asked => ({ what, text: JSON.stringify(tree), ending: 'json' }),
    );
    asked = [...examples, ...made];
    verdicts = askSdk((sdk as { python: string }).python, asked);
  }, 120_000);

  it('says what we say, of every example and of every changed document, but for the differences that are listed', () => {
    const unexplained: string[] = [];
    const met = new Set<Difference>();
    for (const [i, one] of asked.entries()) {
      const codes = refusedFor(one);
      const verdict = verdicts[i] as Verdict;
      if (verdict.accepted === (codes.length === 0)) continue;
      const listed = explained(codes, verdict);
      for (const difference of listed ?? []) met.add(difference);
      if (listed !== undefined) continue;
      unexplained.push(`${one.what}: we say ${codes.join(', ') || 'yes'}, the SDK ${verdict.reason || 'yes'}`);
    }
    expect(unexplained).toEqual([]);
    // What is listed and met by none of all these documents may have become wrong.
    expect(differences.filter((one) => !met.has(one)).map(({ what }) => what)).toEqual([]);
    expect(asked.length).toBeGreaterThanOrEqual(300 + exampleFiles().length);
  });

  it('is asked of both: enough of the changed documents are refused, and enough accepted', () => {
    const refused = verdicts.filter((verdict) => !verdict.accepted).length;
    expect(refused).toBeGreaterThan(100);
    expect(verdicts.length - refused).toBeGreaterThan(100);
  });
});
