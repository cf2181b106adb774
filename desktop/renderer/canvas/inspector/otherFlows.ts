import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { createContext } from 'react';

/** The other flows of the workspace, which a step may hold a copy of. */
export interface OtherFlows {
  list: () => Promise<{ id: string; name: string }[]>;
  /** the flow component of one of them; undefined when its document holds none */
  load: (id: string) => Promise<JsonObject | undefined>;
}

export const OtherFlowsContext = createContext<OtherFlows>({ list: async () => [], load: async () => undefined });
