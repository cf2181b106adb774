import { asText } from '@rondo/shared/oas/casts.ts';
import { isObject, type Json, type JsonObject, own, ownList, ownText } from '@rondo/shared/oas/json.ts';
import { defaultOf, type Property, titleOf } from '@rondo/shared/oas/properties.ts';
import { inEnglish, quoted, said } from '@rondo/shared/words/said.ts';
import { Failed, type Nest, type Said } from '../nest.ts';
import { type ModelMessage, type ModelTool, type ModelToolCall, StepError } from '../ports.ts';
import { withSensitive } from '../resolve.ts';
import { retryPolicyOf } from '../retry.ts';
import type { Step, StepResult } from '../step.ts';
import { render } from '../values/templates.ts';
import { fitTo } from '../values/values.ts';
import { type Agent, type AgentTool, agentOf, endTool, lastTool, partComponent, submitTool } from './agentParts.ts';
import { tool as toolNode } from './tool.ts';

/** Turns that a model may take without a word from a person. On the last one it can only hand in its result. */
const mostTurns = 10;

/**
 * AgentNode: a model that calls tools, and may turn to a person, until it hands in the step's outputs. Each turn, each
 * call of a tool and each answer of a person is a step of its own below the agent's (`turn1`, `turn1-call1`,
 * `turn1-answer`), so that an agent which goes on elsewhere repeats none of them.
 *
 * @throws {StepError} AGENT_NO_RESULT, AGENT_OUTPUTS, NODE_NOT_SUPPORTED, TOOL_NOT_SUPPORTED, TOOL_MISSING
 */
export async function runAgent(nest: Nest, step: Step): Promise<StepResult> {
  const agent = await agentOf(step);
  if (!agent.human && step.node.outputs.length === 0)
    throw new StepError('AGENT_OUTPUTS', said('failure.agentOutputs', { step: step.node.name }));
  return new AgentRun(nest, step, agent).run();
}

class AgentRun {
  readonly #nest: Nest;
  readonly #step: Step;
  readonly #agent: Agent;
  readonly #last: ModelTool;
  readonly #messages: ModelMessage[] = [];

  constructor(nest: Nest, step: Step, agent: Agent) {
    this.#nest = nest;
    this.#step = step;
    this.#agent = agent;
    this.#last = lastTool(step.node.outputs);
  }

