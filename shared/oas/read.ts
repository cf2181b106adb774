import { said } from '../words/said.ts';
import { isSensitive } from './componentTypes.ts';
import type { JsonObject } from './json.ts';
import { isObject, own, ownText } from './json.ts';
import type { DocumentFormat } from './parse.ts';
import { formatOf, parseAs } from './parse.ts';
import { parentPointer } from './pointer.ts';
import type { Problem } from './problems.ts';
import { errorAt, hasErrors } from './problems.ts';
import type { ReferencePlace } from './references.ts';
import { indexOf } from './references.ts';

/** The largest document that is read: 8 MiB of UTF-8. */
export const maxDocumentBytes = 8 * 1024 * 1024;

/**
 * A document that was read. `ok: false` with a `tree` means that the text could be read but is not a sound document:
 * nothing may be stored or run from it.
 */
export type ReadResult =
  | { ok: true; tree: JsonObject; format: DocumentFormat; problems: Problem[] }
  | { ok: false; problems: Problem[]; tree?: JsonObject; format?: DocumentFormat };

export interface ReadOptions {
  /** ids of components that come from elsewhere (a disaggregated document): references to them are not dangling */
  known?: ReadonlySet<string>;
}

/**
 * Reads a document: JSON, YAML or JSON5, by the ending of the file name or by its look. Checks what must hold before
 * anything else can be said about it: it is an object with a `component_type` or `$referenced_components`, references
 * lead somewhere and in no circle, no id stands twice. Never throws. What else may be wrong is for `validate`.
 */
export function readDocument(text: string, fileName?: string, options: ReadOptions = {}): ReadResult {
  const bytes = byteLength(text, maxDocumentBytes);
  if (bytes > maxDocumentBytes) {
    return { ok: false, problems: [errorAt('OAS-TOO-LARGE', '')] };
  }
  const parsed = parseAs(text, formatOf(fileName));
  if (!parsed.ok) return { ok: false, problems: parsed.problems, format: parsed.format };
  const { value, format } = parsed;
  if (!isObject(value)) {
    return { ok: false, problems: [errorAt('OAS-NOT-OBJECT', '')], format };
  }
  const problems = soundness(value, options.known ?? new Set());
  if (hasErrors(problems)) return { ok: false, problems, tree: value, format };
  return { ok: true, tree: value, format, problems };
}

/** Bytes of a text as UTF-8; stops counting once over the limit. */
function byteLength(text: string, limit: number): number {
  if (text.length > limit) return text.length;
  return text.length * 3 <= limit ? text.length : new TextEncoder().encode(text).length;
}

/** What may stand at the top of a document that has no component there, only referenced ones. */
const besideReferenced = new Set([
  '$referenced_components',
  '$component_ref',
  'agentspec_version',
  'air_version',
  'metadata',
]);

const sound = new WeakMap<JsonObject, Problem[]>();

/**
 * What must hold before a tree can be looked at as a document: see {@link readDocument}. Without known components it is
 * found out once per tree (trees are never changed in place).
 */
export function soundness(tree: JsonObject, known: ReadonlySet<string> = new Set()): Problem[] {
  const found = known.size === 0 ? sound.get(tree) : undefined;
  if (found !== undefined) return found;
  const problems = findUnsound(tree, known);
  if (known.size === 0) sound.set(tree, problems);
  return problems;
}

function findUnsound(tree: JsonObject, known: ReadonlySet<string>): Problem[] {
  const type = own(tree, 'component_type');
  const referenced = own(tree, '$referenced_components');
  if (type !== undefined && typeof type !== 'string') {
    return [errorAt('OAS-TYPE.text', '/component_type')];
  }
  if (type === undefined && !isObject(referenced)) return [errorAt('OAS-NOT-OAS', '')];
  const stray = type === undefined ? Object.keys(tree).find((key) => !besideReferenced.has(key)) : undefined;
  if (stray !== undefined) return [errorAt('OAS-NOT-OAS.field', '', { field: stray })];
  const index = indexOf(tree);
  const problems: Problem[] = [];
  for (const { id, pointers } of index.duplicates) {
    const places = pointers.map((pointer) => pointer || said('place.document'));
    problems.push(errorAt('OAS-DUPLICATE-ID', pointers[1] ?? '', { id, count: pointers.length, places }, id));
  }
  for (const place of index.references) {
    if (index.targets.has(place.ref) || known.has(place.ref) || isSecretPlace(tree, place)) continue;
    problems.push(errorAt('OAS-DANGLING', place.pointer, { id: place.ref }, place.owner));
  }
  problems.push(...circles(tree));
  return problems;
}

