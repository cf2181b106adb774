import type { ComponentChange, Route } from '@rondo/shared/oas/compare/diff.ts';

/** A connection, or what feeds an input, before and after. */
export interface EdgeChange {
  role: 'control' | 'data';
  kind: 'added' | 'removed' | 'rerouted';
  before?: Route;
  after?: Route;
  /** the step that it is told of: the one that a connection leaves, the one that data comes into */
  step: string;
}

/**
 * What changed in connections: an edge that went and one that came at the same way out (the same input) are one change.
 * Connections of steps that came or went are told by these steps.
 *
 * @param whole ids of what came or went as a whole
 */
export function edgeChanges(changes: readonly ComponentChange[], whole: ReadonlySet<string>): EdgeChange[] {
  const places = new Map<string, { role: 'control' | 'data'; step: string; before: Route[]; after: Route[] }>();
  const put = (role: 'control' | 'data', side: 'before' | 'after', route: Route) => {
    const step = role === 'control' ? route.from : route.to;
    const key = JSON.stringify([role, step, role === 'control' ? route.out : route.in]);
    const place = places.get(key) ?? { role, step, before: [], after: [] };
    place[side].push(route);
    places.set(key, place);
  };
  for (const { role, route, flow } of changes) {
    if ((role !== 'control' && role !== 'data') || whole.has(flow ?? '')) continue;
    if (route?.before && route.after && sameRoute(route.before, route.after)) continue;
    if (route?.before) put(role, 'before', route.before);
    if (route?.after) put(role, 'after', route.after);
  }
  return [...places.values()].flatMap(({ role, step, before, after }) => {
    if (whole.has(step)) return [];
    const told: EdgeChange[] = [];
    for (let i = 0; i < Math.max(before.length, after.length); i++) {
      const [one, other] = [before[i], after[i]];
      const end = other ?? one;
      // a connection to a new step, or to one that went, comes and goes with it
      if (role === 'control' && end && whole.has(end.to)) continue;
      const was = role === 'control' && one && whole.has(one.to) && !other ? undefined : one;
      if (!was && !other) continue;
      const kind = was && other ? 'rerouted' : was ? 'removed' : 'added';
      told.push({ role, kind, step, ...(was && { before: was }), ...(other && { after: other }) });
    }
    return told;
  });
}

function sameRoute(a: Route, b: Route): boolean {
  return a.from === b.from && a.out === b.out && a.to === b.to && a.in === b.in;
}
