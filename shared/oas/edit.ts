import { edgeId, nodeId, openFlow } from './flow.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { fromPointer, toPointer, valueAt } from './pointer.ts';
import { eachReference, findComponent, referenceId } from './references.ts';

/**
 * The one way to change a document. A gesture is a list of commands; its inverse takes it back exactly, order of keys
 * and places in lists included. Pointers of `set` are relative to the component.
 */
export type EditCommand =
  | { type: 'add'; flow: string; node: JsonObject; index?: number }
  | { type: 'remove'; flow: string; node: string }
  | { type: 'connect'; flow: string; edge: JsonObject; index?: number }
  | { type: 'disconnect'; flow: string; edge: string }
  | { type: 'set'; component: string; pointer: string; value?: Json; before?: string }
  | { type: 'rename'; component: string; name: string }
  | { type: 'move'; node: string; x: number; y: number }
  | RestoreCommand;

/**
 * Only made as an inverse: puts back values at places of the document. Listed from the last to be done to the first,
 * each as it was; `absent` = there was nothing.
 */
export interface RestoreCommand {
  type: 'restore';
  component: string;
  pointer: string;
  value?: Json;
  before?: string;
  /** for a list: put the item in at this place, or take it out */
  item?: 'insert' | 'delete';
}

/** A command that the document refuses. Nothing was changed. */
export class EditError extends Error {
  readonly code: 'NOT_FOUND' | 'DUPLICATE' | 'INVALID';
  readonly pointer: string;
  constructor(code: EditError['code'], message: string, pointer = '') {
    super(message);
    this.code = code;
    this.pointer = pointer;
  }
}

/**
 * Applies commands in order, all or none. The given tree is not changed; untouched parts are shared.
 * @returns the new tree and the commands that lead back
 * @throws {EditError}
 */
export function applyCommands(
  tree: JsonObject,
  commands: readonly EditCommand[],
): { tree: JsonObject; inverse: EditCommand[] } {
  let current = tree;
  const inverse: EditCommand[] = [];
  for (const command of commands) {
    const result = applyCommand(current, command);
    current = result.tree;
    inverse.unshift(...result.inverse);
  }
  return { tree: current, inverse };
}

interface Applied {
  tree: JsonObject;
  inverse: EditCommand[];
}

function applyCommand(tree: JsonObject, command: EditCommand): Applied {
  switch (command.type) {
    case 'add':
      return add(tree, command);
    case 'remove':
      return remove(tree, command);
    case 'connect':
      return connect(tree, command);
    case 'disconnect':
      return disconnect(tree, command);
    case 'set':
      return setValue(tree, command.component, command.pointer, command.value, command.before);
    case 'restore':
      return restore(tree, command);
    case 'rename':
      return rename(tree, command);
    case 'move':
      return move(tree, command);
  }
}

function located(tree: JsonObject, id: string): { pointer: string; component: JsonObject } {
  const found = findComponent(tree, id);
  if (!found) throw new EditError('NOT_FOUND', `There is no component with the id “${id}” (any more).`);
  return found;
}

function flowOf(tree: JsonObject, id: string): { pointer: string; component: JsonObject } {
  const found = located(tree, id);
  if (found.component.component_type !== 'Flow')
    throw new EditError('INVALID', `“${id}” is not a flow.`, found.pointer);
  return found;
}

function add(tree: JsonObject, command: Extract<EditCommand, { type: 'add' }>): Applied {
  flowOf(tree, command.flow);
  const id = command.node.id;
  if (typeof id !== 'string' || typeof command.node.component_type !== 'string')
    throw new EditError('INVALID', 'A new step needs an “id” and a “component_type”.');
  if (findComponent(tree, id)) throw new EditError('DUPLICATE', `There already is a component with the id “${id}”.`);
  return insertItem(tree, command.flow, '/nodes', command.node, command.index);
}

