import { type JsonObject, own, ownObject, ownText } from '@rondo/shared/oas/json.ts';
import { StepError } from '../ports.ts';
import type { Step, StepResult } from '../step.ts';
import { outputsFrom } from '../values/values.ts';

/** BuiltinTool: formula, script and wait are ours; a tool of another product is an error that names it. */
export async function builtin(step: Step, component: JsonObject, name: string): Promise<StepResult> {
  const { node, inputs, ports, path } = step;
  const kind = ownText(component, 'tool_type') ?? '';
  const configuration = ownObject(component, 'configuration') ?? {};
  switch (kind) {
    case 'rondo.formula': {
      const value = await ports.sandbox.formula(ownText(configuration, 'expression') ?? '', inputs);
      return { outputs: outputsFrom(node.outputs, value, `the formula of “${node.name}”`) };
    }
    case 'rondo.script': {
      const value = await ports.sandbox.script(ownText(configuration, 'code') ?? '', inputs);
      return { outputs: outputsFrom(node.outputs, value, `the script of “${node.name}”`) };
    }
    case 'rondo.wait': {
      const seconds = Number(own(inputs, 'seconds') ?? own(configuration, 'seconds') ?? 0);
      if (!Number.isFinite(seconds) || seconds < 0)
        throw new StepError('INPUT_INVALID', `“${node.name}” must wait for a number of seconds.`);
      const wakeAt = new Date(ports.now().getTime() + seconds * 1000).toISOString();
      step.ask('timer', (id) => ({ id, path, for: 'timer', wakeAt }));
      return { outputs: {} };
    }
    default:
      throw new StepError(
        'TOOL_NOT_SUPPORTED',
        `“${node.name}” uses the built-in tool “${kind || name}”, which this version does not have.`,
      );
  }
}
