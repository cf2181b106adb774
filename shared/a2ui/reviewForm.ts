import { rondoOf } from '../oas/flow.ts';
import type { Json, JsonObject } from '../oas/json.ts';
import { isObject, own } from '../oas/json.ts';
import { pointerTo } from '../oas/pointer.ts';
import type { Property } from '../oas/properties.ts';
import { alternativesOf, defaultOf, propertiesOf, propertyTitled, titleOf } from '../oas/properties.ts';
import { a2uiVersion, basicCatalog, readSurface } from './surface.ts';

const surfaceId = 'review';
/** The output that takes the name of the button. */
export const decisionTitle = 'decision';
/** The output for what else there is to say: a text of several lines. */
const commentTitle = 'comment';

/** What a new form says. */
export interface FormWords {
  approve: string;
  reject: string;
  comment: string;
}
const englishWords: FormWords = { approve: 'Approve', reject: 'Reject', comment: 'Comment' };

/** The messages of a surface: created, filled with components, filled with data. */
export function surfaceMessages(id: string, components: JsonObject[], dataModel: JsonObject): JsonObject[] {
  return [
    { version: a2uiVersion, createSurface: { surfaceId: id, catalogId: basicCatalog } },
    { version: a2uiVersion, updateComponents: { surfaceId: id, components } },
    { version: a2uiVersion, updateDataModel: { surfaceId: id, path: '/', value: dataModel } },
  ];
}

/**
 * The form that a review starts with: what comes in is shown; what goes out is asked for (an output of the name of an
 * input is that input, editable); Approve and Reject decide.
 */
export function defaultSurface(tool: JsonObject, words: FormWords = englishWords): JsonObject[] {
  const inputs = propertiesOf(own(tool, 'inputs'));
  const outputs = propertiesOf(own(tool, 'outputs')).filter((output) => titleOf(output) !== decisionTitle);
  const fields = [
    ...inputs.filter((input) => !propertyTitled(outputs, titleOf(input))).map(shownField),
    ...outputs.map((output) => askedField(output, words)),
  ];
  const components: JsonObject[] = [
    { id: 'root', component: 'Card', child: 'form' },
    { id: 'form', component: 'Column', children: [...fields.map((field) => field.id as Json), 'buttons'] },
    ...fields,
    { id: 'buttons', component: 'Row', justify: 'end', children: ['reject', 'approve'] },
    { id: 'reject', component: 'Button', child: 'reject_label', action: { event: { name: 'reject', context: {} } } },
    { id: 'reject_label', component: 'Text', text: words.reject },
    {
      id: 'approve',
      component: 'Button',
      variant: 'primary',
      child: 'approve_label',
      action: { event: { name: 'approve', context: {} } },
    },
    { id: 'approve_label', component: 'Text', text: words.approve },
  ];
  return surfaceMessages(surfaceId, components, valuesOf(inputs, outputs));
}

/** A label made from a name: `approved_amount` → `Approved amount`. */
export function labelFrom(title: string): string {
  const words = title
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function shownField(input: Property): JsonObject {
  const title = titleOf(input);
  const value = `**${labelFrom(title)}:** \${${pointerTo('', title)}}`;
  return {
    id: `show_${title}`,
    component: 'Text',
    text: { call: 'formatString', args: { value }, returnType: 'string' },
  };
}

function askedField(output: Property, words: FormWords): JsonObject {
  const title = titleOf(output);
  const id = `ask_${title}`;
  const label = title === commentTitle ? words.comment : labelFrom(title);
  const value = { path: pointerTo('', title) };
  const [only] = alternativesOf(output);
  const type = only === undefined ? undefined : own(only, 'type');
  const choices = own(output, 'enum');
  if (Array.isArray(choices)) {
    const options = choices
      .filter((item) => typeof item === 'string')
      .map((item) => ({ label: labelFrom(item), value: item }));
    return { id, component: 'ChoicePicker', label, variant: 'mutuallyExclusive', options, value };
  }
  if (type === 'boolean') return { id, component: 'CheckBox', label, value };
  if (type === 'number' || type === 'integer') return { id, component: 'TextField', label, variant: 'number', value };
  return { id, component: 'TextField', label, variant: title === commentTitle ? 'longText' : 'shortText', value };
}

function valuesOf(inputs: Property[], outputs: Property[]): JsonObject {
  const entries: [string, Json][] = [];
  for (const property of [...inputs, ...outputs]) {
    const value = defaultOf(property);
    const empty = alternativesOf(property)[0]?.type === 'boolean' ? false : '';
    entries.push([titleOf(property), value ?? empty]);
  }
  return Object.fromEntries(entries);
}

/** The surface that a tool carries; undefined when it is not a review. */
export function surfaceOf(tool: JsonObject): Json[] | undefined {
  const surface = own(rondoOf(tool), 'surface');
  return Array.isArray(surface) ? surface : undefined;
}

/**
 * The messages that a reviewer is shown: the tool's surface with the arguments in its data model at `/<title>`.
 * What the surface itself puts into the model stays where no argument takes its place.
 */
export function reviewForm(surface: readonly Json[], args: { [title: string]: Json }): JsonObject[] {
  const messages = surface.filter(isObject);
  const read = readSurface(messages);
  const id = read.ok ? read.surface.id : surfaceId;
  const model = read.ok && isObject(read.surface.dataModel) ? read.surface.dataModel : {};
  const value = Object.fromEntries([...Object.entries(model), ...Object.entries(args).map(forForm(messages))]);
  const rest = messages.filter((message) => !isObject(own(message, 'updateDataModel')));
  return [...rest, { version: a2uiVersion, updateDataModel: { surfaceId: id, path: '/', value } }];
}

/** ChoicePicker holds a list even of one: a text that it is bound to goes in as a list. */
function forForm(messages: readonly JsonObject[]): (entry: [string, Json]) => [string, Json] {
  const read = readSurface(messages);
  const lists = new Set<string>();
  if (read.ok) {
    for (const component of read.surface.components.values()) {
      const value = own(component, 'value');
      const path = isObject(value) ? own(value, 'path') : undefined;
      if (component.component === 'ChoicePicker' && typeof path === 'string') lists.add(path);
    }
  }
  return ([title, value]) => [title, lists.has(pointerTo('', title)) && typeof value === 'string' ? [value] : value];
}
