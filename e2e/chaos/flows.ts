import { chain, post } from '@rondo/server/work/testFlows.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';

const base = (type: string, id: string): JsonObject => ({ component_type: type, id, name: id, metadata: {} });
const number = (title: string, more: JsonObject = {}): JsonObject => ({ title, type: 'integer', ...more });
const text = (title: string, more: JsonObject = {}): JsonObject => ({ title, type: 'string', ...more });

function builtin(id: string, kind: string, configuration: JsonObject, inputs: JsonObject[], outputs: JsonObject[]) {
  const tool = { ...base('BuiltinTool', `${id}-tool`), tool_type: kind, configuration, inputs, outputs };
  return { ...base('ToolNode', id), tool, inputs, outputs };
}

/** Ids of flows inside must differ from those around them. */
function inside(prefix: string, flow: JsonObject): JsonObject {
  const json = JSON.stringify(flow).replace(/"(start|end|flow|edge\d+)"/g, (_whole, id: string) => `"${prefix}-${id}"`);
  return JSON.parse(json) as JsonObject;
}

/** The mixture: each kind of run that can be lost somewhere. Addresses are those of the counting outside. */
export function mixture(outside: string): Record<FlowKind, JsonObject> {
  const steps = (...ids: string[]) => ids.map((id) => post(id, outside));
  const item = inside(
    'item',
    chain([{ ...post('each', outside), inputs: [number('n')], data: { n: '{{ n }}' } }], [number('n')], [number('n')]),
  );
  const map: JsonObject = {
    ...base('ParallelMapNode', 'map'),
    metadata: { __metadata_info__: { rondo: { concurrency: 3 } } },
    subflow: item,
  };
  const list = { title: 'iterated_n', type: 'array', items: number('n') };
  const collected = { title: 'collected_n', type: 'array', items: number('n') };
  return {
    steps: chain(steps('one', 'two', 'three', 'four', 'five'), [number('n')], [number('n')]),
    map: chain([map, post('after', outside)], [list], [collected]),
    wait: chain(
      [post('before', outside), builtin('wait', 'rondo.wait', { seconds: 1 }, [], []), post('after', outside)],
      [number('n')],
      [number('n')],
    ),
    review: chain(
      [
        post('before', outside),
        {
          ...base('InputMessageNode', 'ask'),
          message: 'Is {{ n }} right?',
          inputs: [number('n')],
          outputs: [text('said')],
        },
        post('after', outside),
      ],
      [number('n')],
      [text('said')],
    ),
    event: chain(
      [
        post('before', outside),
        builtin(
          'wait',
          'rondo.wait',
          { mode: 'event', event: 'chaos', key: '{{ n }}' },
          [number('n')],
          [text('payload')],
        ),
        post('after', outside),
      ],
      [number('n')],
      [text('payload')],
    ),
    parent: chain(
      [
        post('before', outside),
        builtin('child', 'rondo.run_flow', { flow: 'steps' }, [number('n')], [number('n')]),
        post('after', outside),
      ],
      [number('n')],
      [number('n')],
    ),
  };
}

export const flowKinds = ['steps', 'map', 'wait', 'review', 'event', 'parent'] as const;
export type FlowKind = (typeof flowKinds)[number];

/** A run that the chaos has started, and what must become of it. */
export interface Started {
  kind: FlowKind;
  n: number;
  runId: string;
  /** a review that nobody decides: its run must wait for it at the end */
  staysOpen: boolean;
}
