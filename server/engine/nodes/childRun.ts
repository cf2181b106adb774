import { asText } from '@rondo/shared/oas/casts.ts';
import { type JsonObject, own } from '@rondo/shared/oas/json.ts';
import { titleOf } from '@rondo/shared/oas/properties.ts';
import { StepError } from '../ports.ts';
import type { Step, StepResult } from '../step.ts';
import { render } from '../values/templates.ts';
import { fitTo } from '../values/values.ts';

/**
 * `rondo.run_flow`: starts a run of another published flow and waits for its end; `detached` starts it only. Each try
 * starts a run of its own, and a try that was cut off finds the one that it had started.
 */
export async function childRun(step: Step, configuration: JsonObject): Promise<StepResult> {
  const { node, path, inputs, attempt } = step;
  const start = step.ports.startChild;
  if (!start) throw new StepError('CHILD_NOT_HERE', `“${node.name}” needs a server: a file runs by itself.`);
  const flow = await render(asText(own(configuration, 'flow') ?? ''), inputs, step.ports.sandbox);
  if (flow === '') throw new StepError('FLOW_MISSING', `“${node.name}” names no flow. Choose a published one.`);
  const detached = own(configuration, 'detached') === true;
  const name = `run${attempt}`;
  const waitId = `${path}!${name}`;
  const child = step.answered(name)
    ? undefined
    : await step.outside(({ idempotencyKey }) =>
        start({ flow, inputs, key: idempotencyKey, path, waitId: detached ? '' : waitId }),
      );
  if (detached)
    return { outputs: Object.fromEntries(node.outputs.map((output) => [titleOf(output), child?.runId ?? null])) };
  const answer = step.ask(name, (id) => ({
    id,
    path,
    for: 'run',
    flow: child?.flowName ?? flow,
    runId: child?.runId ?? '',
  }));
  if (answer.kind !== 'run')
    throw new StepError('ANSWER_INVALID', `“${node.name}” waits for a run, not for a ${answer.kind}.`);
  if (answer.state === 'succeeded')
    return { outputs: fitTo(node.outputs, answer.outputs, `what “${flow}” gave`, 'OUTPUT_MISSING') };
  const why = answer.error ? `: ${answer.error.message}` : '';
  throw new StepError(
    answer.state === 'failed' ? 'CHILD_FAILED' : 'CHILD_CANCELLED',
    answer.state === 'failed' ? `The run of “${flow}” failed${why}` : `The run of “${flow}” was cancelled.`,
    { retryable: true },
  );
}
