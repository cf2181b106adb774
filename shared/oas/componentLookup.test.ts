import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exampleFiles, examplesFolder } from '../testing/exampleDocuments.ts';
import { indexOf, isReferredToIn } from './componentIndex.ts';
import { componentNamed, isReferredTo, targetNamed, valueNamed } from './componentLookup.ts';
import { changedTree } from './edit/places.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject } from './json.ts';
import { pointerTo, valueAt } from './pointer.ts';
import { readDocument } from './read.ts';
import { idOf, standsFor } from './references.ts';

/** Aliases, ids that stand twice, a reference to a reference, and lists in lists. */
const odd: JsonObject = {
  component_type: 'Flow',
  id: 'f',
  nodes: [{ $component_ref: 'a' }, { component_type: 'EndNode', id: 'b' }, { $component_ref: 'alias' }],
  lists: [[{ component_type: 'EndNode', id: 'deep' }, { $component_ref: 'b' }], { plain: { $component_ref: 'f' } }],
  subflows: [
    { component_type: 'Flow', id: 'inner', nodes: [{ component_type: 'EndNode', id: 'a' }, { $component_ref: 'a' }] },
    { component_type: 'Flow', id: 'other', nodes: [], $referenced_components: { alias: { component_type: 'X' } } },
  ],
  metadata: { component_type: 'EndNode', id: 'note', x: { $component_ref: 'a' } },
  $referenced_components: {
    a: { component_type: 'LlmNode', id: 'a', llm_config: { component_type: 'LlmConfig', id: 'm' } },
    alias: { component_type: 'EndNode', id: 'named' },
    again: { $component_ref: 'alias' },
    words: 'plain',
    none: null,
  },
};

/** Every place of a document that holds something. */
function places(value: Json, pointer = '', found: string[] = []): string[] {
  found.push(pointer);
  if (Array.isArray(value)) for (const [i, item] of value.entries()) places(item, `${pointer}/${i}`, found);
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) places(item, pointerTo(pointer, key), found);
  return found;
}

it('what is carried from tree to tree says what an index of the last one says', () => {
  const documents = [
    odd,
    ...exampleFiles(/\.(json|yaml)$/).flatMap((name) => {
      const { tree } = readDocument(readFileSync(`${examplesFolder}/${name}`, 'utf8'));
      return tree ? [tree] : [];
    }),
  ];
  const change = fc.record({ kind: fc.nat(5), at: fc.nat(), from: fc.nat(), index: fc.nat(6) });
  let looks = 0;
  fc.assert(
    fc.property(
      fc.oneof(fc.constant(odd), fc.constantFrom(...documents)),
      fc.array(change, { minLength: 1, maxLength: 12 }),
      (first, changes) => {
        let tree = structuredClone(first);
        for (const { kind, at, from, index } of changes) {
          const all = places(tree);
          const pointer = all[at % all.length] as string;
          const donor = all[from % all.length] as string;
          const given = valueAt(tree, donor) ?? null;
          tree = changedTree(tree, pointer, (value) => changed(value as Json, kind, given, index, pointer === ''));
          looks += agrees(tree);
        }
      },
    ),
    { numRuns: 250 },
  );
  expect(looks).toBeGreaterThan(10_000);
});

function changed(value: Json, kind: number, given: Json, index: number, isRoot: boolean): Json | undefined {
  if (Array.isArray(value)) {
    if (kind < 2) return value.toSpliced(index % (value.length + 1), 1);
    if (kind < 4) return value.toSpliced(index % (value.length + 1), 0, given);
    if (kind === 4) return value.toReversed();
  }
  if (isObject(value)) {
    const keys = Object.keys(value);
    const key = keys[index % Math.max(1, keys.length)] ?? 'x';
    if (kind === 0) return Object.fromEntries(Object.entries(value).reverse());
    if (kind === 1 || isRoot) return { ...value, [`new${index}`]: given };
    if (kind === 2) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    if (kind === 3) return { ...value, id: `id${index % 3}`, component_type: 'EndNode' };
  }
  return isRoot ? value : kind === 5 ? undefined : given;
}

/** Asks both for every name. @returns how many there were */
function agrees(tree: JsonObject): number {
  const fresh = structuredClone(tree);
  const { components, targets, references } = indexOf(fresh);
  const names = new Set([...components.keys(), ...targets.keys(), ...references.map(({ ref }) => ref), 'nowhere']);
  for (const name of names) {
    const target = targetNamed(tree, name);
    expect(target && { pointer: target.pointer, value: target.value }, name).toEqual(targets.get(name));
    expect(valueNamed(tree, name), name).toEqual(targets.get(name)?.value);
    const found = componentNamed(tree, name);
    expect(found && { pointer: found.pointer, component: found.component }, name).toEqual(components.get(name));
    const only = new Set([name]);
    expect(isReferredTo(tree, only), name).toBe(isReferredToIn(fresh, only));
    const place = target?.pointer;
    if (place !== undefined) expect(isReferredTo(tree, only, place), name).toBe(isReferredToIn(fresh, only, place));
  }
  const ids = [...names].slice(0, 6);
  for (const id of ids) {
    const stands = standsFor(tree, id);
    for (const name of names) {
      const ref = { $component_ref: name };
      expect(stands(ref), `${name} for ${id}`).toBe(idOf(fresh, ref) === id);
    }
  }
  return names.size;
}
