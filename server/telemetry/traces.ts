import { createHash } from 'node:crypto';
import { type Attributes, type Link, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-node';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { Pool } from 'pg';
import { readJournal } from '../journal/readJournal.ts';
import { keepNewest } from '../newest.ts';
import type { RunEndHandler } from '../work/runEnds.ts';
import type { WorkLog } from '../work/workLog.ts';
import { type EndedSpan, RunSpans } from './spans.ts';

/** Runs whose open spans are kept in memory; one that goes on later is read from its journal again. */
const mostKept = 1000;
/** Spans that wait to be sent; when the collector cannot follow, newer ones are dropped, and runs are not held up. */
const mostWaiting = 8192;

/** What stands before the end of a run that nobody held. */
const unheld: ReadonlySet<RunEvent['kind']> = new Set(['run_started', 'wait_started', 'run_paused']);

export interface TracesOptions {
  pool: Pool;
  version: string;
  log: WorkLog;
  /** takes the values of secrets out of a text */
  scrub(text: string): string;
  /** true: inputs, outputs and messages are exported */
  values: boolean;
}

interface Kept {
  spans: RunSpans;
  /** number of the next event that is to be folded */
  next: number;
  /** set while the journal is read: events of then wait behind it */
  ready: Promise<void> | undefined;
}

interface TracedRun {
  runId: string;
  flowId: string | null;
}

/** What a run's events are told with. */
export interface ObservedRun extends TracedRun {
  /** number of the first of the events */
  firstSeq: number;
}

/**
 * Traces for OpenTelemetry, with the spans of Agent Spec Tracing, built from events that are durable. A span is sent by
 * the process that ends it. Ids come from the run and the step, so that the parts of a run that went over several
 * processes join.
 */
export class Traces {
  readonly #options: TracesOptions;
  readonly #kept = new Map<string, Kept>();
  readonly #working = new Set<Promise<void>>();
  readonly #processor: BatchSpanProcessor;
  readonly #resource;

  constructor(options: TracesOptions) {
    this.#options = options;
    // The address, headers and limits come from the variables OTEL_EXPORTER_OTLP_….
    this.#processor = new BatchSpanProcessor(new OTLPTraceExporter(), { maxQueueSize: mostWaiting });
    this.#resource = resourceFromAttributes({
      'service.name': process.env.OTEL_SERVICE_NAME ?? 'rondo',
      'service.version': options.version,
      'service.instance.id': String(process.pid),
    });
  }

  /** Told of durable events, in order for each run. Never throws, and reads nothing before it returns. */
  observe(run: ObservedRun, events: readonly RunEvent[]): void {
    const first = events[0];
    if (!first) return;
    let kept = this.#kept.get(run.runId);
    // Another process may have gone on with it in between.
    if (!kept || first.kind === 'run_resumed') {
      kept = { spans: new RunSpans(this.#options.values), next: 0, ready: undefined };
      if (first.kind !== 'run_started') kept.ready = this.#work(this.#catchUp(run, kept));
      keepNewest(this.#kept, run.runId, kept, mostKept);
    }
    const { ready } = kept;
    const of = kept;
    if (ready) this.#work(ready.then(() => this.#fold(run, of, events)));
    else this.#fold(run, of, events);
  }

  #work(work: Promise<void>): Promise<void> {
    const done = work
      .catch((error) => this.#options.log.warn({ error: String(error) }, 'A trace is incomplete.'))
      .finally(() => this.#working.delete(done));
    this.#working.add(done);
    return done;
  }

  /** Folds what other processes did with the run. What ended there was sent from there. */
  async #catchUp({ runId, firstSeq }: ObservedRun, kept: Kept): Promise<void> {
    try {
      for (const event of await readJournal(this.#options.pool, runId)) {
        if (event.seq >= firstSeq) break;
        kept.spans.fold(event);
        kept.next = event.seq + 1;
      }
    } finally {
      kept.ready = undefined;
    }
  }

  /**
   * Acts on runs that have ended: one that nobody held (it waited, or was queued) was ended by no process that observes
   * it, and its last spans are sent from here.
   */
  readonly onRunEnd: RunEndHandler = async (client, { runId, flowId, state }) => {
    if (state === 'succeeded') return [];
    const events = await readJournal(client, runId);
    const last = events.at(-1);
    if (!last || !unheld.has(events.at(-2)?.kind ?? 'run_started')) return [];
    const spans = new RunSpans(this.#options.values);
    for (const event of events.slice(0, -1)) spans.fold(event);
    this.#kept.delete(runId);
    for (const span of spans.fold(last)) {
      if (span.key === '') this.#work(this.#sendRoot({ runId, flowId }, span));
      else this.#send({ runId, flowId }, span);
    }
    return [];
  };

  #fold(run: ObservedRun, kept: Kept, events: readonly RunEvent[]): void {
    for (const [index, event] of events.entries()) {
      const seq = run.firstSeq + index;
      if (seq < kept.next) continue;
      kept.next = seq + 1;
      for (const span of kept.spans.fold(event)) {
        if (span.key === '') {
          this.#kept.delete(run.runId);
          this.#work(this.#sendRoot(run, span));
        } else this.#send(run, span);
      }
    }
  }

  /** The run's own span tells what its events do not: the flow's name and the run's number. */
  async #sendRoot(run: TracedRun, span: EndedSpan): Promise<void> {
    const { rows } = await this.#options.pool.query<{
      number: string;
      flow_name: string;
      version_number: number | null;
    }>({
      name: 'rondo_traced_run',
      text: 'SELECT number, flow_name, version_number FROM run WHERE id = $1',
      values: [run.runId],
    });
    const row = rows[0];
    if (row) {
      span.name = `FlowExecution - ${row.flow_name}`;
      Object.assign(span.attributes, {
        'agentspec.flow.name': row.flow_name,
        'rondo.run.number': Number(row.number),
        ...(row.version_number !== null && { 'rondo.flow.version': row.version_number }),
      });
    }
    this.#send(run, span);
  }

  #send({ runId, flowId }: TracedRun, span: EndedSpan): void {
    const context = (of: string, key: string) => ({
      traceId: of.replaceAll('-', ''),
      spanId: spanId(of, key),
      traceFlags: TraceFlags.SAMPLED,
    });
    const own = context(runId, span.key);
    const readable: ReadableSpan = {
      name: this.#options.scrub(span.name),
      kind: SpanKind.INTERNAL,
      spanContext: () => own,
      ...(span.parent !== null && { parentSpanContext: context(runId, span.parent) }),
      startTime: time(span.start),
      endTime: time(span.end),
      duration: time(span.end - span.start),
      status:
        span.error === undefined ? { code: SpanStatusCode.UNSET } : { code: SpanStatusCode.ERROR, message: span.error },
      attributes: this.#clean({
        'rondo.run.id': runId,
        ...(flowId !== null && { 'rondo.flow.id': flowId }),
        ...span.attributes,
      }),
      links: span.link ? [{ context: context(span.link.runId, span.link.key) } satisfies Link] : [],
      events: span.events.map((event) => ({
        name: event.name,
        time: time(event.at),
        attributes: this.#clean(event.attributes),
        droppedAttributesCount: 0,
      })),
      ended: true,
      resource: this.#resource,
      instrumentationScope: { name: 'rondo', version: this.#options.version },
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    };
    this.#processor.onEnd(readable);
  }

  #clean(attributes: Attributes): Attributes {
    return Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [
        name,
        typeof value === 'string' ? this.#options.scrub(value) : value,
      ]),
    );
  }

  /** Sends what waits. */
  async flush(): Promise<void> {
    while (this.#working.size > 0) await Promise.all(this.#working);
    await this.#processor.forceFlush();
  }

  async close(): Promise<void> {
    while (this.#working.size > 0) await Promise.all(this.#working);
    await this.#processor.shutdown().catch((error: unknown) => {
      this.#options.log.warn({ error: String(error) }, 'The collector did not take the last traces.');
    });
  }
}

function spanId(runId: string, key: string): string {
  return createHash('sha256').update(`${runId} ${key}`).digest('hex').slice(0, 16);
}

/** Milliseconds as OpenTelemetry wants them. */
function time(ms: number): [number, number] {
  const seconds = Math.floor(ms / 1000);
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)];
}
