import { placeInWords, valueInWords } from './diffWords.ts';
import type { MergeConflict, MergeResult } from './merge.ts';

/** The conflicts of a merge as lines for people, each with the three values; then what was left as ours put it. */
export function mergeInWords(merge: MergeResult): string[] {
  const lines = merge.conflicts.flatMap((conflict) => conflictInWords(conflict, merge.names));
  const count = merge.movedTwice.length;
  if (count > 0)
    lines.push(
      `${count} ${count === 1 ? 'step' : 'steps'} moved by both: left where ours put ${count === 1 ? 'it' : 'them'}`,
    );
  return lines;
}

function conflictInWords(conflict: MergeConflict, names: MergeResult['names']): string[] {
  const { kind, component, pointer, base, ours, theirs, message } = conflict;
  const what = `“${component.name || component.id}”${component.type === '' ? '' : ` (${component.type})`}`;
  switch (kind) {
    case 'removed-by-ours':
      return [
        `conflict: ${what} was removed by ours, and theirs ${message === undefined ? 'changed' : 'uses'} it; it stays removed`,
      ];
    case 'removed-by-theirs':
      return [`conflict: ${what} was removed by theirs, and ours changed or uses it; it stays`];
    case 'unsound':
      return [`conflict: both changes together are wrong: ${message ?? ''}`];
    case 'field':
      return [
        `conflict: ${what}, ${placeInWords(pointer, names)}; ours stays`,
        `    base:   ${valueInWords(base, names)}`,
        `    ours:   ${valueInWords(ours, names)}`,
        `    theirs: ${valueInWords(theirs, names)}`,
      ];
  }
}
