/** The runs that an action is for: some, or all that match the filter. */
export interface Selection {
  all: boolean;
  ids: ReadonlySet<string>;
}

export const noRuns: Selection = { all: false, ids: new Set() };

/** As many can be chosen one by one; more are chosen as "all that match". */
export const mostByHand = 200;

/** One run more or less; taking one out of all leaves those that are loaded. */
export function withRun(old: Selection, id: string, on: boolean, loaded: readonly string[]): Selection {
  const ids = new Set(old.all ? loaded : old.ids);
  if (on && ids.size < mostByHand) ids.add(id);
  if (!on) ids.delete(id);
  return { all: false, ids: new Set([...ids].slice(0, mostByHand)) };
}

/** More runs, as far as they can be chosen one by one. */
export function withRuns(old: Selection, ids: readonly string[]): Selection {
  return { all: false, ids: new Set([...old.ids, ...ids].slice(0, mostByHand)) };
}
