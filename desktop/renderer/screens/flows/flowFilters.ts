import type { FlowListInput } from '@rondo/server/operations/contract/flow.ts';
import { runStates } from '@rondo/shared/runs/states.ts';

/** The names under which the filters of the list of flows stand in the address. */
export const flowFilterNames = ['search', 'folder', 'last', 'published', 'owner', 'show', 'sort'] as const;
export type FlowFilterName = (typeof flowFilterNames)[number];

const isId = (text: string | undefined): text is string => /^[0-9a-f-]{36}$/i.test(text ?? '');

/** The flows that an address asks for; what it says wrongly is left out. */
export function flowFilterOf(params: URLSearchParams): FlowListInput {
  const text = (name: FlowFilterName) => params.get(name)?.trim() || undefined;
  const search = text('search');
  const folder = text('folder');
  const last = text('last');
  const lastRun = last === 'never' ? 'never' : runStates.find((state) => state === last);
  const published = text('published');
  const show = text('show');
  const createdBy = text('owner');
  return {
    ...(search && { search }),
    ...((folder === 'none' || isId(folder)) && { folderId: folder }),
    ...(lastRun && { lastRun }),
    ...((published === 'yes' || published === 'no') && { published }),
    ...(createdBy && { createdBy }),
    ...((show === 'archived' || show === 'removed') && { show }),
    ...(text('sort') === 'name' && { sort: 'name' as const }),
  };
}
