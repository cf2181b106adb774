import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@rondo/server/testPort.ts';
import { randomFrom } from '@rondo/shared/testing/random.ts';
import { Client } from 'pg';
import { callOperation, type SignedIn, signIn, until } from '../harness/client.ts';
import { startRedis } from '../harness/redis.ts';
import { startOutside } from '../recovery/processes.ts';
import { strike } from './blows.ts';
import { openClocks } from './clocks.ts';
import { type FlowKind, flowKinds, mixture, type Started } from './flows.ts';
import { startSchedules, stopSchedules } from './schedules.ts';
import { type Figures, verify } from './verify.ts';
import { type Mortal, type MortalOptions, openDatabase, openMortal, openProxy } from './world.ts';

export interface ChaosOptions {
  seed: number;
  runs: number;
  redis: boolean;
  workers: number;
  /** between two blows, on average */
  blowEveryMs: number;
  /** after so many there is peace, while the runs go on */
  mostBlows?: number;
  /** it is not over before so many, however soon its runs have started */
  leastBlows?: number;
  say(line: string): void;
}

/**
 * Starts runs of a mixture of flows, and meanwhile ends processes, databases, queues and connections and moves clocks, in
 * an order that the seed gives. Then peace: everything must come to its right end.
 * @returns what happened, and what is wrong; an empty list of faults is a pass
 */
export async function chaos(options: ChaosOptions): Promise<Figures> {
  const { seed, say } = options;
  const random = randomFrom(seed);
  const data = mkdtempSync(join(tmpdir(), 'rondo-chaos-data-'));
  const database = await openDatabase();
  const proxy = await openProxy(() => database.port());
  const redis = options.redis ? await startRedis() : undefined;
  const outside = await startOutside(5);
  const port = await freePort();
  const databaseUrl = database.urlAt(proxy.port);
  const clocks = await openClocks(data, () => database.urlAt(database.port()));
  const mortal = (more: Pick<MortalOptions, 'kind' | 'port'>) =>
    openMortal({ ...more, databaseUrl, redisUrl: redis?.url, data, clock: clocks.add() });
  const mortals: Mortal[] = [mortal({ kind: 'server', port })];
  const url = `http://127.0.0.1:${port}`;
  const blows: Record<string, number> = {};
  try {
    await until('the server is ready', () => isReady(url), 60_000);
    for (let n = 0; n < options.workers; n += 1) mortals.push(mortal({ kind: 'worker' }));
    const session = await signIn(url);
    const flows = await publish(session, mixture(outside.url));
    const ask = <T>(name: string, input: Record<string, unknown>) => call<T>(url, session, name, input);
    const schedules = await startSchedules(ask, flows.steps);

    let over = false;
    const targets = { mortals, database, proxy, redis, clocks, blows, every: options.blowEveryMs };
    const isOver = () => over || total(blows) >= (options.mostBlows ?? Number.POSITIVE_INFINITY);
    const blowing = strike(random, targets, isOver);
    const begun = Date.now();
    const started = await startAll(url, session, flows, options.runs, random);
    say(`  ${started.length} runs started in ${seconds(begun)} s, with ${total(blows)} blows`);
    // More of it while the runs go on.
    await sleep(Math.min(10_000, options.runs * 20));
    await until(
      'enough blows',
      async () => total(blows) >= Math.min(options.leastBlows ?? 0, options.mostBlows ?? Number.POSITIVE_INFINITY),
      120_000,
    );
    over = true;
    await blowing;
    const peace = Date.now();
    // What was to happen until the latest time that there was can happen now.
    await clocks.putRight();
    await settle(databaseUrl, started, say);
    say(`  all at their ends ${seconds(peace)} s after the last blow`);
    const firedUpTo = await stopSchedules(databaseUrl, ask, schedules);
    return await verify({ databaseUrl, outside, started, schedules, firedUpTo, blows, session });
  } catch (error) {
    const printed = mortals.map((mortal) => mortal.printed().slice(-1500)).join('\n---\n');
    throw new Error(`Chaos with seed ${seed} broke off. The processes printed:\n${printed}`, { cause: error });
  } finally {
    await Promise.all(mortals.map((mortal) => mortal.stop()));
    await redis?.stop();
    await outside.stop();
    await proxy.stop();
    await database.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

const seconds = (since: number) => ((Date.now() - since) / 1000).toFixed(1);
const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, n) => sum + n, 0);

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false; // not listening now
  }
}

/** Calls an operation until it is answered: servers come and go meanwhile. */
async function call<T>(url: string, session: SignedIn, name: string, input: Record<string, unknown>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const { status, body } = await callOperation(url, session.cookie, 'POST', name, input);
      if (status < 300) return body as T;
      // A database that is away, or a start that a dying server has taken half: the same key makes it once.
      if (status < 500 && status !== 409) throw new Error(`${name} answered ${status}: ${JSON.stringify(body)}`);
      if (attempt > 400) throw new Error(`${name} was refused for ever: ${JSON.stringify(body)}`);
    } catch (error) {
      if (error instanceof Error && error.message.includes('answered')) throw error;
      if (attempt > 400) throw error;
    }
    await sleep(100);
  }
}

