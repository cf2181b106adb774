import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { alternativesOf, titleOf } from '@rondo/shared/oas/properties.ts';
import { schemaOfValue } from './schemaOfValue.ts';
import type { ValuePath } from './valuePath.ts';
import { everyItem } from './valuePath.ts';

/** A value in the tree: an output of a step, or something inside of it. */
export interface ValueNode {
  key: string;
  step: NodeView;
  output: string;
  path: ValuePath;
  schema: JsonObject;
  /** the last real value; undefined where there is none */
  last: Json | undefined;
}

/** A line of the tree as it is drawn. */
export interface TreeRow {
  key: string;
  step: NodeView;
  /** the value; null for the step's own line */
  value: ValueNode | null;
  level: number;
  place: number;
  siblings: number;
  /** undefined where there is nothing inside */
  expanded: boolean | undefined;
}

const mostFields = 60;
const mostItems = 3;
const deepestSearch = 4;

/** The last real value of a step's output. */
export type LastOf = (node: string, output: string) => Json | undefined;

function outputsOf(step: NodeView, last: LastOf): ValueNode[] {
  return step.outputs.map((schema) => {
    const output = titleOf(schema);
    return { key: `${step.id}\u0000${output}`, step, output, path: [], schema, last: last(step.id, output) };
  });
}

/** What is inside a value, by its type and by what it last was. */
export function insideOf(node: ValueNode): ValueNode[] {
  const inner = (part: ValuePath[number], schema: JsonObject | undefined, last: Json | undefined): ValueNode => ({
    ...node,
    key: `${node.key}\u0000${String(part)}`,
    path: [...node.path, part],
    schema: schema && Object.keys(schema).length > 0 ? schema : schemaOfValue(last),
    last,
  });
  const parts = alternativesOf(node.schema);
  const record = parts.find((part) => part.type === 'object');
  const list = parts.find((part) => part.type === 'array');
  if (Array.isArray(node.last) || (list && !isObject(node.last))) {
    const items = isObject(list?.items) ? list.items : undefined;
    const last = Array.isArray(node.last) ? node.last : [];
    const known = items !== undefined || last.length > 0;
    if (!known) return [];
    const each: ValueNode = { ...inner(everyItem, items, last[0]), last: last[0] };
    const holds = insideOf(each).length > 0;
    const entries = Array.from({ length: Math.max(1, Math.min(mostItems, last.length)) }, (_, index) =>
      inner(index, items, last[index]),
    );
    // "every entry" of plain values is the list itself: only what is inside of records is worth a line
    return holds ? [each, ...entries] : entries;
  }
  if (!record && !isObject(node.last)) return [];
  const properties = isObject(record?.properties) ? record.properties : {};
  const last = isObject(node.last) ? node.last : {};
  const names = [...new Set([...Object.keys(properties), ...Object.keys(last)])].slice(0, mostFields);
  return names.map((name) => {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return inner(name, isObject(schema) ? schema : undefined, Object.hasOwn(last, name) ? last[name] : undefined);
  });
}

/** The type of what a choice gives: under "every entry" it is a list. */
export function typeOf(node: ValueNode): JsonObject {
  const { title: _title, default: _default, ...schema } = node.schema;
  return node.path.includes(everyItem) && node.path.at(-1) !== everyItem ? { type: 'array', items: schema } : schema;
}

/** A line that stands for every entry only opens; all else can be chosen. */
export function canBeChosen(row: TreeRow): boolean {
  return row.value !== null && row.value.path.at(-1) !== everyItem;
}

/**
 * The lines of the tree, from top to bottom.
 *
 * @param open keys of values that are unfolded (steps are always)
 * @param search words that must be in the step's name and the value's; what is found inside is unfolded
 */
export function treeRows(
  steps: readonly NodeView[],
  last: LastOf,
  open: ReadonlySet<string>,
  search: string,
): TreeRow[] {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (node: ValueNode) => {
    const text = [node.step.name, node.output, ...node.path.map(String)].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const found = (node: ValueNode, depth: number): boolean =>
    matches(node) || (depth < deepestSearch && insideOf(node).some((inner) => found(inner, depth + 1)));
  const rows: TreeRow[] = [];
  const add = (nodes: readonly ValueNode[], level: number): void => {
    nodes.forEach((value, index) => {
      const inside = insideOf(value);
      const byHand = open.has(value.key);
      const bySearch = words.length > 0 && !matches(value);
      const shown = bySearch ? inside.filter((inner) => found(inner, value.path.length + 1)) : inside;
      const expanded = inside.length === 0 ? undefined : byHand || (bySearch && shown.length > 0);
      rows.push({
        key: value.key,
        step: value.step,
        value,
        level,
        place: index + 1,
        siblings: nodes.length,
        expanded,
      });
      if (expanded) add(shown, level + 1);
    });
  };
  const shownSteps = steps.flatMap((step) => {
    const outputs = outputsOf(step, last).filter((value) => words.length === 0 || found(value, 0));
    return outputs.length > 0 ? [{ step, outputs }] : [];
  });
  shownSteps.forEach(({ step, outputs }, index) => {
    rows.push({
      key: step.id,
      step,
      value: null,
      level: 1,
      place: index + 1,
      siblings: shownSteps.length,
      expanded: true,
    });
    add(outputs, 2);
  });
  return rows;
}
