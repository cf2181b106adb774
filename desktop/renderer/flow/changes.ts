import type { FlowView, NodeView } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { resolveReference } from '@rondo/shared/oas/references.ts';
import { findFlow } from '../canvas/gesture.ts';

/** One change between two documents; the words for it are made by the screen. */
export type FlowChange =
  | { kind: 'added' | 'removed'; id: string; name: string }
  | { kind: 'renamed'; id: string; name: string; from: string }
  | { kind: 'changed'; id: string; name: string; fields: FieldChange[] }
  | { kind: 'connected' | 'disconnected'; id: string; name: string; branch: string; to: string }
  | { kind: 'data'; id: string; name: string; input: string; from: string | null };

export interface FieldChange {
  /** the field's name in the document, for the part that changed */
  field: string;
  before: string;
  after: string;
}

/**
 * What changed between two documents, step by step. What only moved on the canvas is no change.
 *
 * @param before undefined for the first version: everything is added
 */
export function changesBetween(before: JsonObject | undefined, after: JsonObject): FlowChange[] {
  const now = findFlow(after, null);
  if (!now) return [];
  const then = before && findFlow(before, null);
  const old = new Map(then?.nodes.map((node) => [node.id, node]) ?? []);
  const changes: FlowChange[] = [];
  for (const node of now.nodes) {
    const was = old.get(node.id);
    if (!was) {
      changes.push({ kind: 'added', id: node.id, name: node.name });
      continue;
    }
    if (was.name !== node.name) changes.push({ kind: 'renamed', id: node.id, name: node.name, from: was.name });
    const fields = fieldChanges(whole(before ?? after, was), whole(after, node));
    if (fields.length > 0) changes.push({ kind: 'changed', id: node.id, name: node.name, fields });
  }
  for (const node of then?.nodes ?? []) {
    if (!now.nodeById.has(node.id)) changes.push({ kind: 'removed', id: node.id, name: node.name });
  }
  if (then) changes.push(...edgeChanges(then, now), ...dataChanges(then, now));
  return changes;
}

/** Edges between steps that are in both documents; the others come and go with their steps. */
function edgeChanges(then: FlowView, now: FlowView): FlowChange[] {
  const key = (edge: { from: string; branch: string; to: string }) =>
    `${edge.from}\u0000${edge.branch}\u0000${edge.to}`;
  const both = (edge: { from: string; to: string }) =>
    [edge.from, edge.to].every((id) => then.nodeById.has(id) && now.nodeById.has(id));
  const oldKeys = new Set(then.controlEdges.map(key));
  const newKeys = new Set(now.controlEdges.map(key));
  const say = (
    kind: 'connected' | 'disconnected',
    view: FlowView,
    edge: FlowView['controlEdges'][number],
  ): FlowChange => ({
    kind,
    id: edge.from,
    name: view.nodeById.get(edge.from)?.name ?? '',
    branch: edge.branch,
    to: view.nodeById.get(edge.to)?.name ?? '',
  });
  return [
    ...now.controlEdges
      .filter((edge) => both(edge) && !oldKeys.has(key(edge)))
      .map((edge) => say('connected', now, edge)),
    ...then.controlEdges
      .filter((edge) => both(edge) && !newKeys.has(key(edge)))
      .map((edge) => say('disconnected', then, edge)),
  ];
}

function dataChanges(then: FlowView, now: FlowView): FlowChange[] {
  const feeds = (view: FlowView) => {
    const map = new Map<string, string>();
    for (const edge of view.dataEdges) {
      map.set(
        `${edge.destination}\u0000${edge.input}`,
        `${view.nodeById.get(edge.source)?.name ?? ''} › ${edge.output}`,
      );
    }
    return map;
  };
  const before = feeds(then);
  const after = feeds(now);
  const renamed = new Map(then.nodes.map((node) => [node.name, now.nodeById.get(node.id)?.name ?? node.name]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): FlowChange[] => {
    const [id = '', input = ''] = key.split('\u0000');
    const node = now.nodeById.get(id);
    if (!node || !then.nodeById.has(id)) return [];
    const from = after.get(key) ?? null;
    const old = before.get(key)?.replace(/^(.*) ›/, (_, name: string) => `${renamed.get(name) ?? name} ›`) ?? null;
    return from === old ? [] : [{ kind: 'data', id, name: node.name, input, from }];
  });
}

/** A step with the parts it refers to, so that a change of its tool or model is a change of the step. */
function whole(tree: JsonObject, node: NodeView): JsonObject {
  const full: JsonObject = {};
  for (const [field, value] of Object.entries(node.component)) {
    if (field === 'id' || field === 'name' || field === '$referenced_components') continue;
    full[field] = isObject(value) ? (resolveReference(tree, value) ?? value) : value;
  }
  return full;
}

function fieldChanges(before: JsonObject, after: JsonObject): FieldChange[] {
  const changes: FieldChange[] = [];
  collect('', withoutPosition(before), withoutPosition(after), changes, 0);
  return changes;
}

function collect(
  field: string,
  before: Json | undefined,
  after: Json | undefined,
  changes: FieldChange[],
  depth: number,
) {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (isObject(before) && isObject(after) && depth < 3) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (key !== 'id') collect(key, before[key], after[key], changes, depth + 1);
    }
    return;
  }
  changes.push({ field, before: short(before), after: short(after) });
}

/** A value as it can stand in a sentence: texts and numbers as they are, anything larger is only said to have changed. */
function short(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'object') return '';
  const text = String(value).replaceAll(/\s+/g, ' ');
  return text.length > 60 ? '' : text;
}

/** Canvas data that changes nothing: the place of a step and its note. */
function withoutPosition(component: JsonObject): JsonObject {
  const { metadata, ...rest } = component;
  if (!isObject(metadata)) return rest;
  const info = isObject(metadata.__metadata_info__) ? metadata.__metadata_info__ : {};
  const { position: _position, note: _note, ...rondo } = isObject(info.rondo) ? info.rondo : {};
  const { rondo: _rondo, ...otherInfo } = info;
  const { __metadata_info__: _info, ...otherMetadata } = metadata;
  const kept: JsonObject = { ...otherMetadata, ...otherInfo, ...rondo };
  return Object.keys(kept).length > 0 ? { ...rest, metadata: kept } : rest;
}
