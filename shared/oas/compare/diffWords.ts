import type { Json } from '../json.ts';
import { isObject } from '../json.ts';
import { parentPointer, pointerTokens } from '../pointer.ts';
import { typeWords } from '../properties.ts';
import { referenceOf } from '../references.ts';
import type { ComponentChange, DocumentDiff, Route } from './diff.ts';
import type { FieldChange } from './fields.ts';
import { layoutPointer } from './layout.ts';

type Names = DocumentDiff['names'];

/** What fields are called where their own names say too little. */
const fieldWords: { [field: string]: string } = {
  prompt_template: 'prompt',
  system_prompt: 'instructions',
  llm_config: 'model',
  model_id: 'model',
  http_method: 'method',
  branch_name: 'branch',
  start_node: 'first step',
  from_node: 'from',
  from_branch: 'branch',
  to_node: 'to',
  source_node: 'from',
  source_output: 'output',
  destination_node: 'to',
  destination_input: 'input',
  agentspec_version: 'version of the specification',
  component_type: 'type',
  control_flow_connections: 'connections',
  data_flow_connections: 'data connections',
  requires_confirmation: 'asks before use',
  human_in_the_loop: 'a person may be asked',
};

/** A difference as lines for people: `+` what came, `-` what went, `~` what changed, with its fields below it. */
export function diffInWords(diff: DocumentDiff): string[] {
  const lines = diff.changes.flatMap((change) => changeInWords(change, diff.names));
  if (diff.renumbered.length > 0) {
    const [first] = diff.renumbered;
    const one = `“${first?.name}” has another id: “${first?.before}” → “${first?.after}”`;
    lines.push(diff.renumbered.length === 1 ? `~ ${one}` : `~ ${diff.renumbered.length} components have other ids`);
  }
  if (diff.moved.length > 0) lines.push(movedInWords(diff.moved.length));
  return lines;
}

function movedInWords(count: number): string {
  return `  moved ${count} ${count === 1 ? 'step' : 'steps'}`;
}

const signs = { added: '+', removed: '-', changed: '~', rerouted: '~' } as const;

function changeInWords(change: ComponentChange, names: Names): string[] {
  const { kind, role, type, name, route, fields } = change;
  const sign = signs[kind];
  const flow = change.flow === undefined ? '' : within(change.flow, names);
  if (role === 'control' || role === 'data') {
    const word = role === 'control' ? 'connection' : 'data connection';
    const [before, after] = [route?.before, route?.after];
    if (kind === 'rerouted' && before !== undefined && after !== undefined) {
      // Where it leads is said in the first line; its name is seen nowhere.
      const rest = fields.filter(({ pointer }) => !isEnd(pointer) && pointer !== '/name');
      const head = `${sign} ${word} ${wayInWords(before, names)} now goes ${wayInWords(after, names)}${flow}`;
      return [head, ...rest.flatMap((field) => fieldInWords(field, names))];
    }
    const way = after ?? before;
    const head = `${sign} ${word}${way === undefined ? '' : ` ${wayInWords(way, names)}`}${flow}`;
    return [head, ...fields.flatMap((field) => fieldInWords(field, names))];
  }
  const what = { document: '', flow: 'flow ', step: 'step ', component: '' }[role];
  const head = `${sign} ${what}${quoted(name)} (${type || 'document'})${role === 'document' ? '' : flow}`;
  return [head, ...fields.flatMap((field) => fieldInWords(field, names))];
}

function isEnd(pointer: string): boolean {
  return /^\/(from_node|from_branch|to_node|source_node|source_output|destination_node|destination_input)$/.test(
    pointer,
  );
}

function within(flow: string, names: Names): string {
  return flow === '' ? '' : ` in flow ${nameOf(flow, names)}`;
}

