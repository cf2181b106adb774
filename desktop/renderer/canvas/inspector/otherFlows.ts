import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { createContext } from 'react';

export interface PublishedFlow {
  id: string;
  slug: string;
  name: string;
  /** the version that is published now */
  number: number;
}

/** What a flow takes and gives: JSON Schemas with titles. */
export interface FlowShape {
  inputs: JsonObject[];
  outputs: JsonObject[];
}

/** A tool of the workspace: what a ServerTool of its name does here. */
export interface WorkspaceTool extends FlowShape {
  name: string;
  description: string;
}

/** What is read of the other flows of the workspace, and its tools. */
export interface OtherFlows {
  /** the flow component of one; undefined when its document holds none */
  load: (id: string) => Promise<JsonObject | undefined>;
  /** what a published version takes and gives; undefined when its document holds no flow */
  shape: (flow: PublishedFlow) => Promise<FlowShape | undefined>;
  /** those that a step may call by name */
  tools: () => Promise<WorkspaceTool[]>;
}

export const OtherFlowsContext = createContext<OtherFlows>({
  load: async () => undefined,
  shape: async () => undefined,
  tools: async () => [],
});
