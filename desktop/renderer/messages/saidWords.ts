import type { Problem } from '@rondo/shared/oas/problems.ts';
import type { Said, SaidValue } from '@rondo/shared/words/said.ts';
import type { Words } from './words.ts';

/** A sentence that was made beside the client, in the viewer's language; undefined where it holds a text not known here. */
export function saidWords(said: Said, t: Words): string | undefined {
  const words = pieceWords(said, t);
  return words && words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** A problem in the viewer's language; in English where only another version knows how to say it. */
export function problemWords({ said, message }: Pick<Problem, 'said' | 'message'>, t: Words): string {
  return (said && saidWords(said, t)) ?? message;
}

/** The problems of a text or file that could not be read, in one go. */
export function problemsWords(problems: readonly Pick<Problem, 'said' | 'message'>[], t: Words): string {
  return problems.map((problem) => problemWords(problem, t)).join(' ');
}

/** The same without a capital letter at its beginning, to stand within a sentence. */
export function pieceWords({ text, values = {} }: Said, t: Words): string | undefined {
  const key = `said.${text}`;
  if (!t.has(key)) return undefined;
  const said = Object.entries(values).map(([name, value]) => [name, valueWords(value, t)] as const);
  return said.some(([, words]) => words === undefined) ? undefined : t(key, Object.fromEntries(said));
}

function valueWords(value: SaidValue, t: Words): string | number | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if ('text' in value) return pieceWords(value, t);
  const pieces = value.map((piece) => valueWords(piece, t));
  return pieces.includes(undefined) ? undefined : pieces.join(', ');
}
