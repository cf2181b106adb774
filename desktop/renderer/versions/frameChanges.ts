import type { FieldChange } from '@rondo/shared/oas/compare/fields.ts';
import type { FlowView } from '@rondo/shared/oas/flow.ts';
import type { Json } from '@rondo/shared/oas/json.ts';
import { sameJson } from '@rondo/shared/oas/json.ts';
import { groupsOf, type Note, notesOf } from '../canvas/frames/frames.ts';
import { shortText } from '../canvas/shortText.ts';

/** A note or a group of steps that two states of a flow do not have in common, or have differently. */
export interface FrameChange {
  id: string;
  role: 'note' | 'frame';
  /** `moved`: nothing but its place or its size */
  state: 'added' | 'removed' | 'changed' | 'moved';
  /** the beginning of a note's text, or the name of a group: as it is after; of what was removed, before */
  name: string;
  nameBefore?: string;
  fields: FieldChange[];
}

/** What is said of a note or a group, field by field; what only places it on the canvas is left out. */
interface Told {
  name: string;
  says: Record<string, Json>;
  place: Json;
}

const rondo = '/metadata/__metadata_info__/rondo';
const holders = new Set(['/metadata', '/metadata/__metadata_info__', rondo]);

/** Whether a changed place of a flow is about its notes and groups, which are told by themselves. */
export function isFrameField(pointer: string): boolean {
  return new RegExp(`^${rondo}/(notes|groups)(/|$)`).test(pointer);
}

/** Whether notes and groups may be among what changed at a place of a flow. */
export function mayHoldFrames(pointer: string): boolean {
  return holders.has(pointer) || isFrameField(pointer);
}

/**
 * The notes and groups that differ between two states of a flow, groups first.
 * @param known ids before of components that have another id after
 */
export function frameChanges(
  before: FlowView | undefined,
  after: FlowView | undefined,
  known: ReadonlyMap<string, string>,
): FrameChange[] {
  return (['frame', 'note'] as const).flatMap((role) => {
    const tell = role === 'note' ? toldNotes : toldGroups;
    const [was, is] = [tell(before, new Map()), tell(after, known)];
    return [...new Set([...is.keys(), ...was.keys()])].flatMap((id): FrameChange[] => {
      const [one, other] = [was.get(id), is.get(id)];
      if (!one || !other) {
        const name = (other ?? one)?.name ?? '';
        return [{ id, role, state: other ? 'added' : 'removed', name, fields: [] }];
      }
      const fields = fieldsOf(one, other);
      const renamed = role === 'frame' && one.name !== other.name;
      if (fields.length > 0 || renamed)
        return [{ id, role, state: 'changed', name: other.name, fields, ...(renamed && { nameBefore: one.name }) }];
      return sameJson(one.place, other.place) ? [] : [{ id, role, state: 'moved', name: other.name, fields: [] }];
    });
  });
}

/** What a note is called where it is told of. */
export function noteName({ text }: Pick<Note, 'text'>): string {
  return shortText(text, 40) || '…';
}

function toldNotes(view: FlowView | undefined): Map<string, Told> {
  const notes = view ? notesOf(view) : [];
  return new Map(
    notes.map(({ id, text, color, x, y, width, height }) => [
      id,
      { name: noteName({ text }), says: { text, color }, place: { x, y, width, height } },
    ]),
  );
}

function toldGroups(view: FlowView | undefined, known: ReadonlyMap<string, string>): Map<string, Told> {
  const groups = view ? groupsOf(view) : [];
  return new Map(
    groups.map(({ id, name, steps, folded }) => {
      const members = steps.map((step) => ({ $component_ref: known.get(step) ?? step }));
      return [id, { name, says: { steps: members, folded }, place: null }];
    }),
  );
}

function fieldsOf(before: Told, after: Told): FieldChange[] {
  return Object.keys(after.says).flatMap((field): FieldChange[] => {
    const [one, other] = [before.says[field] ?? null, after.says[field] ?? null];
    return sameJson(inAnyOrder(one), inAnyOrder(other))
      ? []
      : [{ pointer: `/${field}`, kind: 'changed', before: one, after: other }];
  });
}

/** The steps of a group stand in no order. */
function inAnyOrder(value: Json): Json {
  return Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : value;
}