async function publish(session: SignedIn, documents: Record<FlowKind, object>): Promise<Record<FlowKind, string>> {
  const ids: Partial<Record<FlowKind, string>> = {};
  for (const kind of flowKinds) {
    const text = JSON.stringify({ ...documents[kind], name: kind });
    const { flowId } = await session.call<{ flowId: string }>('POST', 'flow.import', {
      text,
      fileName: `${kind}.json`,
    });
    await session.call('POST', 'flow.publish', { flowId, baseSeq: 0 });
    ids[kind] = flowId;
  }
  return ids as Record<FlowKind, string>;
}

async function startAll(
  url: string,
  session: SignedIn,
  flows: Record<FlowKind, string>,
  runs: number,
  random: () => number,
): Promise<Started[]> {
  const started: Started[] = [];
  const wishes = Array.from({ length: runs }, (_, n) => ({
    n,
    kind: flowKinds[Math.floor(random() * flowKinds.length)] ?? 'steps',
    staysOpen: random() < 0.2,
  }));
  const client = async (): Promise<void> => {
    for (let wish = wishes.shift(); wish; wish = wishes.shift()) {
      const { n, kind } = wish;
      const inputs = kind === 'map' ? { iterated_n: [n, n + 1, n + 2, n + 3, n + 4] } : { n };
      const { runId } = await call<{ runId: string }>(url, session, 'run.start', {
        flowId: flows[kind],
        inputs,
        key: `chaos ${n}`,
      });
      started.push({ kind, n, runId, staysOpen: kind === 'review' && wish.staysOpen });
      // Sent at any time: before the run waits for it, or while it does.
      if (kind === 'event')
        await call(url, session, 'event.send', { name: 'chaos', key: String(n), payload: `p${n}`, id: eventId(n) });
    }
  };
  const clients = Promise.all(Array.from({ length: 6 }, client));
  let begun = false;
  await Promise.all([
    clients.then(() => {
      begun = true;
    }),
    decide(url, session, started, () => begun),
  ]);
  return started;
}

const eventId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Decides the reviews that come up, those that stay open apart. */
async function decide(url: string, session: SignedIn, started: Started[], isOver: () => boolean): Promise<void> {
  const decided = new Set<string>();
  for (let quiet = 0; quiet < 60; ) {
    const before = decided.size;
    const reviews = await openReviews(url, session);
    for (const review of reviews) {
      const run = started.find((one) => one.runId === review.runId);
      if (!run || run.staysOpen || decided.has(review.id)) continue;
      await decideOne(url, session, review.id, run.n);
      decided.add(review.id);
    }
    const wanted = started.filter((run) => run.kind === 'review' && !run.staysOpen).length;
    if (isOver() && decided.size >= wanted) return;
    quiet = isOver() && decided.size === before ? quiet + 1 : 0;
    await sleep(isOver() ? 1000 : 200);
  }
}

async function openReviews(url: string, session: SignedIn): Promise<{ id: string; runId: string }[]> {
  try {
    const { status, body } = await callOperation(url, session.cookie, 'GET', 'review.list', { state: 'open' });
    return status === 200 ? (body.reviews as { id: string; runId: string }[]) : [];
  } catch {
    return []; // nobody answers now: the next look finds them
  }
}

/** @throws {Error} when it could not be decided for two minutes, with what the last try met */
async function decideOne(url: string, session: SignedIn, reviewId: string, n: number): Promise<void> {
  const deadline = Date.now() + 120_000;
  let met = '';
  while (Date.now() < deadline) {
    try {
      const { status, body } = await callOperation(url, session.cookie, 'GET', 'review.get', { reviewId });
      met = `review.get: ${status}`;
      if (status === 200 && body.state !== 'open') return;
      if (status === 200) {
        const { formHash, valuesHash } = body;
        const given = { reviewId, formHash, valuesHash, decision: 'send', values: { text: `said ${n}` } };
        const answer = await callOperation(url, session.cookie, 'POST', 'review.decide', given);
        met = `review.decide: ${answer.status}`;
        if (answer.status < 300 || answer.status === 410) return;
        if (answer.status < 500) throw new Error(`review.decide answered ${JSON.stringify(answer.body)}`);
      }
    } catch (error) {
      if (error instanceof Error && error.message.includes('answered')) throw error;
      met = String(error);
    }
    await sleep(100);
  }
  throw new Error(`The review ${reviewId} could not be decided. The last try met: ${met}`);
}

/** Waits until no run is queued or running, and none waits but those that must. */
async function settle(databaseUrl: string, started: readonly Started[], say: (line: string) => void): Promise<void> {
  const mayWait = started.filter((run) => run.staysOpen).length;
  const deadline = Date.now() + 180_000;
  let last = '';
  for (;;) {
    const now = await states(databaseUrl).catch(() => undefined);
    if (now) {
      const { queued = 0, running = 0, waiting = 0 } = now;
      if (queued + running === 0 && waiting === mayWait) return;
      last = JSON.stringify(now);
    }
    if (Date.now() > deadline) {
      say(`  still not at their ends: ${last}; ${mayWait} may wait`);
      return;
    }
    await sleep(250);
  }
}

async function states(databaseUrl: string): Promise<Record<string, number>> {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // The runs of the schedule come and go; they are looked at when it is off.
    const { rows } = await client.query<{ state: string; n: number }>(
      `SELECT state, count(*)::int AS n FROM run WHERE trigger <> 'schedule' GROUP BY state`,
    );
    return Object.fromEntries(rows.map((row) => [row.state, row.n]));
  } finally {
    await client.end();
  }
}
