import { blankDocument, newEdge } from '@rondo/shared/oas/create.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';

/** The tool that every step of {@link chainText} calls. */
export const chainTool = 'pass_on';

/**
 * A document with a flow of so many steps: a start, tools in a row that pass one text on, and an end. One step in ten
 * has its control edge doubled by a decision, so that branches and ways are looked at, too.
 */
export function chainText(nodes: number): string {
  let next = 0;
  const newId = () => `00000000-0000-4000-8000-${String(++next).padStart(12, '0')}`;
  const blank = blankDocument(`A chain of ${nodes}`, { newId });
  const { startId, nodes: ends } = openFlow(blank);
  const endId = ends[1]?.id ?? '';
  const value = { title: 'value', type: 'string' };
  const entries = structuredClone(blank.$referenced_components) as JsonObject;
  const control: Json[] = [];
  const data: Json[] = [];
  let previous = startId;
  for (let i = 0; i < nodes - 2; i++) {
    const id = newId();
    const isDecision = i % 10 === 9;
    const shared = { id, name: `step ${i}`, description: null, metadata: {}, inputs: [value] };
    entries[id] = isDecision
      ? { component_type: 'BranchingNode', ...shared, outputs: [], branches: ['default', 'yes'], mapping: { y: 'yes' } }
      : { component_type: 'ToolNode', ...shared, outputs: [value], branches: ['next'], tool: tool(newId()) };
    control.push(newEdge({ from: previous, to: id }, newId()));
    data.push(newEdge({ source: startId, output: 'value', destination: id, input: 'value' }, newId()));
    if (isDecision) control.push(newEdge({ from: id, branch: 'yes', to: endId }, newId()));
    previous = id;
    if (isDecision) {
      // what follows a decision leaves by its default
      const follower = newId();
      entries[follower] = {
        component_type: 'ToolNode',
        ...shared,
        id: follower,
        name: `after ${i}`,
        outputs: [value],
        branches: ['next'],
        tool: tool(newId()),
      };
      control.push(newEdge({ from: id, branch: 'default', to: follower }, newId()));
      data.push(newEdge({ source: startId, output: 'value', destination: follower, input: 'value' }, newId()));
      previous = follower;
      i++;
    }
  }
  control.push(newEdge({ from: previous, to: endId }, newId()));
  for (const id of [startId]) entries[id] = { ...(entries[id] as JsonObject), inputs: [value], outputs: [value] };
  const tree: JsonObject = {
    ...blank,
    inputs: [value],
    nodes: Object.keys(entries).map((id) => ({ $component_ref: id })),
    control_flow_connections: control,
    data_flow_connections: data,
    $referenced_components: entries,
  };
  return JSON.stringify(tree, null, 2);

  function tool(id: string): JsonObject {
    return {
      component_type: 'ServerTool',
      id,
      name: chainTool,
      description: 'Gives back what it gets.',
      metadata: {},
      inputs: [value],
      outputs: [value],
      requires_confirmation: false,
    };
  }
}
