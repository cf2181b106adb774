import { readFileSync } from 'node:fs';
import { readSurface } from '@rondo/shared/a2ui/surface.ts';
import { troubleSaid } from '@rondo/shared/formula/troubleSaid.ts';
import { cast } from '@rondo/shared/oas/casts.ts';
import { newNode } from '@rondo/shared/oas/create.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { problemCodes } from '@rondo/shared/oas/problemCodes.ts';
import type { Problem } from '@rondo/shared/oas/problems.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { reference } from '@rondo/shared/oas/references.ts';
import { repairsOf } from '@rondo/shared/oas/repairs.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { exampleFiles, examplesFolder } from '@rondo/shared/testing/exampleDocuments.ts';
import { englishTexts, type TextKey } from '@rondo/shared/words/englishTexts.ts';
import { type Said, said, sentence } from '@rondo/shared/words/said.ts';
import { describe, expect, it } from 'vitest';
import { errorWords, journalWords } from './journalWords.ts';
import { pieceWords, problemWords, saidWords } from './saidWords.ts';
import { english, german } from './testing/wholeCatalogue.ts';
import { makeWords } from './words.ts';

const en = makeWords('en', english);
const de = makeWords('de', german);
const keys = Object.keys(englishTexts) as TextKey[];

function problemsOf(text: string, name?: string): Problem[] {
  const read = readDocument(text, name);
  return [...read.problems, ...(read.tree ? validate(read.tree) : [])];
}

/** A flow of one step of each kind that is wrong in its own way. */
function wrongFlow(): JsonObject {
  const nodes = (['start', 'start', 'end', 'decide', 'ai', 'review', 'wait', 'runFlow'] as const).map((kind) =>
    newNode(kind, { name: kind === 'start' ? 'Anfang' : kind }),
  );
  return {
    component_type: 'Flow',
    agentspec_version: '26.1.2',
    id: 'flow',
    name: 'Spesen',
    start_node: reference(String(nodes[0]?.id)),
    nodes,
    control_flow_connections: [],
    data_flow_connections: [],
    extra: 1,
  };
}

describe('what is said beside the client', () => {
  it('every code of a problem is known to both catalogues', () => {
    for (const code of Object.keys(problemCodes)) {
      const spoken = keys.filter((key) => key === code || key.startsWith(`${code}.`) || `OAS-${key}` === code);
      const form = code.startsWith('OAS-A2UI') ? keys.filter((key) => `OAS-${key}`.startsWith(code)) : [];
      expect([...spoken, ...form], code).not.toEqual([]);
      for (const key of spoken) {
        expect(english, code).toHaveProperty([`said.${key}`]);
        expect(german, code).toHaveProperty([`said.${key}`]);
      }
    }
  });

  it('English is the sentence of the server, in every problem of every example', () => {
    const problems = [
      ...exampleFiles().flatMap((name) => problemsOf(readFileSync(`${examplesFolder}/${name}`, 'utf8'), name)),
      ...problemsOf(JSON.stringify(wrongFlow())),
      ...problemsOf('{"a": }', 'a.json'),
      ...problemsOf('a: [', 'a.yaml'),
    ];
    expect(problems.length).toBeGreaterThan(20);
    for (const problem of problems) expect(problemWords(problem, en)).toBe(problem.message);
  });

  it('German is German, with the names as they are', () => {
    const problems = problemsOf(JSON.stringify(wrongFlow()));
    const words = problems.map((problem) => problemWords(problem, de));
    expect(words).toContain('Der Ablauf „Spesen“ hat mehr als einen Start: „Anfang“, „Anfang“.');
    expect(words).toContain('Zum Ende „end“ führt nichts.');
    expect(words.filter((text) => /\b(the|which|has|must|does|nothing)\b/i.test(text))).toEqual([]);
    const start = problems.find(({ code }) => code === 'OAS-UNKNOWN-FIELD');
    const repairs = start ? repairsOf(wrongFlow(), start) : [];
    expect(repairs.map(({ what }) => saidWords(what, de))).toEqual(['Entfernen']);
  });

  it('a piece within a sentence is German, too', () => {
    const wrong = cast('abc', { type: 'array', items: { type: 'number' } });
    expect(wrong.ok ? '' : pieceWords(wrong.said, de)).toBe('„abc“ passt nicht zum Typ Liste von Zahlen');
    const form = readSurface([{ version: 'v1', createSurface: { surfaceId: 'a' } }]);
    expect(form.problems.map((problem) => problemWords(problem, de))[0]).toBe(
      'Die Version muss „v0.9.1“ sein, nicht „v1“.',
    );
  });

  it('what only another version says is read in its English', () => {
    const problem = { message: 'Something new.', said: said('NEW' as TextKey) };
    expect(problemWords(problem, de)).toBe('Something new.');
    expect(problemWords({ message: 'Old.' }, de)).toBe('Old.');
    const within = { message: 'In English.', said: said('INPUT-TYPE', { title: 'a', wrong: said('NEW' as TextKey) }) };
    expect(problemWords(within, de)).toBe('In English.');
  });
});

it('what stands in a journal or a ledger is German, too, and left alone where nobody knows it', () => {
  expect(journalWords('“Buchen” took longer than its limit of 30 s.', de)).toBe(
    '„Buchen“ dauerte länger als das Limit von 30 s.',
  );
  expect(journalWords('the run 12 before it has not ended', de)).toBe('der Lauf 12 davor ist noch nicht beendet');
  expect(journalWords('the run 12 before it has not ended', en)).toBe('the run 12 before it has not ended');
  expect(journalWords('Ein Dienst sagte etwas.', de)).toBe('Ein Dienst sagte etwas.');
});

describe('why a run failed', () => {
  const failed = (said: Said) => errorWords({ said, message: sentence(said) }, de);

  it('is German to its innermost piece', () => {
    const what = said('whose.of', { title: 'betrag', what: said('whose.answer', { step: 'Prüfen' }) });
    const wrong = cast('viel', { type: 'number' });
    const fit = said('failure.fit', { what, wrong: wrong.ok ? '' : wrong.said });
    expect(failed(fit)).toBe('„betrag“ (Antwort auf „Prüfen“) passt nicht: „viel“ passt nicht zum Typ Zahl.');
    expect(failed(said('failure.item', { index: 2, step: 'Posten', reason: fit }))).toBe(
      'Eintrag 2 von „Posten“ ist gescheitert: „betrag“ (Antwort auf „Prüfen“) passt nicht: „viel“ passt nicht zum Typ Zahl.',
    );
    const model = said('failure.model', { model: 'm' });
    expect(failed(said('failure.noAnswer', { address: model }))).toBe(
      'Das Modell „m“ hat nicht rechtzeitig geantwortet.',
    );
    const trouble = troubleSaid({ code: 'T2002', token: '+', value: '', index: '', position: 3, message: '' });
    expect(failed(said('failure.codeFor', { what: said('code.formula'), reason: trouble ?? '' }))).toBe(
      'Die Formel ist gescheitert: Rechts von „+“ muss eine Zahl stehen.',
    );
  });

  it('is read in a journal of before, too', () => {
    expect(errorWords({ message: '“Buchen” names no model.' }, de)).toBe('„Buchen“ nennt kein Modell.');
    expect(errorWords({ message: 'Something else.', said: said('NEW' as TextKey) }, de)).toBe('Something else.');
  });
});
