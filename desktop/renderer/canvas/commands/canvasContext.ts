import type { ControlEdgeView, FlowView, NodeView } from '@rondo/shared/oas/flow.ts';
import type { ReactFlowInstance } from '@xyflow/react';
import type { Words } from '../../messages/useT.ts';
import type { CanvasNode } from '../canvasNodes.ts';
import type { EditorPage, MakeGesture } from '../EditorContext.tsx';
import type { Point } from '../geometry.ts';
import type { FlowLine } from '../steps.ts';
import type { AddStep } from '../useAddStep.ts';
import type { StepActions } from '../useStepActions.ts';
import type { EditorCommand } from './command.ts';

/** What the commands of the canvas work on. Everything is asked for when a command runs. */
export interface CanvasContext {
  page: EditorPage;
  t: Words;
  view(): FlowView;
  positions(): ReadonlyMap<string, Point>;
  gesture: MakeGesture;
  actions: StepActions;
  addStep: AddStep;
  flow: ReactFlowInstance<CanvasNode, FlowLine>;
  join(from: string, branch: string, to: string): void;
  /** lays out all steps anew, or those that are named */
  tidy(ids?: readonly string[]): void;
  /** where the pointer is over the canvas; null where it is elsewhere */
  pointer(): Point | null;
  /** the element that has the keys */
  focused(): Element | null;
}

export type CanvasCommand = EditorCommand<CanvasContext>;

export const isEditable = ({ page }: CanvasContext) => page.editable;

export function selectionOf({ page }: CanvasContext): readonly string[] {
  return page.ui.getState().selection;
}

/** How many steps, notes and groups are selected. */
export function chosenOf({ page }: CanvasContext): number {
  const { selection, extras } = page.ui.getState();
  return selection.length + extras.length;
}

/** The step that was selected last. */
export function currentStep(context: CanvasContext): NodeView | undefined {
  const id = selectionOf(context).at(-1);
  return id === undefined ? undefined : context.view().nodeById.get(id);
}

/** The card that has the keys, else the step that was selected last. */
export function stepAtHand(context: CanvasContext): string | undefined {
  return context.focused()?.closest('.react-flow__node')?.getAttribute('data-id') ?? selectionOf(context).at(-1);
}

/** The first way out that leads nowhere yet, else the first of all. */
export function freeBranch(node: NodeView, edges: readonly ControlEdgeView[]): string | undefined {
  const used = new Set(edges.filter((edge) => edge.from === node.id).map((edge) => edge.branch));
  return node.branches.find((branch) => !used.has(branch)) ?? node.branches[0];
}
