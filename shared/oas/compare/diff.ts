import { componentTypes } from '../componentTypes.ts';
import type { JsonObject } from '../json.ts';
import { ownText, withoutKey } from '../json.ts';
import { referenceOf } from '../references.ts';
import type { FieldChange } from './fields.ts';
import { changedFields } from './fields.ts';
import { sameLayout, withoutLayout } from './layout.ts';
import { matched } from './matching.ts';
import { flowsOfMembers } from './membership.ts';
import type { Part, Parts } from './parts.ts';
import { canonical, partsOf, rootKey, withReferences } from './parts.ts';

/** What a component is to the person who looks at the drawing. */
export type ComponentRole = (typeof roles)[number];

const roles = ['document', 'flow', 'step', 'control', 'data', 'component'] as const;

/** A component that two documents do not have in common, or have differently. */
export interface ComponentChange {
  /** `rerouted`: a connection that begins or ends elsewhere */
  kind: 'added' | 'removed' | 'changed' | 'rerouted';
  role: ComponentRole;
  /** its id in the document before (`''` = the document itself); for one that was added, in the one after */
  id: string;
  type: string;
  /** as it is called after; for one that was removed, before */
  name: string;
  /** id of the flow that it is a step or a connection of */
  flow?: string;
  /** empty for one that was added or removed */
  fields: FieldChange[];
  /** of a connection: where it leads, before and after */
  route?: { before?: Route; after?: Route };
}

/** The ends of a connection: ids of steps, with the branch, or the output and the input. */
export interface Route {
  from: string;
  /** branch, or output */
  out: string;
  to: string;
  /** input; empty for a connection of control */
  in: string;
}

/** How two documents differ. Ids are those of the first document, but for what only the second has. */
export interface DocumentDiff {
  /** nothing differs but, at most, where steps stand on the canvas */
  same: boolean;
  /** the document first, then flows, steps, connections and the rest */
  changes: ComponentChange[];
  /** steps that stand elsewhere on the canvas */
  moved: { id: string; name: string }[];
  /** components that were found again under another id */
  renumbered: { before: string; after: string; name: string }[];
  /** what every component is called, by its id: for telling references in words */
  names: { [id: string]: string };
}

const ends = new Set(
  ['from_node', 'from_branch', 'to_node', 'source_node', 'source_output', 'destination_node', 'destination_input'].map(
    (field) => `/${field}`,
  ),
);

/**
 * Compares two sound documents as Open Agent Spec: component by component, wherever each stands in the file.
 */
export function diffDocuments(before: JsonObject, after: JsonObject): DocumentDiff {
  const [left, right] = [canonicalParts(before), canonicalParts(after)];
  const { pairs, removed, added } = matched(left, right);
  const kept = pairs.map(({ before: { key }, after: part }) => ({ ...part, key }));
  const flows = { before: flowsOfMembers(left.values()), after: flowsOfMembers([...kept, ...added]) };
  const lone = new Set([...removed, ...added].map(({ key }) => key));
  const diff: DocumentDiff = { same: true, changes: [], moved: [], renumbered: [], names: {} };
  for (const part of [...left.values(), ...right.values()]) diff.names[part.key] ||= part.name;
  for (const pair of pairs) {
    const [one, other] = [pair.before, pair.after];
    const [oldId, newId] = [idOf(one), idOf(other)];
    if (oldId !== newId) diff.renumbered.push({ before: oldId, after: newId, name: other.name });
    if (!sameLayout(one.shell, other.shell)) diff.moved.push({ id: one.key, name: other.name });
    const fields = changedFields(bare(one), bare(other), lone);
    if (fields.length === 0) continue;
    const role = roleOf(other);
    const rerouted = (role === 'control' || role === 'data') && fields.some(({ pointer }) => ends.has(pointer));
    diff.changes.push({
      ...changeOf(rerouted ? 'rerouted' : 'changed', { ...other, key: one.key }, flows.after),
      fields,
      ...(role === 'control' || role === 'data' ? { route: { before: routeOf(one), after: routeOf(other) } } : {}),
    });
  }
  for (const part of removed) diff.changes.push(withRoute(changeOf('removed', part, flows.before), 'before', part));
  for (const part of added) diff.changes.push(withRoute(changeOf('added', part, flows.after), 'after', part));
  diff.changes = roles.flatMap((role) => diff.changes.filter((change) => change.role === role));
  diff.same = diff.changes.length === 0 && diff.renumbered.length === 0;
  return diff;
}

function canonicalParts(tree: JsonObject): Parts {
  const parts = partsOf(tree);
  const nameOf = canonical(tree, parts);
  for (const part of parts.values()) part.shell = withReferences(part.shell, nameOf) as JsonObject;
  return rooted(tree, parts, nameOf);
}

/** A document that only refers to its root component is compared as that component. */
function rooted(tree: JsonObject, parts: Parts, nameOf: (ref: string) => string): Parts {
  const ref = ownText(tree, '$component_ref');
  const root = ref === undefined ? undefined : parts.get(nameOf(ref));
  if (root === undefined || root.key === rootKey || ownText(tree, 'component_type') !== undefined) return parts;
  const around = withoutKey(parts.get(rootKey)?.shell ?? {}, '$component_ref');
  const shell = { ...root.shell, ...around };
  return new Map([...parts, [rootKey, { ...root, key: rootKey, shell }] as const].filter(([key]) => key !== root.key));
}

function idOf({ key, shell }: Part): string {
  return ownText(shell, 'id') ?? key;
}

/** A shell without what is told elsewhere: the id, and the place on the canvas. */
function bare(part: Part): JsonObject {
  return withoutKey(withoutLayout(part.shell), 'id');
}

function roleOf({ key, type }: Part): ComponentRole {
  if (key === rootKey) return 'document';
  if (type === 'Flow') return 'flow';
  if (type === 'ControlFlowEdge') return 'control';
  if (type === 'DataFlowEdge') return 'data';
  return componentTypes.get(type)?.group === 'node' ? 'step' : 'component';
}

function changeOf(kind: ComponentChange['kind'], part: Part, flows: ReadonlyMap<string, string>): ComponentChange {
  const flow = flows.get(part.key);
  const known = roleOf(part);
  // A type that this program does not know is a step when a flow lists it as one.
  const role = known === 'component' && flow !== undefined ? 'step' : known;
  const { key: id, type, name } = part;
  return { kind, role, id, type, name, ...(flow === undefined ? {} : { flow }), fields: [] };
}

function withRoute(change: ComponentChange, side: 'before' | 'after', part: Part): ComponentChange {
  const known = change.role === 'control' || change.role === 'data';
  return known ? { ...change, route: { [side]: routeOf(part) } } : change;
}

function routeOf({ type, shell }: Part): Route {
  const text = (field: string, otherwise = ''): string => {
    const value = shell[field];
    return typeof value === 'string' ? value : otherwise;
  };
  const end = (field: string): string => referenceOf(shell[field]) ?? '';
  return type === 'ControlFlowEdge'
    ? { from: end('from_node'), out: text('from_branch', 'next'), to: end('to_node'), in: '' }
    : {
        from: end('source_node'),
        out: text('source_output'),
        to: end('destination_node'),
        in: text('destination_input'),
      };
}
