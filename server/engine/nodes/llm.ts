import { fits } from '@rondo/shared/oas/casts.ts';
import { isObject, type Json, type JsonObject, own, ownText } from '@rondo/shared/oas/json.ts';
import { type Property, titleOf, typeSaid } from '@rondo/shared/oas/properties.ts';
import { inEnglish, quoted, type Said, said } from '@rondo/shared/words/said.ts';
import { type ModelAnswer, type ModelRequest, StepError } from '../ports.ts';
import { withSensitive } from '../resolve.ts';
import { retryPolicyOf } from '../retry.ts';
import type { NodeCode } from '../step.ts';
import { render } from '../values/templates.ts';
import { castTo } from '../values/values.ts';

/**
 * LlmNode: one text output takes what the model writes; any other outputs are filled by structured generation. An
 * answer that lacks a field, or has one of another type, is asked for once more with what was wrong (oas.md).
 */
export const llm: NodeCode = async (step) => {
  const { tree, node, path, ports, outside, keepSecret } = step;
  const prompt = await render(ownText(node.component, 'prompt_template') ?? '', step);
  const config = await withSensitive(tree, own(node.component, 'llm_config'), ports, keepSecret);
  if (!config) throw new StepError('MODEL_MISSING', said('failure.modelMissing', { step: node.name }));
  const structured = isPlainText(node.outputs) ? null : schemaOf(node.outputs);
  const request: ModelRequest = {
    config,
    messages: [{ role: 'user', content: prompt }],
    schema: structured,
    onToken: (text) => ports.onToken?.(path, text),
  };
  return outside(
    async (context) => {
      const answer = await ports.models.complete(request, context);
      if (!structured) {
        const [output] = node.outputs;
        return { outputs: output ? { [titleOf(output)]: answer.text } : {}, usage: answer.usage };
      }
      const wrong = whatIsWrong(node.outputs, answer.value);
      if (wrong === undefined) return { outputs: picked(node.outputs, answer.value, node.name), usage: answer.usage };
      const again = await ports.models.complete(
        {
          ...request,
          messages: [
            ...request.messages,
            { role: 'assistant', content: answer.text },
            { role: 'user', content: `${inEnglish(wrong)} Answer again with JSON that fits the schema.` },
          ],
        },
        { ...context, idempotencyKey: `${context.idempotencyKey}:again` },
      );
      const still = whatIsWrong(node.outputs, again.value);
      if (still !== undefined)
        throw new StepError('OUTPUT_INVALID', said('failure.modelAnswer', { step: node.name, wrong: still }), {
          retryable: true,
        });
      return { outputs: picked(node.outputs, again.value, node.name), usage: sum(answer.usage, again.usage) };
    },
    retryPolicyOf(tree, config),
  );
};

function isPlainText(outputs: readonly Property[]): boolean {
  return outputs.length === 1 && outputs[0]?.type === 'string' && outputs[0].enum === undefined;
}

function schemaOf(outputs: readonly Property[]): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(outputs.map((output) => [titleOf(output), output])),
    required: outputs.map(titleOf),
    additionalProperties: false,
  };
}

function whatIsWrong(outputs: readonly Property[], value: Json | undefined): Said | undefined {
  if (!isObject(value)) return said('failure.modelAnswer.object');
  for (const output of outputs) {
    const title = titleOf(output);
    const item = own(value, title);
    if (item === undefined) return said('failure.modelAnswer.missing', { title });
    if (!fits(item, output)) return said('failure.modelAnswer.type', { title, type: typeSaid(output) });
  }
  return undefined;
}

function picked(outputs: readonly Property[], value: Json | undefined, name: string): JsonObject {
  const given = isObject(value) ? value : {};
  return Object.fromEntries(
    outputs.map((output) => [
      titleOf(output),
      castTo(given[titleOf(output)] ?? null, output, said('whose.of', { title: titleOf(output), what: quoted(name) })),
    ]),
  );
}

function sum(a: ModelAnswer['usage'], b: ModelAnswer['usage']): ModelAnswer['usage'] {
  return { model: b.model, inputTokens: a.inputTokens + b.inputTokens, outputTokens: a.outputTokens + b.outputTokens };
}
