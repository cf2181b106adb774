import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { openTestWork, type TestWork, until } from '../work/testWork.ts';
import { Traces } from './traces.ts';

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number };
}

/** A span as it goes over the wire. */
export interface SentSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Attribute[];
  events: { name: string; attributes: Attribute[] }[];
  status: { code: number; message?: string };
}

/** A process that runs flows and traces them. */
export interface TracedWork {
  work: TestWork;
  traces: Traces;
}

/** A database, processes that run flows on it, and the collector that gets their spans. */
export interface TestTraces {
  db: TestDatabase;
  /** what came so far */
  spans: SentSpan[];
  /** the span of this name; a failed expectation when there is none */
  named(name: string): SentSpan;
  /** @param values true: with inputs, outputs and messages */
  open(values?: boolean): Promise<TracedWork>;
  /** closes the processes */
  stop(): Promise<void>;
  /** closes the processes and forgets the spans */
  clear(): Promise<void>;
  close(): Promise<void>;
}

const quiet = { info: () => undefined, warn: console.warn, error: console.error };

/** Starts a collector as OpenTelemetry's protocol over HTTP has it, and a database. `s3cret` is a secret's value. */
export async function testTraces(): Promise<TestTraces> {
  const db = await testDatabase();
  await db.store.pool.query(`INSERT INTO workspace (id, name) VALUES ('workspace', 'Test')`);
  const spans: SentSpan[] = [];
  const collector = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    if (request.url === '/v1/traces')
      for (const resource of JSON.parse(body).resourceSpans)
        for (const scope of resource.scopeSpans) spans.push(...scope.spans);
    response.setHeader('content-type', 'application/json');
    response.end('{}');
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const before = process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const opened: TracedWork[] = [];
  const stop = async () => {
    for (const { work, traces } of opened.splice(0)) {
      await work.close();
      await traces.close();
    }
  };
  return {
    db,
    spans,
    named: (name) => spans.find((span) => span.name === name) ?? expect.fail(`no span “${name}”`),
    async open(values = false) {
      const traces = new Traces({
        pool: db.store.pool,
        version: 'test',
        log: quiet,
        scrub: (text) => text.replaceAll('s3cret', '[secret]'),
        values,
      });
      const work = await openTestWork(db.databaseUrl, {
        observe: (run, events) => traces.observe(run, events),
        onRunEnd: [traces.onRunEnd],
      });
      const one = { work, traces };
      opened.push(one);
      return one;
    },
    stop,
    async clear() {
      await stop();
      spans.splice(0);
    },
    async close() {
      await stop();
      if (before === undefined) delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
      else process.env.OTEL_EXPORTER_OTLP_ENDPOINT = before;
      collector.close();
      await db.drop();
    },
  };
}

/** The value of an attribute of a span or an event. */
export function attribute(of: { attributes: Attribute[] } | undefined, key: string): string | number | undefined {
  const value = of?.attributes.find((one) => one.key === key)?.value;
  return value?.stringValue ?? value?.intValue;
}

/** Names of the events of a span. */
export function eventsOf(span: SentSpan): string[] {
  return span.events.map((event) => event.name);
}

/** Waits for a run's state. */
export function becomes(work: TestWork, runId: string, state: string): Promise<void> {
  return until(`the run is ${state}`, async () => (await work.state(runId)) === state);
}
