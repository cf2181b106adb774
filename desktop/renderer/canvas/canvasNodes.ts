import type { GroupNode, NoteNode } from './frames/frameNodes.ts';
import type { StepNode } from './steps.ts';

/** Everything that stands on the canvas: steps, sticky notes, frames around steps. */
export type CanvasNode = StepNode | NoteNode | GroupNode;

export function isStep(node: CanvasNode): node is StepNode {
  return node.type === 'step';
}