  async run(): Promise<StepResult> {
    this.#messages.push({ role: 'system', content: await render(this.#agent.prompt, this.#step) });
    // What was said before is on record with the first turn: an agent that goes on elsewhere began with the same.
    const begun = this.#nest.begun('turn1');
    const before = begun ? own(begun, 'conversation') : this.#nest.conversation();
    this.#take(before);
    let left = mostTurns;
    for (let turn = 1; left > 0; turn += 1, left -= 1) {
      const { text, calls } = await this.#turn(turn, left === 1);
      this.#messages.push({ role: 'assistant', content: text, ...(calls.length > 0 && { toolCalls: calls }) });
      const done = await this.#calls(turn, calls);
      if (done) return { outputs: done };
      if (calls.length > 0) continue;
      if (this.#agent.human) {
        this.#messages.push({ role: 'user', content: await this.#answer(turn, text) });
        left = mostTurns + 1;
      } else
        this.#messages.push({
          role: 'user',
          content: `Nobody can answer. Go on, and call ${this.#last.name} at the end.`,
        });
    }
    return { outputs: this.#otherwise() };
  }

  async #turn(turn: number, isLast: boolean): Promise<{ text: string; calls: ModelToolCall[] }> {
    const id = `turn${turn}`;
    const part = {
      id,
      type: 'LlmNode',
      name: `${this.#step.node.name}: turn ${turn}`,
      component: partComponent(this.#step, 'LlmNode'),
      inputs: [],
      outputs: [],
    };
    const before = this.#messages.slice(1).map(({ role, content }) => ({ role, text: content }));
    const inputs = (): JsonObject => (turn === 1 && before.length > 0 ? { conversation: before } : {});
    const { outputs } = await this.#nest.part(part, inputs, async (step) => {
      const config = await withSensitive(step.tree, this.#agent.config, step.ports, step.keepSecret);
      if (!config)
        throw new StepError('MODEL_MISSING', said('failure.agentModelMissing', { step: this.#step.node.name }));
      const shown = isLast ? [] : this.#agent.tools.map((tool) => tool.shown);
      const request = {
        config,
        messages: [...this.#messages],
        schema: null,
        tools: [...shown, this.#last],
        onToken: (text: string) => step.ports.onToken?.(step.path, text),
      };
      const answer = await step.outside(
        (context) => step.ports.models.complete(request, context),
        retryPolicyOf(step.tree, config),
      );
      const calls = (answer.toolCalls ?? []).map((call) => ({ ...call }));
      return { outputs: { text: answer.text, calls }, usage: answer.usage };
    });
    return { text: ownText(outputs, 'text') ?? '', calls: ownList(outputs, 'calls').flatMap(callOf) };
  }

  #take(conversation: Json | readonly Said[] | undefined): void {
    if (!Array.isArray(conversation)) return;
    for (const one of conversation) {
      if (!isObject(one)) continue;
      const content = ownText(one, 'text') ?? '';
      this.#messages.push({ role: own(one, 'role') === 'user' ? 'user' : 'assistant', content });
    }
  }

  /** Does what the model wants done. @returns the outputs when it has handed them in */
  async #calls(turn: number, calls: readonly ModelToolCall[]): Promise<JsonObject | undefined> {
    let done: JsonObject | undefined;
    for (const [index, call] of calls.entries()) {
      const told = done ? 'The result is handed in already.' : await this.#call(`turn${turn}-call${index + 1}`, call);
      if (typeof told !== 'string') done = told.outputs;
      const content = typeof told === 'string' ? told : 'Done.';
      this.#messages.push({ role: 'tool', callId: call.id, content });
    }
    return done;
  }

  /** @returns what the model is told of a call, or the outputs that it hands in */
  async #call(id: string, call: ModelToolCall): Promise<string | { outputs: JsonObject }> {
    if (call.arguments === null) return 'The arguments are no JSON object. Call again with one.';
    if (call.name === endTool && this.#last.name === endTool) return { outputs: {} };
    if (call.name === submitTool && this.#last.name === submitTool) return this.#submitted(call.arguments);
    const tool = this.#agent.tools.find(({ shown }) => shown.name === call.name);
    if (!tool) return `There is no tool “${call.name}”.`;
    try {
      return asText(await this.#use(id, tool, call.arguments));
    } catch (error) {
      // What a tool could not do, or a person did not allow, is something for the model to know.
      if (error instanceof Failed) return `“${tool.name}” failed: ${error.error.message}`;
      if (error instanceof StepError) return `“${tool.name}” was not called: ${inEnglish(error.said)}`;
      throw error;
    }
  }

  #submitted(given: JsonObject): string | { outputs: JsonObject } {
    try {
      return { outputs: fitTo(this.#step.node.outputs, given, said('whose.result'), 'OUTPUT_MISSING') };
    } catch (error) {
      if (error instanceof StepError) return `The result does not fit: ${error.message} Hand it in again.`;
      throw error;
    }
  }

  async #use(id: string, tool: AgentTool, given: JsonObject): Promise<Json> {
    const inputs = fitTo(tool.inputs, given, said('whose.call', { tool: tool.name }));
    const part = {
      id,
      type: 'ToolNode',
      name: tool.name,
      component: partComponent(this.#step, 'ToolNode', { tool: tool.tool }),
      inputs: tool.inputs,
      outputs: tool.outputs,
    };
    const { outputs } = await this.#nest.part(part, () => inputs, toolNode);
    const [only, ...others] = tool.outputs;
    return only !== undefined && others.length === 0 ? (own(outputs, titleOf(only)) ?? null) : outputs;
  }

  /** Says something to the person and waits for the answer. */
  async #answer(turn: number, text: string): Promise<string> {
    const output: Property = { title: 'answer', type: 'string' };
    const part = {
      id: `turn${turn}-answer`,
      type: 'InputMessageNode',
      name: this.#step.node.name,
      component: partComponent(this.#step, 'InputMessageNode'),
      inputs: [],
      outputs: [output],
    };
    const { outputs } = await this.#nest.part(
      part,
      () => ({}),
      ({ node, path, say, ask }) => {
        if (text !== '') say(text);
        const answer = ask('message', (id) => ({ id, path, for: 'message', prompt: text === '' ? null : text }));
        if (answer.kind !== 'message')
          throw new StepError('ANSWER_INVALID', said('failure.answer.message', { step: node.name, kind: answer.kind }));
        return { outputs: { answer: answer.text } };
      },
    );
    return ownText(outputs, 'answer') ?? '';
  }

  /** After the last turn: the defaults, where every output has one. */
  #otherwise(): JsonObject {
    const { node } = this.#step;
    const missing = node.outputs.find((output) => defaultOf(output) === undefined);
    if (missing || node.outputs.length === 0)
      throw new StepError('AGENT_NO_RESULT', said('failure.agentTurns', { step: node.name, count: mostTurns }));
    return fitTo(node.outputs, {}, quoted(node.name));
  }
}

function callOf(value: Json): ModelToolCall[] {
  if (!isObject(value)) return [];
  const given = own(value, 'arguments');
  const id = ownText(value, 'id') ?? '';
  return [{ id, name: ownText(value, 'name') ?? '', arguments: isObject(given) ? given : null }];
}
