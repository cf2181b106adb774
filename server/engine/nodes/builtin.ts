import { type JsonObject, ownObject, ownText } from '@rondo/shared/oas/json.ts';
import { said } from '@rondo/shared/words/said.ts';
import { StepError } from '../ports.ts';
import type { Step, StepResult } from '../step.ts';
import { outputsFrom } from '../values/values.ts';
import { childRun } from './childRun.ts';
import { readFile, writeFile } from './files.ts';
import { callbackAddress, waitStep } from './waitStep.ts';

/** BuiltinTool: those that begin with `rondo.` are ours; a tool of another product is an error that names it. */
export async function builtin(step: Step, component: JsonObject, name: string): Promise<StepResult> {
  const { node, inputs, ports, signal } = step;
  const kind = ownText(component, 'tool_type') ?? '';
  const configuration = ownObject(component, 'configuration') ?? {};
  switch (kind) {
    case 'rondo.formula': {
      const value = await ports.sandbox.formula(ownText(configuration, 'expression') ?? '', inputs, signal);
      return { outputs: outputsFrom(node.outputs, value, said('whose.formula', { step: node.name })) };
    }
    case 'rondo.script': {
      const value = await ports.sandbox.script(ownText(configuration, 'code') ?? '', inputs, signal);
      return { outputs: outputsFrom(node.outputs, value, said('whose.script', { step: node.name })) };
    }
    case 'rondo.wait':
      return waitStep(step, configuration);
    case 'rondo.callback_address':
      return callbackAddress(step, configuration);
    case 'rondo.run_flow':
      return childRun(step, configuration);
    case 'rondo.read_file':
      return readFile(step, configuration);
    case 'rondo.write_file':
      return writeFile(step, configuration);
    default:
      throw new StepError('TOOL_NOT_SUPPORTED', said('failure.builtin', { step: node.name, tool: kind || name }));
  }
}
