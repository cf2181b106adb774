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
  /** groups or types of the components that may stand here */
  of?: readonly string[];
  lowestVersion?: string;
}

export type ComponentGroup =
  | 'flow'
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

export type ComponentTypes = { [name: string]: ComponentType };
