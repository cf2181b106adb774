import type { Json } from '../json.ts';

/** What a field holds. */
export type FieldKind =
  | 'text'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'texts'
  | 'object'
  /** a text or a list of texts */
  | 'textOrTexts'
  | 'textOrObject'
  /** any JSON */
  | 'json'
  /** a list of JSON Schemas with titles */
  | 'properties'
  /** an object of JSON Schemas */
  | 'schemas'
  | 'component'
  | 'components'
  /** a list of lists of two components */
  | 'pairs'
  /** one of `choices` */
  | 'choice';

/** A field of a component type. */
export interface FieldDefinition {
  kind: FieldKind;
  required?: boolean;
  nullable?: boolean;
  default?: Json;
  /** holds a secret: leaves as a reference, is never shown */
  sensitive?: boolean;
  choices?: readonly string[];
  /** a choice may be true or false, too */
  orBoolean?: true;
  /** among the components of a list may stand texts */
  orTexts?: true;
  /** what the values of an object are; without it, anything */
  values?: 'text' | 'texts';
  /** name of the record (types/records.ts) that an object is */
  record?: string;
  /** the smallest number that is allowed */
  least?: number;
  /** a number that is too small, as is everything below it */
  above?: number;
  /** groups or types of the components that may stand here */
  of?: readonly string[];
  lowestVersion?: string;
}

export type ComponentGroup =
  | 'node'
  | 'edge'
  | 'tool'
  | 'toolbox'
  | 'transport'
  | 'auth'
  | 'llm'
  | 'agentic'
  | 'store'
  | 'connection'
  | 'transform'
  | 'parameters';

/** A component type of Open Agent Spec. */
export interface ComponentType {
  group: ComponentGroup;
  /** types whose fields it has too */
  parents: readonly string[];
  fields: { [name: string]: FieldDefinition };
  /** has inputs and outputs */
  io?: boolean;
  /** the first version that has it */
  lowestVersion: string;
}

/** An object that is no component, with fields of its own. */
export interface RecordType {
  fields: { [name: string]: FieldDefinition };
  /** it may have no other fields */
  closed?: true;
}

export type ComponentTypes = { [name: string]: ComponentType };