function remove(tree: JsonObject, command: Extract<EditCommand, { type: 'remove' }>): Applied {
  const view = openFlow(tree, command.flow);
  const node = view?.nodeById.get(command.node);
  if (!view || !node)
    throw new EditError('NOT_FOUND', `The flow has no step with the id “${command.node}” (any more).`);
  let current = tree;
  const inverse: EditCommand[] = [];
  const apply = (step: Applied): void => {
    current = step.tree;
    inverse.unshift(...step.inverse);
  };
  for (const field of ['data_flow_connections', 'control_flow_connections'] as const) {
    const list = view.component[field];
    if (!Array.isArray(list)) continue;
    for (let index = list.length - 1; index >= 0; index--) {
      const edge = referenceId(list[index]) ? valueOfReference(tree, list[index]) : list[index];
      if (!isObject(edge)) continue;
      const ends = [edge.from_node, edge.to_node, edge.source_node, edge.destination_node].map((end) =>
        nodeId(tree, end),
      );
      if (ends.includes(command.node)) apply(deleteItem(current, command.flow, `/${field}/${index}`));
    }
  }
  const nodes = Array.isArray(view.component.nodes) ? view.component.nodes : [];
  const index = nodes.findIndex((item) => nodeId(tree, item) === command.node);
  apply(deleteItem(current, command.flow, `/nodes/${index}`));
  apply(dropUnused(current, command.node));
  return { tree: current, inverse };
}

function valueOfReference(tree: JsonObject, value: Json | undefined): JsonObject | undefined {
  const id = referenceId(value);
  return id === undefined ? undefined : findComponent(tree, id)?.component;
}

/** Takes a component out of `$referenced_components` when nothing refers to it any more. */
function dropUnused(tree: JsonObject, id: string): Applied {
  const found = findComponent(tree, id);
  const path = found ? fromPointer(found.pointer) : [];
  if (!found || path.at(-2) !== '$referenced_components') return { tree, inverse: [] };
  let used = false;
  eachReference(tree, [], (reference) => {
    if (reference === id || reference === path.at(-1)) used = true;
  });
  if (used) return { tree, inverse: [] };
  return setAbsolute(tree, found.pointer, undefined, undefined);
}

function connect(tree: JsonObject, command: Extract<EditCommand, { type: 'connect' }>): Applied {
  const view = openFlow(tree, command.flow);
  if (!view) throw new EditError('NOT_FOUND', `There is no flow with the id “${command.flow}”.`);
  const { edge } = command;
  const control = edge.component_type === 'ControlFlowEdge';
  if (!control && edge.component_type !== 'DataFlowEdge')
    throw new EditError('INVALID', 'A connection is a ControlFlowEdge or a DataFlowEdge.');
  for (const field of control ? ['from_node', 'to_node'] : ['source_node', 'destination_node']) {
    const id = nodeId(tree, edge[field]);
    if (id === undefined || !view.nodeById.has(id))
      throw new EditError('NOT_FOUND', `The connection names a step that the flow does not have (“${id ?? field}”).`);
  }
  if (typeof edge.id === 'string' && findComponent(tree, edge.id))
    throw new EditError('DUPLICATE', `There already is a component with the id “${edge.id}”.`);
  const field = control ? 'control_flow_connections' : 'data_flow_connections';
  if (Array.isArray(view.component[field])) return insertItem(tree, command.flow, `/${field}`, edge, command.index);
  const before = control ? [] : view.dataEdges.map(writtenEdge);
  return setValue(tree, command.flow, `/${field}`, [...before, edge], undefined);
}

/** Connections by name become written ones, so that adding one edge keeps the others. */
function writtenEdge(edge: {
  name: string;
  source: string;
  output: string;
  destination: string;
  input: string;
}): JsonObject {
  return {
    component_type: 'DataFlowEdge',
    id: crypto.randomUUID(),
    name: edge.name,
    source_node: { $component_ref: edge.source },
    source_output: edge.output,
    destination_node: { $component_ref: edge.destination },
    destination_input: edge.input,
  };
}

function disconnect(tree: JsonObject, command: Extract<EditCommand, { type: 'disconnect' }>): Applied {
  const { component } = flowOf(tree, command.flow);
  for (const field of ['control_flow_connections', 'data_flow_connections']) {
    const list = component[field];
    if (!Array.isArray(list)) continue;
    const index = list.findIndex((item, place) => {
      const edge = referenceId(item) ? valueOfReference(tree, item) : item;
      return isObject(edge) && edgeId(edge, place) === command.edge;
    });
    if (index < 0) continue;
    const reference = referenceId(list[index]);
    const cut = deleteItem(tree, command.flow, `/${field}/${index}`);
    if (reference === undefined) return cut;
    const rest = dropUnused(cut.tree, reference);
    return { tree: rest.tree, inverse: [...rest.inverse, ...cut.inverse] };
  }
  throw new EditError('NOT_FOUND', `The flow has no connection “${command.edge}” (any more).`);
}

function rename(tree: JsonObject, command: Extract<EditCommand, { type: 'rename' }>): Applied {
  if (command.name.trim() === '') throw new EditError('INVALID', 'A name cannot be empty.');
  return setValue(tree, command.component, '/name', command.name, undefined);
}

