import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { Outside } from './processes.ts';

/** What a look at a journal found. */
export interface JournalLook {
  /** what is wrong; empty = the run was journaled as G1 and G3 promise */
  faults: string[];
  /** calls that were cut off and made again with the same key */
  cutOff: number;
}

/** Rows of `run_journal`, by number. */
export interface JournalRow {
  first_seq: number;
  count: number;
  events: RunEvent[];
}

/** The journal has no gap and no step ends twice; the outside was called again only where the journal says so (G1). */
export function lookAtJournal(runId: string, rows: readonly JournalRow[], outside: Outside): JournalLook {
  const faults: string[] = [];
  let next = 0;
  const events: RunEvent[] = [];
  for (const row of rows) {
    if (row.first_seq !== next) faults.push(`the journal of run ${runId} has a gap before ${row.first_seq}`);
    next = row.first_seq + row.count;
    events.push(...row.events);
  }
  const ends = events.filter((event) => /^run_(succeeded|failed|cancelled)$/.test(event.kind));
  if (ends.length > 1) faults.push(`run ${runId} ended ${ends.length} times`);
  const done = new Map<string, number>();
  const cuts = new Map<string, number>();
  for (const event of events) {
    if (event.kind === 'step_succeeded') done.set(event.path, (done.get(event.path) ?? 0) + 1);
    if (event.kind === 'step_cut_off') cuts.set(event.path, (cuts.get(event.path) ?? 0) + 1);
    if (event.kind === 'step_started' && done.has(event.path))
      faults.push(`step ${event.path} of run ${runId} began after it had ended`);
  }
  let cutOff = 0;
  for (const [path, times] of done) {
    if (times > 1) faults.push(`step ${path} of run ${runId} succeeded ${times} times`);
    const called = outside.calls.get(`${runId}:${path}:1`) ?? 0;
    if (called === 0) continue;
    const allowed = 1 + (cuts.get(path) ?? 0);
    if (called > allowed)
      faults.push(`step ${path} of run ${runId} was called ${called} times, ${allowed} are on record`);
    cutOff += called - 1;
  }
  return { faults, cutOff };
}
