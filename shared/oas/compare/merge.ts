import type { Said } from '../../words/said.ts';
import type { Json, JsonObject } from '../json.ts';
import { ownText, sameJson } from '../json.ts';
import type { Problem } from '../problems.ts';
import { indexOf, referenceOf } from '../references.ts';
import { validate } from '../validate.ts';
import { layoutPointer, withoutLayout } from './layout.ts';
import type { MergeRules } from './mergeValues.ts';
import { mergedObject } from './mergeValues.ts';
import type { Home, Part, Parts } from './parts.ts';
import { assembled, partsOf, refsIn, rootKey } from './parts.ts';

/** Something that both sides changed, each in its own way. Ours stands in the merged document. */
export interface MergeConflict {
  /**
   * `field`: both changed one place; `removed-by-ours`, `removed-by-theirs`: the other side changed the component, or
   * uses it anew; `unsound`: the two changes are sound, each by itself, and wrong together
   */
  kind: 'field' | 'removed-by-ours' | 'removed-by-theirs' | 'unsound';
  component: { id: string; name: string; type: string };
  /** pointer into the component; `''` is all of it */
  pointer: string;
  /** absent where it is not there */
  base?: Json;
  ours?: Json;
  theirs?: Json;
  /** of `unsound`: what is wrong */
  message?: string;
  /** the same, to be said in any language */
  said?: Said;
}

export interface MergeResult {
  /** no conflicts */
  clean: boolean;
  tree: JsonObject;
  conflicts: MergeConflict[];
  /** steps that both sides moved on the canvas; they stand where ours put them, and that is no conflict */
  movedTwice: { id: string; name: string }[];
  names: { [id: string]: string };
}

/**
 * Three-way merge of sound documents, component by component: what only one side changed is taken from it, wherever in
 * the file it stands. Components are the same by their ids. Where both changed the same, ours stays and a conflict is
 * told. The order of keys and the place of components follow ours, so that ours' text changes only where it must.
 */
export function mergeDocuments(base: JsonObject, ours: JsonObject, theirs: JsonObject): MergeResult {
  const sides = { base: partsOf(base), ours: partsOf(ours), theirs: partsOf(theirs) };
  const removals = removalsOf(sides);
  // Taking a component back, or leaving one out, can leave others without what they refer to: again until all fits.
  for (let round = 0; ; round++) {
    const merged = mergedOnce(sides, removals);
    const tree = assembled(merged.parts);
    const more = round < 100 && settleDangling(tree, merged.parts, sides, removals);
    if (more) continue;
    const conflicts = [...merged.conflicts, ...removals.conflicts.values(), ...unsound(tree, [base, ours, theirs])];
    const names = namesOf(sides);
    return { clean: conflicts.length === 0, tree, conflicts, movedTwice: merged.movedTwice, names };
  }
}

interface Sides {
  base: Parts;
  ours: Parts;
  theirs: Parts;
}

/** What was decided about components that only one side still has. */
interface Removals {
  kept: Set<string>;
  refused: Set<string>;
  /** fields of ours that stay as they are: `key` and field */
  fixed: Map<string, Set<string>>;
  conflicts: Map<string, MergeConflict>;
}

/** Components that one side removed and the other one changed. */
function removalsOf(sides: Sides): Removals {
  const removals: Removals = { kept: new Set(), refused: new Set(), fixed: new Map(), conflicts: new Map() };
  for (const part of sides.base.values()) {
    const [ours, theirs] = [sides.ours.get(part.key), sides.theirs.get(part.key)];
    if (ours === undefined && theirs !== undefined && isChanged(part, theirs)) {
      removals.conflicts.set(part.key, removal('removed-by-ours', part, ours, theirs));
    }
    if (theirs === undefined && ours !== undefined && isChanged(part, ours)) keep(part.key, sides, removals, true);
  }
  return removals;
}

function isChanged(before: Part, after: Part): boolean {
  return !sameJson(withoutLayout(before.shell), withoutLayout(after.shell));
}

