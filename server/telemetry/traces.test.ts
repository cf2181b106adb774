import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answerWait } from '../work/answers.ts';
import { publishedFlow } from '../work/testFlowRow.ts';
import { ask, chain, post, say } from '../work/testFlows.ts';
import { tester, until } from '../work/testWork.ts';
import { attribute, becomes, eventsOf, type TestTraces, type TracedWork, testTraces } from './testTraces.ts';

let test: TestTraces;
beforeAll(async () => {
  test = await testTraces();
});
afterEach(() => test.clear());
afterAll(() => test.close());

describe('a trace', () => {
  it('has a span for the flow, for each step, and for the call that a step makes', async () => {
    const { work, traces } = await test.open();
    const flow = await publishedFlow(test.db.store.pool, chain([say('a')]), { name: 'Order' });
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
    const root = test.named('FlowExecution - Order');
    expect(root.traceId).toBe(runId.replaceAll('-', ''));
    expect(root.parentSpanId ?? '').toBe('');
    expect(eventsOf(root)).toEqual(['FlowExecutionStart', 'FlowExecutionEnd']);
    expect(attribute(root, 'agentspec.span.type')).toBe('FlowExecutionSpan');
    expect(attribute(root, 'rondo.run.state')).toBe('succeeded');
    expect(attribute(root, 'rondo.flow.id')).toBe(flow.flowId);
    const pay = test.named('NodeExecution - pay');
    expect(pay.parentSpanId).toBe(root.spanId);
    expect(attribute(pay, 'agentspec.node.component_type')).toBe('ApiNode');
    expect(eventsOf(pay)).toEqual(['NodeExecutionStart', 'NodeExecutionEnd']);
    const call = test.named('ToolExecution - pay');
    expect(call.parentSpanId).toBe(pay.spanId);
    expect(eventsOf(call)).toEqual(['ToolExecutionRequest', 'ToolExecutionResponse']);
    expect(attribute(call.events[0], 'request_id')).toBeTruthy();
    expect(new Set(test.spans.map((span) => span.traceId)).size).toBe(1);
    expect(new Set(test.spans.map((span) => span.spanId)).size).toBe(test.spans.length);
    expect(test.spans).toHaveLength(6);
    for (const span of test.spans)
      expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
  });

  it('of a run that fails says where and why, without the words of the error', async () => {
    const { work, traces } = await test.open();
    const runId = await work.start(chain([post('pay', 'http://127.0.0.1:9/s3cret')]));
    await becomes(work, runId, 'failed');
    await traces.flush();
    for (const name of ['FlowExecution - Test', 'NodeExecution - pay', 'ToolExecution - pay']) {
      const span = test.named(name);
      expect(span.status.code, name).toBe(2);
      const raised = span.events.find((event) => event.name === 'ExceptionRaised') ?? expect.fail(name);
      expect(attribute(raised, 'exception_type')).toBe(span.status.message);
      expect(attribute(raised, 'exception_message')).toBeUndefined();
    }
  });

  it('holds values only where they are wanted, and no secret then', async () => {
    const text = [{ title: 'text', type: 'string' }];
    const start = async ({ work, traces }: TracedWork) => {
      const runId = await work.start(chain([say('hello', 'Dear {{text}}')], text, text), {
        inputs: { text: 'my s3cret word' },
      });
      await becomes(work, runId, 'succeeded');
      await traces.flush();
    };
    await start(await test.open(false));
    expect(JSON.stringify(test.spans)).not.toContain('word');
    await start(await test.open(true));
    expect(JSON.stringify(test.spans)).toContain('my [secret] word');
    expect(JSON.stringify(test.spans)).not.toContain('s3cret');
  });

  it('of a run that waits and goes on in another process joins', async () => {
    const first = await test.open();
    const runId = await first.work.start(chain([say('before'), ask('question'), say('after')]));
    await becomes(first.work, runId, 'waiting');
    await first.traces.flush();
    expect(test.spans.map((span) => span.name).sort()).toEqual(['NodeExecution - before', 'NodeExecution - start']);
    await test.stop();
    const second = await test.open();
    const waitId = (await second.work.work.events(runId)).flatMap((event) =>
      event.kind === 'wait_started' ? [event.wait.id] : [],
    )[0];
    await test.db.store.transaction((tx) =>
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
    const root = test.named('FlowExecution - Test');
    const question = test.named('NodeExecution - question');
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
    expect(new Set(test.spans.map((span) => span.traceId)).size).toBe(1);
    for (const span of test.spans) if (span !== root) expect(span.parentSpanId).toBe(root.spanId);
    expect(test.spans.map((span) => span.name)).toEqual([...new Set(test.spans.map((span) => span.name))]);
    expect(JSON.stringify(test.spans)).not.toContain('private words');
  });

  it('of a run that is cancelled while it waits ends, too', async () => {
    const { work, traces } = await test.open();
    const runId = await work.start(chain([ask('question')]));
    await becomes(work, runId, 'waiting');
    await work.work.cancel(runId, tester);
    await until('its end was acted on', async () => {
      await traces.flush();
      return test.spans.some((span) => span.name === 'FlowExecution - Test');
    });
    expect(attribute(test.named('FlowExecution - Test'), 'rondo.run.state')).toBe('cancelled');
    expect(test.named('NodeExecution - question').status.message).toBe('BROKEN_OFF');
    expect(test.spans).toHaveLength(3);
  });

  it('goes on without a collector, and holds no run up', async () => {
    const here = process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:9';
    process.env.OTEL_EXPORTER_OTLP_TIMEOUT = '300';
    const { work, traces } = await test.open();
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = here;
    delete process.env.OTEL_EXPORTER_OTLP_TIMEOUT;
    const runId = await work.start(chain([say('hello')]));
    await becomes(work, runId, 'succeeded');
    await traces.close();
  });
});
