import { useState } from 'react';

/** Rows of a list that are chosen, to do something with all of them. */
export interface Chosen<R> {
  rows: R[];
  has: (key: string) => boolean;
  set: (rows: readonly R[], on: boolean) => void;
  clear: () => void;
  /** after something was done with rows: only those for which it failed stay chosen */
  settled: (rows: readonly R[], left: readonly R[]) => void;
}

/** As many can be chosen one by one. */
const most = 200;

/**
 * @param list tells lists apart (a filter as text): in another one nothing is chosen
 * @param keyOf what tells rows apart
 */
export function useChosen<R>(list: string, keyOf: (row: R) => string): Chosen<R> {
  const [state, setState] = useState<{ list: string; chosen: ReadonlyMap<string, R> }>({ list, chosen: new Map() });
  const chosenIn = (old: typeof state) => (old.list === list ? old.chosen : new Map<string, R>());
  const chosen = chosenIn(state);
  const set: Chosen<R>['set'] = (rows, on) =>
    setState((old) => {
      const next = new Map(chosenIn(old));
      for (const row of rows) {
        if (!on) next.delete(keyOf(row));
        else if (next.size < most) next.set(keyOf(row), row);
      }
      return { list, chosen: next };
    });
  return {
    rows: [...chosen.values()],
    has: (key) => chosen.has(key),
    set,
    settled: (rows, left) =>
      set(
        rows.filter((row) => !left.includes(row)),
        false,
      ),
    clear: () => setState({ list, chosen: new Map() }),
  };
}
