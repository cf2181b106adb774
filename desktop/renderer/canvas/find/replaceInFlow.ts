import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { settleInputs } from '../dataGestures.ts';
import { draftGesture } from '../gesture.ts';
import type { Found } from './findInFlow.ts';
import { replacedText } from './findInFlow.ts';

export interface Replacement {
  found: Found;
  /** one place of the text only */
  only?: number;
}

/**
 * The commands that replace texts that were found, as one gesture over all flows of the document. Where a new text asks
 * for other values, the step's inputs follow. Placeholders, ids and names of values stay.
 *
 * @throws EditError when a text would not fit its place
 */
export function replaceInFlow(
  tree: JsonObject,
  replacements: readonly Replacement[],
  length: number,
  by: string,
): EditCommand[] {
  const commands: EditCommand[] = [];
  let now = tree;
  for (const { found, only } of replacements) {
    const value = replacedText(found, length, by, only);
    if (value === found.text || (found.pointer === '/name' && value.trim() === '')) continue;
    const draft = draftGesture(now, found.flow);
    draft.run({ type: 'set', component: found.component, pointer: found.pointer, value });
    if (draft.node(found.node)) settleInputs(draft, found.node);
    commands.push(...draft.commands);
    now = draft.tree;
  }
  return commands;
}
