import { newNode } from '@rondo/shared/oas/create.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { chainText } from './oasFlow.ts';

const column = 312;
const row = 160;

/** The name of the step with a prompt in a {@link drawnFlow}. */
export const promptStep = 'step 3';

/**
 * The text of a flow of so many steps as somebody drew it: in rows, about as wide as it is high, the fourth step with a
 * prompt.
 */
export function drawnFlow(steps: number): string {
  const tree = JSON.parse(chainText(steps)) as JsonObject & { $referenced_components: Record<string, JsonObject> };
  const entries = tree.$referenced_components;
  const across = Math.ceil(Math.sqrt(steps * 0.6));
  Object.entries(entries).forEach(([id, entry], index) => {
    const line = Math.floor(index / across);
    const place = { x: (index % across) * column, y: line * row };
    const drawn =
      entry.name === promptStep
        ? {
            ...newNode('ai', { name: promptStep }),
            id,
            inputs: entry.inputs ?? [],
            prompt_template: 'Say something about {{ value }}.',
          }
        : entry;
    entries[id] = { ...drawn, metadata: { __metadata_info__: { rondo: { position: place } } } };
  });
  return JSON.stringify(tree);
}
