import type { Json, JsonObject } from '../oas/json.ts';
import { isObject, own, ownList, ownText } from '../oas/json.ts';
import { changedAt, pointerTo, pointerTokens } from '../oas/pointer.ts';
import { codeOf } from '../words/englishTexts.ts';
import type { formTexts } from '../words/formTexts.ts';
import { inEnglish, type Said, type SaidValues, said } from '../words/said.ts';

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
  /** in English */
  message: string;
  /** the same, to be said in any language */
  said: Said;
}

type Report = (text: keyof typeof formTexts, pointer: string, values?: SaidValues) => void;

function reporter(problems: SurfaceProblem[], severity: SurfaceProblem['severity']): Report {
  return (text, pointer, values) => {
    const words = said(text, values);
    problems.push({ code: codeOf(text), severity, pointer, message: inEnglish(words), said: words });
  };
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
  const error = reporter(problems, 'error');
  const warn = reporter(problems, 'warning');
  if (!Array.isArray(messages)) {
    error('A2UI-LIST', '');
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
      error('A2UI-MESSAGE', at);
      continue;
    }
    const version = ownText(message, 'version');
    if (version === undefined || !readableVersions.includes(version)) {
      error('A2UI-VERSION', `${at}/version`, { wanted: a2uiVersion, version: version ?? 'missing' });
    }
    const create = own(message, 'createSurface');
    const update = own(message, 'updateComponents');
    const data = own(message, 'updateDataModel');
    const body = [create, update, data].find(isObject);
    if (body === undefined) {
      error('A2UI-MESSAGE.empty', at);
      continue;
    }
    const surfaceId = ownText(body, 'surfaceId');
    if (!surfaceId) error('A2UI-SURFACE-ID', at);
    else if (isObject(create)) {
      if (id !== undefined) error('A2UI-SECOND', at);
      id = surfaceId;
      catalogId = ownText(create, 'catalogId') ?? '';
    } else if (id === undefined) error('A2UI-ORDER', at, { surface: surfaceId });
    else if (surfaceId !== id) error('A2UI-SECOND.named', at, { surface: id, other: surfaceId });
    if (isObject(update)) {
      for (const [j, component] of ownList(update, 'components').entries()) {
        const place = pointerTo(`${at}/updateComponents/components`, j);
        const componentId = isObject(component) ? ownText(component, 'id') : undefined;
        if (!isObject(component) || !componentId) {
          error('A2UI-COMPONENT', place);
          continue;
        }
        const earlier = places.get(componentId);
        if (earlier?.startsWith(`${at}/`)) {
          error('A2UI-DUPLICATE', place, { id: componentId });
          continue;
        }
        const kind = ownText(component, 'component');
        if (kind === undefined) error('A2UI-COMPONENT.kind', place, { id: componentId });
        else if (catalogId === basicCatalog && !basicComponents.includes(kind)) {
          error('A2UI-UNKNOWN', `${place}/component`, { kind });
        }
        components.set(componentId, component);
        places.set(componentId, place);
      }
    }
    if (isObject(data)) dataModel = withData(dataModel, data, at, error);
  }
  if (id === undefined) error('A2UI-NO-SURFACE', '');
  checkTree(components, places, error, warn);
  if (problems.some((problem) => problem.severity === 'error') || id === undefined) return { ok: false, problems };
  const { actions, actionLabels } = actionsOf(components);
  if (actions.length === 0) warn('A2UI-NO-ACTION', '');
  return { ok: true, surface: { id, catalogId, components, dataModel, actions, actionLabels }, problems };
}

function withData(model: Json, data: JsonObject, at: string, error: Report): Json {
  const path = ownText(data, 'path') ?? '/';
  const value = own(data, 'value');
  if (path === '/' || path === '') return value ?? {};
  try {
    return changedAt(withParents(model, path), path, () => value);
  } catch (cause) {
    error('A2UI-DATA', at, { path, reason: (cause as Error).message });
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
  error: Report,
  warn: Report,
): void {
  if (!components.has('root')) {
    error('A2UI-NO-ROOT', '');
    return;
  }
  for (const [id, component] of components) {
    for (const child of childrenOf(component)) {
      if (components.has(child.id)) continue;
      error('A2UI-DANGLING', (places.get(id) ?? '') + child.field, { id, child: child.id });
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
      error('A2UI-CIRCLE', places.get(top.id) ?? '', { id: top.id, child });
    } else if (!state.has(child) && components.has(child)) open(child);
  }
  for (const [id, place] of places) {
    if (!state.has(id)) warn('A2UI-ORPHAN', place, { id });
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
