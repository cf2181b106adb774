import { assembled, canonical, partsOf, rootKey } from '../compare/parts.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, own, ownObject, ownText, sameJson, withKey } from '../json.ts';
import { indexOf } from '../references.ts';
import type { Placement } from './split.ts';
import { useCounts, usesOf } from './uses.ts';

/** A document that stands alone again. */
export interface BundledDocument {
  tree: JsonObject;
  /** which of the files is the main one */
  main: string;
  /** keys of components and values in the other files that the document does not use */
  unused: string[];
}

/** The files do not make one document. */
export class BundleError extends Error {}

/** One of the files that make a document. */
export interface BundleFile {
  file: string;
  tree: JsonObject;
  /** of a component file: where its first component is to stand (default: by how many places use it) */
  placement?: Placement;
}

/** Has a file nothing but components for others? */
export function isComponentFile(tree: JsonObject): boolean {
  return own(tree, 'component_type') === undefined && own(tree, '$component_ref') === undefined;
}

/**
 * Puts a main file and component files together: what the main file refers to comes from the others. The first
 * component of a file stands in place when one place refers to it, unless the file's placement says otherwise; all
 * others stand among the referenced components.
 * @throws {BundleError} when there is not exactly one main file, or two files say different things under one name
 */
export function bundleDocuments(files: readonly BundleFile[]): BundledDocument {
  const mains = files.filter(({ tree }) => !isComponentFile(tree));
  const [main] = mains;
  if (main === undefined) throw new BundleError('All files have components only: there is no main file.');
  if (mains.length > 1) {
    throw new BundleError(`There is more than one main file: ${mains.map(({ file }) => file).join(', ')}.`);
  }
  const pool = poolOf(files.filter((one) => one !== main));
  const { tree, added } = filledFrom(main.tree, pool);
  const unused = [...new Set([...pool.values()].map(({ key }) => key))].filter((key) => !added.has(key));
  return { tree: inPlace(tree, added, pool), main: main.file, unused };
}

type Pool = Map<string, { key: string; value: Json; file: string; placement?: Placement }>;

/** Everything that the component files have, by key and by id. */
function poolOf(files: readonly BundleFile[]): Pool {
  const pool: Pool = new Map();
  for (const { file, tree, placement } of files) {
    const entries = Object.entries(ownObject(tree, '$referenced_components') ?? {});
    for (const [i, [key, value]] of entries.entries()) {
      const id = isObject(value) && ownText(value, 'component_type') !== undefined ? ownText(value, 'id') : undefined;
      for (const name of new Set([key, id ?? key])) {
        const other = pool.get(name);
        if (other !== undefined && !sameJson(other.value, value)) {
          throw new BundleError(`${other.file} and ${file} both have “${name}”, and not the same one.`);
        }
        pool.set(name, other ?? { key, value, file, placement: i === 0 ? placement : 'shared' });
      }
    }
  }
  return pool;
}

/** The tree with all that it refers to and does not hold, among its referenced components. */
function filledFrom(main: JsonObject, pool: Pool): { tree: JsonObject; added: Set<string> } {
  const added = new Set<string>();
  for (let tree = main; ; ) {
    const { references, targets } = indexOf(tree);
    const wanted = references
      .flatMap(({ ref }) => (targets.has(ref) ? [] : [pool.get(ref)]))
      .filter((one) => one !== undefined);
    if (wanted.length === 0) return { tree, added };
    const more = wanted.filter(({ key }) => !added.has(key));
    if (more.length === 0) return { tree, added };
    const entries = more.map(({ key, value }) => [key, value] as const);
    for (const [key] of entries) {
      if (targets.has(key)) throw new BundleError(`The main file has a “${key}” of its own.`);
      added.add(key);
    }
    const held = ownObject(tree, '$referenced_components') ?? {};
    tree = withKey(tree, '$referenced_components', Object.fromEntries([...Object.entries(held), ...entries]));
  }
}

/** Takes what is to stand in place out of the referenced components: it then stands where it is first referred to. */
function inPlace(tree: JsonObject, added: ReadonlySet<string>, pool: Pool): JsonObject {
  const parts = partsOf(tree);
  const root = parts.get(rootKey);
  const entries = root === undefined ? undefined : ownObject(root.shell, '$referenced_components');
  if (root === undefined || entries === undefined) return tree;
  const counts = useCounts(usesOf(parts, canonical(tree, parts)));
  const isInline = (key: string): boolean => {
    // One whose key is not its id may be referred to by that key: it stays under it.
    if (!added.has(key) || !parts.has(key)) return false;
    const placement = pool.get(key)?.placement;
    return placement === undefined ? counts.get(key) === 1 : placement === 'inline';
  };
  const left = Object.entries(entries).filter(([key]) => !isInline(key));
  const { $referenced_components: _held, ...others } = root.shell;
  const shell = left.length === 0 ? others : withKey(root.shell, '$referenced_components', Object.fromEntries(left));
  return assembled(new Map([...parts, [rootKey, { ...root, shell }]]));
}
