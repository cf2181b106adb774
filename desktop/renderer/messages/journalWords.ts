import { recognised } from '@rondo/shared/words/recognised.ts';
import type { Said } from '@rondo/shared/words/said.ts';
import { pieceWords, saidWords } from './saidWords.ts';
import type { Words } from './words.ts';

/** A sentence of a journal or a ledger, in the viewer's language where it is known there. */
export function journalWords(sentence: string, t: Words): string {
  const said = recognised(sentence);
  return (said && pieceWords(said, t)) ?? sentence;
}

/** Why a run or a step failed, in the viewer's language; in English where a journal of before does not say how. */
export function errorWords({ said, message }: { said?: Said | undefined; message: string }, t: Words): string {
  return (said && saidWords(said, t)) ?? journalWords(message, t);
}