/**
 * A reference in a field that holds a secret is left open on purpose: it names the secret. A reference of the form
 * `<id>.<field>` is how the specification leaves a sensitive field of that component open.
 */
function isSecretPlace(tree: JsonObject, place: ReferencePlace): boolean {
  const owner = place.owner === undefined ? tree : indexOf(tree).components.get(place.owner)?.component;
  const type = owner === undefined ? undefined : ownText(owner, 'component_type');
  const [field] = place.path;
  if (type !== undefined && field !== undefined && isSensitive(type, field)) return true;
  const dot = place.ref.lastIndexOf('.');
  if (dot < 0) return false;
  const target = indexOf(tree).components.get(place.ref.slice(0, dot))?.component;
  return target !== undefined && isSensitive(ownText(target, 'component_type') ?? '', place.ref.slice(dot + 1));
}

/** References that lead back to where they started. */
function circles(tree: JsonObject): Problem[] {
  const { references, targets } = indexOf(tree);
  // What a target contains: the references whose pointer lies inside it.
  const starts = [...targets].map(([id, { pointer }]) => ({ id, pointer }));
  const byPointer = new Map(starts.map(({ id, pointer }) => [pointer, id]));
  const inside = new Map<string, string[]>();
  const edges = new Map<string, ReferencePlace[]>();
  for (const { id, pointer } of starts) {
    const parent = enclosing(pointer, byPointer);
    if (parent === undefined) continue;
    const children = inside.get(parent);
    if (children) children.push(id);
    else inside.set(parent, [id]);
  }
  for (const place of references) {
    const holder = byPointer.get(place.pointer) ?? enclosing(place.pointer, byPointer);
    if (holder === undefined) continue;
    const known = edges.get(holder);
    if (known) known.push(place);
    else edges.set(holder, [place]);
  }
  const canonical = (ref: string): string => {
    const pointer = targets.get(ref)?.pointer;
    return pointer === undefined ? ref : (byPointer.get(pointer) ?? ref);
  };
  const state = new Map<string, 'open' | 'done'>();
  const problems: Problem[] = [];
  for (const { id: first } of starts) {
    if (state.has(first)) continue;
    const stack: { id: string; next: { to: string; at: string }[]; i: number }[] = [];
    const open = (id: string): void => {
      state.set(id, 'open');
      const children = (inside.get(id) ?? []).map((to) => ({ to, at: targets.get(to)?.pointer ?? '' }));
      const refs = (edges.get(id) ?? []).map((place) => ({ to: canonical(place.ref), at: place.pointer }));
      stack.push({ id, next: [...children, ...refs.filter(({ to }) => targets.has(to))], i: 0 });
    };
    open(first);
    while (stack.length > 0) {
      const top = stack[stack.length - 1] as (typeof stack)[number];
      const step = top.next[top.i++];
      if (step === undefined) {
        state.set(top.id, 'done');
        stack.pop();
      } else if (state.get(step.to) === 'open') {
        const chain = stack.map(({ id }) => id).slice(stack.findIndex(({ id }) => id === step.to));
        const names = [...chain, step.to].map((id) => `“${id}”`).join(' → ');
        problems.push(errorAt('OAS-CIRCLE', step.at, { chain: names }, step.to));
      } else if (!state.has(step.to)) open(step.to);
    }
  }
  return problems;
}

/** The innermost target that holds a pointer. */
function enclosing(pointer: string, byPointer: Map<string, string>): string | undefined {
  for (let p = pointer; p !== ''; ) {
    p = parentPointer(p);
    const id = byPointer.get(p);
    if (id !== undefined) return id;
  }
  return undefined;
}
