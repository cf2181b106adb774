import { openFlow, rondoOf } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject, own, ownText } from '@rondo/shared/oas/json.ts';
import { pointerTo } from '@rondo/shared/oas/pointer.ts';
import { findComponent, referenceOf, rootComponent } from '@rondo/shared/oas/references.ts';
import { notesOf } from '../frames/frames.ts';
import { innerFlows } from '../inner/innerFlows.ts';

export interface FindOptions {
  text: string;
  matchCase: boolean;
}

/** A text in which something was found. */
export interface Found {
  /** the flow and the step (or note) that it belongs to */
  flow: string;
  node: string;
  /** name of the step */
  name: string;
  /** where it is written: a component, and the pointer inside */
  component: string;
  pointer: string;
  text: string;
  /** where in the text; `wired` = inside of a placeholder, which is not replaced */
  places: { at: number; wired: boolean }[];
}

/** What is wiring, or a word of the format: not text that somebody wrote. */
const wiring = new Set([
  'id',
  'component_type',
  'metadata',
  'inputs',
  'outputs',
  'branches',
  'branch_name',
  'mapping',
  'type',
  'tool_type',
  'http_method',
  'agentspec_version',
  'subflow',
  'subflows',
  'reducers',
  'start_node',
  'nodes',
  'control_flow_connections',
  'data_flow_connections',
  '$referenced_components',
]);

/** Everything in a document in which a text stands: names, texts, prompts, addresses of all steps, also in flows inside. */
export function findInFlow(tree: JsonObject, rootId: string, options: FindOptions): Found[] {
  if (options.text === '') return [];
  const found: Found[] = [];
  const seen = new Set<string>();
  const written = new Set<string>();
  const open = [rootId];
  for (let flow = open.shift(); flow !== undefined; flow = open.shift()) {
    if (seen.has(flow) || !findFlowComponent(tree, flow)) continue;
    seen.add(flow);
    const view = openFlow(tree, flow);
    for (const node of view.nodes) {
      const home = { flow: view.id, node: node.id, name: node.name || node.type };
      for (const place of textsOf(tree, node.id, node.component)) {
        // a part that several steps share is found once
        const key = `${place.component}\u0000${place.pointer}`;
        const places = placesOf(place.text, options);
        if (places.length === 0 || written.has(key)) continue;
        written.add(key);
        found.push({ ...home, ...place, places });
      }
      open.push(...innerFlows(tree, node.component).map(({ id }) => id));
    }
    for (const note of notesOf(view)) {
      const places = placesOf(note.text, options);
      const pointer = `${pointerTo('/metadata/__metadata_info__/rondo/notes', note.id)}/text`;
      if (places.length > 0) {
        found.push({ flow: view.id, node: note.id, name: '', component: view.id, pointer, text: note.text, places });
      }
    }
  }
  return found;
}

function findFlowComponent(tree: JsonObject, id: string): boolean {
  const component = findComponent(tree, id)?.component ?? rootComponent(tree);
  return component !== undefined && ownText(component, 'component_type') === 'Flow';
}

interface TextPlace {
  component: string;
  pointer: string;
  text: string;
}

/** All texts of a component and of its parts, with their places. */
function textsOf(tree: JsonObject, component: string, value: Json, pointer = ''): TextPlace[] {
  if (typeof value === 'string') return [{ component, pointer, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, i) => textsOf(tree, component, item, pointerTo(pointer, i)));
  if (!isObject(value)) return [];
  const ref = referenceOf(value);
  if (ref !== undefined) {
    const part = findComponent(tree, ref)?.component;
    const type = part && ownText(part, 'component_type');
    return part && type !== 'Flow' && type !== undefined && !type.endsWith('Node') ? textsOf(tree, ref, part) : [];
  }
  const isComponent = ownText(value, 'component_type') !== undefined;
  const id = pointer !== '' && isComponent ? ownText(value, 'id') : undefined;
  if (id !== undefined) return textsOf(tree, id, value);
  const texts = Object.entries(value).flatMap(([key, item]) =>
    wiring.has(key) ? [] : textsOf(tree, component, item, pointerTo(pointer, key)),
  );
  return isComponent ? [...texts, ...reviewTexts(component, value, pointer)] : texts;
}

/** What people read in a review: its title in the inbox, and the words of its form. */
function reviewTexts(component: string, value: JsonObject, pointer: string): TextPlace[] {
  const rondo = rondoOf(value);
  const at = `${pointer}/metadata/__metadata_info__/rondo`;
  const title = ownText(rondo, 'title');
  return [
    ...(title === undefined ? [] : [{ component, pointer: `${at}/title`, text: title }]),
    ...formTexts(component, own(rondo, 'surface') ?? null, `${at}/surface`),
  ];
}

const formWords = new Set(['text', 'label', 'title', 'placeholder', 'description']);

function formTexts(component: string, value: Json, pointer: string): TextPlace[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => formTexts(component, item, pointerTo(pointer, i)));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = pointerTo(pointer, key);
    return typeof item === 'string' && formWords.has(key)
      ? [{ component, pointer: at, text: item }]
      : formTexts(component, item, at);
  });
}

function placesOf(text: string, { text: wanted, matchCase }: FindOptions): Found['places'] {
  const [hay, needle] = matchCase ? [text, wanted] : [lowered(text), lowered(wanted)];
  const wires = [...text.matchAll(/\{\{.*?\}\}|\{%.*?%\}/gs)].map((match) => [
    match.index,
    match.index + match[0].length,
  ]);
  const places: Found['places'] = [];
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) {
    const to = at + needle.length;
    places.push({ at, wired: wires.some(([from = 0, end = 0]) => at < end && to > from) });
  }
  return places;
}

/** Small letters, of the same length as before: places stay what they are. */
function lowered(text: string): string {
  return [...text].map((sign) => (sign.toLowerCase().length === sign.length ? sign.toLowerCase() : sign)).join('');
}

/** The text with what was found replaced: at one place, or at all that are not wiring. */
export function replacedText(found: Found, length: number, by: string, only?: number): string {
  let text = found.text;
  for (const { at, wired } of found.places.toReversed()) {
    if (wired || (only !== undefined && at !== only)) continue;
    text = text.slice(0, at) + by + text.slice(at + length);
  }
  return text;
}
