import { diffWordsWithSpace } from 'diff';

/** A stretch of a text that both have, or only one of them. */
export interface TextPiece {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

const longest = 20_000;

/** How two texts differ, word by word. Texts that are very long are told as a whole. */
export function textPieces(before: string, after: string): TextPiece[] {
  if (before.length + after.length > longest * 2) {
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ];
  }
  const parts = diffWordsWithSpace(before, after, { timeout: 500 }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  return parts.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}
