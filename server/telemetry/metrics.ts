import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { Pool } from 'pg';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Journal } from '../journal/journal.ts';
import { keepNewest } from '../newest.ts';
import { type Depths, readDepths } from './depths.ts';

/** Flows that have a name of their own in the metrics; the rest share one, so that the number of series is bounded. */
const mostFlows = 200;
/** Types of nodes that have a name of their own: documents may name any. */
const mostTypes = 100;
/** Runs whose begin is remembered; those that were lost to another process are among them. */
const mostBegun = 10_000;
/** A scrape asks the database no oftener than this. */
const believedFor = 1000;

const seconds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 600, 3600];

interface Begun {
  at: number;
  steps: Map<string, { at: number; type: string }>;
}

/** What Prometheus reads: counted from events that are durable, and from the database when somebody asks. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #pool: Pool;
  readonly #runSeconds = new Histogram({
    name: 'rondo_run_seconds',
    help: 'From the first event of a run to its last.',
    labelNames: ['state'] as const,
    buckets: seconds,
    registers: [this.#registry],
  });
  readonly #stepSeconds = new Histogram({
    name: 'rondo_step_seconds',
    help: 'From the start of a step to its end, by the type of its node.',
    labelNames: ['type', 'outcome'] as const,
    buckets: seconds,
    registers: [this.#registry],
  });
  readonly #pickUp = new Histogram({
    name: 'rondo_pick_up_seconds',
    help: 'How long runs were queued until a process took them: new ones, and those that go on.',
    buckets: seconds,
    registers: [this.#registry],
  });
  readonly #retries = new Counter({
    name: 'rondo_step_retries_total',
    help: 'Tries of steps that failed and are made again.',
    registers: [this.#registry],
  });
  readonly #cutOffs = new Counter({
    name: 'rondo_step_cut_offs_total',
    help: 'Calls that were cut off by the end of a process and made again with the same key.',
    registers: [this.#registry],
  });
  readonly #messages = new Counter({
    name: 'rondo_messages_total',
    help: 'Tries to send a message to a person, by e-mail or webhook.',
    labelNames: ['channel', 'outcome'] as const,
    registers: [this.#registry],
  });
  readonly #webhooks = new Counter({
    name: 'rondo_webhook_calls_total',
    help: 'Calls of webhooks, by what came of them.',
    labelNames: ['outcome'] as const,
    registers: [this.#registry],
  });
  /** runs that have ended here, by flow (its id) and state */
  readonly #ended = new Map<string, { [state: string]: number }>();
  readonly #types = new Set<string>();
  /** runs that are under way here */
  readonly #begun = new Map<string, Begun>();
  /** names of flows by their ids */
  readonly #flows = new Map<string, string>();
  #depths: { value: Promise<Depths>; at: number } | undefined;

  constructor(pool: Pool, sources: { live: () => number; journal: Journal }) {
    this.#pool = pool;
    collectDefaultMetrics({ register: this.#registry });
    this.#gauge('rondo_live_runs', 'Runs under way in this process.', () => sources.live());
    this.#gauge('rondo_pool_connections', 'Connections to the database.', () => pool.totalCount);
    this.#gauge('rondo_pool_idle', 'Connections that nobody uses.', () => pool.idleCount);
    this.#gauge('rondo_pool_waiting', 'Requests that wait for a connection.', () => pool.waitingCount);
    const { written } = sources.journal;
    this.#total('rondo_journal_batches_total', 'Statements that wrote to the journal.', () => written.batches);
    this.#total('rondo_journal_appends_total', 'Appends of runs in those statements.', () => written.appends);
    this.#total('rondo_journal_events_total', 'Events in those appends.', () => written.events);
    this.#total('rondo_journal_seconds_total', 'Time that those statements took.', () => written.milliseconds / 1000);
    this.#runsEnded();
    this.#depthsBy('rondo_queue_depth', 'Queued runs that are free to go, by rank.', 'priority', ({ queued }) =>
      Object.entries(queued).map(([rank, { runs }]) => [rank, runs]),
    );
    this.#depthsBy('rondo_queue_oldest_seconds', 'Age of the oldest of them.', 'priority', ({ queued }) =>
      Object.entries(queued).map(([rank, { oldestSeconds }]) => [rank, oldestSeconds]),
    );
    this.#depth('rondo_runs_gated', 'Runs that limits keep back.', (depths) => depths.gated);
    this.#depth('rondo_runs_running', 'Runs under way in any process.', (depths) => depths.running);
    this.#depthsBy('rondo_runs_waiting', 'Runs that wait, by what they wait for.', 'for', ({ waiting }) =>
      Object.entries(waiting),
    );
    this.#depth('rondo_runs_paused', 'Runs that somebody paused.', (depths) => depths.paused);
    this.#depth('rondo_reviews_open', 'Reviews that nobody has decided.', (depths) => depths.reviews);
    this.#depth('rondo_schedule_lag_seconds', 'How long the most overdue fire is due.', (depths) => depths.scheduleLag);
  }

  /** The text that Prometheus reads, and its content type. */
  async read(): Promise<{ text: string; type: string }> {
    return { text: await this.#registry.metrics(), type: this.#registry.contentType };
  }

  /** A queued run was taken after so many milliseconds. */
  pickedUp(waitedMs: number): void {
    this.#pickUp.observe(Math.max(0, waitedMs / 1000));
  }

  /** A try to send a message. */
  messageTried(channel: string, outcome: string): void {
    this.#messages.inc({ channel, outcome });
  }

  /** A call of a webhook. */
  webhookCalled(outcome: 'accepted' | 'duplicate' | 'refused'): void {
    this.#webhooks.inc({ outcome });
  }

  /** Told of durable events, in order for each run. Quick: it is on the way of every append. */
  observe({ runId, flowId }: { runId: string; flowId: string | null }, events: readonly RunEvent[]): void {
    for (const event of events) this.#one(runId, flowId, event);
  }

  #one(runId: string, flowId: string | null, event: RunEvent): void {
    const at = Date.parse(event.at);
    switch (event.kind) {
      case 'run_started':
        this.#begin(runId, at);
        return;
      case 'run_resumed':
        this.#begin(runId, at);
        return;
      case 'step_started':
        this.#begin(runId, at).steps.set(event.path, { at, type: this.#typeOf(event.nodeType) });
        return;
      case 'step_succeeded':
        this.#step(runId, event.path, at, 'succeeded');
        return;
      case 'step_failed':
        if (event.retryAt !== undefined) this.#retries.inc();
        this.#step(runId, event.path, at, 'failed');
        return;
      case 'step_cut_off':
        this.#cutOffs.inc();
        return;
      case 'wait_started':
        // Whoever goes on with it begins anew: nothing is kept for runs that wait.
        this.#begun.delete(runId);
        return;
      case 'run_succeeded':
      case 'run_failed':
      case 'run_cancelled': {
        const state = event.kind.slice('run_'.length);
        this.#count(flowId, state);
        const begun = this.#begun.get(runId);
        if (begun) this.#runSeconds.observe({ state }, Math.max(0, (at - begun.at) / 1000));
        this.#begun.delete(runId);
        return;
      }
    }
  }

  #begin(runId: string, at: number): Begun {
    const known = this.#begun.get(runId);
    if (known) return known;
    const begun: Begun = { at, steps: new Map() };
    return keepNewest(this.#begun, runId, begun, mostBegun);
  }

  #step(runId: string, path: string, at: number, outcome: 'succeeded' | 'failed'): void {
    const steps = this.#begun.get(runId)?.steps;
    const step = steps?.get(path);
    if (!step) return;
    steps?.delete(path);
    this.#stepSeconds.observe({ type: step.type, outcome }, Math.max(0, (at - step.at) / 1000));
  }

  #typeOf(type: string): string {
    if (this.#types.size >= mostTypes && !this.#types.has(type)) return 'other';
    this.#types.add(type);
    return type;
  }

  #count(flowId: string | null, state: string): void {
    const own = flowId ?? 'none';
    const flow = this.#ended.has(own) || this.#ended.size < mostFlows ? own : 'other';
    const states = this.#ended.get(flow) ?? {};
    states[state] = (states[state] ?? 0) + 1;
    this.#ended.set(flow, states);
  }

  /** Counts by the flow's slug, which is looked up when somebody asks: events name its id. */
  #runsEnded(): void {
    const ended = this.#ended;
    const names = () => this.#readNames();
    new Counter({
      name: 'rondo_runs_total',
      help: 'Runs that have ended, by flow and state.',
      labelNames: ['flow', 'state'] as const,
      registers: [this.#registry],
      async collect() {
        const known = await names();
        this.reset();
        for (const [flow, states] of ended)
          for (const [state, runs] of Object.entries(states)) this.inc({ flow: known.get(flow) ?? flow, state }, runs);
      },
    });
  }

  async #readNames(): Promise<Map<string, string>> {
    const unknown = [...this.#ended.keys()].filter((id) => !this.#flows.has(id) && id !== 'none' && id !== 'other');
    if (unknown.length === 0) return this.#flows;
    const { rows } = await this.#pool.query<{ id: string; slug: string }>(
      'SELECT id, slug FROM flow WHERE id = ANY ($1::uuid[])',
      [unknown],
    );
    for (const row of rows) this.#flows.set(row.id, row.slug);
    return this.#flows;
  }

  #gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(read());
      },
    });
  }

  #total(name: string, help: string, read: () => number): void {
    new Counter({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }

  #depth(name: string, help: string, read: (depths: Depths) => number): void {
    const depths = () => this.#readDepths();
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      async collect() {
        this.set(read(await depths()));
      },
    });
  }

  #depthsBy(name: string, help: string, label: string, read: (depths: Depths) => [string, number][]): void {
    const depths = () => this.#readDepths();
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.#registry],
      async collect() {
        const values = read(await depths());
        this.reset();
        for (const [of, value] of values) this.set({ [label]: of }, value);
      },
    });
  }

  #readDepths(): Promise<Depths> {
    const now = performance.now();
    if (!this.#depths || now - this.#depths.at > believedFor) this.#depths = { value: readDepths(this.#pool), at: now };
    return this.#depths.value;
  }
}
