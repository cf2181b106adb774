import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';

/** How a value stands on the form. `other` is a component that only the form builder and the JSON can change. */
export type FieldKind = 'show' | 'text' | 'long' | 'number' | 'yesno' | 'date' | 'choice' | 'other';
export const fieldKinds: readonly FieldKind[] = ['show', 'text', 'long', 'number', 'yesno', 'date', 'choice'];

export interface ReviewField {
  /** the component's id in the surface */
  id: string;
  label: string;
  /** the place in the data model, without the leading slash: the name of the input or output */
  name: string;
  kind: FieldKind;
}

export interface ReviewButton {
  id: string;
  label: string;
  decision: string;
  primary: boolean;
}

/** What the plain-word editor shows of an A2UI surface. */
export interface ReviewOutline {
  fields: ReviewField[];
  buttons: ReviewButton[];
}

/** All components of a list of A2UI messages, in order. */
export function componentsIn(surface: Json): JsonObject[] {
  if (!Array.isArray(surface)) return [];
  return surface.flatMap((message) => {
    const update = isObject(message) ? message.updateComponents : undefined;
    const list = isObject(update) ? update.components : undefined;
    return Array.isArray(list) ? list.filter(isObject) : [];
  });
}

/** Reads the fields and buttons of a surface, in the order in which they stand on the form. */
export function outlineOf(surface: Json): ReviewOutline {
  const components = componentsIn(surface);
  const byId = new Map(components.map((component) => [String(component.id), component]));
  const fields: ReviewField[] = [];
  const buttons: ReviewButton[] = [];
  const seen = new Set<string>();
  const visit = (id: string) => {
    const component = byId.get(id);
    if (!component || seen.has(id)) return;
    seen.add(id);
    if (component.component === 'Button') {
      const action = isObject(component.action) && isObject(component.action.event) ? component.action.event : {};
      const child = byId.get(String(component.child));
      buttons.push({
        id,
        label: textOf(child?.text) || String(action.name ?? ''),
        decision: String(action.name ?? ''),
        primary: component.variant === 'primary',
      });
      return;
    }
    const name = boundName(component);
    if (name !== undefined) {
      fields.push({ id, label: labelOf(component) || name, name, kind: kindOfField(component) });
      return;
    }
    for (const next of childIds(component)) visit(next);
  };
  visit('root');
  return { fields, buttons };
}

function labelOf(component: JsonObject): string {
  if (component.component === 'Text') {
    const parts = formatParts(component.text);
    return parts?.label ?? '';
  }
  return textOf(component.label);
}

function kindOfField(component: JsonObject): FieldKind {
  switch (component.component) {
    case 'Text':
      return 'show';
    case 'TextField':
      if (component.variant === 'number') return 'number';
      return component.variant === 'longText' ? 'long' : 'text';
    case 'CheckBox':
      return 'yesno';
    case 'DateTimeInput':
      return 'date';
    case 'ChoicePicker':
      return 'choice';
    default:
      return 'other';
  }
}

/** The name in the data model that a component shows or edits. */
function boundName(component: JsonObject): string | undefined {
  const direct = component.component === 'Text' ? component.text : component.value;
  const path = isObject(direct) && typeof direct.path === 'string' ? direct.path : formatParts(direct)?.path;
  const match = path === undefined ? null : /^\/([^/]+)$/.exec(path);
  return match?.[1]?.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Reads `formatString` texts of the form "Label: ${/name}". */
function formatParts(value: Json | undefined): { label: string; path: string } | undefined {
  if (!isObject(value) || value.call !== 'formatString' || !isObject(value.args)) return undefined;
  const text = Object.values(value.args).find((item) => typeof item === 'string');
  const match = typeof text === 'string' ? /^(?:\*\*)?([^$]*?):?(?:\*\*)?:?\s*\$\{(\/[^}]+)\}\s*$/s.exec(text) : null;
  return match ? { label: (match[1] ?? '').trim(), path: match[2] ?? '' } : undefined;
}

