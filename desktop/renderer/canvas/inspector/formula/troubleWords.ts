import type { FormulaTrouble } from '@rondo/shared/formula/trouble.ts';
import { troubleSaid } from '@rondo/shared/formula/troubleSaid.ts';
import { saidWords } from '../../../messages/saidWords.ts';
import type { Words } from '../../../messages/useT.ts';

/** What is wrong with a formula, in plain words; where there are none of ours, in those of the language. */
export function troubleWords(trouble: FormulaTrouble, t: Words): string {
  const said = troubleSaid(trouble);
  const message = (said && saidWords(said, t)) ?? trouble.message;
  const place = troublePlace(trouble);
  return place === undefined ? message : t('formula.error.at', { at: place.from + 1, message });
}

/** The piece of the formula that is wrong. */
export function troublePlace({ position, token }: FormulaTrouble): { from: number; to: number } | undefined {
  if (position === undefined) return undefined;
  return { from: Math.max(0, position - Math.max(1, token.length)), to: position };
}
