import type { RunFilter } from '@rondo/server/operations/contract/runFilter.ts';
import { runTriggers } from '@rondo/shared/runs/events.ts';
import { runStates } from '@rondo/shared/runs/states.ts';

/** The names under which the filters of the list of runs stand in the address. */
export const filterNames = ['search', 'flow', 'state', 'by', 'trigger', 'from', 'to'] as const;
export type FilterName = (typeof filterNames)[number];

/**
 * The filter that an address asks for; what it says wrongly is left out. Days are those of the viewer: from the
 * beginning of the first to the end of the last.
 */
export function filterOf(params: URLSearchParams): RunFilter {
  const text = (name: FilterName) => params.get(name)?.trim() || undefined;
  const flowId = text('flow');
  const actorId = text('by');
  const search = text('search');
  const state = runStates.find((one) => one === text('state'));
  const trigger = runTriggers.find((one) => one === text('trigger'));
  const from = dayOf(text('from'), 0);
  const to = dayOf(text('to'), 1);
  return {
    ...(flowId && { flowId }),
    ...(state && { state }),
    ...(actorId && { actorId }),
    ...(trigger && { trigger }),
    ...(from && { from }),
    ...(to && { to }),
    ...(search && { search }),
  };
}

/** The beginning of a day (`2026-11-20`) by the viewer's clock, so many days later. */
function dayOf(text: string | undefined, later: number): string | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text ?? '');
  if (!match) return undefined;
  const day = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + later);
  return Number.isNaN(day.getTime()) ? undefined : day.toISOString();
}
