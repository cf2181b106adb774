import type { Inputs } from '../../api/queries.ts';

export type ScheduleFilter = Pick<Inputs['schedule']['list'], 'search' | 'flowId' | 'enabled' | 'last'>;

/** What can have come of a last fire, as the filter names it. */
export const lastOutcomes = ['run', 'caught_up', 'skipped', 'failed', 'never'] as const;

export const pieceSize = 50;

/** The schedules that an address asks for; what it says wrongly is left out. */
export function scheduleFilterOf(params: URLSearchParams): ScheduleFilter {
  const search = params.get('search')?.trim();
  const flowId = params.get('flow');
  const on = params.get('on');
  const last = lastOutcomes.find((one) => one === params.get('last'));
  return {
    ...(search && { search }),
    ...(flowId && { flowId }),
    ...((on === 'yes' || on === 'no') && { enabled: on === 'yes' }),
    ...(last && { last }),
  };
}
