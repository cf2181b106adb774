import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { callOperation, type SignedIn, signIn, until } from '../harness/client.ts';
import { freePort } from '../harness/server.ts';
import { startOutside } from '../recovery/processes.ts';
import { type FlowKind, flowKinds, mixture, type Started } from './flows.ts';
import { randomFrom } from './random.ts';
import { type Figures, verify } from './verify.ts';
import { type Mortal, openDatabase, openMortal, openProxy, openRedis } from './world.ts';

export interface ChaosOptions {
  seed: number;
  runs: number;
  redis: boolean;
  workers: number;
  /** between two blows, on average */
  blowEveryMs: number;
  say(line: string): void;
}

const scheduleSeconds = 2;

/**
 * Starts runs of a mixture of flows, and meanwhile ends processes, databases, queues and connections in an order that
 * the seed gives. Then peace: everything must come to its right end.
 * @returns what happened, and what is wrong; an empty list of faults is a pass
 */
export async function chaos(options: ChaosOptions): Promise<Figures> {
  const { seed, say } = options;
  const random = randomFrom(seed);
  const data = mkdtempSync(join(tmpdir(), 'rondo-chaos-data-'));
  const database = await openDatabase();
  const proxy = await openProxy(() => database.port());
  const redis = options.redis ? await openRedis() : undefined;
  const outside = await startOutside(5);
  const port = await freePort();
  const databaseUrl = database.urlAt(proxy.port);
  const shared = { databaseUrl, redisUrl: redis?.url, data };
  const mortals: Mortal[] = [openMortal({ kind: 'server', port, ...shared })];
  const url = `http://127.0.0.1:${port}`;
  const blows: Record<string, number> = {};
  try {
    await until('the server is ready', () => isReady(url), 60_000);
    for (let n = 0; n < options.workers; n += 1) mortals.push(openMortal({ kind: 'worker', ...shared }));
    const session = await signIn(url);
    const flows = await publish(session, mixture(outside.url));
    const schedule = await call<{ scheduleId: string }>(url, session, 'schedule.create', {
      flowId: flows.steps,
      kind: 'every',
      everySeconds: scheduleSeconds,
      timeZone: 'UTC',
      inputs: { n: 0 },
      missed: 'all',
      missedMost: 1000,
    });

    let over = false;
    const blowing = blow(random, { mortals, database, proxy, redis, blows, every: options.blowEveryMs }, () => over);
    const begun = Date.now();
    const started = await startAll(url, session, flows, options.runs, random);
    say(`  ${started.length} runs started in ${seconds(begun)} s, with ${total(blows)} blows`);
    // More of it while the runs go on.
    await sleep(Math.min(10_000, options.runs * 20));
    over = true;
    await blowing;
    const peace = Date.now();
    await settle(databaseUrl, started, say);
    say(`  all at their ends ${seconds(peace)} s after the last blow`);
    await call(url, session, 'schedule.update', { scheduleId: schedule.scheduleId, enabled: false });
    await sleep(1000);
    return await verify({
      databaseUrl,
      outside,
      started,
      scheduleId: schedule.scheduleId,
      scheduleSeconds,
      blows,
      url,
      session,
    });
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

async function decideOne(url: string, session: SignedIn, reviewId: string, n: number): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    try {
      const { status, body } = await callOperation(url, session.cookie, 'GET', 'review.get', { reviewId });
      if (status === 200 && body.state !== 'open') return;
      if (status === 200) {
        const { formHash, valuesHash } = body;
        const given = { reviewId, formHash, valuesHash, decision: 'send', values: { text: `said ${n}` } };
        const answer = await callOperation(url, session.cookie, 'POST', 'review.decide', given);
        if (answer.status < 300 || answer.status === 410) return;
        if (answer.status < 500) throw new Error(`review.decide answered ${JSON.stringify(answer.body)}`);
      }
    } catch (error) {
      if (error instanceof Error && error.message.includes('answered')) throw error;
    }
    await sleep(100);
  }
  throw new Error(`The review ${reviewId} could not be decided.`);
}

interface Targets {
  mortals: Mortal[];
  database: Awaited<ReturnType<typeof openDatabase>>;
  proxy: Awaited<ReturnType<typeof openProxy>>;
  redis: Awaited<ReturnType<typeof openRedis>> | undefined;
  blows: Record<string, number>;
  every: number;
}

async function blow(random: () => number, targets: Targets, isOver: () => boolean): Promise<void> {
  const { mortals, database, proxy, redis, blows } = targets;
  const kinds: [weight: number, name: string, strike: () => Promise<void> | void][] = [
    [6, 'worker or server killed', () => mortals[Math.floor(random() * mortals.length)]?.kill()],
    [2, 'connections cut', () => proxy.cut()],
    [2, 'connections stalled', () => proxy.stall(300 + random() * 1500)],
    [1, 'PostgreSQL restarted', () => database.restart()],
    [1, 'PostgreSQL killed', () => database.kill()],
    ...(redis ? ([[2, 'Redis killed and wiped', () => redis.wipe()]] as [number, string, () => Promise<void>][]) : []),
  ];
  const weights = kinds.reduce((sum, [weight]) => sum + weight, 0);
  while (!isOver()) {
    await sleep(targets.every * (0.5 + random()));
    if (isOver()) return;
    let at = random() * weights;
    const kind = kinds.find(([weight]) => {
      at -= weight;
      return at < 0;
    });
    if (!kind) continue;
    blows[kind[1]] = (blows[kind[1]] ?? 0) + 1;
    await kind[2]();
  }
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
