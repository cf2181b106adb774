import type { FlowView } from '@rondo/shared/oas/flow.ts';

/** Where everything that ends goes. */
const over = '';

/**
 * The step where all ways out of a step meet again, for each step whose ways do (its nearest post-dominator, by
 * Cooper, Harvey and Kennedy).
 */
export function joinsOf(view: FlowView): Map<string, string> {
  const next = new Map<string, string[]>(view.nodes.map((node) => [node.id, []]));
  const before = new Map<string, string[]>(view.nodes.map((node) => [node.id, []]));
  for (const { from, to } of view.controlEdges) {
    if (!next.has(from) || !next.has(to)) continue;
    next.get(from)?.push(to);
    before.get(to)?.push(from);
  }
  const ends = view.nodes.filter((node) => next.get(node.id)?.length === 0).map((node) => node.id);
  const order = outwards(ends, before);
  const rank = new Map(order.map((id, index) => [id, order.length - index]));
  rank.set(over, order.length + 1);
  const joins = new Map<string, string>([[over, over]]);
  const meet = (one: string, other: string): string => {
    let [a, b] = [one, other];
    while (a !== b) {
      while ((rank.get(a) ?? 0) < (rank.get(b) ?? 0)) a = joins.get(a) ?? over;
      while ((rank.get(b) ?? 0) < (rank.get(a) ?? 0)) b = joins.get(b) ?? over;
    }
    return a;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const id of order) {
      const ways = next.get(id) ?? [];
      const known = (ways.length === 0 ? [over] : ways).filter((to) => joins.has(to));
      const [first, ...rest] = known;
      if (first === undefined) continue;
      const join = rest.reduce(meet, first);
      if (joins.get(id) === join) continue;
      joins.set(id, join);
      changed = true;
    }
  }
  for (const [id, join] of joins) if (join === over) joins.delete(id);
  return joins;
}

/** The steps from the ends backwards, each before those that lead to it (reverse post-order). */
function outwards(ends: readonly string[], before: ReadonlyMap<string, readonly string[]>): string[] {
  const seen = new Set<string>();
  const done: string[] = [];
  for (const end of ends) {
    const path: { id: string; at: number }[] = seen.has(end) ? [] : [{ id: end, at: 0 }];
    seen.add(end);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const from = before.get(top.id)?.[top.at];
      top.at += 1;
      if (from === undefined) {
        done.push(top.id);
        path.pop();
      } else if (!seen.has(from)) {
        seen.add(from);
        path.push({ id: from, at: 0 });
      }
    }
  }
  return done.reverse();
}
