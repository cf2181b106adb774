import type { FlowView } from '@rondo/shared/oas/flow.ts';
import type { Words } from '../messages/useT.ts';
import type { CanvasNode } from './canvasNodes.ts';
import type { ControlLine, FlowLine, StepNode } from './steps.ts';
import { branchOfHandle } from './steps.ts';
import { branchLabel } from './summary.ts';

/** What a screen reader says of a step. */
export function stepLabel({ data }: StepNode, problems: number, t: Words): string {
  const { kind, type, name, index, total, branches } = data;
  const word = kind === 'unknown' ? type : t(`canvas.kind.${kind}`);
  return t('canvas.step.label', { kind: word, name, index, total, branches: branches.length, problems });
}

/** What a screen reader says of a line. */
export function lineLabel(view: FlowView, line: ControlLine, t: Words): string {
  const name = (id: string) => view.nodeById.get(id)?.name ?? '';
  const branch = branchOfHandle(line.sourceHandle);
  const words = { from: name(line.source), to: name(line.target), branch: branchLabel(branch, t) };
  return t(branch === 'next' ? 'canvas.line.label' : 'canvas.line.branchLabel', words);
}

/** What a screen reader says of a note or a frame. */
export function frameLabel(node: Exclude<CanvasNode, StepNode>, t: Words): string {
  if (node.type === 'note') return t('canvas.note.label', { text: node.data.note.text });
  const { name, steps, folded } = node.data.group;
  return t(folded ? 'canvas.group.foldedLabel' : 'canvas.group.label', { name, count: steps.length });
}

/** What a screen reader calls a card on the canvas, as attributes of its element. */
export function cardRole(t: Words): { 'aria-roledescription': string } {
  return { 'aria-roledescription': t('canvas.role.step') };
}

const spoken = new WeakMap<FlowView, { t: Words; labels: Map<string, string> }>();

/**
 * Lines with what a screen reader says of each. A line that carries values says so. The words of a flow's lines are put
 * together once, however often another step is selected.
 */
export function namedLines(view: FlowView, lines: readonly FlowLine[], t: Words): FlowLine[] {
  const name = (id: string) => view.nodeById.get(id)?.name ?? '';
  const domAttributes = { 'aria-roledescription': t('canvas.role.line') };
  const kept = spoken.get(view);
  const labels = kept?.t === t ? kept.labels : new Map<string, string>();
  spoken.set(view, { t, labels });
  return lines.map((line): FlowLine => {
    const known = labels.get(line.id);
    if (line.type === 'control') {
      const ariaLabel = known ?? lineLabel(view, line, t);
      labels.set(line.id, ariaLabel);
      return { ...line, domAttributes, ariaLabel };
    }
    const ariaLabel = known ?? t('canvas.line.dataLabel', { from: name(line.source), to: name(line.target) });
    labels.set(line.id, ariaLabel);
    return { ...line, domAttributes, ariaLabel };
  });
}
