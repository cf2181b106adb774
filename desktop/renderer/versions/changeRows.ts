import type { Words } from '../messages/useT.ts';
import type { ChangeEntry, ChangeGroup, Changes } from './changes.ts';
import { isDrawn } from './changes.ts';
import { entryWords, groupTitle } from './changeWords.ts';

/** One line of the list of changes. */
export interface ChangeRow {
  id: string;
  depth: 0 | 1;
  sign: 'added' | 'removed' | 'changed' | 'moved';
  words: string;
  /** the step, the note or the group of steps that is shown for it */
  step: string | null;
  /** the flow that the step stands in */
  flow: string | null;
  group: ChangeGroup | null;
  entry: ChangeEntry | null;
}

const mostMoved = 200;

/** The list of changes line by line: each group, its changes below it, then what only moved. */
export function changeRows(changes: Changes, t: Words): ChangeRow[] {
  const rows = changes.groups.flatMap((group): ChangeRow[] => {
    const step = isDrawn(group) ? group.id : (group.usedBy[0] ?? null);
    const shared = { step, flow: group.flow || null, group };
    const head: ChangeRow = {
      ...shared,
      id: group.id,
      depth: 0,
      sign: group.state,
      words: groupTitle(group, t),
      entry: null,
    };
    const entries = group.entries.map(
      (entry, index): ChangeRow => ({
        ...shared,
        id: `${group.id} ${index}`,
        depth: 1,
        sign: signOf(entry),
        words: entryWords(entry, changes.names, t),
        entry,
      }),
    );
    return [head, ...entries];
  });
  const { moved, movedNotes } = changes;
  return [
    ...rows,
    ...movedRows('moved', moved, t('versions.movedCount', { count: moved.length })),
    ...movedRows('movedNotes', movedNotes, t('versions.movedNotes', { count: movedNotes.length })),
  ];
}

function movedRows(id: string, moved: Changes['moved'], words: string): ChangeRow[] {
  if (moved.length === 0) return [];
  const lone = { flow: null, group: null, entry: null, sign: 'moved' as const };
  const each = moved.slice(0, mostMoved);
  return [
    { ...lone, id, depth: 0, step: null, words },
    ...each.map((one): ChangeRow => ({ ...lone, id: `moved ${one.id}`, depth: 1, step: one.id, words: one.name })),
  ];
}

function signOf(entry: ChangeEntry): ChangeRow['sign'] {
  const kind = entry.type === 'field' ? entry.field.kind : entry.kind;
  return kind === 'added' || kind === 'removed' ? kind : 'changed';
}
