import { recognised } from '@rondo/shared/words/recognised.ts';
import { pieceWords } from './saidWords.ts';
import type { Words } from './words.ts';

/** A sentence of a journal or a ledger, in the viewer's language where it is known there. */
export function journalWords(sentence: string, t: Words): string {
  const said = recognised(sentence);
  return (said && pieceWords(said, t)) ?? sentence;
}
