import { said } from '../../words/said.ts';
import { currentVersion } from '../componentTypes.ts';
import { type JsonObject, own, ownText, sameJson } from '../json.ts';
import { pointerTokens, valueAt } from '../pointer.ts';
import { componentsOf, indexOf, reference } from '../references.ts';
import { lowestVersion } from '../versions.ts';
import { componentAt, type Patient, type Repair, setAt, stepAt } from './context.ts';

/** An id for a component that has none: the name that it goes by among the referenced components, else a new one. */
export function anId({ tree, problem, newId }: Patient): Repair[] {
  const tokens = pointerTokens(problem.pointer);
  const key = tokens.at(-2) === '$referenced_components' ? tokens.at(-1) : undefined;
  const id = key ?? newId();
  return [{ what: said('repair.id'), commands: [setAt(tree, `${problem.pointer}/id`, id, 'name')] }];
}

/** A name for a component that has none. */
export function aName({ tree, problem }: Patient): Repair[] {
  const at = componentAt(tree, problem.pointer);
  if (at === undefined || ownText(at.component, 'name')) return [];
  const place = problem.pointer.endsWith('/name') ? problem.pointer : `${problem.pointer}/name`;
  const type = ownText(at.component, 'component_type') ?? 'Component';
  const name = free(type.replace(/Node$/, ''), namesIn(tree));
  return [{ what: said('repair.name', { name }), commands: [setAt(tree, place, name)] }];
}

/** The second of two steps of one name gets a number. */
export function anotherName({ tree, problem }: Patient): Repair[] {
  const at = stepAt(tree, problem.pointer);
  if (at === undefined) return [];
  const name = free(at.node.name, namesIn(tree));
  return [{ what: said('repair.name', { name }), commands: [setAt(tree, `${problem.pointer}/name`, name)] }];
}

function namesIn(tree: JsonObject): Set<string> {
  return new Set([...componentsOf(tree).values()].map(({ component }) => ownText(component, 'name') ?? ''));
}

function free(name: string, taken: ReadonlySet<string>): string {
  let candidate = name;
  for (let n = 2; taken.has(candidate); n++) candidate = `${name} ${n}`;
  return candidate;
}

/** Of two components with one id, a copy becomes a reference; another component gets an id of its own. */
export function oneId({ tree, problem, newId }: Patient): Repair[] {
  const twice = indexOf(tree).duplicates.find(({ id }) => id === problem.componentId);
  if (twice === undefined) return [];
  const listed = (pointer: string) => pointerTokens(pointer).at(-2) === '$referenced_components';
  // What stands among the referenced components is what references name: the others give way.
  const [kept, ...others] = twice.pointers.toSorted((a, b) => Number(listed(b)) - Number(listed(a)));
  if (kept === undefined) return [];
  const original = valueAt(tree, kept);
  const copies = others.every((pointer) => sameJson(valueAt(tree, pointer) ?? null, original ?? null));
  const repairs: Repair[] = [];
  if (copies) {
    // From the last to the first, so that the places of the earlier ones stay what they are.
    const commands = others.toReversed().map((pointer) => setAt(tree, pointer, reference(twice.id)));
    repairs.push({ what: said('repair.references'), commands });
  }
  const renamed = others.map((pointer) => setAt(tree, `${pointer}/id`, newId()));
  repairs.push({ what: said('repair.ids'), commands: renamed });
  return repairs;
}

/** The version that the content needs. */
export function neededVersionStated({ tree }: Patient): Repair[] {
  const version = lowestVersion(tree);
  return [{ what: said('repair.version', { version }), commands: [setAt(tree, '/agentspec_version', version)] }];
}

/** The version of today, for one that cannot be read. */
export function currentVersionStated({ tree, problem }: Patient): Repair[] {
  if (own(tree, problem.pointer.slice(1)) === undefined) return [];
  return [
    {
      what: said('repair.version', { version: currentVersion }),
      commands: [setAt(tree, problem.pointer, currentVersion)],
    },
  ];
}
