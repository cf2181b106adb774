import { chain, say } from '@rondo/server/work/testFlows.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';

/** A flow of so many light steps, the start and the end among them: each fills a template with the flow's input. */
export function lightFlow(steps: number): JsonObject {
  const name = { title: 'name', type: 'string' };
  const between = Array.from({ length: steps - 2 }, (_, index) => ({
    ...say(`step${index}`, 'Step for {{ name }}.'),
    inputs: [name],
  }));
  return { ...chain(between, [name], [name]), name: `Bench ${steps}` };
}
