import { chain, post, say } from '@rondo/server/work/testFlows.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';

/**
 * A flow of so many light steps, the start and the end among them: each fills a template with the flow's input, and
 * the one in the middle decides by it.
 */
export function lightFlow(steps: number): JsonObject {
  const name = { title: 'name', type: 'string' };
  const between: JsonObject[] = Array.from({ length: steps - 2 }, (_, index) => ({
    ...say(`step${index}`, 'Step for {{ name }}.'),
    inputs: [name],
  }));
  const middle = Math.floor(between.length / 2);
  between[middle] = {
    component_type: 'BranchingNode',
    id: 'decide',
    name: 'decide',
    metadata: {},
    inputs: [name],
    mapping: { Ada: 'known' },
  };
  const flow = chain(between, [name], [name]);
  const edges = flow.control_flow_connections as JsonObject[];
  // Both branches go on to the same step.
  const ways = edges.flatMap((edge, index) =>
    index === middle + 1
      ? ['known', 'default'].map((branch) => ({ ...edge, id: branch, name: branch, from_branch: branch }))
      : [edge],
  );
  return { ...flow, name: `Bench ${steps}`, control_flow_connections: ways };
}

/** A flow of so many web calls, one after the other. */
export function webFlow(calls: number, url: string): JsonObject {
  const name = { title: 'name', type: 'string' };
  const steps = Array.from({ length: calls }, (_, index) => post(`call${index}`, url));
  return { ...chain(steps, [name], [name]), name: `Bench ${calls} calls` };
}

/** A map, twenty items side by side, over the numbers `iterated_n`: each goes through these steps as `n`. */
export function mapOver(steps: JsonObject[]): JsonObject {
  const n = { title: 'n', type: 'integer' };
  const inner = JSON.parse(
    JSON.stringify(chain(steps, [n], [n])).replace(/"(start|end|flow|edge\d+)"/g, '"item-$1"'),
  ) as JsonObject;
  return chain(
    [{ component_type: 'ParallelMapNode', id: 'map', name: 'map', metadata: {}, subflow: inner }],
    [{ title: 'iterated_n', type: 'array', items: n }],
    [{ title: 'collected_n', type: 'array', items: n }],
  );
}

/** A map whose items go through five light steps: about fifteen events an item. */
export function mapFlow(items: number): JsonObject {
  return { ...mapOver(['a', 'b', 'c', 'd', 'e'].map((id) => say(id))), name: `Bench ${items} items` };
}
