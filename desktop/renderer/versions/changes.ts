import type { ComponentChange, DocumentDiff, Route } from '@rondo/shared/oas/compare/diff.ts';
import { diffDocuments } from '@rondo/shared/oas/compare/diff.ts';
import type { FieldChange } from '@rondo/shared/oas/compare/fields.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { findFlow } from '../canvas/gesture.ts';
import { blankTree } from './blankTree.ts';
import { edgeChanges } from './edgeChanges.ts';
import { type FrameChange, frameChanges, isFrameField, mayHoldFrames } from './frameChanges.ts';
import { membershipOf } from './membership.ts';
import { spreadMetadata } from './spreadMetadata.ts';

/** One line of what changed in a step, a flow, a note, a group of steps, or a part that several steps use. */
export type ChangeEntry =
  | { type: 'field'; part: { type: string; name: string } | null; ofType: string; field: FieldChange }
  | { type: 'way'; kind: 'added' | 'removed' | 'rerouted'; before?: Route; after?: Route }
  | { type: 'data'; kind: 'added' | 'removed' | 'rerouted'; before?: Route; after?: Route };

/** What changed in one place, as it is listed. */
export interface ChangeGroup {
  /** id in the document before; of what was added, in the one after */
  id: string;
  role: 'document' | 'flow' | 'step' | 'note' | 'frame' | 'part';
  state: 'added' | 'removed' | 'changed';
  name: string;
  /** what it was called before, where that changed */
  nameBefore?: string;
  type: string;
  /** id of the flow it stands in */
  flow: string;
  entries: ChangeEntry[];
  /** of a part: the steps that use it */
  usedBy: string[];
}

/** Everything that two documents do not have in common, in the order in which it is told. */
export interface Changes {
  groups: ChangeGroup[];
  /** steps that only stand elsewhere */
  moved: { id: string; name: string }[];
  /** notes that only stand elsewhere, or are of another size */
  movedNotes: { id: string; name: string }[];
  names: DocumentDiff['names'];
  /** ids of components of the document after, by which they are known here (the ids before) */
  known: ReadonlyMap<string, string>;
}

/**
 * What changed between two sound documents, grouped by step: its own fields, those of the parts it uses alone, the ways
 * out of it and the data that comes in. Edges of steps that came or went are told by these steps.
 *
 * @param before undefined for the first version: everything is added
 */
