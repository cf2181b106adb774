import { rondoOf } from '@rondo/shared/oas/flow.ts';
import { type JsonObject, own, ownText } from '@rondo/shared/oas/json.ts';
import { type Assignment, assignmentOf, dueSecondsOf, isForEveryone } from '@rondo/shared/runs/assignment.ts';
import { quoted, said } from '@rondo/shared/words/said.ts';
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
  const due = dueSecondsOf(rondo);
  const dueAt = due === undefined ? undefined : new Date(step.ports.now().getTime() + due * 1000).toISOString();
  const assign = await assigned(assignmentOf(rondo), step);
  const whom = { ...(!isForEveryone(assign) && { assign }), ...(dueAt !== undefined && { dueAt }) };
  const answer = step.ask(Array.isArray(surface) ? 'review' : 'tool', (id) =>
    Array.isArray(surface)
      ? { id, path, for: 'review', title, tool: name, surface, arguments: inputs, outputs, ...whom }
      : { id, path, for: 'tool', tool: name, arguments: inputs, outputs },
  );
  switch (answer.kind) {
    case 'review':
      return {
        outputs: fitTo(
          node.outputs,
          { ...answer.values, decision: answer.decision },
          said('whose.answer', { step: node.name }),
          'OUTPUT_MISSING',
        ),
      };
    case 'result':
      return { outputs: outputsFrom(node.outputs, answer.value, quoted(name)) };
    case 'error':
      throw new StepError('TOOL_FAILED', said('failure.tool', { tool: name, reason: answer.message }));
    default:
      throw new StepError('ANSWER_INVALID', said('failure.answer.result', { step: node.name, kind: answer.kind }));
  }
}

/** Whom it is for, with values in place of templates; addresses in small letters, each once. */
async function assigned({ people, groups }: Assignment, step: Step): Promise<Assignment> {
  const all = async (texts: string[]) => Promise.all(texts.map(async (text) => (await render(text, step)).trim()));
  const once = (texts: string[]) => [...new Set(texts.filter((text) => text !== ''))];
  return {
    people: once((await all(people)).map((address) => address.toLowerCase())),
    groups: once(await all(groups)),
  };
}
