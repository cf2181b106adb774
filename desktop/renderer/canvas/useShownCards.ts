import { useMemo, useRef } from 'react';
import { useT, type Words } from '../messages/useT.ts';
import type { CanvasNode } from './canvasNodes.ts';
import { isStep } from './canvasNodes.ts';
import { useUi } from './EditorContext.tsx';
import { cardRole, frameLabel, stepLabel } from './labels.ts';
import { type Marks, useMarks } from './marks.ts';

interface Shown {
  /** what it was made of */
  node: CanvasNode;
  selected: boolean;
  problems: number;
  card: CanvasNode;
}

/** What was shown last, and what of. */
interface Before {
  words: Words;
  selection: readonly string[];
  extras: readonly string[];
  problems: Marks['problems'];
  cards: readonly Shown[];
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
  const before = useRef<Before>({ words: t, selection, extras, problems, cards: [] });
  return useMemo(() => {
    const { words, cards: old, ...sources } = before.current;
    const isAsked =
      words !== t || sources.selection !== selection || sources.extras !== extras || sources.problems !== problems;
    const chosen = new Set([...selection, ...extras]);
    const domAttributes = cardRole(t);
    let byId: Map<string, Shown> | undefined;
    /** what was shown of the card: mostly, it stands where it stood in the list */
    const shownBefore = (node: CanvasNode, index: number): Shown | undefined => {
      if (words !== t) return undefined;
      if (old[index]?.node.id === node.id) return old[index];
      byId ??= new Map(old.map((one) => [one.node.id, one]));
      return byId.get(node.id);
    };
    const cards = nodes.map((node, index): Shown => {
      const known = shownBefore(node, index);
      if (known?.node === node && !isAsked) return known;
      const selected = chosen.has(node.id);
      const count = problems.get(node.id)?.length ?? 0;
      if (known?.node === node && known.selected === selected && known.problems === count) return known;
      const again = known !== undefined && known.node.data === node.data && known.problems === count;
      const label = again ? known.card.ariaLabel : undefined;
      return { node, selected, problems: count, card: shownCard(node, selected, label) };
    });
    before.current = { words: t, selection, extras, problems, cards };
    return cards.map(({ card }) => card);

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
