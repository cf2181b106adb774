import { chain, say } from '@rondo/server/work/testFlows.ts';
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