function move(tree: JsonObject, command: Extract<EditCommand, { type: 'move' }>): Applied {
  const { component } = located(tree, command.node);
  const position = { x: Math.round(command.x), y: Math.round(command.y) };
  const metadata = isObject(component.metadata) ? component.metadata : undefined;
  const info = isObject(metadata?.__metadata_info__) ? metadata.__metadata_info__ : undefined;
  const rondo = isObject(info?.rondo) ? info.rondo : undefined;
  if (rondo) return setValue(tree, command.node, '/metadata/__metadata_info__/rondo/position', position, undefined);
  if (info) return setValue(tree, command.node, '/metadata/__metadata_info__/rondo', { position }, undefined);
  if (metadata) return setValue(tree, command.node, '/metadata/__metadata_info__', { rondo: { position } }, undefined);
  return setValue(tree, command.node, '/metadata', { __metadata_info__: { rondo: { position } } }, undefined);
}

/** Sets or removes a value of a component; missing objects on the way are made. */
function setValue(
  tree: JsonObject,
  id: string,
  pointer: string,
  value: Json | undefined,
  before: string | undefined,
): Applied {
  const { pointer: base, component } = located(tree, id);
  const path = fromPointer(pointer);
  if (path.length === 0 && !isObject(value))
    throw new EditError('INVALID', 'A component can only be replaced by another component.', base);
  if (path.length === 0 && isObject(value) && value.id !== component.id)
    throw new EditError('INVALID', 'A component keeps its id.', `${base}/id`);
  if (pointer === '/id') throw new EditError('INVALID', 'A component keeps its id.', `${base}/id`);
  const missing = firstMissing(component, path);
  if (missing !== undefined && missing < path.length - 1) {
    if (value === undefined) return { tree, inverse: [] };
    let nested: Json = value;
    for (const key of path.slice(missing + 1).reverse()) nested = { [key]: nested };
    return relative(setAbsolute(tree, base + toPointer(path.slice(0, missing + 1)), nested, before), base, id);
  }
  return relative(setAbsolute(tree, base + pointer, value, before), base, id);
}

function firstMissing(component: JsonObject, path: string[]): number | undefined {
  for (let length = 1; length <= path.length; length++)
    if (valueAt(component, toPointer(path.slice(0, length))) === undefined) return length - 1;
  return undefined;
}

/** Inverses name the component and a pointer inside it, so that they hold after others edited around it. */
function relative(applied: Applied, base: string, id: string): Applied {
  const inverse = applied.inverse.map((command) =>
    command.type === 'restore' && command.component === '' && command.pointer.startsWith(base)
      ? { ...command, component: id, pointer: command.pointer.slice(base.length) }
      : command,
  );
  return { tree: applied.tree, inverse };
}

function insertItem(tree: JsonObject, id: string, pointer: string, item: Json, index: number | undefined): Applied {
  const { pointer: base, component } = located(tree, id);
  const list = valueAt(component, pointer);
  if (list === undefined || list === null) return setValue(tree, id, pointer, [item], undefined);
  if (!Array.isArray(list)) throw new EditError('INVALID', 'There is no list here.', base + pointer);
  const place = Math.max(0, Math.min(index ?? list.length, list.length));
  const next = replaceAt(tree, fromPointer(base + pointer), () => list.toSpliced(place, 0, item));
  return { tree: next, inverse: [{ type: 'restore', component: id, pointer: `${pointer}/${place}`, item: 'delete' }] };
}

function deleteItem(tree: JsonObject, id: string, pointer: string): Applied {
  const { pointer: base, component } = located(tree, id);
  const path = fromPointer(pointer);
  const index = Number(path.at(-1));
  const list = valueAt(component, toPointer(path.slice(0, -1)));
  const item = Array.isArray(list) ? list[index] : undefined;
  if (!Array.isArray(list) || item === undefined)
    throw new EditError('NOT_FOUND', 'There is nothing here any more.', base + pointer);
  const next = replaceAt(tree, [...fromPointer(base), ...path.slice(0, -1)], () => list.toSpliced(index, 1));
  return { tree: next, inverse: [{ type: 'restore', component: id, pointer, item: 'insert', value: item }] };
}

function restore(tree: JsonObject, command: RestoreCommand): Applied {
  if (command.item === 'delete') return deleteItem(tree, command.component, command.pointer);
  const path = fromPointer(command.pointer);
  if (command.item === 'insert')
    return insertItem(
      tree,
      command.component,
      toPointer(path.slice(0, -1)),
      command.value ?? null,
      Number(path.at(-1)),
    );
  if (command.component === '') return setAbsolute(tree, command.pointer, command.value, command.before);
  const { pointer: base } = located(tree, command.component);
  return relative(setAbsolute(tree, base + command.pointer, command.value, command.before), base, command.component);
}

