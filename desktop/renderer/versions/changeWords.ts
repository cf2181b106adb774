import type { Route } from '@rondo/shared/oas/compare/diff.ts';
import type { FieldChange } from '@rondo/shared/oas/compare/fields.ts';
import type { Json } from '@rondo/shared/oas/json.ts';
import { noteColors } from '../canvas/frames/frames.ts';
import { branchLabel } from '../canvas/summary.ts';
import type { Words } from '../messages/useT.ts';
import type { ChangeEntry, ChangeGroup, Changes } from './changes.ts';
import { fieldLabel } from './fieldLabel.ts';
import { shortWords } from './valueWords.ts';

type Names = Changes['names'];
type FieldEntry = Extract<ChangeEntry, { type: 'field' }>;

/** What a group of changes is about: “Changed “Write””, “Renamed …”. */
export function groupTitle(group: ChangeGroup, t: Words): string {
  const { name, role, state } = group;
  if (role === 'flow') {
    if (state === 'added') return t('versions.group.flowAdded', { name });
    return t(state === 'removed' ? 'versions.group.flowRemoved' : 'versions.group.flow', { name });
  }
  if (role === 'document' && state === 'changed') {
    return group.type === 'Flow' ? t('versions.group.flow', { name }) : t('versions.group.document');
  }
  if (role === 'note') return t(`versions.note.${state}`, { name });
  if (role === 'frame') {
    return group.nameBefore === undefined
      ? t(`versions.frame.${state}`, { name })
      : t('versions.frame.renamed', { from: group.nameBefore, name });
  }
  if (role === 'part' && state === 'changed') return t('versions.group.part', { name, count: group.usedBy.length });
  if (group.nameBefore !== undefined) return t('versions.group.renamed', { from: group.nameBefore, name });
  return t(`versions.group.${state}`, { name });
}

/** One change as a sentence: which field, with its values where they are short. */
export function entryWords(entry: ChangeEntry, names: Names, t: Words): string {
  if (entry.type === 'way') return wayWords(entry.kind, entry.before, entry.after, names, t);
  if (entry.type === 'data') return dataWords(entry.kind, entry.before, entry.after, names, t);
  const { pointer, kind, before, after } = readable(entry, t);
  const label = fieldLabel(pointer, names, t);
  const field = entry.part?.name ? t('versions.entry.ofPart', { field: label, part: entry.part.name }) : label;
  if (kind === 'order') return t('versions.entry.order', { field });
  const [was, is] = [shortWords(before, names, t), shortWords(after, names, t)];
  if (kind === 'removed') return t('versions.entry.removed', { field });
  if (kind === 'added') {
    return is === undefined
      ? t('versions.entry.added', { field })
      : t('versions.entry.addedValue', { field, after: is });
  }
  return was === undefined || is === undefined
    ? t('versions.entry.changedLong', { field })
    : t('versions.entry.changed', { field, before: was, after: is });
}

/** A changed field whose values can be read: the colours of notes by their names. */
export function readable({ field, ofType }: FieldEntry, t: Words): FieldChange {
  if (ofType !== 'Note' || field.pointer !== '/color') return field;
  const colorWords = (value: Json | undefined) =>
    noteColors.map((color) => (color === value ? t(`canvas.noteColor.${color}`) : '')).join('');
  return { ...field, before: colorWords(field.before), after: colorWords(field.after) };
}

function wayWords(
  kind: 'added' | 'removed' | 'rerouted',
  before: Route | undefined,
  after: Route | undefined,
  names: Names,
  t: Words,
): string {
  const way = after ?? before;
  const to = names[way?.to ?? ''] ?? '';
  const branch = branchLabel(way?.out ?? 'next', t);
  if (kind !== 'rerouted') return t(`versions.way.${kind}`, { branch, to });
  return before?.to === after?.to
    ? t('versions.way.reroutedBranch', { branch, to, was: branchLabel(before?.out ?? 'next', t) })
    : t('versions.way.rerouted', { branch, to, was: names[before?.to ?? ''] ?? '' });
}

function dataWords(
  kind: 'added' | 'removed' | 'rerouted',
  before: Route | undefined,
  after: Route | undefined,
  names: Names,
  t: Words,
): string {
  const source = (route: Route | undefined) =>
    t('versions.source', { step: names[route?.from ?? ''] ?? '', output: route?.out ?? '' });
  const input = (after ?? before)?.in ?? '';
  if (kind === 'rerouted') return t('versions.data.rerouted', { input, from: source(after), was: source(before) });
  return t(`versions.data.${kind}`, { input, from: source(after ?? before) });
}

const shownEntries = 3;

/** A group and its first changes as one sentence. */
export function groupSentence(group: ChangeGroup, names: Names, t: Words): string {
  const title = groupTitle(group, t);
  if (group.state !== 'changed' || group.entries.length === 0) return title;
  const entries = group.entries.slice(0, shownEntries).map((entry) => entryWords(entry, names, t));
  const more = group.entries.length - entries.length;
  if (more > 0) entries.push(t('versions.group.more', { count: more }));
  return t('versions.group.with', { title, entries: entries.join('; ') });
}
