import { useMemo, useRef } from 'react';
import { useT } from '../messages/useT.ts';
import type { CanvasNode } from './canvasNodes.ts';
import { isStep } from './canvasNodes.ts';
import { useUi } from './EditorContext.tsx';
import { cardRole, frameLabel, stepLabel } from './labels.ts';
import { useMarks } from './marks.ts';

interface Shown {
  /** what it was made of */
  node: CanvasNode;
  selected: boolean;
  problems: number;
  card: CanvasNode;
}

/**
 * The cards with what is selected among them, and with what a screen reader says of each. A card that stays as it was
 * stays the same object: while one is dragged, the others are not drawn again.
 */
export function useShownCards(nodes: readonly CanvasNode[]): CanvasNode[] {
  const t = useT();
  const selection = useUi((state) => state.selection);
  const extras = useUi((state) => state.extras);
  const problems = useMarks((state) => state.problems);
  const before = useRef<{ words: typeof t; cards: ReadonlyMap<string, Shown> }>({ words: t, cards: new Map() });
  return useMemo(() => {
    const chosen = new Set([...selection, ...extras]);
    const domAttributes = cardRole(t);
    const old = before.current.words === t ? before.current.cards : new Map<string, Shown>();
    const cards = new Map<string, Shown>();
    for (const node of nodes) {
      const selected = chosen.has(node.id);
      const count = problems.get(node.id)?.length ?? 0;
      const known = old.get(node.id);
      if (known && known.node === node && known.selected === selected && known.problems === count) {
        cards.set(node.id, known);
        continue;
      }
      const again = known !== undefined && known.node.data === node.data && known.problems === count;
      const label = again ? known.card.ariaLabel : undefined;
      cards.set(node.id, { node, selected, problems: count, card: shownCard(node, selected, label) });
    }
    before.current = { words: t, cards };
    return [...cards.values()].map(({ card }) => card);

    function shownCard(node: CanvasNode, selected: boolean, label: string | undefined): CanvasNode {
      if (isStep(node)) {
        const ariaLabel = label ?? stepLabel(node, problems.get(node.id)?.length ?? 0, t);
        return { ...node, selected, domAttributes, ariaLabel };
      }
      // what is selected comes to the front; a frame stays behind its steps all the same
      const behind = node.type === 'frame' && !node.data.group.folded && selected ? { zIndex: -1002 } : {};
      return { ...node, ...behind, selected, ariaLabel: label ?? frameLabel(node, t) };
    }
  }, [nodes, selection, extras, problems, t]);
}
