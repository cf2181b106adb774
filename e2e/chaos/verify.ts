import { Client } from 'pg';
import { type SignedIn, until } from '../harness/client.ts';
import { type JournalRow, lookAtJournal } from '../recovery/journalFaults.ts';
import type { Outside } from '../recovery/processes.ts';
import type { Started } from './flows.ts';
import { checkLedgers, type Ledgers, type Watched } from './schedules.ts';

/** What the chaos came to. */
export interface Figures {
  runs: number;
  byState: Record<string, number>;
  blows: Record<string, number>;
  calls: number;
  /** calls that were cut off and made again with the same key */
  cutOff: number;
  /** of all schedules */
  ledgers: Ledgers;
  auditRows: number;
  /** what is wrong; empty = all guarantees held */
  faults: string[];
}

interface Peace {
  databaseUrl: string;
  outside: Outside;
  started: readonly Started[];
  schedules: readonly Watched[];
  /** all fires that were due until then must be on record */
  firedUpTo: Date;
  blows: Record<string, number>;
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
      const { rows } = await client.query<JournalRow>(
        'SELECT first_seq, count, events FROM run_journal WHERE run_id = $1 ORDER BY first_seq',
        [run.id],
      );
      const look = lookAtJournal(run.id, rows, peace.outside);
      faults.push(...look.faults);
      cutOff += look.cutOff;
    }
    const ledgers = await checkLedgers(client, peace.schedules, peace.firedUpTo, faults);
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
      ledgers,
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
