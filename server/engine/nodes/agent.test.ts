import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent, Wait, WaitAnswer } from '@rondo/shared/runs/events.ts';
import { takenOver } from '@rondo/shared/runs/retry.ts';
import { quoted } from '@rondo/shared/words/said.ts';
import { describe, expect, it } from 'vitest';
import { practiceModel } from '../../models/practice.ts';
import { type EnginePorts, type ModelAnswer, type ModelRequest, StepError } from '../ports.ts';
import { actor, at, base, chain, doubling, number, ports, run, started, text } from '../testRuns.ts';

const usage = { model: 'scripted', inputTokens: 3, outputTokens: 2 };
type Turn = Partial<ModelAnswer> | ((request: ModelRequest) => Partial<ModelAnswer>);

/** A model that takes the turns of a script: which one, the number of its answers so far says. */
function scripted(...turns: Turn[]) {
  const requests: ModelRequest[] = [];
  const keys: string[] = [];
  const complete: EnginePorts['models']['complete'] = async (request, { idempotencyKey }) => {
    requests.push(structuredClone({ ...request, onToken: undefined }) as unknown as ModelRequest);
    keys.push(idempotencyKey);
    const turn = turns[request.messages.filter((message) => message.role === 'assistant').length] ?? {};
    const answer = typeof turn === 'function' ? turn(request) : turn;
    return { text: '', usage, ...answer };
  };
  return { models: { complete }, requests, keys };
}

const call = (name: string, given: JsonObject, id = `id-${name}`) => ({ id, name, arguments: given });
const calls = (...list: ReturnType<typeof call>[]): Turn => ({ toolCalls: list });
const config = { ...base('LlmConfig', 'm'), provider: 'practice', model_id: 'practice' };

function remote(name: string, more: JsonObject = {}): JsonObject {
  return {
    ...base('RemoteTool', name),
    description: `Doubles, by ${name}`,
    url: 'https://a.example/{{ n }}',
    http_method: 'POST',
    inputs: [number('n')],
    outputs: [number('doubled')],
    ...more,
  };
}

function agentFlow(tools: JsonObject[], more: JsonObject = {}, outputs = [number('result')], inputs = [text('who')]) {
  const agent = {
    ...base('Agent', 'agent-a'),
    llm_config: config,
    system_prompt: 'Work for {{ who }}.',
    inputs,
    outputs,
    tools,
    human_in_the_loop: false,
    ...more,
  };
  return chain('flow', [{ ...base('AgentNode', 'agent'), agent }], inputs, outputs);
}

const start = { pending: [started({ who: 'Ann' })] };
const answered = (wait: Wait | undefined, answer: WaitAnswer): RunEvent => ({
  kind: 'wait_answered',
  path: wait?.path ?? '',
  at,
  waitId: wait?.id ?? '',
  answer,
  actor,
});
const paths = (events: RunEvent[], kind: RunEvent['kind']) =>
  events.flatMap((event) => (event.kind === kind && 'path' in event ? [event.path] : []));

