import type { Part, Parts } from '../compare/parts.ts';
import { assembled, canonical, partsOf, rootKey } from '../compare/parts.ts';
import { componentTypes } from '../componentTypes.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, own } from '../json.ts';
import { pointerTo } from '../pointer.ts';
import { reference, referenceOf } from '../references.ts';
import { useCounts, usesOf } from './uses.ts';

/** A document in several files: one refers to components in the others. */
export interface SplitDocument {
  main: JsonObject;
  /** each has nothing but `$referenced_components`: the component, and what only it uses */
  files: { id: string; name: string; tree: JsonObject; placement?: Placement }[];
}

/**
 * Where a component of a file of its own stood, where its uses do not tell: one that is used once stands in place, one
 * that several use among the referenced components, unless it says otherwise.
 */
export type Placement = 'inline' | 'shared';

/** A component cannot be taken out of the document. */
export class SplitError extends Error {}

const ownFile = new Set(['tool', 'toolbox', 'llm', 'agentic']);

/**
 * Takes components out of a sound document, each into a file of its own. What such a component refers to goes with it,
 * and into one more file of its own when others use it, too: a component file needs no main file.
 * @param wanted ids of components; without it every tool, toolbox, model, agent and team of agents
 * @throws {SplitError} for an id that is not in the document, or is the document's own
 */
export function splitDocument(tree: JsonObject, wanted?: readonly string[]): SplitDocument {
  const parts = partsOf(tree);
  const nameOf = canonical(tree, parts);
  const chosen = new Set(wanted === undefined ? usual(parts) : wanted.map((id) => known(nameOf(id), tree, parts)));
  const uses = usesOf(parts, nameOf);
  const counts = useCounts(uses);
  const belongs = filesOf(chosen, uses, parts);
  const files = [...chosen].map((key) => {
    const inFile = [...parts.values()].filter((part) => belongs.get(part.key) === key);
    const placement = placementOf(parts.get(key), counts.get(key) ?? 0);
    const file = { id: key, name: parts.get(key)?.name || key, tree: componentFile(key, inFile, uses, nameOf) };
    return placement === undefined ? file : { ...file, placement };
  });
  return { main: mainFile(parts, belongs, nameOf), files };
}

function usual(parts: Parts): string[] {
  return [...parts.values()].flatMap(({ key, type }) => {
    const group = componentTypes.get(type)?.group;
    return key !== rootKey && type !== 'Flow' && group !== undefined && ownFile.has(group) ? [key] : [];
  });
}

function known(key: string, tree: JsonObject, parts: Parts): string {
  if (key === rootKey || key === own(tree, 'id')) throw new SplitError(`“${key}” is the document itself.`);
  if (!parts.has(key)) throw new SplitError(`The document has no component “${key}”.`);
  return key;
}

/** The file that each component goes into; `chosen` grows by what several files use. */
function filesOf(chosen: Set<string>, uses: ReadonlyMap<string, readonly string[]>, parts: Parts): Map<string, string> {
  for (;;) {
    const users = new Map<string, Set<string>>();
    for (const file of [rootKey, ...chosen]) {
      for (const key of reached(file, chosen, uses)) users.set(key, (users.get(key) ?? new Set()).add(file));
    }
    const shared = [...users].find(([key, files]) => !chosen.has(key) && key !== rootKey && files.size > 1);
    if (shared === undefined) {
      const rest = [...parts.keys()].map((key) => [key, rootKey] as const);
      return new Map([...rest, ...[...users].map(([key, files]) => [key, [...files][0] ?? rootKey] as const)]);
    }
    chosen.add(shared[0]);
  }
}

/** A file's first component, and all that it uses up to components that have files of their own. */
function reached(from: string, chosen: ReadonlySet<string>, uses: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set([from]);
  const open = [from];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    for (const used of uses.get(key) ?? []) {
      if (seen.has(used) || chosen.has(used)) continue;
      seen.add(used);
      open.push(used);
    }
  }
  return seen;
}

function placementOf(part: Part | undefined, count: number): Placement | undefined {
  const isShared = part?.home?.place.startsWith('/$referenced_components/') === true;
  if (isShared) return count === 1 ? 'shared' : undefined;
  return count > 1 ? 'inline' : undefined;
}

/** Does a component stand among the referenced ones, and under which key? */
function entryKey(part: Part): string {
  const key = part.home?.place.match(/^\/\$referenced_components\/([^/]*)$/)?.[1];
  return key === undefined ? part.key : key.replaceAll('~1', '/').replaceAll('~0', '~');
}

function componentFile(
  key: string,
  inFile: Part[],
  uses: ReadonlyMap<string, readonly string[]>,
  nameOf: (ref: string) => string,
): JsonObject {
  const here = new Set(inFile.map((part) => part.key));
  const entries = inFile.filter((part) => {
    const owner = part.home?.owner;
    const isHeld = owner !== undefined && here.has(owner) && uses.get(owner)?.includes(part.key);
    return part.key === key || !isHeld || part.home?.place.startsWith('/$referenced_components/');
  });
  entries.sort((a, b) => Number(b.key === key) - Number(a.key === key));
  const shell: JsonObject = {
    $referenced_components: Object.fromEntries(entries.map((part) => [entryKey(part), reference(part.key)])),
  };
  const file: Parts = new Map([[rootKey, { key: rootKey, type: '', name: '', shell, home: undefined, pointer: '' }]]);
  for (const part of inFile) file.set(part.key, { ...part, shell: withoutEntries(part.shell, () => true, nameOf) });
  for (const part of entries) {
    const place = pointerTo('/$referenced_components', entryKey(part));
    file.set(part.key, { ...(file.get(part.key) ?? part), home: { owner: rootKey, place } });
  }
  return assembled(file);
}

function mainFile(parts: Parts, belongs: Map<string, string>, nameOf: (ref: string) => string): JsonObject {
  const stays = new Map([...parts].filter(([key]) => (belongs.get(key) ?? rootKey) === rootKey));
  const isGone = (key: string): boolean => parts.has(key) && !stays.has(key);
  for (const [key, part] of stays) stays.set(key, { ...part, shell: withoutEntries(part.shell, isGone, nameOf) });
  return assembled(stays);
}

/** A shell whose referenced components are without some; without the key when none is left. */
function withoutEntries(
  shell: JsonObject,
  isGone: (key: string) => boolean,
  nameOf: (ref: string) => string,
): JsonObject {
  const entries = own(shell, '$referenced_components');
  if (!isObject(entries)) return shell;
  const left = Object.entries(entries).filter(([, entry]) => {
    const ref = referenceOf(entry);
    return ref === undefined || !isGone(nameOf(ref));
  });
  if (left.length === Object.keys(entries).length) return shell;
  const rest: [string, Json][] = Object.entries(shell).flatMap(([field, value]): [string, Json][] => {
    if (field !== '$referenced_components') return [[field, value]];
    return left.length === 0 ? [] : [[field, Object.fromEntries(left)]];
  });
  return Object.fromEntries(rest);
}