export function changesBetween(before: JsonObject | undefined, after: JsonObject): Changes {
  const diff = diffDocuments(before ?? blankTree(after), after);
  const members = { before: membershipOf(before), after: membershipOf(after) };
  const known = new Map(diff.renumbered.map((pair) => [pair.after, pair.before]));
  const names = allNames();
  const groups = new Map<string, ChangeGroup>();
  const frames: (FrameChange & { flow: string })[] = [];
  const whole = new Set(
    diff.changes.filter(({ kind }) => kind === 'added' || kind === 'removed').map((change) => change.id),
  );
  const groupOf = (id: string, otherwise: Omit<ChangeGroup, 'id' | 'entries' | 'usedBy'>): ChangeGroup => {
    const group = groups.get(id) ?? { id, ...otherwise, entries: [], usedBy: [] };
    groups.set(id, group);
    return group;
  };
  const stepGroup = (id: string): ChangeGroup =>
    groupOf(id, {
      role: 'step',
      state: 'changed',
      name: names[id] ?? id,
      type: members.after.typeOf(id) ?? members.before.typeOf(id) ?? '',
      flow: members.after.flowOf(id) ?? members.before.flowOf(id) ?? '',
    });
  for (const change of diff.changes) {
    const lone = change.kind === 'added' || change.kind === 'removed';
    if (change.role === 'control' || change.role === 'data') continue;
    if (change.role === 'component') addPart(change, lone);
    // a flow that came or went as a whole is one line, not one for each of its steps
    else if (!lone || !whole.has(change.flow ?? '')) {
      const group = groupOf(change.id, {
        role: change.role,
        state: lone ? (change.kind as 'added' | 'removed') : 'changed',
        name: change.name,
        type: change.type,
        flow: change.flow ?? (change.role === 'flow' ? change.id : ''),
      });
      const fields = change.fields.flatMap(spreadMetadata);
      if (change.role !== 'step' && change.fields.some(({ pointer }) => mayHoldFrames(pointer))) addFrames(change);
      for (const field of fields.filter(({ pointer }) => !isFrameField(pointer))) {
        if (field.pointer === '/name' && typeof field.before === 'string') group.nameBefore = field.before;
        else group.entries.push({ type: 'field', part: null, ofType: change.type, field });
      }
    }
  }
  for (const { role, step, ...edge } of edgeChanges(diff.changes, whole)) {
    stepGroup(step).entries.push({ type: role === 'control' ? 'way' : 'data', ...edge });
  }
  for (const { id, role, state, fields, ...told } of frames) {
    if (state === 'moved') continue;
    const type = role === 'note' ? 'Note' : 'Group';
    const entries = fields.map((field) => ({ type: 'field' as const, part: null, ofType: type, field }));
    groups.set(id, { id, role, state, type, entries, usedBy: [], ...told });
  }
  const order = { document: 0, flow: 1, step: 2, frame: 3, note: 4, part: 5 };
  const list = [...groups.values()].filter(isTold).sort((a, b) => order[a.role] - order[b.role]);
  const told = new Set(list.map((group) => group.id));
  const moved = diff.moved.filter(({ id }) => !told.has(id));
  return { groups: list, moved, movedNotes: frames.filter(({ state }) => state === 'moved'), names, known };

  function addFrames({ id, role }: ComponentChange) {
    const whole = role === 'document';
    const [was, is] = [before && findFlow(before, whole ? null : id), findFlow(after, whole ? null : inverse(id))];
    const flow = whole ? (is?.id ?? '') : id;
    for (const frame of frameChanges(was, is, known)) frames.push({ ...frame, flow });
  }

  function addPart(change: ComponentChange, lone: boolean) {
    const owners = members.after.usersOf(inverse(change.id)).map((id) => known.get(id) ?? id);
    const users = [...new Set([...owners, ...members.before.usersOf(change.id)])];
    // what came or went with a step, or instead of something else, is told there
    if (lone && users.length > 0) return;
    const [only] = users;
    if (users.length === 1 && only !== undefined) {
      if (whole.has(only)) return;
      const group = stepGroup(only);
      const part = { type: change.type, name: change.name };
      for (const field of change.fields.flatMap(spreadMetadata))
        group.entries.push({ type: 'field', part, ofType: change.type, field });
      return;
    }
    const group = groupOf(change.id, {
      role: 'part',
      state: lone ? (change.kind as 'added' | 'removed') : 'changed',
      name: change.name,
      type: change.type,
      flow: '',
    });
    group.usedBy = users;
    for (const field of change.fields.flatMap(spreadMetadata))
      group.entries.push({ type: 'field', part: null, ofType: change.type, field });
  }

  function inverse(id: string): string {
    return diff.renumbered.find((pair) => pair.before === id)?.after ?? id;
  }

  function allNames(): DocumentDiff['names'] {
    const names = { ...diff.names };
    // by the name that they have now
    for (const change of diff.changes) if (change.name !== '') names[change.id] = change.name;
    for (const [id, other] of known) names[other] ||= diff.names[id] ?? '';
    return names;
  }
}

/** Whether a group is about something that stands on the canvas by itself. */
export function isDrawn({ role }: ChangeGroup): boolean {
  return role === 'step' || role === 'note' || role === 'frame';
}

function isTold(group: ChangeGroup): boolean {
  return group.state !== 'changed' || group.entries.length > 0 || group.nameBefore !== undefined;
}

/** What looks changed on the canvas: steps, notes and groups of their own, and the users of parts. */
export function changedSteps({
  groups,
  moved,
  movedNotes,
}: Changes): Map<string, 'added' | 'removed' | 'changed' | 'moved'> {
  const states = new Map<string, 'added' | 'removed' | 'changed' | 'moved'>();
  for (const { id } of [...moved, ...movedNotes]) states.set(id, 'moved');
  for (const group of groups) {
    if (isDrawn(group)) states.set(group.id, group.state);
    if (group.role === 'part') for (const id of group.usedBy) if (!states.has(id)) states.set(id, 'changed');
  }
  return states;
}
