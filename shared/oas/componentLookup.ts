import type { Located, LocatedValue } from './componentIndex.ts';
import { indexOf, isComponent, isReferredToIn, referencesIn } from './componentIndex.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject, ownText } from './json.ts';
import type { LookupTables, Site } from './lookupTables.ts';
import { changeTables, tablesOf } from './lookupTables.ts';
import { valueAt } from './pointer.ts';

/**
 * Tables of the newest tree of a row of edits. The tree before has none any more: it is looked up in an index of its
 * own, should anyone ask.
 */
const tables = new WeakMap<JsonObject, LookupTables>();

/**
 * Says that a tree came out of another one by an edit: what is known of that one goes on to it.
 *
 * @param place a pointer: the trees differ there, or inside, and nowhere else
 */
export function carryLookup(from: JsonObject, to: JsonObject, place: string): void {
  if (from === to || tables.has(to)) return;
  const known = tables.get(from);
  tables.delete(from);
  if (known) changeTables(known, from, to, place);
  tables.set(to, known ?? tablesOf(to));
}

/** What a reference may name, and where that stands: see `targets` of the index. */
export function targetNamed(tree: JsonObject, name: string): LocatedValue | undefined {
  const known = tables.get(tree);
  if (!known) return indexOf(tree).targets.get(name);
  const sites = known.named.get(name) ?? known.aliases.get(name);
  if (sites === undefined) return undefined;
  const [site] = sites;
  // which of them stands first is for the index to say
  if (site === undefined || sites.length > 1) return indexOf(tree).targets.get(name);
  return located(tree, site);
}

/** What a reference leads to, without its place. */
export function valueNamed(tree: JsonObject, name: string): Json | undefined {
  const known = tables.get(tree);
  const sites = known && (known.named.get(name) ?? known.aliases.get(name));
  if (known && (sites === undefined || sites.length === 1)) return sites?.[0]?.value;
  return indexOf(tree).targets.get(name)?.value;
}

/** The component of an id, or else of a key, and where it stands: see `components` of the index. */
export function componentNamed(tree: JsonObject, name: string): Located | undefined {
  const known = tables.get(tree);
  const sites = known && (known.named.get(name) ?? known.aliases.get(name));
  if (!known || (sites !== undefined && sites.length > 1)) return indexOf(tree).components.get(name);
  const [site] = sites ?? [];
  if (site === undefined || !isObject(site.value) || !isComponent(site.value)) return undefined;
  return { pointer: located(tree, site).pointer, component: site.value };
}

/** Names that lead to something whose id they are not: keys of `$referenced_components`. */
export function aliasesOf(tree: JsonObject): Iterable<string> {
  const known = tables.get(tree);
  if (known) return known.aliases.keys();
  return [...indexOf(tree).targets].flatMap(([name, { value }]) =>
    isObject(value) && isComponent(value) && ownText(value, 'id') === name ? [] : [name],
  );
}

function located(tree: JsonObject, site: Site): LocatedValue {
  const { base, item, inner, value } = site;
  return {
    value,
    // a list changes more often than anyone asks for a place in it
    get pointer() {
      if (item === undefined) return base + inner;
      const list = valueAt(tree, base);
      return `${base}/${Array.isArray(list) ? list.indexOf(item) : 0}${inner}`;
    },
  };
}

/**
 * Does anything in a tree refer to one of the names?
 *
 * @param except pointer of something inside of which references do not count
 */
export function isReferredTo(tree: JsonObject, names: ReadonlySet<string>, except?: string): boolean {
  const known = tables.get(tree);
  if (!known) return isReferredToIn(tree, names, except);
  let times = 0;
  for (const name of names) times += known.references.get(name) ?? 0;
  if (times === 0 || except === undefined) return times > 0;
  const inside = valueAt(tree, except);
  if (inside === undefined) return true;
  return times > referencesIn(inside).filter(({ ref, pointer }) => pointer !== '' && names.has(ref)).length;
}