/**
 * Keeps a component that theirs removed, with what it stands in and with its connections.
 * @param told whether this one is a conflict, or only comes with another one that is
 */
function keep(key: string, sides: Sides, removals: Removals, told: boolean): void {
  const part = sides.ours.get(key);
  if (part === undefined || removals.kept.has(key)) return;
  removals.kept.add(key);
  if (told) {
    const before = sides.base.get(key) ?? part;
    removals.conflicts.set(key, removal('removed-by-theirs', before, part, undefined));
  }
  const owner = part.home?.owner;
  if (owner !== undefined && !sides.theirs.has(owner)) keep(owner, sides, removals, false);
  for (const edge of sides.ours.values()) {
    if (!isEdge(edge) || sides.theirs.has(edge.key)) continue;
    const ends = refsIn(edge.shell);
    if (ends.includes(key) && ends.every((end) => removals.kept.has(end) || sides.theirs.has(end))) {
      keep(edge.key, sides, removals, false);
    }
  }
}

function isEdge({ type }: Part): boolean {
  return type === 'ControlFlowEdge' || type === 'DataFlowEdge';
}

function removal(
  kind: 'removed-by-ours' | 'removed-by-theirs',
  { key, name, type, shell }: Part,
  ours: Part | undefined,
  theirs: Part | undefined,
): MergeConflict {
  return {
    kind,
    component: { id: key, name, type },
    pointer: '',
    base: shell,
    ...(ours === undefined ? {} : { ours: ours.shell }),
    ...(theirs === undefined ? {} : { theirs: theirs.shell }),
  };
}

interface MergedParts {
  parts: Parts;
  conflicts: MergeConflict[];
  movedTwice: { id: string; name: string }[];
}

function mergedOnce(sides: Sides, removals: Removals): MergedParts {
  const merged: MergedParts = { parts: new Map(), conflicts: [], movedTwice: [] };
  for (const key of new Set([...sides.ours.keys(), ...sides.theirs.keys()])) {
    const [base, ours, theirs] = [sides.base.get(key), sides.ours.get(key), sides.theirs.get(key)];
    const one = ours ?? theirs;
    if (one === undefined) continue;
    if (ours === undefined || theirs === undefined) {
      // Removed by ours; or by theirs, and nothing speaks against it; or new, and to be left out.
      const gone = ours === undefined ? base !== undefined || removals.refused.has(key) : base !== undefined;
      if (!gone || removals.kept.has(key)) merged.parts.set(key, one);
      continue;
    }
    merged.parts.set(key, { ...ours, home: homeOf(base, ours, theirs), shell: shellOf(key, sides, removals, merged) });
  }
  return merged;
}

/** Where a component stands: as the side has it that moved it within the file. */
function homeOf(base: Part | undefined, ours: Part, theirs: Part): Home | undefined {
  const same = (a: Home | undefined, b: Home | undefined): boolean => a?.owner === b?.owner && a?.place === b?.place;
  return base !== undefined && same(base.home, ours.home) ? theirs.home : ours.home;
}

function shellOf(key: string, sides: Sides, removals: Removals, merged: MergedParts): JsonObject {
  const ours = sides.ours.get(key) as Part;
  const theirs = sides.theirs.get(key) as Part;
  const base = sides.base.get(key);
  const component = { id: key, name: ours.name, type: ours.type };
  const rules: MergeRules = {
    kept: removals.kept,
    refused: removals.refused,
    whole: new Set([layoutPointer]),
    conflict: (pointer, values) => {
      const present = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
      if (pointer === layoutPointer) merged.movedTwice.push({ id: key, name: ours.name });
      else merged.conflicts.push({ kind: 'field', component, pointer, ...present });
    },
  };
  const fixed = removals.fixed.get(key);
  const shells = { base: base?.shell ?? {}, ours: ours.shell, theirs: theirs.shell };
  if (fixed === undefined) return mergedObject(shells, '', rules);
  return mergedObject({ ...shells, theirs: withFixed(theirs.shell, ours.shell, fixed) }, '', rules);
}

