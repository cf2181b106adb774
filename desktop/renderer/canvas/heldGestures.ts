import type { MergeResult } from '@rondo/shared/oas/compare/merge.ts';
import { mergeDocuments } from '@rondo/shared/oas/compare/merge.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { DraftService } from './draftService.ts';
import type { HeldGestures } from './pendingGestures.ts';
import { replayed, takenBack } from './replay.ts';

/** Held gestures as the person is asked about them. */
export interface Held {
  reason: HeldGestures['reason'];
  message: string;
  label: string;
  /** the document that they were made on, and what they made of it */
  base: JsonObject;
  mine: JsonObject;
}

/** What one gesture that stands for several is called. */
export function labelOf({ gestures }: HeldGestures): string {
  const [first] = gestures;
  const label = first?.label ?? '';
  return (gestures.length > 1 ? `${label} +${gestures.length - 1}` : label).slice(0, 200);
}

/**
 * The documents of held gestures: the one that they were made on is found by taking back what came since.
 * @param draft the newest draft
 */
export async function documentsOf(
  held: HeldGestures,
  draft: { tree: JsonObject; seq: number },
  service: DraftService,
): Promise<{ base: JsonObject; mine: JsonObject }> {
  const edits = draft.seq > held.seq ? await service.since(held.seq, draft.seq) : [];
  const base = takenBack(draft.tree, edits) ?? draft.tree;
  const mine = replayed(base, held.gestures);
  if (mine) return { base, mine };
  // They are not of this history (a server that was put back to an older state): what fits of them is kept.
  const fitting = held.gestures.reduce((tree, gesture) => replayed(tree, [gesture]) ?? tree, base);
  return { base, mine: fitting };
}

/** The person's state put together with the newest draft: the draft leads, and what both changed is a conflict. */
export function mergedOnto(draft: JsonObject, { base, mine }: { base: JsonObject; mine: JsonObject }): MergeResult {
  return mergeDocuments(base, draft, mine);
}
