import { outputsOf as outputsOfComponent } from '@rondo/shared/oas/inference.ts';
import { isObject, type JsonObject, own, ownText } from '@rondo/shared/oas/json.ts';
import { resolveReference } from '@rondo/shared/oas/references.ts';
import { quoted, said } from '@rondo/shared/words/said.ts';
import { StepError } from '../ports.ts';
import type { NodeCode, Step, StepResult } from '../step.ts';
import { outputsFrom } from '../values/values.ts';
import { builtin } from './builtin.ts';
import { clientTool } from './clientTool.ts';
import { callRemote } from './http.ts';

/** ToolNode: calls its tool; one that requires confirmation asks a person first. */
export const tool: NodeCode = async (step) => {
  const { tree, node } = step;
  const component = resolveReference(tree, own(node.component, 'tool')) ?? (await sharedTool(step));
  if (!component) throw new StepError('TOOL_MISSING', said('failure.toolUnknown', { step: node.name }));
  const name = ownText(component, 'name') ?? '';
  if (own(component, 'requires_confirmation') === true) confirm(step, name);
  if (ownText(component, 'component_type') === 'ServerTool') {
    const bound = await step.ports.boundTool?.(name);
    if (!bound) return serverTool(step, name);
    if (own(bound, 'requires_confirmation') === true) confirm(step, name);
    return useTool(step, bound, name);
  }
  return useTool(step, component, name);
};

/** Uses a tool that says itself what it does. */
async function useTool(step: Step, component: JsonObject, name: string): Promise<StepResult> {
  const { node } = step;
  switch (ownText(component, 'component_type')) {
    case 'ClientTool':
      return clientTool(step, component, name);
    case 'RemoteTool':
      return { outputs: await callRemote(step, component, node.outputs) };
    case 'BuiltinTool':
      return builtin(step, component, name);
    default:
      throw new StepError(
        'TOOL_NOT_SUPPORTED',
        said('failure.toolKind', { step: node.name, kind: ownText(component, 'component_type') ?? 'unknown' }),
      );
  }
}

async function sharedTool(step: Step): Promise<JsonObject | undefined> {
  const reference = own(step.node.component, 'tool');
  const id = isObject(reference) ? ownText(reference, '$component_ref') : undefined;
  const shared = id === undefined ? undefined : await step.ports.resolve(id);
  return isObject(shared) ? shared : undefined;
}

function confirm(step: Step, name: string): void {
  const { path, inputs, node } = step;
  const answer = step.ask('confirmation', (id) => ({ id, path, for: 'confirmation', tool: name, arguments: inputs }));
  if (answer.kind !== 'confirmation')
    throw new StepError('ANSWER_INVALID', said('failure.answer.yesNo', { step: node.name }));
  if (!answer.confirmed)
    throw new StepError(
      'NOT_CONFIRMED',
      answer.reason
        ? said('failure.declinedFor', { tool: name, reason: answer.reason })
        : said('failure.declined', { tool: name }),
    );
}

async function serverTool(step: Step, name: string): Promise<StepResult> {
  const { node, inputs, ports, path } = step;
  const implementation = ports.serverTool(name);
  if (implementation) {
    const call = (context: Parameters<typeof implementation.call>[1]) => implementation.call(inputs, context);
    const value = implementation.effect
      ? await step.outside(call)
      : await call({ idempotencyKey: path, signal: step.signal });
    return { outputs: outputsFrom(node.outputs, value, quoted(name)) };
  }
  if (!ports.askServerTools)
    throw new StepError('TOOL_MISSING', said('failure.toolMissing', { tool: name, step: node.name }));
  const outputs = outputsOfComponent(step.tree, node.component);
  const answer = step.ask('tool', (id) => ({ id, path, for: 'server_tool', tool: name, arguments: inputs, outputs }));
  if (answer.kind === 'error')
    throw new StepError('TOOL_FAILED', said('failure.tool', { tool: name, reason: answer.message }));
  if (answer.kind !== 'result')
    throw new StepError('ANSWER_INVALID', said('failure.answer.result', { step: node.name, kind: answer.kind }));
  return { outputs: outputsFrom(node.outputs, answer.value, quoted(name)) };
}
