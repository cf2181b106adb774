import type { FlowView } from '@rondo/shared/oas/flow.ts';
import { joinsOf } from './joins.ts';

interface Row {
  /** tells the row from all others of the outline */
  key: string;
  /** the step that the row is about, or that it leads out of */
  id: string;
  level: number;
  /** the place among the rows of the same level under the same row, and how many there are */
  place: number;
  of: number;
}

/** A row of the outline: a step, a way out of a step that has several, or where a way goes on. */
export type OutlineRow =
  | (Row & { type: 'step' /** nothing leads to it */; loose: boolean })
  | (Row & { type: 'branch'; branch: string /** it leads nowhere yet */; open: boolean })
  | (Row & { type: 'link'; branch: string; to: string });

type Unplaced = OutlineRow extends infer R ? (R extends OutlineRow ? Omit<R, 'place' | 'of'> : never) : never;

/**
 * The steps of a flow as one reads them: each once, in the order of the flow, what is on a branch below the branch,
 * what comes where the branches meet below all of them. Where a way comes to a step that stands elsewhere there is a
 * link to it. Steps to which nothing leads come last.
 */
export function outlineRows(view: FlowView): OutlineRow[] {
  const joins = joinsOf(view);
  const ways = new Map<string, Map<string, string[]>>();
  for (const { from, branch, to } of view.controlEdges) {
    if (!view.nodeById.has(from) || !view.nodeById.has(to)) continue;
    const branches = ways.get(from) ?? new Map<string, string[]>();
    branches.set(branch, [...(branches.get(branch) ?? []), to]);
    ways.set(from, branches);
  }
  const rows: Unplaced[] = [];
  const seen = new Set<string>();
  // where the branches that are being written meet: these steps are written later, further out
  const later = new Set<string>();

  const follow = (from: string, branch: string, to: string, level: number) => {
    if (seen.has(to) || later.has(to)) {
      rows.push({ type: 'link', key: `link ${from} ${branch} ${to}`, id: from, branch, to, level });
    } else write(to, level, false);
  };
  const write = (first: string, level: number, loose: boolean) => {
    for (let id: string | undefined = first; id !== undefined; ) {
      const node = view.nodeById.get(id);
      if (!node) return;
      seen.add(id);
      rows.push({ type: 'step', key: `step ${id}`, id, level, loose: loose && id === first });
      const out: ReadonlyMap<string, string[]> = ways.get(id) ?? new Map();
      const branches: string[] = [...new Set([...node.branches, ...out.keys()])];
      const only: string[] = branches.length === 1 ? (out.get(branches[0] ?? '') ?? []) : [];
      if (branches.length === 1 && only.length <= 1) {
        const [to] = only;
        if (to === undefined) return;
        if (seen.has(to) || later.has(to)) {
          follow(id, branches[0] ?? '', to, level);
          return;
        }
        id = to;
        continue;
      }
      // while one branch alone leads anywhere, what comes is on that branch
      const connected = branches.reduce((count, branch) => count + (out.get(branch)?.length ?? 0), 0);
      const meeting: string | undefined = connected > 1 ? joins.get(id) : undefined;
      const join: string | undefined =
        meeting !== undefined && !seen.has(meeting) && !later.has(meeting) ? meeting : undefined;
      if (join !== undefined) later.add(join);
      for (const branch of branches) {
        const targets = out.get(branch) ?? [];
        const open = targets.length === 0;
        rows.push({ type: 'branch', key: `branch ${id} ${branch}`, id, branch, open, level: level + 1 });
        for (const to of targets) follow(id, branch, to, level + 2);
      }
      if (join !== undefined) later.delete(join);
      id = join;
    }
  };

  if (view.startId !== '') write(view.startId, 1, false);
  const reached = new Set(view.controlEdges.filter(({ from, to }) => from !== to).map(({ to }) => to));
  for (const { id } of view.nodes) if (!seen.has(id) && !reached.has(id)) write(id, 1, true);
  for (const { id } of view.nodes) if (!seen.has(id)) write(id, 1, true);
  return placed(rows);
}

/** Counts the rows under the same row. */
function placed(rows: readonly Unplaced[]): OutlineRow[] {
  const done = rows.map((row): OutlineRow => ({ ...row, place: 1, of: 1 }));
  const open: OutlineRow[][] = [];
  const close = (level: number) => {
    for (const group of open.splice(level)) for (const row of group) row.of = group.length;
  };
  for (const row of done) {
    close(row.level);
    const group = open[row.level - 1] ?? [];
    group.push(row);
    row.place = group.length;
    open[row.level - 1] = group;
  }
  close(0);
  return done;
}
