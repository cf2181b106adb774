import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { describe, expect, it } from 'vitest';
import { feed } from './dataGestures.ts';
import { decideByFormula } from './decideByFormula.ts';
import { draftGesture } from './gesture.ts';
import type { PickedValue } from './inspector/values/valuePath.ts';
import { everyItem } from './inspector/values/valuePath.ts';
import { takeValue } from './takeValue.ts';

const order: JsonObject = { title: 'order', type: 'object', properties: { total: { type: 'number' } } };
const ref = (id: string) => ({ $component_ref: id });
const edge = (id: string, from: string, to: string) => ({
  component_type: 'ControlFlowEdge',
  id,
  name: id,
  from_node: ref(from),
  to_node: ref(to),
});
const document: JsonObject = {
  component_type: 'Flow',
  id: 'flow',
  name: 'flow',
  agentspec_version: '26.1.2',
  inputs: [order],
  outputs: [{ title: 'total', type: 'number' }],
  start_node: ref('start'),
  nodes: [ref('start'), ref('end')],
  control_flow_connections: [edge('one', 'start', 'end')],
  data_flow_connections: [],
  $referenced_components: {
    start: {
      component_type: 'StartNode',
      id: 'start',
      name: 'Start',
      inputs: [order],
      outputs: [order],
      branches: ['next'],
    },
    end: {
      component_type: 'EndNode',
      id: 'end',
      name: 'End',
      inputs: [{ title: 'total', type: 'number' }],
      outputs: [{ title: 'total', type: 'number' }],
      branches: [],
    },
  },
};
const options = { positions: new Map(), stepName: (value: string) => `Take ${value}` };
const total: PickedValue = { node: 'start', output: 'order', path: ['total'], schema: { type: 'number' } };

describe('a value inside of an output', () => {
  it('is taken out by a formula right before the step that wants it, in a document without problems', () => {
    const draft = draftGesture(document, 'flow');
    const source = takeValue(draft, 'end', total, options);
    feed(draft, 'end', 'total', source);
    const view = openFlow(draft.tree);
    const step = view.nodes.find((node) => node.name === 'Take total');
    expect(step?.outputs).toEqual([{ title: 'total', type: 'number' }]);
    expect(step?.inputs).toEqual([order]);
    expect(view.controlEdges.map(({ from, to }) => [from, to])).toEqual(
      expect.arrayContaining([
        ['start', step?.id],
        [step?.id, 'end'],
      ]),
    );
    expect(view.controlEdges).toHaveLength(2);
    expect(validate(draft.tree).filter((problem) => problem.severity === 'error')).toEqual([]);
  });
  it('is taken out once: who wants it again gets the same step', () => {
    const draft = draftGesture(document, 'flow');
    const first = takeValue(draft, 'end', total, options);
    expect(takeValue(draft, 'end', total, options)).toEqual(first);
    expect(draft.view().nodes).toHaveLength(3);
    const each: PickedValue = { ...total, path: ['lines', everyItem, 'price'] };
    expect(takeValue(draft, 'end', each, options).node).not.toBe(first.node);
    expect(draft.view().nodes).toHaveLength(4);
  });
  it('is not needed for a whole output', () => {
    const draft = draftGesture(document, 'flow');
    expect(takeValue(draft, 'end', { ...total, path: [] }, options)).toEqual({ node: 'start', output: 'order' });
    expect(draft.commands).toEqual([]);
  });
});

describe('a decision by a condition', () => {
  const decide = {
    component_type: 'BranchingNode',
    id: 'decide',
    name: 'Decide',
    inputs: [{ title: 'value', type: 'string' }],
    outputs: [],
    branches: ['default', 'yes'],
    mapping: { yes: 'yes' },
  };
  const amount = { title: 'amount', type: 'number' };
  const parts = document.$referenced_components as JsonObject;
  const decided: JsonObject = {
    ...document,
    inputs: [amount],
    outputs: [],
    nodes: [ref('start'), ref('decide'), ref('end')],
    control_flow_connections: [
      edge('one', 'start', 'decide'),
      edge('two', 'decide', 'end'),
      { ...edge('three', 'decide', 'end'), from_branch: 'yes' },
    ].map((one) => (one.id === 'two' ? { ...one, from_branch: 'default' } : one)),
    $referenced_components: {
      start: { ...(parts.start as JsonObject), inputs: [amount], outputs: [amount] },
      end: { ...(parts.end as JsonObject), inputs: [], outputs: [] },
      decide,
    },
  };
  it('has a formula before it that says yes or no, in a document without problems', () => {
    const draft = draftGesture(decided, 'flow');
    const id = decideByFormula(
      draft,
      'decide',
      { node: 'start', output: 'amount' },
      { positions: new Map(), stepName: 'Check' },
    );
    const view = openFlow(draft.tree);
    expect(view.nodeById.get(id ?? '')?.component).toMatchObject({
      tool: { configuration: { expression: 'amount > 100 ? "yes" : "no"' } },
    });
    expect(
      view.dataEdges.map(({ source, output, destination, input }) => [source, output, destination, input]),
    ).toEqual([
      ['start', 'amount', id, 'amount'],
      [id, 'answer', 'decide', 'answer'],
    ]);
    expect(validate(draft.tree).filter((problem) => problem.severity === 'error')).toEqual([]);
  });
});
