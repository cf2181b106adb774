import { rondoOf } from '@rondo/shared/oas/flow.ts';
import { type JsonObject, own, ownText } from '@rondo/shared/oas/json.ts';
import { StepError } from '../ports.ts';
import type { Step, StepResult } from '../step.ts';
import { render } from '../values/templates.ts';
import { fitTo, outputsFrom } from '../values/values.ts';

/** ClientTool: with an A2UI surface a review by a person, else a request to whoever started the run. */
export async function clientTool(step: Step, component: JsonObject, name: string): Promise<StepResult> {
  const { node, path, inputs } = step;
  const rondo = rondoOf(component);
  const surface = own(rondo, 'surface');
  const title = await render(ownText(rondo, 'title') ?? node.name, step);
  const outputs = [...node.outputs];
  const answer = step.ask(Array.isArray(surface) ? 'review' : 'tool', (id) =>
    Array.isArray(surface)
      ? { id, path, for: 'review', title, tool: name, surface, arguments: inputs, outputs }
      : { id, path, for: 'tool', tool: name, arguments: inputs, outputs },
  );
  switch (answer.kind) {
    case 'review':
      return {
        outputs: fitTo(
          node.outputs,
          { ...answer.values, decision: answer.decision },
          `the answer to “${node.name}”`,
          'OUTPUT_MISSING',
        ),
      };
    case 'result':
      return { outputs: outputsFrom(node.outputs, answer.value, `“${name}”`) };
    case 'error':
      throw new StepError('TOOL_FAILED', `“${name}” failed: ${answer.message}`);
    default:
      throw new StepError('ANSWER_INVALID', `“${node.name}” waits for a tool’s result, not for a ${answer.kind}.`);
  }
}
