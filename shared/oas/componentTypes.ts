import type { Json } from './json.ts';
import { agenticTypes } from './types/agentic.ts';
import type { ComponentType, FieldDefinition } from './types/definition.ts';
import { flowTypes } from './types/flow.ts';
import { modelTypes } from './types/models.ts';
import { storeTypes } from './types/stores.ts';
import { toolTypes } from './types/tools.ts';

/** Every version that a document may name, the oldest first. */
export const agentspecVersions = [
  '25.3.0',
  '25.3.1',
  '25.4.0',
  '25.4.1',
  '25.4.2',
  '26.1.0',
  '26.1.2',
  '26.2.0',
  '26.3.1',
] as const;

/** What a document without a version is read as. */
export const currentVersion = '26.3.1';

/** Where a version stands among all; undefined for one that is not known. 25.4.2 is the trial name of 26.1.0. */
export function versionRank(version: string): number | undefined {
  const at = (agentspecVersions as readonly string[]).indexOf(version === '25.4.2' ? '26.1.0' : version);
  return at < 0 ? undefined : at;
}

/** The fields that every component has. */
export const commonFields: { [name: string]: FieldDefinition } = {
  id: { kind: 'text' },
  name: { kind: 'text', required: true },
  description: { kind: 'text', nullable: true },
  metadata: { kind: 'object', nullable: true, default: {} },
};

/** Every type of 25.4.1 to 26.3.1, by name. */
export const componentTypes: ReadonlyMap<string, ComponentType> = new Map(
  Object.entries({ ...flowTypes, ...toolTypes, ...modelTypes, ...agenticTypes, ...storeTypes }),
);

/** A type's definition; undefined for one that this program does not know. */
export function typeNamed(name: string): ComponentType | undefined {
  return componentTypes.get(name);
}

/** True for a node type of the specification. */
export function isKnownNode(name: string): boolean {
  return componentTypes.get(name)?.group === 'node';
}

/** The fields of a type with those of its parents (and, for a component with inputs and outputs, these). */
export function fieldsOf(name: string): { [field: string]: FieldDefinition } {
  const type = componentTypes.get(name);
  if (type === undefined) return {};
  const parents = type.parents.map(fieldsOf);
  const io: { [field: string]: FieldDefinition } = type.io
    ? { inputs: { kind: 'properties', nullable: true }, outputs: { kind: 'properties', nullable: true } }
    : {};
  return Object.assign({}, commonFields, io, ...parents, type.fields);
}

/** Is a type the other one, or made from it? */
export function isA(name: string, ancestor: string): boolean {
  if (name === ancestor) return true;
  return componentTypes.get(name)?.parents.some((parent) => isA(parent, ancestor)) ?? false;
}

/** May a component of a type stand where a field expects one of a group or of a type? */
export function isAccepted(name: string, field: FieldDefinition): boolean {
  if (field.of === undefined) return true;
  const group = componentTypes.get(name)?.group;
  return field.of.some((wanted) => wanted === group || isA(name, wanted));
}

const sensitiveNames = new Set<string>();
for (const type of componentTypes.values()) {
  for (const [name, field] of Object.entries(type.fields)) if (field.sensitive) sensitiveNames.add(name);
}

/** Does a field of a type hold a secret? For an unknown type the field's name decides. */
export function isSensitive(type: string, field: string): boolean {
  if (componentTypes.has(type)) return fieldsOf(type)[field]?.sensitive ?? false;
  return sensitiveNames.has(field);
}

/** The value that a field has when the document leaves it out; undefined = none. */
export function fieldDefault(type: string, field: string): Json | undefined {
  return fieldsOf(type)[field]?.default;
}