function wayInWords(route: Route, names: Names): string {
  const out = route.in === '' ? (route.out === 'next' ? '' : ` (${route.out})`) : `.${route.out}`;
  const into = route.in === '' ? '' : `.${route.in}`;
  const end = (id: string): string => (id === '' ? '?' : nameOf(id, names));
  return `${end(route.from)}${out} → ${end(route.to)}${into}`;
}

function nameOf(id: string, names: Names): string {
  const name = Object.hasOwn(names, id) ? names[id] : undefined;
  return quoted(name === undefined || name === '' ? id : name);
}

function fieldInWords({ pointer, kind, before, after }: FieldChange, names: Names): string[] {
  const place = placeInWords(pointer, names);
  // A form is a long list of messages that says nothing to people.
  if (pointer === `${rondoPointer}/surface`) return [`    form: ${kind}`];
  if (kind === 'order') return [`    ${place}: in another order`];
  if (kind === 'added') return [`    ${place}: ${isItem(pointer) ? 'new' : 'now'} ${valueInWords(after, names)}`];
  if (kind === 'removed') return [`    ${place}: no longer ${isItem(pointer) ? 'there' : valueInWords(before, names)}`];
  if (typeof before === 'string' && typeof after === 'string') {
    const [left, right] = excerpts(before, after);
    return [`    ${place}: ${quoted(left)} → ${quoted(right)}`];
  }
  return [`    ${place}: ${valueInWords(before, names)} → ${valueInWords(after, names)}`];
}

/** Does a pointer name a whole input, output, tool or the like? */
function isItem(pointer: string): boolean {
  return /^\/(inputs|outputs|tools|toolboxes|workers|subflows|nodes)\/[^/]+$/.test(pointer);
}

/** A place inside a component in words: `/inputs/amount/type` → `input “amount”, type`. */
export function placeInWords(pointer: string, names: Names): string {
  if (pointer === '') return 'all of it';
  const short = pointer.startsWith(rondoPointer) ? pointer.slice(rondoPointer.length) : pointer;
  const [first = '', second, ...rest] = pointerTokens(short);
  const known = Object.hasOwn(fieldWords, first) ? fieldWords[first] : undefined;
  if ((first === 'inputs' || first === 'outputs') && second !== undefined) {
    return [`${first.slice(0, -1)} ${quoted(second)}`, ...rest].join(', ');
  }
  if (
    (first === 'tools' || first === 'toolboxes' || first === 'nodes' || first === 'workers') &&
    second !== undefined
  ) {
    return [`${first.slice(0, -1)} ${nameOf(second, names)}`, ...rest].join(', ');
  }
  return [known ?? first.replaceAll('_', ' '), ...(second === undefined ? [] : [second, ...rest])].join(', ');
}

const rondoPointer = parentPointer(layoutPointer);

/** A value in a few words: texts in quotes, references by name, inputs and outputs by their type. */
export function valueInWords(value: Json | undefined, names: Names): string {
  if (value === undefined) return 'nothing';
  const ref = referenceOf(value);
  if (ref !== undefined) return nameOf(ref, names);
  if (typeof value === 'string') return quoted(shortened(value));
  if (isObject(value) && typeof value.title === 'string') return typeWords(value);
  if (Array.isArray(value) && value.length > 0 && value.every((item) => referenceOf(item) !== undefined)) {
    return value.map((item) => valueInWords(item, names)).join(', ');
  }
  return shortened(JSON.stringify(value));
}

const wide = 60;

function shortened(text: string): string {
  return text.length <= wide ? text : `${text.slice(0, wide - 1)}…`;
}

/** Two texts, cut to where they differ. */
function excerpts(before: string, after: string): [string, string] {
  if (before.length <= wide && after.length <= wide) return [before, after];
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const from = Math.max(0, start - 12);
  const cut = (text: string): string => {
    const to = Math.min(text.length, Math.min(text.length - end + 12, from + wide));
    return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
  };
  return [cut(before), cut(after)];
}

function quoted(text: string): string {
  return `“${text.replaceAll('\n', ' ⏎ ')}”`;
}
