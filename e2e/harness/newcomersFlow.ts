import type { FlowView } from '@rondo/shared/oas/flow.ts';
import { isObject } from '@rondo/shared/oas/json.ts';

const titles = (properties: readonly { title?: unknown; type?: unknown }[]) =>
  properties.map(({ title, type }) => `${title}: ${type}`);

/** A flow without what differs each time it is drawn: ids and places. */
export function shapeOf(view: FlowView) {
  const name = (id: string) => view.nodeById.get(id)?.name ?? id;
  return {
    steps: Object.fromEntries(
      view.nodes.map(({ name: step, type, inputs, outputs, component }) => [
        step,
        {
          type,
          inputs: titles(inputs),
          outputs: titles(outputs),
          ...(typeof component.prompt_template === 'string' && { prompt: component.prompt_template }),
          ...(typeof component.message === 'string' && { message: component.message }),
          ...(isObject(component.mapping) && { mapping: component.mapping }),
        },
      ]),
    ),
    ways: view.controlEdges.map(({ from, branch, to }) => `${name(from)} [${branch}] > ${name(to)}`).sort(),
    values: view.dataEdges
      .map((edge) => `${name(edge.source)}.${edge.output} > ${name(edge.destination)}.${edge.input}`)
      .sort(),
  };
}

const given = ['customer: string', 'complaint: string'];

/** What the newcomer's flow must be. */
export const newcomersFlow: ReturnType<typeof shapeOf> = {
  steps: {
    Start: { type: 'StartNode', inputs: given, outputs: given },
    'Write with AI': {
      type: 'LlmNode',
      inputs: given,
      outputs: ['generated_text: string'],
      prompt: 'Write a short answer to {{ customer }}, who says: {{ complaint }}',
    },
    'Ask for a review': {
      type: 'ToolNode',
      inputs: ['customer: string', 'generated_text: string'],
      outputs: ['decision: string', 'comment: string'],
    },
    Decide: {
      type: 'BranchingNode',
      inputs: ['decision: string'],
      outputs: [],
      mapping: { reject: 'reject', approve: 'approve' },
    },
    'Show a message': {
      type: 'OutputMessageNode',
      inputs: ['customer: string', 'generated_text: string'],
      outputs: [],
      message: 'To {{ customer }}: {{ generated_text }}',
    },
    End: { type: 'EndNode', inputs: [], outputs: [] },
    'End 2': { type: 'EndNode', inputs: [], outputs: [] },
  },
  ways: [
    'Ask for a review [next] > Decide',
    'Decide [approve] > Show a message',
    'Decide [default] > End',
    'Decide [reject] > End',
    'Show a message [next] > End 2',
    'Start [next] > Write with AI',
    'Write with AI [next] > Ask for a review',
  ],
  values: [
    'Ask for a review.decision > Decide.decision',
    'Start.complaint > Write with AI.complaint',
    'Start.customer > Ask for a review.customer',
    'Start.customer > Show a message.customer',
    'Start.customer > Write with AI.customer',
    'Write with AI.generated_text > Ask for a review.generated_text',
    'Write with AI.generated_text > Show a message.generated_text',
  ],
};
