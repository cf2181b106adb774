import { placeholders } from '@rondo/shared/oas/inference.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { configurationOf } from '../componentParts.ts';
import { declare } from '../dataGestures.ts';
import type { GestureDraft } from '../gesture.ts';
import { partOf, setIn, titleOf } from '../gesture.ts';

/**
 * Writes fields of a built-in tool's configuration; an absent value takes a field away. Inputs that its texts ask for
 * are declared, and those that no text asks for any more go; inputs that were never in a text stay.
 */
export function configure(draft: GestureDraft, nodeId: string, change: { [field: string]: Json | undefined }): void {
  const node = draft.node(nodeId);
  const tool = node && partOf(draft.tree, node.component, 'tool');
  if (!node || !tool) return;
  const old = configurationOf(draft.tree, node.component);
  const next: JsonObject = {};
  for (const [field, value] of Object.entries({ ...old, ...change })) if (value !== undefined) next[field] = value;
  draft.run(setIn(tool, 'configuration', next));
  const before = new Set(asked(old));
  const now = asked(next);
  const kept = node.inputs.filter((input) => now.includes(titleOf(input)) || !before.has(titleOf(input)));
  const fresh = now.filter((name) => !kept.some((input) => titleOf(input) === name));
  if (fresh.length === 0 && kept.length === node.inputs.length) return;
  declare(draft, nodeId, 'inputs', [...kept, ...fresh.map((title) => ({ title, type: 'string' }))]);
}

function asked(configuration: JsonObject): string[] {
  return [
    ...new Set(Object.values(configuration).flatMap((value) => (typeof value === 'string' ? placeholders(value) : []))),
  ];
}
