import type { CanvasNode } from '../canvasNodes.ts';
import { isStep } from '../canvasNodes.ts';

const placed = new WeakMap<CanvasNode, CanvasNode>();

/**
 * Cards for the overview. They show nothing of themselves but their name to who points at them, and stand at their place
 * without a transform of their own: the browser keeps paint apart for each transform, and goes through it in every frame.
 */
export function placedCards(nodes: readonly CanvasNode[]): CanvasNode[] {
  return nodes.map((node) => {
    if (!isStep(node)) return node;
    const known = placed.get(node);
    if (known) return known;
    const { x, y } = node.position;
    const card = {
      ...node,
      className: 'overview-card',
      style: { transform: 'none', left: x, top: y },
      domAttributes: { ...node.domAttributes, title: node.data.name },
    };
    placed.set(node, card);
    return card;
  });
}
