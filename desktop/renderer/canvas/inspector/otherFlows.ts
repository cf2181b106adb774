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

/** The other flows of the workspace. */
export interface OtherFlows {
  /** those that a step may hold a copy of */
  list: () => Promise<{ id: string; name: string }[]>;
  /** the flow component of one of them; undefined when its document holds none */
  load: (id: string) => Promise<JsonObject | undefined>;
  /** those that a step may start a run of */
  published: () => Promise<PublishedFlow[]>;
  /** what a published version takes and gives; undefined when its document holds no flow */
  shape: (flow: PublishedFlow) => Promise<FlowShape | undefined>;
}

export const OtherFlowsContext = createContext<OtherFlows>({
  list: async () => [],
  load: async () => undefined,
  published: async () => [],
  shape: async () => undefined,
});
