import type { Words } from '../../../messages/useT.ts';
import type { FormulaTrouble } from './formulaTask.ts';

/** What is wrong with a formula, in plain words; where there are none of ours, in those of the language. */
export function troubleWords(trouble: FormulaTrouble, t: Words): string {
  const key = `formula.error.${trouble.code}`;
  const { token, value, index } = trouble;
  const message = t.has(key) ? t(key, { token, value, index }) : trouble.message;
  const place = troublePlace(trouble);
  return place === undefined ? message : t('formula.error.at', { at: place.from + 1, message });
}

/** The piece of the formula that is wrong. */
export function troublePlace({ position, token }: FormulaTrouble): { from: number; to: number } | undefined {
  if (position === undefined) return undefined;
  return { from: Math.max(0, position - Math.max(1, token.length)), to: position };
}
