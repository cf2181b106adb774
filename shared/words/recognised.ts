import { englishTexts } from './englishTexts.ts';
import { failureTexts } from './failureTexts.ts';
import { journalTexts } from './journalTexts.ts';
import { refusalTexts } from './refusalTexts.ts';
import { type Said, type SaidValue, said } from './said.ts';
import { triggerTexts } from './triggerTexts.ts';

/** What is kept as an English sentence somewhere: why a run failed, a fire was skipped, a message did not go out. */
const kept = { ...failureTexts, ...journalTexts, ...refusalTexts, ...triggerTexts };
type KeptKey = keyof typeof kept;

/** Whole sentences; pieces of them are too short to be known by themselves. */
export const keptKeys = (Object.keys(kept) as KeptKey[]).filter(
  (key) => !/^(whose|code|body)\.|^failure\.model(Kind\.\w+)?$/.test(key),
);

/** Each text as the pattern of the sentences that are made of it; those that say the most of their own come first. */
const patterns = keptKeys.sort(bySaying).map((key) => {
  const plain = englishTexts[key].replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  return { key, pattern: new RegExp(`^${plain.replaceAll(/\{(\w+)\}/g, '(?<$1>.*?)')}$`, 's') };
});

function bySaying(a: KeptKey, b: KeptKey): number {
  const own = (key: KeptKey) => kept[key].replaceAll(/\{\w+\}/g, '').length;
  return own(b) - own(a);
}

/** What an English sentence that was kept says, so that it can be said in any language; undefined for another one. */
export function recognised(sentence: string): Said | undefined {
  for (const { key, pattern } of patterns) {
    const found = pattern.exec(sentence);
    if (found) return said(key, Object.fromEntries(Object.entries(found.groups ?? {}).map(valueIn)));
  }
  return undefined;
}

/** A reason within a sentence is a sentence itself. */
function valueIn([name, value]: [string, string]): [string, SaidValue] {
  return [name, (name === 'reason' && recognised(value)) || value];
}
