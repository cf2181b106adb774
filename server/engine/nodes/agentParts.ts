import { inputsOf, outputsOf } from '@rondo/shared/oas/inference.ts';
import { type Json, type JsonObject, own, ownList, ownObject, ownText } from '@rondo/shared/oas/json.ts';
import { defaultOf, type Property, titleOf } from '@rondo/shared/oas/properties.ts';
import { referenceOf, resolveReference } from '@rondo/shared/oas/references.ts';
import { said } from '@rondo/shared/words/said.ts';
import { type ModelTool, StepError } from '../ports.ts';
import type { Step } from '../step.ts';

/** A tool of an agent: what its model is told, and the component that does it. */
export interface AgentTool {
  shown: ModelTool;
  /** name in the document */
  name: string;
  /** as it stands in the document: a component, or a reference to one */
  tool: Json;
  inputs: Property[];
  outputs: Property[];
}

/** An agent, read from its document. */
export interface Agent {
  prompt: string;
  config: Json | undefined;
  tools: AgentTool[];
  /** may it turn to a person? */
  human: boolean;
}

/**
 * The agent of a step, a specialised one with what it adds.
 * @throws {StepError} FLOW_INVALID, NODE_NOT_SUPPORTED, TOOL_NOT_SUPPORTED, TOOL_MISSING
 */
export async function agentOf(step: Step): Promise<Agent> {
  const given = await found(step, own(step.node.component, 'agent'));
  if (!given) throw new StepError('FLOW_INVALID', said('failure.agentUnknown', { step: step.node.name }));
  if (ownText(given, 'component_type') !== 'SpecializedAgent') return read(step, given, {});
  const agent = await found(step, own(given, 'agent'));
  const added = await found(step, own(given, 'agent_specialization_parameters'));
  if (!agent || !added) throw new StepError('FLOW_INVALID', said('failure.agentUnknown', { step: step.node.name }));
  return read(step, agent, added);
}

async function read(step: Step, agent: JsonObject, added: JsonObject): Promise<Agent> {
  const type = ownText(agent, 'component_type') ?? '';
  const { name } = step.node;
  if (type !== 'Agent')
    throw new StepError('NODE_NOT_SUPPORTED', said('failure.agentKind', { step: name, kind: type }));
  if (ownList(agent, 'toolboxes').length > 0)
    throw new StepError('TOOL_NOT_SUPPORTED', said('failure.agentToolboxes', { step: name }));
  const tools: AgentTool[] = [];
  for (const tool of [...ownList(agent, 'tools'), ...ownList(added, 'additional_tools')])
    tools.push(
      await toolOf(
        step,
        tool,
        tools.map(({ shown }) => shown.name),
      ),
    );
  const more = ownText(added, 'additional_instructions');
  const human = own(added, 'human_in_the_loop') ?? own(agent, 'human_in_the_loop');
  return {
    prompt: [ownText(agent, 'system_prompt') ?? '', ...(more === undefined ? [] : [more])].join('\n\n'),
    config: own(agent, 'llm_config'),
    tools,
    human: human !== false,
  };
}

/** A component of the document, or of those that the workspace shares. */
async function found(step: Step, value: Json | undefined): Promise<JsonObject | undefined> {
  const here = resolveReference(step.tree, value);
  const reference = referenceOf(value);
  if (here || reference === undefined) return here;
  const shared = await step.ports.resolve(reference);
  return resolveReference(step.tree, shared);
}

async function toolOf(step: Step, tool: Json, taken: readonly string[]): Promise<AgentTool> {
  const component = await found(step, tool);
  if (!component) throw new StepError('TOOL_MISSING', said('failure.toolUnknown', { step: step.node.name }));
  const name = ownText(component, 'name') ?? '';
  const inputs = inputsOf(step.tree, component);
  return {
    shown: {
      name: shownName(name, taken),
      description: ownText(component, 'description') ?? name,
      parameters: schemaOf(inputs),
    },
    name,
    tool,
    inputs,
    outputs: outputsOf(step.tree, component),
  };
}

/** A name as models take it, and no other tool has. */
function shownName(name: string, taken: readonly string[]): string {
  const plain = name.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 60) || 'tool';
  const reserved = [...taken, submitTool, endTool];
  let shown = plain;
  for (let n = 2; reserved.includes(shown); n += 1) shown = `${plain}_${n}`;
  return shown;
}

/** Inputs or outputs as the schema of one object. */
export function schemaOf(properties: readonly Property[]): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(properties.map((property) => [titleOf(property), property])),
    required: properties.filter((property) => defaultOf(property) === undefined).map(titleOf),
  };
}

/** The tools by which an agent ends its work. */
export const submitTool = 'submit_result';
export const endTool = 'end_conversation';

/** The tool that takes the agent's outputs, or, where it has none, the one that ends the talk. */
export function lastTool(outputs: readonly Property[]): ModelTool {
  return outputs.length > 0
    ? {
        name: submitTool,
        description: 'Hands in the result when the work is done. Every field must be given, in its type.',
        parameters: schemaOf(outputs),
      }
    : {
        name: endTool,
        description: 'Ends the conversation when everything is done that the person wants.',
        parameters: { type: 'object', properties: {}, required: [] },
      };
}

/** A component for a part of an agent's step: it has the retries and limits of the step. */
export function partComponent(step: Step, type: string, more: JsonObject = {}): JsonObject {
  const metadata = ownObject(step.node.component, 'metadata');
  return { component_type: type, name: step.node.name, ...(metadata && { metadata }), ...more };
}
