import { englishTexts, type TextOf } from '../words/englishTexts.ts';
import { type Said, said } from '../words/said.ts';
import type { FormulaTrouble } from './trouble.ts';

/** Why a formula failed, in plain words, to be said in any language; undefined where there are none of ours. */
export function troubleSaid({ code, token, value, index }: FormulaTrouble): Said | undefined {
  const text = `formula.${code}`;
  return isText(text) ? said(text, { token, value, index }) : undefined;
}

function isText(text: string): text is TextOf<'formula'> {
  return Object.hasOwn(englishTexts, text);
}