/** Sets or removes at a pointer of the whole document; the parent must be there. */
function setAbsolute(tree: JsonObject, pointer: string, value: Json | undefined, before: string | undefined): Applied {
  const path = fromPointer(pointer);
  const key = path.at(-1);
  if (key === undefined) {
    if (!isObject(value)) throw new EditError('INVALID', 'A document is an object.');
    return { tree: value, inverse: [{ type: 'restore', component: '', pointer: '', value: tree }] };
  }
  const parentPointer = toPointer(path.slice(0, -1));
  const parent = valueAt(tree, parentPointer);
  if (Array.isArray(parent)) {
    const index = Number(key);
    const old = parent[index];
    if (!/^\d+$/.test(key) || old === undefined || value === undefined)
      throw new EditError('INVALID', 'A list’s item can be replaced only where there is one.', pointer);
    const next = replaceAt(tree, path.slice(0, -1), () => parent.with(index, value));
    return { tree: next, inverse: [{ type: 'restore', component: '', pointer, value: old }] };
  }
  if (!isObject(parent)) throw new EditError('NOT_FOUND', 'There is nothing here to change.', pointer);
  const had = Object.hasOwn(parent, key);
  if (!had && value === undefined) return { tree, inverse: [] };
  const next = replaceAt(tree, path.slice(0, -1), () => withKey(parent, key, value, before));
  const inverse: RestoreCommand = { type: 'restore', component: '', pointer };
  if (had) {
    inverse.value = parent[key] ?? null;
    const keys = Object.keys(parent);
    const following = keys[keys.indexOf(key) + 1];
    if (value === undefined && following !== undefined) inverse.before = following;
  }
  return { tree: next, inverse: [inverse] };
}

function withKey(object: JsonObject, key: string, value: Json | undefined, before: string | undefined): JsonObject {
  const entries: [string, Json][] = [];
  let placed = false;
  const had = Object.hasOwn(object, key);
  for (const [name, item] of Object.entries(object)) {
    if (!had && value !== undefined && name === before) {
      entries.push([key, value]);
      placed = true;
    }
    if (name !== key) entries.push([name, item]);
    else if (value !== undefined) {
      entries.push([key, value]);
      placed = true;
    }
  }
  if (!placed && value !== undefined) entries.push([key, value]);
  return fromEntries(entries);
}

/** As Object.fromEntries; `__proto__` stays an own key, as it is in the document. */
function fromEntries(entries: [string, Json][]): JsonObject {
  return Object.fromEntries(entries);
}

function replaceAt(value: Json, path: readonly string[], make: () => Json): JsonObject {
  const replaced = replaceInside(value, path, make);
  if (!isObject(replaced)) throw new EditError('INVALID', 'A document is an object.');
  return replaced;
}

function replaceInside(value: Json, path: readonly string[], make: () => Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return make();
  if (Array.isArray(value)) return value.with(Number(key), replaceInside(value[Number(key)] ?? null, rest, make));
  if (!isObject(value)) throw new EditError('NOT_FOUND', 'There is nothing here to change.', toPointer([key]));
  return fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === key ? replaceInside(item, rest, make) : item]),
  );
}

/**
 * The places that a command changes, for telling whether two editors' commands meet. Two commands meet when one's
 * place is the other's, or contains it (compare with `placesMeet`).
 */
export function touches(command: EditCommand): string[] {
  switch (command.type) {
    case 'add':
      return [`component:${String(command.node.id)}`];
    case 'remove':
      return [`component:${command.node}`];
    case 'connect': {
      const { edge } = command;
      const source = referenceId(edge.from_node ?? edge.source_node) ?? '';
      if (edge.component_type === 'ControlFlowEdge')
        return [`branch:${source}/${typeof edge.from_branch === 'string' ? edge.from_branch : 'next'}`];
      return [`input:${referenceId(edge.destination_node) ?? ''}/${String(edge.destination_input)}`];
    }
    case 'disconnect':
      return [`edge:${command.edge}`];
    case 'set':
    case 'restore':
      return [`component:${command.component}${command.pointer}`];
    case 'rename':
      return [`component:${command.component}/name`];
    case 'move':
      return [`component:${command.node}/metadata/__metadata_info__/rondo/position`];
  }
}

/** True when one place is the other or lies inside it. */
export function placesMeet(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}
