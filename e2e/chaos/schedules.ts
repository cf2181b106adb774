import { timetableOf } from '@rondo/shared/runs/timetable/timetable.ts';
import { Client } from 'pg';
import { until } from '../harness/client.ts';

/** Schedules whose fires must all be on record, each under its own rules. */
interface Rules {
  /** seconds; else `cron` */
  everySeconds?: number;
  cron?: string;
  timeZone: string;
  missed: 'none' | 'latest' | 'all';
  missedMost: number;
  overlap: 'run' | 'skip' | 'queue';
}

const schedules: readonly Rules[] = [
  { everySeconds: 2, timeZone: 'UTC', missed: 'all', missedMost: 20, overlap: 'run' },
  { everySeconds: 7, timeZone: 'UTC', missed: 'latest', missedMost: 10, overlap: 'run' },
  { everySeconds: 3, timeZone: 'UTC', missed: 'none', missedMost: 10, overlap: 'skip' },
  { everySeconds: 5, timeZone: 'UTC', missed: 'none', missedMost: 10, overlap: 'queue' },
  { cron: '*/2 * * * *', timeZone: 'Europe/Berlin', missed: 'all', missedMost: 3, overlap: 'run' },
];

/** A schedule of the chaos. */
export interface Watched extends Rules {
  id: string;
  /** when it was made, by clocks that were not moved yet */
  since: Date;
}

type Call = <T>(name: string, input: Record<string, unknown>) => Promise<T>;

/** Puts a flow on all of them. */
export async function startSchedules(call: Call, flowId: string): Promise<Watched[]> {
  const watched: Watched[] = [];
  for (const rules of schedules) {
    const kind = rules.cron === undefined ? 'every' : 'cron';
    const since = new Date();
    const { scheduleId } = await call<{ scheduleId: string }>('schedule.create', {
      ...rules,
      flowId,
      kind,
      inputs: { n: 0 },
    });
    watched.push({ ...rules, id: scheduleId, since });
  }
  return watched;
}

/**
 * Turns them off when nothing is due any more.
 * @returns until when all fires must be on record, by the clock of the database
 */
export async function stopSchedules(databaseUrl: string, call: Call, watched: readonly Watched[]): Promise<Date> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // A house that came to its end at once is not over before each of them had its turn.
    const often = watched.filter(({ cron }) => cron === undefined).map(({ id }) => id);
    await until(
      'each schedule has fired',
      async () =>
        (
          await client.query<{ all: boolean }>(
            'SELECT count(DISTINCT schedule_id) = $2 AS all FROM schedule_fire WHERE schedule_id = ANY ($1::uuid[])',
            [often, often.length],
          )
        ).rows[0]?.all,
      60_000,
    );
    const upTo = await until(
      'no fire is due',
      async () =>
        (
          await client.query<{ now: Date }>(
            'SELECT now() WHERE NOT EXISTS (SELECT 1 FROM schedule WHERE enabled AND next_make_at <= now())',
          )
        ).rows[0]?.now,
      60_000,
    );
    for (const { id } of watched) await call('schedule.update', { scheduleId: id, enabled: false });
    return upTo;
  } finally {
    await client.end();
  }
}

interface Fire {
  due_at: Date;
  done_at: Date;
  outcome: 'run' | 'skipped' | 'caught_up';
  reason: string | null;
  run_id: string | null;
  found: boolean;
}

/** What the ledgers of all schedules say. */
export interface Ledgers {
  fires: number;
  caughtUp: number;
  missed: number;
}