/** Theirs as if it had not touched some fields of ours. */
function withFixed(theirs: JsonObject, ours: JsonObject, fixed: ReadonlySet<string>): JsonObject {
  const fieldsOfOurs = Object.entries(ours).filter(([field]) => fixed.has(field));
  const entries = Object.entries(theirs).filter(([field]) => !fixed.has(field) || Object.hasOwn(ours, field));
  return Object.fromEntries([...entries, ...fieldsOfOurs]);
}

/**
 * References of the merged document that lead nowhere, though they did not on either side. What theirs removed and
 * ours uses stays; what theirs uses and ours removed is not used.
 * @returns whether anything was decided, so that the merge must be made again
 */
function settleDangling(tree: JsonObject, parts: Parts, sides: Sides, removals: Removals): boolean {
  const { references, targets } = indexOf(tree);
  let decided = false;
  for (const { ref, owner, path } of references) {
    // An entry whose component is gone has nothing left but the reference to itself.
    const target = targets.get(ref);
    if (target !== undefined && referenceOf(target.value) !== ref) continue;
    if (sides.ours.has(ref) && !removals.kept.has(ref)) {
      keep(ref, sides, removals, owner === undefined || !removals.kept.has(owner));
      decided = true;
    } else if (sides.theirs.has(ref))
      decided = refuse(ref, owner ?? rootKey, path[0], parts, sides, removals) || decided;
  }
  return decided;
}

/** Leaves out what theirs does with a component that ours removed. */
function refuse(
  ref: string,
  owner: string,
  field: string | undefined,
  parts: Parts,
  sides: Sides,
  removals: Removals,
): boolean {
  const holder = parts.has(owner) ? owner : rootKey;
  const removed = sides.base.get(ref);
  if (removed !== undefined && !removals.conflicts.has(ref)) {
    const user = sides.theirs.get(holder);
    const conflict = removal('removed-by-ours', removed, undefined, sides.theirs.get(ref));
    const message = user === undefined ? undefined : `“${user.name}” uses it`;
    removals.conflicts.set(ref, { ...conflict, ...(message === undefined ? {} : { message }) });
  }
  if (!sides.ours.has(holder)) {
    if (removals.refused.has(holder)) return false;
    removals.refused.add(holder);
    return true;
  }
  if (field === undefined) return false;
  if (field === '$referenced_components') {
    if (removals.refused.has(ref)) return false;
    removals.refused.add(ref);
    return true;
  }
  const fixed = removals.fixed.get(holder) ?? new Set();
  if (fixed.has(field)) return false;
  removals.fixed.set(holder, fixed.add(field));
  return true;
}

/** What is wrong with the merged document and was not with any of the three, such as two ways out of one branch. */
function unsound(tree: JsonObject, before: JsonObject[]): MergeConflict[] {
  const sign = ({ code, componentId }: Problem): string => `${code} ${componentId ?? ''}`;
  const errors = validate(tree).filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return [];
  const known = new Set(before.flatMap((one) => validate(one).map(sign)));
  return errors
    .filter((problem) => !known.has(sign(problem)))
    .map(({ componentId, pointer, message, said }) => {
      const component = componentId === undefined ? undefined : indexOf(tree).components.get(componentId)?.component;
      const name = component === undefined ? '' : (ownText(component, 'name') ?? '');
      const type = component === undefined ? '' : (ownText(component, 'component_type') ?? '');
      return {
        kind: 'unsound',
        component: { id: componentId ?? '', name, type },
        pointer,
        message,
        ...(said && { said }),
      };
    });
}

function namesOf(sides: Sides): { [id: string]: string } {
  const names: { [id: string]: string } = {};
  for (const parts of [sides.ours, sides.theirs, sides.base]) {
    for (const { key, name } of parts.values()) names[key] ||= name;
  }
  return names;
}
