import type { Inputs } from '../../api/queries.ts';
import { toolKinds } from './toolForm.ts';

/** The names under which the filters of the tools stand in the address. */
export const toolFilterNames = ['search', 'kind', 'used', 'flow'] as const;
export type ToolFilterName = (typeof toolFilterNames)[number];

export type ToolFilter = Pick<Inputs['tool']['list'], 'search' | 'kind' | 'used' | 'flowId'>;

/** The tools that an address asks for; what it says wrongly is left out. */
export function toolFilterOf(value: (name: ToolFilterName) => string | undefined): ToolFilter {
  const search = value('search');
  const kind = toolKinds.find((one) => one === value('kind'));
  const used = value('used');
  const flowId = value('flow');
  return {
    ...(search && { search }),
    ...(kind && { kind }),
    ...((used === 'yes' || used === 'no') && { used }),
    ...(flowId && /^[0-9a-f-]{36}$/i.test(flowId) && { flowId }),
  };
}
