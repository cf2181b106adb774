import type { Words } from '../messages/useT.ts';
import type { CanvasNode } from './canvasNodes.ts';
import type { FlowLine } from './steps.ts';

function nameOf(node: CanvasNode | undefined): string {
  if (node?.type === 'step') return node.data.name;
  return node?.type === 'frame' ? node.data.group.name : '';
}

/** Gives each line that has no name yet one for a screen reader: from which step to which. */
export function spokenLines(lines: FlowLine[], nodes: readonly CanvasNode[], t: Words): FlowLine[] {
  // while a card is dragged its lines stay the same, and nothing is made of them again
  if (lines.every((line) => line.ariaLabel)) return lines;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return lines.map((line) => {
    if (line.ariaLabel) return line;
    const words = { from: nameOf(byId.get(line.source)), to: nameOf(byId.get(line.target)) };
    return { ...line, ariaLabel: t('canvas.line.label', words) };
  });
}
