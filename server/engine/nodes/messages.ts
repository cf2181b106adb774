import { ownText } from '@rondo/shared/oas/json.ts';
import { titleOf } from '@rondo/shared/oas/properties.ts';
import { said } from '@rondo/shared/words/said.ts';
import { StepError } from '../ports.ts';
import type { NodeCode } from '../step.ts';
import { render } from '../values/templates.ts';

/** OutputMessageNode: says its message. */
export const outputMessage: NodeCode = async (step) => {
  step.say(await render(ownText(step.node.component, 'message') ?? '', step));
  return { outputs: {} };
};

/** InputMessageNode: says its message, where it has one, and waits for what the user says. */
export const inputMessage: NodeCode = async (step) => {
  const { node, path, say, ask } = step;
  const message = ownText(node.component, 'message');
  const prompt = message === undefined ? null : await render(message, step);
  if (prompt !== null) say(prompt);
  const answer = ask('message', (id) => ({ id, path, for: 'message', prompt }));
  if (answer.kind !== 'message')
    throw new StepError('ANSWER_INVALID', said('failure.answer.message', { step: node.name, kind: answer.kind }));
  const [output] = node.outputs;
  return { outputs: output ? { [titleOf(output)]: answer.text } : {} };
};
