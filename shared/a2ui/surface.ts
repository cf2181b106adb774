import type { Json, JsonObject } from '../oas/json.ts';
import { isObject, own, ownList, ownText } from '../oas/json.ts';
import { changedAt, pointerTo, pointerTokens } from '../oas/pointer.ts';

/** The version that we write. */
export const a2uiVersion = 'v0.9.1';
/** Versions whose messages we read; they are the same. */
export const readableVersions: readonly string[] = ['v0.9', 'v0.9.1'];
export const basicCatalog = 'https://a2ui.org/specification/v0_9/catalogs/basic/catalog.json';

/** The components of the basic catalog. */
export const basicComponents: readonly string[] = [
  'Text',
  'Image',
  'Icon',
  'Video',
  'AudioPlayer',
  'Row',
  'Column',
  'List',
  'Card',
  'Tabs',
  'Modal',
  'Divider',
  'Button',
  'TextField',
  'CheckBox',
  'ChoicePicker',
  'Slider',
  'DateTimeInput',
];

/** Something wrong with a surface; the pointer is into the list of messages. */
export interface SurfaceProblem {
  code: string;
  severity: 'error' | 'warning';
  pointer: string;
  message: string;
}

/** What a list of messages amounts to. */
export interface Surface {
  id: string;
  catalogId: string;
  components: Map<string, JsonObject>;
  dataModel: Json;
  /** names of the actions that its buttons send, in their order */
  actions: string[];
  /** label of the button of each action, where it is a plain text */
  actionLabels: Map<string, string>;
}

export type SurfaceResult =
  | { ok: true; surface: Surface; problems: SurfaceProblem[] }
  | { ok: false; problems: SurfaceProblem[] };

/**
 * Reads a list of A2UI v0.9.1 messages that make one surface. Errors: no surface, a second one, a message that is none,
 * no root, an id that stands twice, a child that is not there, a circle, a component of no known kind. Warnings: a
 * component that nothing shows, no button. Never throws.
 */
export function readSurface(messages: unknown): SurfaceResult {
  const problems: SurfaceProblem[] = [];
  const error = (code: string, pointer: string, message: string) =>
    problems.push({ code, severity: 'error', pointer, message });
  const warn = (code: string, pointer: string, message: string) =>
    problems.push({ code, severity: 'warning', pointer, message });
  if (!Array.isArray(messages)) {
    error('A2UI-LIST', '', 'A form is a list of A2UI messages.');
    return { ok: false, problems };
  }
  let id: string | undefined;
  let catalogId = '';
  let dataModel: Json = {};
  const components = new Map<string, JsonObject>();
  const places = new Map<string, string>();
  for (const [i, message] of (messages as Json[]).entries()) {
    const at = pointerTo('', i);
    if (!isObject(message)) {
      error('A2UI-MESSAGE', at, 'This is not an A2UI message: it must be an object.');
      continue;
    }
    const version = ownText(message, 'version');
    if (version === undefined || !readableVersions.includes(version)) {
      error('A2UI-VERSION', `${at}/version`, `The version must be “${a2uiVersion}”, not “${version ?? 'missing'}”.`);
    }
    const create = own(message, 'createSurface');
    const update = own(message, 'updateComponents');
    const data = own(message, 'updateDataModel');
    const body = [create, update, data].find(isObject);
    if (body === undefined) {
      error('A2UI-MESSAGE', at, 'A message needs createSurface, updateComponents or updateDataModel.');
      continue;
    }
    const surfaceId = ownText(body, 'surfaceId');
    if (!surfaceId) error('A2UI-SURFACE-ID', at, 'The message does not name its surface.');
    else if (isObject(create)) {
      if (id !== undefined) error('A2UI-SECOND', at, 'A form has one surface only.');
      id = surfaceId;
      catalogId = ownText(create, 'catalogId') ?? '';
    } else if (id === undefined) error('A2UI-ORDER', at, `The surface “${surfaceId}” is used before it is created.`);
    else if (surfaceId !== id) error('A2UI-SECOND', at, `The form’s surface is “${id}”, not “${surfaceId}”.`);
    if (isObject(update)) {
      for (const [j, component] of ownList(update, 'components').entries()) {
        const place = pointerTo(`${at}/updateComponents/components`, j);
        const componentId = isObject(component) ? ownText(component, 'id') : undefined;
        if (!isObject(component) || !componentId) {
          error('A2UI-COMPONENT', place, 'A component needs an id.');
          continue;
        }
        const earlier = places.get(componentId);
        if (earlier?.startsWith(`${at}/`)) {
          error('A2UI-DUPLICATE', place, `The id “${componentId}” stands twice.`);
          continue;
        }
        const kind = ownText(component, 'component');
        if (kind === undefined) error('A2UI-COMPONENT', place, `“${componentId}” does not say what it is.`);
        else if (catalogId === basicCatalog && !basicComponents.includes(kind)) {
          error('A2UI-UNKNOWN', `${place}/component`, `“${kind}” is not a component of the basic catalog.`);
        }
        components.set(componentId, component);
        places.set(componentId, place);
      }
    }
    if (isObject(data)) dataModel = withData(dataModel, data, at, error);
  }
  if (id === undefined) error('A2UI-NO-SURFACE', '', 'The form does not create a surface.');
  checkTree(components, places, error, warn);
  if (problems.some((problem) => problem.severity === 'error') || id === undefined) return { ok: false, problems };
  const { actions, actionLabels } = actionsOf(components);
  if (actions.length === 0) warn('A2UI-NO-ACTION', '', 'The form has no button: nobody could send it.');
  return { ok: true, surface: { id, catalogId, components, dataModel, actions, actionLabels }, problems };
}