function childIds(component: JsonObject): string[] {
  const ids: string[] = [];
  if (typeof component.child === 'string') ids.push(component.child);
  if (Array.isArray(component.children)) ids.push(...component.children.filter((id) => typeof id === 'string'));
  if (Array.isArray(component.tabs)) {
    for (const tab of component.tabs) if (isObject(tab) && typeof tab.child === 'string') ids.push(tab.child);
  }
  if (typeof component.trigger === 'string') ids.push(component.trigger);
  if (typeof component.content === 'string') ids.push(component.content);
  return ids;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The A2UI component of a field. */
export function fieldComponent(field: ReviewField, choices: readonly string[] = []): JsonObject {
  const { id, label, name } = field;
  const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  switch (field.kind) {
    case 'show':
      return {
        id,
        component: 'Text',
        text: { call: 'formatString', args: { value: `**${label}:** \${${path}}` }, returnType: 'string' },
      };
    case 'yesno':
      return { id, component: 'CheckBox', label, value: { path } };
    case 'date':
      return { id, component: 'DateTimeInput', label, value: { path }, enableDate: true, enableTime: false };
    case 'choice':
      return {
        id,
        component: 'ChoicePicker',
        label,
        variant: 'mutuallyExclusive',
        options: (choices.length > 0 ? choices : ['yes', 'no']).map((value) => ({ label: value, value })),
        value: { path },
      };
    default:
      return {
        id,
        component: 'TextField',
        label,
        value: { path },
        variant: field.kind === 'number' ? 'number' : field.kind === 'long' ? 'longText' : 'shortText',
      };
  }
}

/** The surface with its components changed; the messages around them stay as they are. */
function mapComponents(surface: Json, change: (components: JsonObject[]) => JsonObject[]): Json[] {
  if (!Array.isArray(surface)) return [];
  let done = false;
  return surface.map((message) => {
    const update = isObject(message) ? message.updateComponents : undefined;
    if (done || !isObject(message) || !isObject(update) || !Array.isArray(update.components)) return message;
    done = true;
    return { ...message, updateComponents: { ...update, components: change(update.components.filter(isObject)) } };
  });
}

/** Another label or kind for a field. */
export function changeField(surface: Json, field: ReviewField, choices?: readonly string[]): Json[] {
  return mapComponents(surface, (components) =>
    components.map((component) => {
      if (component.id !== field.id) return component;
      const sameKind = kindOfField(component) === field.kind && field.kind !== 'show' && !choices;
      const kept: JsonObject = {};
      if (component.weight !== undefined) kept.weight = component.weight;
      if (component.accessibility !== undefined) kept.accessibility = component.accessibility;
      return sameKind ? { ...component, label: field.label } : { ...fieldComponent(field, choices), ...kept };
    }),
  );
}

/** Takes a field or a button off the form. */
export function removeComponent(surface: Json, id: string): Json[] {
  return mapComponents(surface, (components) => {
    const child = components.find((component) => component.id === id)?.child;
    return components
      .filter((component) => component.id !== id && component.id !== child)
      .map((component) =>
        Array.isArray(component.children) && component.children.includes(id)
          ? { ...component, children: component.children.filter((other) => other !== id) }
          : component,
      );
  });
}

/** Puts a field at the end of the fields: before what holds the buttons. */
export function addField(surface: Json, field: Omit<ReviewField, 'id'>, choices?: readonly string[]): Json[] {
  const outline = outlineOf(surface);
  const components = componentsIn(surface);
  const id = freeId(components, `field_${field.name}`);
  const last = outline.fields.at(-1)?.id;
  const parent =
    components.find((component) => last && Array.isArray(component.children) && component.children.includes(last)) ??
    components.find((component) => component.id === 'root' && Array.isArray(component.children)) ??
    components.find((component) => Array.isArray(component.children));
  return mapComponents(surface, (list) => [
    ...list.map((component) => {
      if (component.id !== parent?.id || !Array.isArray(component.children)) return component;
      const at = last && component.children.includes(last) ? component.children.indexOf(last) + 1 : 0;
      return { ...component, children: component.children.toSpliced(at, 0, id) };
    }),
    fieldComponent({ ...field, id }, choices),
  ]);
}

/** Moves a field up or down among its neighbours. */
export function moveField(surface: Json, id: string, by: -1 | 1): Json[] {
  return mapComponents(surface, (components) =>
    components.map((component) => {
      if (!Array.isArray(component.children)) return component;
      const at = component.children.indexOf(id);
      const to = at + by;
      if (at < 0 || to < 0 || to >= component.children.length) return component;
      return { ...component, children: component.children.toSpliced(at, 1).toSpliced(to, 0, id) };
    }),
  );
}

/** Another label or decision for a button. */
export function changeButton(surface: Json, button: ReviewButton): Json[] {
  const child = componentsIn(surface).find((component) => component.id === button.id)?.child;
  return mapComponents(surface, (components) =>
    components.map((component) => {
      if (component.id === child) return { ...component, text: button.label };
      if (component.id !== button.id) return component;
      const action = isObject(component.action) ? component.action : {};
      const event = isObject(action.event) ? action.event : {};
      return { ...component, action: { ...action, event: { ...event, name: button.decision } } };
    }),
  );
}

/** Puts a button beside the others. */
export function addButton(surface: Json, label: string, decision: string): Json[] {
  const outline = outlineOf(surface);
  const components = componentsIn(surface);
  const id = freeId(components, `button_${decision}`);
  const last = outline.buttons.at(-1)?.id;
  const holder =
    components.find((component) => last && Array.isArray(component.children) && component.children.includes(last)) ??
    components.find((component) => component.id === 'root' && Array.isArray(component.children));
  return mapComponents(surface, (list) => [
    ...list.map((component) =>
      component.id === holder?.id && Array.isArray(component.children)
        ? { ...component, children: [...component.children, id] }
        : component,
    ),
    { id, component: 'Button', child: `${id}_label`, action: { event: { name: decision, context: {} } } },
    { id: `${id}_label`, component: 'Text', text: label },
  ]);
}

/** Renames a value that a field is bound to, when its input or output got another name. */
export function renameBinding(surface: Json, from: string, to: string): Json[] {
  const field = outlineOf(surface).fields.find((other) => other.name === from);
  if (!field) return Array.isArray(surface) ? surface : [];
  return mapComponents(surface, (components) =>
    components.map((component) => {
      if (component.id !== field.id) return component;
      if (component.component === 'Text') return fieldComponent({ ...field, name: to });
      return { ...component, value: { path: `/${to}` } };
    }),
  );
}

function freeId(components: JsonObject[], wanted: string): string {
  const taken = new Set(components.map((component) => component.id));
  if (!taken.has(wanted)) return wanted;
  for (let count = 2; ; count += 1) if (!taken.has(`${wanted}_${count}`)) return `${wanted}_${count}`;
}
