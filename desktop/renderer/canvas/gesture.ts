import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import { EditError, treeAfter } from '@rondo/shared/oas/edit.ts';
import type { FlowView, NodeView } from '@rondo/shared/oas/flow.ts';
import { openFlow, rootFlow } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { findComponent, resolveReference } from '@rondo/shared/oas/references.ts';

/**
 * Builds the commands of one gesture step by step: each command is applied to a working copy, so that the next ones
 * see what the earlier ones did.
 */
export interface GestureDraft {
  readonly tree: JsonObject;
  readonly commands: EditCommand[];
  view(): FlowView;
  node(id: string): NodeView | undefined;
  /** @throws EditError when a command does not fit the document */
  run(...commands: EditCommand[]): void;
}

export function draftGesture(start: JsonObject, flowId: string): GestureDraft {
  let tree = start;
  let view: FlowView | undefined;
  const commands: EditCommand[] = [];
  return {
    get tree() {
      return tree;
    },
    commands,
    view() {
      view ??= findFlow(tree, flowId);
      if (!view) throw new EditError('EDIT-FLOW', '');
      return view;
    },
    node(id) {
      return this.view().nodes.find((node) => node.id === id);
    },
    run(...more) {
      if (more.length === 0) return;
      tree = treeAfter(tree, more);
      view = undefined;
      commands.push(...more);
    },
  };
}

/** The view of a flow by its id, or of the document's own; undefined when there is no such flow. */
export function findFlow(tree: JsonObject, id: string | null): FlowView | undefined {
  if (id === null) return rootFlow(tree) ? openFlow(tree) : undefined;
  return findComponent(tree, id)?.component.component_type === 'Flow' ? openFlow(tree, id) : undefined;
}

/** Where a field of a component's part is written: the id of the component that holds it, and the pointer inside. */
export interface Place {
  component: string;
  pointer: string;
  value: JsonObject;
}

/**
 * Finds a part of a component (`tool`, `llm_config`, `subflow` …), written inline or by reference.
 *
 * @returns undefined when the part is missing or its reference leads nowhere
 */
export function partOf(tree: JsonObject, owner: JsonObject, field: string): Place | undefined {
  const raw = owner[field];
  if (!isObject(raw) || typeof owner.id !== 'string') return undefined;
  const value = resolveReference(tree, raw) ?? raw;
  if (typeof value.id === 'string' && findComponent(tree, value.id)) return { component: value.id, pointer: '', value };
  if (typeof raw.$component_ref === 'string') return undefined;
  return { component: owner.id, pointer: `/${field}`, value: raw };
}

/** The component itself as a place. */
export function placeOf(component: JsonObject): Place {
  return { component: String(component.id), pointer: '', value: component };
}

/** A command that writes one field of a place; an absent value removes the field. */
export function setIn(place: Place, field: string, value: Json | undefined): EditCommand {
  return { type: 'set', component: place.component, pointer: `${place.pointer}/${escapeSegment(field)}`, value };
}

export function escapeSegment(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Commands that write one field of the canvas data of a component (`metadata.__metadata_info__.rondo`). */
export function setRondo(place: Place, field: string, value: Json | undefined): EditCommand {
  const metadata = isObject(place.value.metadata) ? place.value.metadata : {};
  const info = isObject(metadata.__metadata_info__) ? metadata.__metadata_info__ : undefined;
  const rondo = info && isObject(info.rondo) ? info.rondo : undefined;
  const at = `${place.pointer}/metadata`;
  const set = (pointer: string, written: Json | undefined): EditCommand => ({
    type: 'set',
    component: place.component,
    pointer,
    value: written,
  });
  if (rondo) return set(`${at}/__metadata_info__/rondo/${escapeSegment(field)}`, value);
  const data: JsonObject = value === undefined ? {} : { [field]: value };
  if (info) return set(`${at}/__metadata_info__/rondo`, data);
  if (isObject(place.value.metadata)) return set(`${at}/__metadata_info__`, { rondo: data });
  return set(at, { __metadata_info__: { rondo: data } });
}

/** A list of JSON Schema properties as it stands in a component; undefined where it is left to inference. */
export function declared(component: JsonObject, field: 'inputs' | 'outputs'): JsonObject[] | undefined {
  const list = component[field];
  return Array.isArray(list) ? list.filter(isObject) : undefined;
}

/** The title of a property; an empty text where it has none. */
export function titleOf(property: JsonObject): string {
  return typeof property.title === 'string' ? property.title : '';
}
