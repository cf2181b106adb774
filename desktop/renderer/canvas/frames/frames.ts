import type { FlowView } from '@rondo/shared/oas/flow.ts';
import { rondoOf } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject, ownList, ownObject, ownText } from '@rondo/shared/oas/json.ts';
import { pointerTo } from '@rondo/shared/oas/pointer.ts';
import type { Box } from '../arrange/boxes.ts';
import type { GestureDraft } from '../gesture.ts';

export const noteColors = ['yellow', 'blue', 'green', 'pink', 'grey'] as const;
export type NoteColor = (typeof noteColors)[number];

/** A sticky note on the canvas of a flow. */
export interface Note extends Box {
  id: string;
  text: string;
  color: NoteColor;
}

/** A named frame around steps. Where it stands follows from its steps. */
export interface Group {
  id: string;
  name: string;
  /** the steps in it that the flow has */
  steps: readonly string[];
  folded: boolean;
}

export const newNoteSize = { width: 216, height: 136 } as const;
export const leastNote = { width: 120, height: 64 } as const;

const rondo = '/metadata/__metadata_info__/rondo';

/** The sticky notes of a flow, as its own metadata keeps them. */
export function notesOf(view: FlowView): Note[] {
  return entries(view, 'notes').map(([id, value]) => {
    const color = noteColors.find((known) => known === value.color) ?? 'yellow';
    return {
      id,
      text: ownText(value, 'text') ?? '',
      color,
      x: numberOr(value.x, 0),
      y: numberOr(value.y, 0),
      width: Math.max(leastNote.width, numberOr(value.width, newNoteSize.width)),
      height: Math.max(leastNote.height, numberOr(value.height, newNoteSize.height)),
    };
  });
}

/** The groups of a flow; one whose steps are all gone is left out. */
export function groupsOf(view: FlowView): Group[] {
  const taken = new Set<string>();
  return entries(view, 'groups').flatMap(([id, value]) => {
    const steps = ownList(value, 'steps').filter(
      (step): step is string => typeof step === 'string' && view.nodeById.has(step) && !taken.has(step),
    );
    for (const step of steps) taken.add(step);
    return steps.length === 0 ? [] : [{ id, name: ownText(value, 'name') ?? '', steps, folded: value.folded === true }];
  });
}

function entries(view: FlowView, field: 'notes' | 'groups'): [string, JsonObject][] {
  const list = Object.entries(ownObject(rondoOf(view.component), field) ?? {});
  return list.filter((entry): entry is [string, JsonObject] => isObject(entry[1]));
}

function numberOr(value: Json | undefined, other: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : other;
}

/** Writes a note, new or changed. */
export function writeNote(draft: GestureDraft, note: Note): void {
  write(draft, 'notes', note.id, keptNote(note));
}

function keptNote({ x, y, width, height, text, color }: Note): JsonObject {
  const box = { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
  return { text, color, ...box };
}

function keptGroup({ name, steps, folded }: Group): JsonObject {
  return { name, steps: [...steps], ...(folded ? { folded } : {}) };
}

/** Notes and groups as a flow's metadata keeps them; undefined where there are none. */
export function framesMetadata(notes: readonly Note[], groups: readonly Group[]): JsonObject | undefined {
  if (notes.length + groups.length === 0) return undefined;
  const kept = {
    ...(notes.length > 0 && { notes: Object.fromEntries(notes.map((note) => [note.id, keptNote(note)])) }),
    ...(groups.length > 0 && { groups: Object.fromEntries(groups.map((group) => [group.id, keptGroup(group)])) }),
  };
  return { __metadata_info__: { rondo: kept } };
}

/** Writes a group. A step is in one group only: others lose it. */
export function writeGroup(draft: GestureDraft, group: Group): void {
  for (const other of groupsOf(draft.view())) {
    if (other.id === group.id) continue;
    const rest = other.steps.filter((step) => !group.steps.includes(step));
    if (rest.length < other.steps.length) putGroup(draft, { ...other, steps: rest });
  }
  putGroup(draft, group);
}

function putGroup(draft: GestureDraft, group: Group): void {
  if (group.steps.length === 0) remove(draft, 'groups', group.id);
  else write(draft, 'groups', group.id, keptGroup(group));
}

/** Takes steps that are gone out of their groups. */
export function leaveGroups(draft: GestureDraft, gone: ReadonlySet<string>): void {
  for (const [id, value] of entries(draft.view(), 'groups')) {
    const steps = ownList(value, 'steps').filter((step) => typeof step === 'string');
    const rest = steps.filter((step) => !gone.has(step));
    if (rest.length === steps.length) continue;
    if (rest.length === 0) remove(draft, 'groups', id);
    else write(draft, 'groups', id, { ...value, steps: rest });
  }
}

/** Takes notes and frames away; the steps in a frame stay. */
export function removeFrames(draft: GestureDraft, ids: readonly string[]): void {
  for (const field of ['notes', 'groups'] as const) {
    for (const [id] of entries(draft.view(), field)) if (ids.includes(id)) remove(draft, field, id);
  }
}

function write(draft: GestureDraft, field: 'notes' | 'groups', id: string, value: JsonObject): void {
  const pointer = pointerTo(`${rondo}/${field}`, id);
  draft.run({ type: 'set', component: draft.view().id, pointer, value });
}

function remove(draft: GestureDraft, field: 'notes' | 'groups', id: string): void {
  draft.run({ type: 'set', component: draft.view().id, pointer: pointerTo(`${rondo}/${field}`, id) });
}
