import { chain } from '@rondo/server/work/testFlows.ts';
import { newNode } from '@rondo/shared/oas/create.ts';
import { isObject, type JsonObject } from '@rondo/shared/oas/json.ts';

/** The inputs of an {@link ordersFlow}. */
export const customer: JsonObject = { title: 'customer', type: 'string' };
export const order: JsonObject = {
  title: 'order',
  type: 'object',
  properties: {
    total: { type: 'number' },
    lines: { type: 'array', items: { type: 'object', properties: { price: { type: 'number' } } } },
  },
};
const reply: JsonObject = { title: 'generated_text', type: 'string', default: '' };

/**
 * A flow that writes about an order: a start with {@link customer} and {@link order}, the step `answer` and an end.
 *
 * @param prompt what the step writes, and `inputs` what it takes
 * @param data the data edges: a list, or null for values that find each other by name
 */
export function ordersFlow(prompt: string, inputs: JsonObject[], data: [] | null): JsonObject {
  const write = { ...newNode('ai', { name: 'Answer' }), id: 'answer', inputs, prompt_template: prompt };
  const drawing = chain([write], [customer, order], [reply]);
  const nodes = Array.isArray(drawing.nodes) ? drawing.nodes.filter(isObject) : [];
  return {
    ...drawing,
    name: 'Orders',
    agentspec_version: '26.1.2',
    data_flow_connections: data,
    nodes: nodes.map((node) => ({ $component_ref: String(node.id) })),
    $referenced_components: Object.fromEntries(nodes.map((node) => [String(node.id), node])),
  };
}
