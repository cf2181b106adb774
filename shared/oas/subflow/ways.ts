/** A way from one step to another. */
export interface Way {
  from: string;
  to: string;
}

/** Every step that can be reached from one, itself included, on ways that do not go through some others. */
export function reachedFrom(
  ways: readonly Way[],
  start: string,
  avoiding: ReadonlySet<string> = new Set(),
): Set<string> {
  if (avoiding.has(start)) return new Set();
  const seen = new Set([start]);
  const open = [start];
  const next = followers(ways);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const to of next.get(id) ?? []) {
      if (seen.has(to) || avoiding.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return seen;
}

const known = new WeakMap<readonly Way[], Map<string, string[]>>();

/** What follows each step; made once for a list of ways. */
function followers(ways: readonly Way[]): Map<string, string[]> {
  const before = known.get(ways);
  if (before) return before;
  const next = new Map<string, string[]>();
  for (const { from, to } of ways) {
    const list = next.get(from);
    if (list) list.push(to);
    else next.set(from, [to]);
  }
  known.set(ways, next);
  return next;
}

/** Does every way from the start to a step go through one of the others before it? */
export function isAfter(ways: readonly Way[], start: string, step: string, others: ReadonlySet<string>): boolean {
  if (others.has(step)) {
    // it may be there already, but not before its own first time
    const rest = new Set([...others].filter((other) => other !== step));
    return rest.size > 0 && !reachedFrom(ways, start, rest).has(step);
  }
  return !reachedFrom(ways, start, others).has(step);
}

/** The same, where the step itself counts as well. */
export function isPassed(ways: readonly Way[], start: string, step: string, others: ReadonlySet<string>): boolean {
  return others.has(step) || !reachedFrom(ways, start, others).has(step);
}

/** Is there a way from a step back to itself? */
export function isInLoop(ways: readonly Way[], step: string): boolean {
  return ways.some(({ from, to }) => from === step && reachedFrom(ways, to).has(step));
}
