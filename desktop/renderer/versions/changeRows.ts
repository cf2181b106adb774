import type { Words } from '../messages/useT.ts';
import type { ChangeEntry, ChangeGroup, Changes } from './changes.ts';
import { entryWords, groupTitle } from './changeWords.ts';

/** One line of the list of changes. */
export interface ChangeRow {
  id: string;
  depth: 0 | 1;
  sign: 'added' | 'removed' | 'changed' | 'moved';
  words: string;
  /** the step that is shown for it */
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
    const step = group.role === 'step' ? group.id : (group.usedBy[0] ?? null);
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
  const { moved } = changes;
  if (moved.length === 0) return rows;
  const lone = { flow: null, group: null, entry: null, sign: 'moved' as const };
  return [
    ...rows,
    { ...lone, id: 'moved', depth: 0, step: null, words: t('versions.movedCount', { count: moved.length }) },
    ...moved
      .slice(0, mostMoved)
      .map(({ id, name }): ChangeRow => ({ ...lone, id: `moved ${id}`, depth: 1, step: id, words: name })),
  ];
}

function signOf(entry: ChangeEntry): ChangeRow['sign'] {
  const kind = entry.type === 'field' ? entry.field.kind : entry.kind;
  return kind === 'added' || kind === 'removed' ? kind : 'changed';
}
