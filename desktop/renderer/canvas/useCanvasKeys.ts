import { useReactFlow } from '@xyflow/react';
import type { KeyboardEvent } from 'react';
import { useCallback } from 'react';
import { fit } from './Diagram.tsx';
import { useEditorPage, useFlowView } from './EditorContext.tsx';
import type { Point } from './geometry.ts';
import { cardWidth } from './geometry.ts';
import { showStep } from './ui.ts';
import type { AddStep } from './useAddStep.ts';
import type { StepActions } from './useStepActions.ts';
import type { Direction } from './walk.ts';
import { stepTowards } from './walk.ts';

interface Options {
  positions: ReadonlyMap<string, Point>;
  addStep: AddStep;
  actions: StepActions;
  join: (from: string, branch: string, to: string) => void;
  tidyFocus: (id: string) => void;
}

const arrows: Record<string, Direction> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

/** True where a key belongs to a field that is being typed in, not to the canvas. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
      target.closest('[role="dialog"]') !== null)
  );
}

/** The canvas' keys: walk, open, add, connect, delete, copy, zoom. Undo and redo belong to the page. */
export function useCanvasKeys({ positions, actions, join }: Options) {
  const { ui, marks, editable } = useEditorPage();
  const { view } = useFlowView();
  const flow = useReactFlow();
  return useCallback(
    (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.altKey) return;
      const { selection, edges } = ui.getState();
      const current = selection.at(-1);
      const { connectFrom } = marks.getState();
      const command = event.ctrlKey || event.metaKey;
      const done = () => {
        event.preventDefault();
        event.stopPropagation();
      };
      const arrow = arrows[event.key];
      if (arrow && !command) {
        const next = current
          ? stepTowards(current, arrow, positions, view.controlEdges)
          : (view.startId ?? view.nodes[0]?.id);
        done();
        if (next) {
          const nonce = (ui.getState().reveal?.nonce ?? 0) + 1;
          ui.setState({ selection: [next], edges: [], reveal: { id: next, nonce } });
        }
        return;
      }
      if (command) {
        const key = event.key.toLowerCase();
        if (key === 'a') {
          done();
          ui.setState({ selection: view.nodes.map((node) => node.id), edges: [] });
        } else if (key === 'c' && selection.length > 0) {
          done();
          actions.copy(selection);
        } else if (key === 'x' && selection.length > 0 && editable) {
          done();
          actions.copy(selection);
          actions.remove(selection);
        } else if (key === 'v' && editable) {
          done();
          actions.paste();
        } else if (key === 'd' && selection.length > 0 && editable) {
          done();
          actions.duplicate(selection);
        }
        return;
      }
      const onButton = event.target instanceof HTMLElement && event.target.closest('button') !== null;
      switch (event.key) {
        case 'Enter': {
          if (onButton) return;
          done();
          if (connectFrom && current && connectFrom !== current) {
            const from = view.nodes.find((node) => node.id === connectFrom);
            const used = new Set(
              view.controlEdges.filter((edge) => edge.from === connectFrom).map((edge) => edge.branch),
            );
            const branch = from?.branches.find((other) => !used.has(other)) ?? from?.branches[0];
            if (branch !== undefined) join(connectFrom, branch, current);
            marks.setState({ connectFrom: null });
            return;
          }
          const focused =
            event.target instanceof HTMLElement
              ? event.target.closest('.react-flow__node')?.getAttribute('data-id')
              : null;
          const id = focused ?? current;
          if (id) {
            showStep(ui, id);
            requestAnimationFrame(() =>
              document.querySelector<HTMLElement>('.inspector [role="tab"][aria-selected="true"]')?.focus(),
            );
          }
          return;
        }
        case ' ': {
          const focused =
            event.target instanceof HTMLElement
              ? event.target.closest('.react-flow__node')?.getAttribute('data-id')
              : null;
          if (!focused || onButton) return;
          done();
          ui.setState({ selection: [focused], edges: [] });
          return;
        }
        case 'Escape':
          marks.setState({ connectFrom: null });
          ui.setState({ quick: null, selection: [], edges: [] });
          return;
        case 'n': {
          if (!editable) return;
          done();
          const node = view.nodes.find((other) => other.id === current);
          const used = new Set(view.controlEdges.filter((edge) => edge.from === current).map((edge) => edge.branch));
          const branch = node?.branches.find((other) => !used.has(other)) ?? node?.branches[0];
          if (node && branch !== undefined) {
            const at = positions.get(node.id) ?? { x: 0, y: 0 };
            actions.openPaletteAfter(node.id, branch, flow.flowToScreenPosition({ x: at.x + cardWidth + 24, y: at.y }));
          } else document.querySelector<HTMLInputElement>('.palette input')?.focus();
          return;
        }
        case 'c':
          if (!editable || !current) return;
          done();
          marks.setState({ connectFrom: connectFrom ? null : current });
          return;
        case 'Delete':
        case 'Backspace':
          if (!editable) return;
          done();
          if (edges.length > 0) actions.removeEdges(edges);
          else actions.remove(selection);
          return;
        case '!':
          done();
          void flow.fitView(fit);
          return;
        case '+':
        case '=':
          done();
          void flow.zoomIn();
          return;
        case '-':
          done();
          void flow.zoomOut();
          return;
        default:
          if (event.shiftKey && event.code === 'Digit1') {
            done();
            void flow.fitView(fit);
          }
      }
    },
    [actions, editable, flow, join, marks, positions, ui, view],
  );
}
