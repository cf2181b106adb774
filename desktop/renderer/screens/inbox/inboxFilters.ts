import type { Inputs } from '../../api/queries.ts';

/** The names under which the filters of the inbox stand in the address. */
export const inboxFilterNames = ['show', 'whose', 'due', 'flow', 'age', 'search'] as const;
export type InboxFilterName = (typeof inboxFilterNames)[number];

/** What may be shown: what waits, what was decided, by me alone, or all of it. */
export const inboxShows = ['open', 'decided', 'mine', 'all'] as const;
export type InboxShow = (typeof inboxShows)[number];

/** For how long a review has waited at least, in days. */
export const inboxAges = ['1', '3', '7'] as const;

/** For whom: those one may decide, by one's own name, for one's groups, or for anybody. */
export const inboxWhose = ['me', 'mine', 'groups', 'all'] as const;
export type InboxWhose = (typeof inboxWhose)[number];

/** When it is due: before now, before tomorrow, within a week. */
export const inboxDues = ['over', 'today', 'week'] as const;
type InboxDue = (typeof inboxDues)[number];

/** What an address shows; what it says wrongly is what waits. */
export function showOf(params: URLSearchParams): InboxShow {
  return inboxShows.find((one) => one === params.get('show')) ?? 'open';
}

/** For whom; where the address says nothing: of what waits, what one may decide; else what is for anybody. */
export function whoseOf(params: URLSearchParams): InboxWhose {
  return inboxWhose.find((one) => one === params.get('whose')) ?? (showOf(params) === 'open' ? 'me' : 'all');
}

/** What is due by then is due; the same moment for a minute, so that the question stays the same for a while. */
function dueBy(due: InboxDue, now: Date): Date {
  if (due === 'over') return new Date(Math.floor(now.getTime() / 60_000) * 60_000);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + (due === 'today' ? 1 : 7));
}

/**
 * The reviews that an address asks for; what it says wrongly is left out.
 * @param me who looks: "mine" are those that they decided
 * @param now an age is counted back from the hour that has begun, so that the question stays the same for a while
 */
export function inboxFilterOf(params: URLSearchParams, me: string | undefined, now: Date): Inputs['review']['list'] {
  const show = showOf(params);
  const flowId = params.get('flow');
  const age = inboxAges.find((one) => one === params.get('age'));
  const search = params.get('search')?.trim();
  const due = inboxDues.find((one) => one === params.get('due'));
  const whose = whoseOf(params);
  const hour = Math.floor(now.getTime() / 3_600_000) * 3_600_000;
  return {
    state: show === 'mine' ? 'decided' : show,
    ...(show === 'mine' && me && { decidedBy: me }),
    ...(whose !== 'all' && { whose }),
    ...(due && { dueBefore: dueBy(due, now).toISOString() }),
    ...(flowId && { flowId }),
    ...(age && { before: new Date(hour - Number(age) * 86_400_000).toISOString() }),
    ...(search && { search }),
  };
}
