import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { Client } from 'pg';
import { type SignedIn, until } from '../harness/client.ts';
import type { Outside } from '../recovery/processes.ts';
import type { Started } from './flows.ts';

/** What the chaos came to. */
export interface Figures {
  runs: number;
  byState: Record<string, number>;
  blows: Record<string, number>;
  calls: number;
  /** calls that were cut off and made again with the same key */
  cutOff: number;
  fires: number;
  auditRows: number;
  /** what is wrong; empty = all guarantees held */
  faults: string[];
}

interface Peace {
  databaseUrl: string;
  outside: Outside;
  started: readonly Started[];
  scheduleId: string;
  scheduleSeconds: number;
  blows: Record<string, number>;
  url: string;
  session: SignedIn;
}

/** Looks at everything that was promised: right ends (G1–G3), the ledger of fires (G4), the audit (G5). */
export async function verify(peace: Peace): Promise<Figures> {
  const client = new Client({ connectionString: peace.databaseUrl });
  await client.connect();
  const faults: string[] = [];
  try {
    await until(
      'runs of the schedule end',
      async () =>
        (await client.query("SELECT 1 FROM run WHERE trigger = 'schedule' AND state IN ('queued', 'running') LIMIT 1"))
          .rows.length === 0,
      60_000,
    );
    const { rows: runs } = await client.query<{
      id: string;
      state: string;
      outputs: string | null;
      error: string | null;
      parent_run_id: string | null;
      trigger: string;
    }>('SELECT id, state, outputs, error, parent_run_id, trigger FROM run');
    const byId = new Map(runs.map((run) => [run.id, run]));

    for (const started of peace.started) {
      const run = byId.get(started.runId);
      const wanted = started.staysOpen ? 'waiting' : 'succeeded';
      if (!run) faults.push(`run ${started.runId} (${started.kind}) is gone`);
      else if (run.state !== wanted)
        faults.push(`run ${run.id} (${started.kind}) is ${run.state}, not ${wanted} ${run.error ?? ''}`);
      else if (!started.staysOpen) checkOutputs(started, run.outputs, faults);
    }
    if (new Set(peace.started.map((one) => one.runId)).size !== peace.started.length)
      faults.push('two starts with different keys are the same run');
    const parents = peace.started.filter((one) => one.kind === 'parent').length;
    const children = runs.filter((run) => run.parent_run_id !== null).length;
    if (children !== parents) faults.push(`${parents} steps started ${children} runs`);
    const known = new Set(peace.started.map((one) => one.runId));
    const strange = runs.filter((run) => !known.has(run.id) && run.trigger === 'http');
    if (strange.length > 0) faults.push(`${strange.length} runs were started that nobody knows of`);

    let cutOff = 0;
    for (const run of runs) {
      const { rows } = await client.query<{ first_seq: number; count: number; events: RunEvent[] }>(
        'SELECT first_seq, count, events FROM run_journal WHERE run_id = $1 ORDER BY first_seq',
        [run.id],
      );
      cutOff += checkJournal(run.id, rows, peace.outside, faults);
    }
    const fires = await checkFires(client, peace, faults);
    const verified = await peace.session.call<{ ok: boolean; checked: number; firstBroken: unknown }>(
      'GET',
      'audit.verify',
    );
    if (!verified.ok) faults.push(`the audit is broken: ${JSON.stringify(verified.firstBroken)}`);
    const byState: Record<string, number> = {};
    for (const run of runs) byState[run.state] = (byState[run.state] ?? 0) + 1;
    const calls = [...peace.outside.calls.values()].reduce((sum, n) => sum + n, 0);
    return {
      runs: runs.length,
      byState,
      blows: peace.blows,
      calls,
      cutOff,
      fires,
      auditRows: verified.checked,
      faults,
    };
  } finally {
    await client.end();
  }
}

function checkOutputs({ kind, n, runId }: Started, outputs: string | null, faults: string[]): void {
  const wanted = {
    steps: { n },
    wait: { n },
    parent: { n },
    map: { collected_n: [n, n + 1, n + 2, n + 3, n + 4] },
    review: { said: `said ${n}` },
    event: { payload: `p${n}` },
  }[kind];
  if (outputs !== JSON.stringify(wanted))
    faults.push(`run ${runId} (${kind}) gave ${outputs}, not ${JSON.stringify(wanted)}`);
}

/** The journal has no gap and no step ends twice; the outside was called again only where the journal says so (G1). */
function checkJournal(
  runId: string,
  rows: readonly { first_seq: number; count: number; events: RunEvent[] }[],
  outside: Outside,
  faults: string[],
): number {
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
  return cutOff;
}

/** Every due moment has one row, and every row that says so has its run (G4). */
async function checkFires(client: Client, peace: Peace, faults: string[]): Promise<number> {
  const { rows } = await client.query<{ due_at: Date; outcome: string; run_id: string | null; found: boolean }>(
    `SELECT due_at, outcome, run_id, EXISTS (SELECT 1 FROM run WHERE run.id = run_id) AS found
     FROM schedule_fire WHERE schedule_id = $1 AND kind = 'due' ORDER BY due_at`,
    [peace.scheduleId],
  );
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    if (before && row.due_at.getTime() - before.due_at.getTime() !== peace.scheduleSeconds * 1000)
      faults.push(`fires between ${before.due_at.toISOString()} and ${row.due_at.toISOString()} are missing`);
    if (row.outcome !== 'skipped' && !row.found) faults.push(`the fire of ${row.due_at.toISOString()} has no run`);
  }
  const ids = rows.flatMap((row) => (row.run_id ? [row.run_id] : []));
  if (new Set(ids).size !== ids.length) faults.push('two fires share a run');
  const { rows: extra } = await client.query("SELECT count(*)::int AS n FROM run WHERE trigger = 'schedule'");
  if (extra[0].n !== ids.length) faults.push(`${ids.length} fires made ${extra[0].n} runs`);
  return rows.length;
}