/** Every due moment is on record once, what was missed was treated by its rule, and each run has its fire (G4). */
export async function checkLedgers(
  client: Client,
  watched: readonly Watched[],
  upTo: Date,
  faults: string[],
): Promise<Ledgers> {
  const all: Ledgers = { fires: 0, caughtUp: 0, missed: 0 };
  for (const schedule of watched) {
    const { rows } = await client.query<Fire>(
      `SELECT due_at, done_at, outcome, reason, run_id, EXISTS (SELECT 1 FROM run WHERE run.id = run_id) AS found
       FROM schedule_fire WHERE schedule_id = $1 AND kind = 'due' ORDER BY due_at`,
      [schedule.id],
    );
    const say = (what: string) =>
      faults.push(`schedule ${schedule.cron ?? `every ${schedule.everySeconds} s`}: ${what}`);
    checkMoments(schedule, rows, upTo, say);
    checkMissed(schedule, rows, say);
    for (const row of rows)
      if ((row.outcome !== 'skipped') !== row.found)
        say(
          `the fire of ${row.due_at.toISOString()} is “${row.outcome}”, and its run is ${row.found ? '' : 'not '}there`,
        );
    const ids = rows.flatMap((row) => row.run_id ?? []);
    if (new Set(ids).size !== ids.length) say('two fires share a run');
    const { rows: made } = await client.query("SELECT id FROM run WHERE trigger = 'schedule' AND origin_id = $1", [
      schedule.id,
    ]);
    if (made.length !== ids.length) say(`${ids.length} fires made ${made.length} runs`);
    all.fires += rows.length;
    all.caughtUp += rows.filter((row) => row.outcome === 'caught_up').length;
    all.missed += rows.filter(isMissed).length;
  }
  return all;
}

const isMissed = (row: Fire) => row.reason?.startsWith('the server was off') === true && row.outcome === 'skipped';

/** From the first fire to the end of the time no moment of the timetable is left out. */
function checkMoments(schedule: Watched, rows: readonly Fire[], upTo: Date, say: (what: string) => void): void {
  const [first] = rows;
  if (!first && schedule.cron === undefined) {
    say('it never fired');
    return;
  }
  const timetable = timetableOf({
    kind: schedule.cron === undefined ? 'every' : 'cron',
    cron: schedule.cron ?? '',
    everySeconds: schedule.everySeconds ?? null,
    anchorAt: first?.due_at ?? null,
    timeZone: schedule.timeZone,
    firstDay: null,
    lastDay: null,
  });
  let last = schedule.since;
  let lastReason: string | null = null;
  for (const row of rows) {
    const wanted = timetable.next(last);
    // More than a thousand are summed up in the first one's reason, which names the first that has its own row again.
    const isSummedUp = lastReason?.includes(`until ${row.due_at.toISOString()} were skipped`);
    if (!isSummedUp && wanted?.getTime() !== row.due_at.getTime())
      say(`after ${last.toISOString()} comes ${row.due_at.toISOString()}, not ${wanted?.toISOString()}`);
    last = row.due_at;
    lastReason = row.reason;
  }
  const open = timetable.next(last);
  if (open && open <= upTo) say(`the fires from ${open.toISOString()} until ${upTo.toISOString()} are missing`);
}

/** Fires that were made together: those that were late among them are caught up as the rule says, and no others. */
function checkMissed({ missed: rule, missedMost }: Watched, rows: readonly Fire[], say: (what: string) => void): void {
  for (const together of Map.groupBy(rows, (row) => row.done_at.getTime()).values()) {
    const missed = together.filter(isMissed);
    const caught = together.filter((row) => row.outcome === 'caught_up');
    const onTime = together.length - missed.length - caught.length;
    const most = { none: 0, latest: onTime > 0 ? 0 : 1, all: missedMost }[rule];
    const when = together[0]?.done_at.toISOString();
    if (caught.length > most) say(`${caught.length} fires were caught up at ${when}, ${most} may be`);
    if (missed.length > 0 && caught.length < most) say(`${caught.length} of ${most} fires were caught up at ${when}`);
    const newest = missed.at(-1);
    const oldest = caught[0];
    if (newest && oldest && newest.due_at > oldest.due_at)
      say(`an older fire than one given up was caught up at ${when}`);
  }
}
