import { quoted, said } from '../../words/said.ts';
import { cast } from '../casts.ts';
import { fieldsOf } from '../componentTypes.ts';
import { inferredInputs, inferredOutputs } from '../inference.ts';
import { isObject, own, ownList, ownText } from '../json.ts';
import { parentPointer, pointerTo, valueAt } from '../pointer.ts';
import { titleFrom, titleOf } from '../properties.ts';
import { componentAt, type Patient, type Repair, setAt } from './context.ts';

/** Takes away what stands at the problem's place. */
export function without({ tree, problem }: Patient): Repair[] {
  if (valueAt(tree, problem.pointer) === undefined) return [];
  return [{ what: said('repair.remove'), commands: [setAt(tree, problem.pointer)] }];
}

/** Takes the whole field away, where the type can do without it. */
export function withoutField({ tree, problem }: Patient): Repair[] {
  const at = componentAt(tree, problem.pointer);
  const [name] = at?.rest ?? [];
  if (at === undefined || name === undefined) return [];
  const field = fieldsOf(ownText(at.component, 'component_type') ?? '')[name];
  if (field === undefined || field.required) return [];
  const end = problem.pointer.length - at.rest.map((token) => pointerTo('', token)).join('').length;
  const place = pointerTo(problem.pointer.slice(0, end), name);
  return [{ what: said('repair.toDefault'), commands: [setAt(tree, place)] }];
}

/** A default of another type becomes one of the right type, or goes. */
export function fittingDefault(patient: Patient): Repair[] {
  const { tree, problem } = patient;
  const property = valueAt(tree, parentPointer(problem.pointer));
  if (!isObject(property)) return [];
  const fitting = cast(own(property, 'default') ?? null, property);
  const changed: Repair[] = fitting.ok
    ? [{ what: said('repair.castDefault'), commands: [setAt(tree, problem.pointer, fitting.value)] }]
    : [];
  return [...changed, ...without(patient)];
}

/** A title made of characters that titles may have. */
export function plainTitle({ tree, problem }: Patient): Repair[] {
  const list = valueAt(tree, parentPointer(parentPointer(problem.pointer)));
  const title = valueAt(tree, problem.pointer);
  if (typeof title !== 'string') return [];
  const taken = Array.isArray(list) ? list.filter(isObject).map(titleOf) : [];
  const plain = titleFrom(title, taken);
  return [{ what: said('repair.name', { name: plain }), commands: [setAt(tree, problem.pointer, plain)] }];
}

/** Adds to a list of inputs or outputs what the component has besides. */
export function declared({ tree, problem }: Patient): Repair[] {
  const at = componentAt(tree, problem.pointer);
  const [side] = at?.rest ?? [];
  if (at === undefined || (side !== 'inputs' && side !== 'outputs')) return [];
  const { component } = at;
  const bare = { ...component, [side]: null };
  const list = ownList(component, side);
  const has = new Set(list.filter(isObject).map(titleOf));
  const all = side === 'inputs' ? inferredInputs(tree, bare) : inferredOutputs(tree, bare);
  const missing = all.filter((property) => !has.has(titleOf(property)));
  if (missing.length === 0) return [];
  const titles = missing.map((property) => quoted(titleOf(property)));
  return [{ what: said('repair.list', { titles }), commands: [setAt(tree, problem.pointer, [...list, ...missing])] }];
}

/** The outputs of a start or an end become its inputs, or the other way round. */
export function passedOn({ tree, problem }: Patient): Repair[] {
  const place = parentPointer(problem.pointer);
  const component = valueAt(tree, place);
  if (!isObject(component)) return [];
  const set = (to: string, from: 'inputs' | 'outputs'): Repair => ({
    what: said(`repair.${from}ForBoth`),
    commands: [setAt(tree, pointerTo(place, to), ownList(component, from))],
  });
  return [set('outputs', 'inputs'), set('inputs', 'outputs')];
}

/** A header that is secret is not open, too. */
export function secretOnly({ tree, problem }: Patient): Repair[] {
  const place = parentPointer(problem.pointer);
  const component = valueAt(tree, place);
  const open = isObject(component) ? own(component, 'headers') : undefined;
  const secret = isObject(component) ? own(component, 'sensitive_headers') : undefined;
  if (!isObject(open) || !isObject(secret)) return [];
  const twice = Object.keys(open).filter((name) => Object.hasOwn(secret, name));
  const commands = twice.map((name) => setAt(tree, pointerTo(`${place}/headers`, name)));
  return [{ what: said('repair.secret'), commands }];
}

/** Results are collected in a list. */
export function appended({ tree, problem }: Patient): Repair[] {
  return [{ what: said('repair.append'), commands: [setAt(tree, problem.pointer, 'append')] }];
}
