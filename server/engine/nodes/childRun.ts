import { asText } from '@rondo/shared/oas/casts.ts';
import { type JsonObject, own } from '@rondo/shared/oas/json.ts';
import { titleOf } from '@rondo/shared/oas/properties.ts';
import type { RunError } from '@rondo/shared/runs/events.ts';
import { type Said, said } from '@rondo/shared/words/said.ts';
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
  if (!start) throw new StepError('CHILD_NOT_HERE', said('failure.childNotHere', { step: node.name }));
  const wanted = await render(asText(own(configuration, 'flow') ?? ''), step);
  if (wanted === '') throw new StepError('FLOW_MISSING', said('failure.childNone', { step: node.name }));
  const begin = (waitId: string) =>
    step.outside(({ idempotencyKey }) => start({ flow: wanted, inputs, key: idempotencyKey, path, waitId }));
  if (own(configuration, 'detached') === true) {
    const { runId } = await begin('');
    return { outputs: Object.fromEntries(node.outputs.map((output) => [titleOf(output), runId])) };
  }
  const name = `run${attempt}`;
  const asked = step.asked(name);
  const child = asked?.for === 'run' ? { runId: asked.runId, flowName: asked.flow } : await begin(`${path}!${name}`);
  const { runId, flowName } = child;
  const answer = step.ask(name, (id) => ({ id, path, for: 'run', flow: flowName, runId }));
  if (answer.kind !== 'run')
    throw new StepError('ANSWER_INVALID', said('failure.answer.run', { step: node.name, kind: answer.kind }));
  switch (answer.state) {
    case 'succeeded':
      return { outputs: fitTo(node.outputs, answer.outputs, said('whose.gave', { flow: flowName }), 'OUTPUT_MISSING') };
    case 'failed':
      throw new StepError('CHILD_FAILED', failedFor(flowName, answer.error), {
        retryable: true,
        details: { runId },
      });
    case 'cancelled':
      throw new StepError('CHILD_CANCELLED', said('failure.childCancelled', { flow: flowName }), {
        retryable: true,
        details: { runId },
      });
  }
}

function failedFor(flow: string, error: RunError | undefined): Said {
  return error
    ? said('failure.childFor', { flow, reason: error.said ?? error.message })
    : said('failure.child', { flow });
}