describe('an agent', () => {
  it('calls its tools and hands in what it delivers, each turn and call a step of its own', async () => {
    const model = scripted(calls(call('one', { n: 4 }, 'a'), call('other', { n: '5' }, 'b')), (request) => ({
      toolCalls: [call('submit_result', { result: request.messages.at(-1)?.content === '10' ? 1 : 0 })],
    }));
    const outside = doubling();
    const document = agentFlow([remote('one'), remote('other')]);
    const { end, events } = await run(document, ports({ ...outside, models: model.models }), start);
    expect(end).toMatchObject({ state: 'succeeded', outputs: { result: 1 } });
    expect(paths(events, 'step_succeeded')).toEqual([
      'flow-start',
      'agent/turn1',
      'agent/turn1-call1',
      'agent/turn1-call2',
      'agent/turn2',
      'agent',
      'flow-end',
    ]);
    expect(model.requests[0]?.messages).toEqual([{ role: 'system', content: 'Work for Ann.' }]);
    expect(model.requests[0]?.tools).toMatchObject([
      {
        name: 'one',
        description: 'Doubles, by one',
        parameters: { properties: { n: { type: 'number' } }, required: ['n'] },
      },
      { name: 'other' },
      { name: 'submit_result', parameters: { required: ['result'] } },
    ]);
    expect(model.requests[1]?.messages.slice(1)).toMatchObject([
      { role: 'assistant', toolCalls: [{ id: 'a', name: 'one' }, { id: 'b' }] },
      { role: 'tool', callId: 'a', content: '8' },
      { role: 'tool', callId: 'b', content: '10' },
    ]);
    expect(events.find((event) => event.kind === 'step_succeeded' && event.path === 'agent/turn1')).toMatchObject({
      usage,
      outputs: { calls: [{ name: 'one' }, { name: 'other' }] },
    });
    expect([...outside.calls.keys()]).toEqual(['r1:agent/turn1-call1:1', 'r1:agent/turn1-call2:1']);
  });

  it('does the same with the practice model, without a key', async () => {
    const outside = doubling();
    const { end } = await run(agentFlow([remote('one')]), ports({ ...outside, models: practiceModel }), start);
    expect(end).toMatchObject({ state: 'succeeded', outputs: { result: expect.any(Number) } });
    expect(outside.calls.size).toBe(1);
  });

  it('hears what is wrong with a call or a result, and what a tool could not do', async () => {
    const model = scripted(
      calls(call('nothing', {}), call('one', {}), call('one', { n: -1 })),
      { toolCalls: [{ id: 'x', name: 'one', arguments: null }] },
      calls(call('submit_result', { result: 'many' })),
      calls(call('submit_result', { result: 3 })),
    );
    const document = agentFlow([remote('one')]);
    const { end, events } = await run(document, ports({ ...doubling(), models: model.models }), start);
    expect(end).toMatchObject({ outputs: { result: 3 } });
    const told = model.requests[3]?.messages.flatMap((message) => (message.role === 'tool' ? [message.content] : []));
    expect(told).toEqual([
      'There is no tool “nothing”.',
      '“one” was not called: the call of “one” lacks “n”.',
      '“one” failed: “It said no.”',
      'The arguments are no JSON object. Call again with one.',
      expect.stringMatching(/^The result does not fit: .*number.*Hand it in again\.$/),
    ]);
    expect(paths(events, 'step_failed')).toEqual(['agent/turn1-call3']);
  });

  it('asks a person, waits for the answer and goes on with it', async () => {
    const model = scripted({ text: 'Which one?' }, (request) => ({
      toolCalls: [call('submit_result', { result: Number(request.messages.at(-1)?.content) })],
    }));
    const given = ports({ models: model.models });
    const document = agentFlow([], { human_in_the_loop: true });
    const first = await run(document, given, start);
    const wait = first.end.state === 'waiting' ? first.end.waits[0] : undefined;
    expect(wait).toMatchObject({ for: 'message', prompt: 'Which one?', path: 'agent/turn1-answer' });
    expect(first.events.filter((event) => event.kind === 'message')).toMatchObject([{ text: 'Which one?' }]);
    const pending = [answered(wait, { kind: 'message', text: '7' })];
    const second = await run(document, given, { journal: first.events, pending });
    expect(second.end).toMatchObject({ outputs: { result: 7 } });
    expect(model.keys).toEqual(['r1:agent/turn1:1', 'r1:agent/turn2:1']);
    expect(second.events.filter((event) => event.kind === 'message')).toHaveLength(1);
  });

  it('asks for a review or a yes by its tools, and hears a no', async () => {
    const review = {
      ...base('ClientTool', 'check'),
      inputs: [text('what')],
      outputs: [text('decision')],
      metadata: { __metadata_info__: { rondo: { surface: [], title: 'Check {{ what }}' } } },
    };
    const model = scripted(calls(call('check', { what: 'this' }), call('one', { n: 1 })), (request) => ({
      toolCalls: [
        call('submit_result', { result: request.messages.some(({ content }) => content.includes('Too dear')) ? 1 : 0 }),
      ],
    }));
    const given = ports({ ...doubling(), models: model.models });
    const document = agentFlow([review, remote('one', { requires_confirmation: true })]);
    const first = await run(document, given, start);
    const asked = first.end.state === 'waiting' ? first.end.waits[0] : undefined;
    expect(asked).toMatchObject({ for: 'review', title: 'Check this', path: 'agent/turn1-call1' });
    const yes = answered(asked, { kind: 'review', decision: 'approve', values: {} });
    const second = await run(document, given, { journal: first.events, pending: [yes] });
    const confirm = second.end.state === 'waiting' ? second.end.waits[0] : undefined;
    expect(confirm).toMatchObject({ for: 'confirmation', tool: 'one', arguments: { n: 1 } });
    const no = answered(confirm, { kind: 'confirmation', confirmed: false, reason: 'Too dear' });
    const third = await run(document, given, { journal: second.events, pending: [no] });
    expect(third.end).toMatchObject({ state: 'succeeded', outputs: { result: 1 } });
    expect(model.keys).toHaveLength(2);
  });

  it('knows what was said before it, and ends the talk where it delivers nothing', async () => {
    const model = scripted({}, { text: 'All well?' }, calls(call('end_conversation', {})));
    const hello = { ...base('OutputMessageNode', 'hello'), message: 'Hello.' };
    const agent = {
      ...base('Agent', 'a'),
      llm_config: config,
      system_prompt: 'Talk.',
      tools: [],
      inputs: [],
      outputs: [],
    };
    const document = chain('flow', [hello, { ...base('AgentNode', 'agent'), agent }], [], []);
    const given = ports({ models: model.models });
    const first = await run(document, given, { pending: [started({}, { messages: ['Good day'] })] });
    const said = [
      { role: 'system', content: 'Talk.' },
      { role: 'user', content: 'Good day' },
      { role: 'assistant', content: 'Hello.' },
    ];
    expect(model.requests[0]?.messages).toEqual(said);
    const wait = first.end.state === 'waiting' ? first.end.waits[0] : undefined;
    const pending = [answered(wait, { kind: 'message', text: 'Yes' })];
    const second = await run(document, given, { journal: first.events, pending });
    expect(model.requests.at(-1)?.messages.slice(0, 5)).toEqual([
      ...said,
      { role: 'assistant', content: 'All well?' },
      { role: 'user', content: 'Yes' },
    ]);
    expect(second.end.state).toBe('succeeded');
  });

  it('stops after ten turns: with the defaults of its outputs, or as failed', async () => {
    const turns = Array.from({ length: 12 }, () => calls(call('one', { n: 1 })));
    const model = scripted(...turns);
    const given = () => ports({ ...doubling(), models: model.models });
    const failed = await run(agentFlow([remote('one')]), given(), start);
    expect(failed.end).toMatchObject({ state: 'failed', error: { code: 'AGENT_NO_RESULT', step: 'agent' } });
    expect(model.requests).toHaveLength(10);
    expect(model.requests.at(-1)?.tools?.map(({ name }) => name)).toEqual(['submit_result']);
    const careful = agentFlow([remote('one')], {}, [number('result', { default: 9 })]);
    expect((await run(careful, given(), start)).end).toMatchObject({ state: 'succeeded', outputs: { result: 9 } });
  });

  it('says what it cannot do', async () => {
    const said = async (document: JsonObject) => (await run(document, ports({ models: scripted().models }), start)).end;
    expect(await said(agentFlow([], {}, []))).toMatchObject({ error: { code: 'AGENT_OUTPUTS', step: 'agent' } });
    expect(await said(agentFlow([], { component_type: 'Swarm' }))).toMatchObject({
      error: { code: 'NODE_NOT_SUPPORTED' },
    });
    expect(await said(agentFlow([], { toolboxes: [base('MCPToolBox', 'b')] }))).toMatchObject({
      error: { code: 'TOOL_NOT_SUPPORTED' },
    });
    expect(await said(agentFlow([], { llm_config: { $component_ref: 'none' } }))).toMatchObject({
      error: { code: 'MODEL_MISSING', step: 'agent/turn1' },
    });
  });

  it('takes over what a specialised one adds', async () => {
    const model = scripted(calls(call('submit_result', { result: 2 })));
    const document = agentFlow([remote('one')]);
    const node = (document.nodes as JsonObject[])[1] as JsonObject;
    node.agent = {
      ...base('SpecializedAgent', 's'),
      agent: node.agent as Json,
      agent_specialization_parameters: {
        ...base('AgentSpecializationParameters', 'p'),
        additional_instructions: 'Be brief.',
        additional_tools: [remote('more of it')],
      },
    };
    expect((await run(document, ports({ models: model.models }), start)).end.state).toBe('succeeded');
    expect(model.requests[0]?.messages[0]?.content).toBe('Work for Ann.\n\nBe brief.');
    expect(model.requests[0]?.tools?.map(({ name }) => name)).toEqual(['one', 'more_of_it', 'submit_result']);
  });

  it('G1: resumed after any event, repeats no turn, no call and no failure, and comes to the same', async () => {
    const script = [
      calls(call('one', { n: 2 }), call('one', { n: -1 })),
      (request: ModelRequest) => calls(call('one', { n: request.messages.length })) as Partial<ModelAnswer>,
      calls(call('submit_result', { result: 4 })),
    ];
    const document = agentFlow([remote('one')]);
    const whole = await run(document, ports({ ...doubling(), models: scripted(...script).models }), start);
    expect(whole.end).toMatchObject({ outputs: { result: 4 } });
    for (let cut = 1; cut < whole.events.length; cut += 1) {
      const journal = whole.events.slice(0, cut);
      const done = [...paths(journal, 'step_succeeded'), ...paths(journal, 'step_failed')];
      const outside = doubling();
      const model = scripted(...script);
      const { end, events } = await run(document, ports({ ...outside, models: model.models }), { journal });
      expect(end).toEqual(whole.end);
      const again = [...outside.calls.keys(), ...model.keys];
      for (const path of done) expect(again, `after ${cut}`).not.toContain(`r1:${path}:1`);
      expect(paths(events, 'step_succeeded').sort()).toEqual(paths(whole.events, 'step_succeeded').sort());
      const last = journal.at(-1);
      if (last?.kind === 'step_started' && last.path.startsWith('agent/'))
        expect(events[cut]).toMatchObject({ kind: 'step_cut_off', path: last.path });
    }
  });

  it('tried again from a later turn, knows of the tool that had failed and does not call it', async () => {
    const model = scripted(calls(call('one', { n: -1 })), () => {
      throw new StepError('MODEL_REFUSED', quoted('Not today.'));
    });
    const old = await run(agentFlow([remote('one')]), ports({ ...doubling(), models: model.models }), start);
    expect(old.end).toMatchObject({ state: 'failed', error: { step: 'agent/turn2' } });
    const again = scripted({}, calls(call('submit_result', { result: 1 })));
    const outside = doubling();
    const retry = { runId: 'r1', number: 1, from: 'agent/turn2' };
    const journal = [started({ who: 'Ann' }, { retry }), ...takenOver(old.events, 'agent/turn2')];
    const { end } = await run(agentFlow([remote('one')]), ports({ ...outside, models: again.models }), {
      runId: 'r2',
      journal,
    });
    expect(end).toMatchObject({ outputs: { result: 1 } });
    expect(outside.calls.size).toBe(0);
    expect(again.keys).toEqual(['r2:agent/turn2:1']);
    expect(again.requests[0]?.messages.at(-1)?.content).toContain('It said no.');
  });
});