function withData(
  model: Json,
  data: JsonObject,
  at: string,
  error: (code: string, pointer: string, message: string) => void,
): Json {
  const path = ownText(data, 'path') ?? '/';
  const value = own(data, 'value');
  if (path === '/' || path === '') return value ?? {};
  try {
    return changedAt(withParents(model, path), path, () => value);
  } catch (cause) {
    error('A2UI-DATA', at, `The path “${path}” leads nowhere: ${(cause as Error).message}`);
    return model;
  }
}

/** The model with empty objects on the way to a path. */
function withParents(model: Json, path: string): Json {
  let current = isObject(model) || Array.isArray(model) ? model : {};
  const tokens = pointerTokens(path);
  let at = '';
  for (const token of tokens.slice(0, -1)) {
    at = pointerTo(at, token);
    current = changedAt(current, at, (value) => (isObject(value) || Array.isArray(value) ? value : {})) as JsonObject;
  }
  return current;
}

/** Ids of the components that one shows, with the field that names them. */
export function childrenOf(component: JsonObject): { id: string; field: string }[] {
  const found: { id: string; field: string }[] = [];
  const add = (value: Json | undefined, field: string) => {
    if (typeof value === 'string') found.push({ id: value, field });
    else if (Array.isArray(value)) for (const [i, item] of value.entries()) add(item, pointerTo(field, i));
    else if (isObject(value)) add(own(value, 'componentId') ?? own(value, 'child'), field);
  };
  const fields = ['child', 'children', 'tabs', 'trigger', 'content', 'entryPointChild', 'contentChild'];
  for (const field of fields) add(own(component, field), `/${field}`);
  return found;
}

function checkTree(
  components: Map<string, JsonObject>,
  places: Map<string, string>,
  error: (code: string, pointer: string, message: string) => void,
  warn: (code: string, pointer: string, message: string) => void,
): void {
  if (!components.has('root')) {
    error('A2UI-NO-ROOT', '', 'The form has no component with the id “root”: nothing would be shown.');
    return;
  }
  for (const [id, component] of components) {
    for (const child of childrenOf(component)) {
      if (components.has(child.id)) continue;
      error(
        'A2UI-DANGLING',
        (places.get(id) ?? '') + child.field,
        `“${id}” shows “${child.id}”, which does not exist.`,
      );
    }
  }
  const state = new Map<string, 'open' | 'done'>();
  const stack: { id: string; children: string[]; i: number }[] = [];
  const open = (id: string) => {
    state.set(id, 'open');
    const component = components.get(id);
    stack.push({ id, children: component === undefined ? [] : childrenOf(component).map((child) => child.id), i: 0 });
  };
  open('root');
  while (stack.length > 0) {
    const top = stack[stack.length - 1] as (typeof stack)[number];
    const child = top.children[top.i++];
    if (child === undefined) {
      state.set(top.id, 'done');
      stack.pop();
    } else if (state.get(child) === 'open') {
      error('A2UI-CIRCLE', places.get(top.id) ?? '', `“${top.id}” shows “${child}”, which contains it.`);
    } else if (!state.has(child) && components.has(child)) open(child);
  }
  for (const [id, place] of places) {
    if (!state.has(id)) warn('A2UI-ORPHAN', place, `“${id}” is not shown anywhere.`);
  }
}

function actionsOf(components: Map<string, JsonObject>): { actions: string[]; actionLabels: Map<string, string> } {
  const actions: string[] = [];
  const actionLabels = new Map<string, string>();
  for (const component of components.values()) {
    const action = own(component, 'action');
    const event = isObject(action) ? own(action, 'event') : undefined;
    const name = isObject(event) ? ownText(event, 'name') : undefined;
    if (!name) continue;
    if (!actions.includes(name)) actions.push(name);
    const child = components.get(ownText(component, 'child') ?? '');
    const label = child === undefined ? undefined : ownText(child, 'text');
    if (label !== undefined && !actionLabels.has(name)) actionLabels.set(name, label);
  }
  return { actions, actionLabels };
}
