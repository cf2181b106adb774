import type { Json, JsonObject } from '../json.ts';

/**
 * A change of a document. A component is named by its id, and a pointer is relative to it, so that edits of two
 * people seldom touch; an empty id names the document as a whole.
 */
export type EditCommand =
  | AddCommand
  | RemoveCommand
  | ConnectCommand
  | DisconnectCommand
  | SetCommand
  | { type: 'rename'; component: string; name: string }
  | MoveCommand;

/** Puts a step into a flow. `index` = its place in the list of nodes (default: last). */
export interface AddCommand {
  type: 'add';
  flow: string;
  node: JsonObject;
  index?: number;
  /** what undoing a removal needs: where the step stood */
  place?: {
    /** in the list of nodes itself */
    inline?: true;
    /** the list held a reference, and what it names is still there */
    kept?: true;
    /** key in `$referenced_components`, and pointer of the object that has them */
    key?: string;
    holder?: string;
    /** key that follows */
    before?: string;
  };
}

/** Takes a step out of a flow, with its edges. */
export interface RemoveCommand {
  type: 'remove';
  flow: string;
  node: string;
}

/** Adds an edge: a ControlFlowEdge or DataFlowEdge component. */
export interface ConnectCommand {
  type: 'connect';
  flow: string;
  edge: JsonObject;
  index?: number;
}

/** Takes an edge away, by its id (by its name when it has none). */
export interface DisconnectCommand {
  type: 'disconnect';
  flow: string;
  edge: string;
}

/** Sets what stands at a pointer inside a component; without a value takes it away. Objects on the way are made. */
export interface SetCommand {
  type: 'set';
  component: string;
  pointer: string;
  value?: Json;
  /** for a new key: the key that it goes before (default: last) */
  before?: string;
  /** for a place in a list: make room instead of replacing */
  insert?: true;
  /** when this place holds nothing but empty objects after the change, it becomes what it was before the edit */
  emptied?: { pointer: string; value?: Json };
}

export interface MoveCommand {
  type: 'move';
  node: string;
  x: number;
  y: number;
}

/** A changed tree, and the commands that take the change back. */
export interface Applied {
  tree: JsonObject;
  inverse: EditCommand[];
}
