import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { answerWait } from '../work/answers.ts';
import { publishedFlow } from '../work/testFlowRow.ts';
import { ask, chain, post, say } from '../work/testFlows.ts';
import { openTestWork, type TestWork, tester, until } from '../work/testWork.ts';
import { Traces } from './traces.ts';

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number };
}
interface Span {
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

let db: TestDatabase;
let collector: Server;
let spans: Span[] = [];
const quiet = { info: () => undefined, warn: console.warn, error: console.error };
const opened: { work: TestWork; traces: Traces }[] = [];
const before = process.env.OTEL_EXPORTER_OTLP_ENDPOINT;

beforeAll(async () => {
  db = await testDatabase();
  await db.store.pool.query(`INSERT INTO workspace (id, name) VALUES ('workspace', 'Test')`);
  // A collector as OpenTelemetry's protocol over HTTP has it.
  collector = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    if (request.url === '/v1/traces')
      for (const resource of JSON.parse(body).resourceSpans)
        for (const scope of resource.scopeSpans) spans.push(...scope.spans);
    response.setHeader('content-type', 'application/json');
    response.end('{}');
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const address = collector.address();
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(async () => {
  if (before === undefined) delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  else process.env.OTEL_EXPORTER_OTLP_ENDPOINT = before;
  collector.close();
  await db.drop();
});
beforeEach(() => {
  spans = [];
});
afterEach(async () => {
  for (const { work, traces } of opened.splice(0)) {
    await work.close();
    await traces.close();
  }
});

/** A process that runs flows and traces them. */
async function traced(values = false): Promise<{ work: TestWork; traces: Traces }> {
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
}

const named = (name: string) => spans.find((span) => span.name === name) ?? expect.fail(`no span “${name}”`);
const attribute = (of: { attributes: Attribute[] }, key: string) => {
  const value = of.attributes.find((one) => one.key === key)?.value;
  return value?.stringValue ?? value?.intValue;
};
const eventsOf = (span: Span) => span.events.map((event) => event.name);
const becomes = (work: TestWork, runId: string, state: string) =>
  until(`the run is ${state}`, async () => (await work.state(runId)) === state);

describe('a trace', () => {
  it('has a span for the flow, for each step, and for the call that a step makes', async () => {
    const { work, traces } = await traced();
    const flow = await publishedFlow(db.store.pool, chain([say('a')]), { name: 'Order' });
    const service = createServer((_request, response) => response.end('{}'));
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    const address = service.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
    const runId = await work.start(chain([say('hello'), post('pay', url)]), {
      flowId: flow.flowId,
      flowName: 'Order',
      versionNumber: 1,
    });
    await becomes(work, runId, 'succeeded');
    await traces.flush();
    service.close();
    const root = named('FlowExecution - Order');
    expect(root.traceId).toBe(runId.replaceAll('-', ''));
    expect(root.parentSpanId ?? '').toBe('');
    expect(eventsOf(root)).toEqual(['FlowExecutionStart', 'FlowExecutionEnd']);
    expect(attribute(root, 'agentspec.span.type')).toBe('FlowExecutionSpan');
    expect(attribute(root, 'rondo.run.state')).toBe('succeeded');
    expect(attribute(root, 'rondo.flow.id')).toBe(flow.flowId);
    const pay = named('NodeExecution - pay');
    expect(pay.parentSpanId).toBe(root.spanId);
    expect(attribute(pay, 'agentspec.node.component_type')).toBe('ApiNode');
    expect(eventsOf(pay)).toEqual(['NodeExecutionStart', 'NodeExecutionEnd']);
    const call = named('ToolExecution - pay');
    expect(call.parentSpanId).toBe(pay.spanId);
    expect(eventsOf(call)).toEqual(['ToolExecutionRequest', 'ToolExecutionResponse']);
    expect(attribute(call.events[0] ?? { attributes: [] }, 'request_id')).toBeTruthy();
    expect(new Set(spans.map((span) => span.traceId)).size).toBe(1);
    expect(new Set(spans.map((span) => span.spanId)).size).toBe(spans.length);
    expect(spans).toHaveLength(6);
    for (const span of spans)
      expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
  });

  it('of a run that fails says where and why, without the words of the error', async () => {
    const { work, traces } = await traced();
    const runId = await work.start(chain([post('pay', 'http://127.0.0.1:9/s3cret')]));
    await becomes(work, runId, 'failed');
    await traces.flush();
    for (const name of ['FlowExecution - Test', 'NodeExecution - pay', 'ToolExecution - pay']) {
      const span = named(name);
      expect(span.status.code, name).toBe(2);
      const raised = span.events.find((event) => event.name === 'ExceptionRaised') ?? expect.fail(name);
      expect(attribute(raised, 'exception_type')).toBe(span.status.message);
      expect(attribute(raised, 'exception_message')).toBeUndefined();
    }
  });

  it('holds values only where they are wanted, and no secret then', async () => {
    const text = [{ title: 'text', type: 'string' }];
    const start = async ({ work, traces }: { work: TestWork; traces: Traces }) => {
      const runId = await work.start(chain([say('hello', 'Dear {{text}}')], text, text), {
        inputs: { text: 'my s3cret word' },
      });
      await becomes(work, runId, 'succeeded');
      await traces.flush();
    };
    await start(await traced(false));
    expect(JSON.stringify(spans)).not.toContain('word');
    await start(await traced(true));
    expect(JSON.stringify(spans)).toContain('my [secret] word');
    expect(JSON.stringify(spans)).not.toContain('s3cret');
  });

  it('of a run that waits and goes on in another process joins', async () => {
    const first = await traced();
    const runId = await first.work.start(chain([say('before'), ask('question'), say('after')]));
    await becomes(first.work, runId, 'waiting');
    await first.traces.flush();
    expect(spans.map((span) => span.name).sort()).toEqual(['NodeExecution - before', 'NodeExecution - start']);
    await first.work.close();
    opened.shift();
    await first.traces.close();
    const second = await traced();
    const waitId = (await second.work.work.events(runId)).flatMap((event) =>
      event.kind === 'wait_started' ? [event.wait.id] : [],
    )[0];
    await db.store.transaction((tx) =>
      answerWait(tx, {
        runId,
        waitId: waitId ?? '',
        answer: { kind: 'message', text: 'private words' },
        actor: tester,
      }),
    );
    await second.work.work.wake(runId);
    await becomes(second.work, runId, 'succeeded');
    await second.traces.flush();
    const root = named('FlowExecution - Test');
    const question = named('NodeExecution - question');
    expect(eventsOf(root)).toEqual(['FlowExecutionStart', 'rondo.resumed', 'FlowExecutionEnd']);
    expect(eventsOf(question)).toEqual([
      'NodeExecutionStart',
      'ConversationMessageAdded',
      'HumanInTheLoopRequest',
      'HumanInTheLoopResponse',
      'NodeExecutionEnd',
    ]);
    const started = (await second.work.work.events(runId))[0]?.at ?? '';
    expect(Number(BigInt(root.startTimeUnixNano) / 1_000_000n)).toBe(Date.parse(started));
    expect(new Set(spans.map((span) => span.traceId)).size).toBe(1);
    for (const span of spans) if (span !== root) expect(span.parentSpanId).toBe(root.spanId);
    expect(spans.map((span) => span.name)).toEqual([...new Set(spans.map((span) => span.name))]);
    expect(JSON.stringify(spans)).not.toContain('private words');
  });

  it('of a run that is cancelled while it waits ends, too', async () => {
    const { work, traces } = await traced();
    const runId = await work.start(chain([ask('question')]));
    await becomes(work, runId, 'waiting');
    await work.work.cancel(runId, tester);
    await until('its end was acted on', async () => {
      await traces.flush();
      return spans.some((span) => span.name === 'FlowExecution - Test');
    });
    expect(attribute(named('FlowExecution - Test'), 'rondo.run.state')).toBe('cancelled');
    expect(named('NodeExecution - question').status.message).toBe('BROKEN_OFF');
    expect(spans).toHaveLength(3);
  });

  it('goes on without a collector, and holds no run up', async () => {
    const here = process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:9';
    process.env.OTEL_EXPORTER_OTLP_TIMEOUT = '300';
    const { work, traces } = await traced();
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = here;
    delete process.env.OTEL_EXPORTER_OTLP_TIMEOUT;
    const runId = await work.start(chain([say('hello')]));
    await becomes(work, runId, 'succeeded');
    await traces.close();
  });
});
