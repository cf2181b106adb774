import { connectSteps, earlierSteps, edgeKey } from '../drawing.ts';
import type { GestureDraft } from '../gesture.ts';

/**
 * Moves a step to another way out: what came before it goes on to what came after it, where that is one step; at its
 * new place it stands between the way out and what that led to. Its values stay.
 *
 * @returns false where nothing was changed: the step is there already, starts the flow, or would follow itself
 */
export function moveStep(draft: GestureDraft, id: string, place: { node: string; branch: string }): boolean {
  const view = draft.view();
  const isThere = view.controlEdges.some(
    (edge) => edge.from === place.node && edge.branch === place.branch && edge.to === id,
  );
  if (id === view.startId || id === place.node || isThere) return false;
  const incoming = view.controlEdges.filter((edge) => edge.to === id && edge.from !== id);
  const outgoing = view.controlEdges.filter((edge) => edge.from === id);
  const targets = [...new Set(outgoing.map((edge) => edge.to))];
  const target = targets.length === 1 && targets[0] !== id ? targets[0] : undefined;
  // a fork takes what is on its branches along, and cannot stand behind that
  const isBehind = earlierSteps(view, place.node).some((step) => step.id === id);
  if (target === undefined && isBehind) return false;
  for (const edge of outgoing) {
    // a fork keeps its branches' steps; a step in a row leaves them where they are
    if (target !== undefined) draft.run({ type: 'disconnect', flow: view.id, edge: edgeKey(edge) });
  }
  for (const edge of incoming) {
    if (target !== undefined && edge.from !== target) connectSteps(draft, edge.from, edge.branch, target);
    else draft.run({ type: 'disconnect', flow: view.id, edge: edgeKey(edge) });
  }
  const after = draft.view().controlEdges.find((edge) => edge.from === place.node && edge.branch === place.branch)?.to;
  connectSteps(draft, place.node, place.branch, id);
  const moved = draft.node(id);
  const used = new Set(
    draft
      .view()
      .controlEdges.filter((edge) => edge.from === id)
      .map((edge) => edge.branch),
  );
  const free = moved?.branches.find((branch) => !used.has(branch));
  if (after !== undefined && after !== id && free !== undefined) connectSteps(draft, id, free, after);
  return true;
}
