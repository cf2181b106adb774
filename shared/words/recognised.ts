import { journalTexts } from './journalTexts.ts';
import type { Said } from './said.ts';

type JournalKey = keyof typeof journalTexts;

/** Each text as the pattern of the sentences that are made of it; those that say the most of their own come first. */
const patterns = (Object.keys(journalTexts) as JournalKey[]).sort(bySaying).map((key) => {
  const plain = journalTexts[key].replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  return { key, pattern: new RegExp(`^${plain.replaceAll(/\{(\w+)\}/g, '(?<$1>.*?)')}$`, 's') };
});

function bySaying(a: JournalKey, b: JournalKey): number {
  const own = (key: JournalKey) => journalTexts[key].replaceAll(/\{\w+\}/g, '').length;
  return own(b) - own(a);
}

/** What a sentence of a journal or a ledger says, so that it can be said in any language; undefined for another one. */
export function recognised(sentence: string): Said | undefined {
  for (const { key, pattern } of patterns) {
    const found = pattern.exec(sentence);
    if (found) return { text: key, values: { ...found.groups } };
  }
  return undefined;
}
