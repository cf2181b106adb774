import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { base, chain, list, number, ref, text } from '../engine/testRuns.ts';
import { answerWait } from '../work/answers.ts';
import { post, say, sleep } from '../work/testFlows.ts';
import { tester } from '../work/testWork.ts';
import { attribute, becomes, eventsOf, type SentSpan, type TestTraces, testTraces } from './testTraces.ts';

let test: TestTraces;
beforeAll(async () => {
  test = await testTraces();
});
afterEach(() => test.clear());
afterAll(() => test.close());

describe('a step has in its span', () => {
  it('what a model generates, with what that used', async () => {
    const { work, traces } = await test.open(true);
    const llm = {
      ...base('LlmNode', 'write'),
      llm_config: { ...base('OpenAiConfig', 'model'), model_id: 'gpt-5' },
      prompt_template: 'Sum up: {{ topic }}',
      inputs: [text('topic')],
      outputs: [text('answer')],
    };
    const runId = await work.start(chain('flow', [llm], [text('topic')], [text('answer')]), {
      inputs: { topic: 'tea' },
    });
    await becomes(work, runId, 'succeeded');
    await traces.flush();
    const generation = test.named('LlmGeneration - write');
    expect(generation.parentSpanId).toBe(test.named('NodeExecution - write').spanId);
    expect(attribute(generation, 'agentspec.span.type')).toBe('LlmGenerationSpan');
    expect(attribute(generation, 'gen_ai.request.model')).toBe('practice');
    expect(eventsOf(generation)).toEqual(['LlmGenerationRequest', 'LlmGenerationResponse']);
    const [request, response] = generation.events;
    expect(attribute(request, 'inputs')).toBe('{"topic":"tea"}');
    expect(attribute(response, 'request_id')).toBe(`${runId}:write:1`);
    expect(attribute(request, 'request_id')).toBe(`${runId}:write:1`);
    expect(attribute(response, 'outputs')).toContain('tea');
    expect(attribute(response, 'input_tokens')).toBe(attribute(generation, 'gen_ai.usage.input_tokens'));
    expect(attribute(response, 'output_tokens')).toBeGreaterThan(0);
  });

  it('what an agent does, with its turns and tools inside', async () => {
    const { work, traces } = await test.open();
    const nap = sleep('nap', 0.01);
    const agent = {
      ...base('Agent', 'clerk-a'),
      llm_config: { ...base('OpenAiConfig', 'model'), model_id: 'gpt-5' },
      system_prompt: 'Rest.',
      tools: [nap.tool as JsonObject],
      inputs: [],
      outputs: [text('answer')],
      human_in_the_loop: false,
    };
    const clerk = { ...base('AgentNode', 'clerk'), agent };
    const runId = await work.start(chain('flow', [clerk], [], [text('answer')]));
    await becomes(work, runId, 'succeeded');
    await traces.flush();
    const span = test.named('AgentExecution - clerk');
    expect(span.parentSpanId).toBe(test.named('NodeExecution - clerk').spanId);
    expect(attribute(span, 'agentspec.span.type')).toBe('AgentExecutionSpan');
    expect(eventsOf(span)).toEqual(['AgentExecutionStart', 'AgentExecutionEnd']);
    const turn = test.named('NodeExecution - clerk: turn 1');
    expect(turn.parentSpanId).toBe(span.spanId);
    expect(test.named('LlmGeneration - clerk: turn 1').parentSpanId).toBe(turn.spanId);
    const tool = test.named(`NodeExecution - ${String((nap.tool as JsonObject).name)}`);
    expect(tool.parentSpanId).toBe(span.spanId);
  });

  it('what a tool does, and nothing where a client does it', async () => {
    const { work, traces } = await test.open();
    const hand = { ...base('ToolNode', 'hand'), tool: { ...base('ClientTool', 'tool'), inputs: [], outputs: [] } };
    const runId = await work.start(chain('flow', [hand, sleep('nap', 0.01)], [], []));
    await becomes(work, runId, 'waiting');
    await test.db.store.transaction((tx) =>
      answerWait(tx, { runId, waitId: 'hand!tool', answer: { kind: 'result', value: null }, actor: tester }),
    );
    await work.work.wake(runId);
    await becomes(work, runId, 'succeeded');
    await traces.flush();
    const nap = test.named('ToolExecution - nap');
    expect(nap.parentSpanId).toBe(test.named('NodeExecution - nap').spanId);
    expect(attribute(nap, 'agentspec.span.type')).toBe('ToolExecutionSpan');
    expect(eventsOf(nap)).toEqual(['ToolExecutionRequest', 'ToolExecutionResponse']);
    expect(eventsOf(test.named('NodeExecution - hand'))).toEqual([
      'NodeExecutionStart',
      'ToolExecutionRequest',
      'ToolExecutionResponse',
      'NodeExecutionEnd',
    ]);
    expect(test.spans.map((span) => span.name)).not.toContain('ToolExecution - hand');
  });

  it('each flow that it runs: one, several side by side, or one for each item', async () => {
    const { work, traces } = await test.open();
    const document = chain(
      'flow',
      [
        { ...base('FlowNode', 'one'), subflow: chain('a', [say('said')], [], []) },
        {
          ...base('ParallelFlowNode', 'both'),
          subflows: [chain('b', [say('left')], [], []), chain('c', [say('right')], [], [])],
        },
        { ...base('ParallelMapNode', 'each'), subflow: chain('d', [say('item')], [number('n')], []) },
      ],
      [list('iterated_n', number('n'))],
      [],
    );
    const runId = await work.start(document, { inputs: { iterated_n: [1, 2] } });
    await becomes(work, runId, 'succeeded');
    await traces.flush();
    const around = (path: string) => {
      const parents: SentSpan[] = [];
      const parentOf = (span: SentSpan) => test.spans.find((one) => one.spanId === span.parentSpanId);
      for (let span = parentOf(nodeAt(path)); span; span = parentOf(span)) parents.push(span);
      return parents.map((span) => span.name);
    };
    const root = 'FlowExecution - Test';
    expect(around('one/said')).toEqual(['FlowExecution - one', 'NodeExecution - one', root]);
    expect(around('both[1]/right')).toEqual(['FlowExecution - both[1]', 'NodeExecution - both', root]);
    expect(around('each[1]/item')).toEqual(['FlowExecution - each[1]', 'NodeExecution - each', root]);
    const flows = test.spans.filter((span) => attribute(span, 'agentspec.span.type') === 'FlowExecutionSpan');
    expect(flows).toHaveLength(6);
    for (const flow of flows) {
      expect(eventsOf(flow)).toEqual(['FlowExecutionStart', 'FlowExecutionEnd']);
      expect(BigInt(flow.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(flow.startTimeUnixNano));
    }
    expect(attribute(test.named('FlowExecution - one').events[1], 'branch_selected')).toBe('next');
    expect(new Set(test.spans.map((span) => span.spanId)).size).toBe(test.spans.length);
  });

  it('the failure of the flow in it, also where that was caught and the step went on', async () => {
    const { work, traces } = await test.open();
    const risky = chain('risky', [post('pay', 'http://127.0.0.1:9/')], [], []);
    const careful = chain('flow', [{ ...base('CatchExceptionNode', 'careful'), subflow: risky }], [], []);
    (careful.control_flow_connections as JsonObject[]).push({
      ...base('ControlFlowEdge', 'caught'),
      from_node: ref('careful'),
      from_branch: 'caught_exception_branch',
      to_node: ref('flow-end'),
    });
    await becomes(work, await work.start(careful), 'succeeded');
    const items = { ...base('MapNode', 'each'), subflow: { ...risky, inputs: [number('n')] } };
    const failing = chain('flow', [items], [list('iterated_n', number('n'))], []);
    await becomes(work, await work.start(failing, { inputs: { iterated_n: [1, 2] } }), 'failed');
    await traces.flush();
    const { message: code } = nodeAt('careful/pay').status;
    for (const name of ['FlowExecution - careful', 'FlowExecution - each[0]']) {
      const flow = test.named(name);
      expect(flow.status, name).toMatchObject({ code: 2, message: code });
      expect(eventsOf(flow)).toEqual(['FlowExecutionStart', 'ExceptionRaised']);
    }
    expect(test.named('NodeExecution - careful').status.code).toBe(0);
    expect(test.spans.map((span) => span.name)).not.toContain('FlowExecution - each[1]');
  });
});

/** The span of the step at a path. */
function nodeAt(path: string): SentSpan {
  return (
    test.spans.find((span) => span.name.startsWith('NodeExecution') && attribute(span, 'rondo.step.path') === path) ??
    expect.fail(`no span of the step ${path}`)
  );
}
