import { useReactFlow } from '@xyflow/react';
import { useMemo, useRef } from 'react';
import { useT } from '../messages/useT.ts';
import type { CanvasNode } from './canvasNodes.ts';
import type { CanvasContext } from './commands/canvasContext.ts';
import { useEditorPage, useGesture, viewOf } from './EditorContext.tsx';
import type { FlowLine } from './steps.ts';

type Given = Pick<CanvasContext, 'actions' | 'addStep' | 'join' | 'tidy' | 'pointer'> & {
  positions: ReturnType<CanvasContext['positions']>;
};

/** What the commands of the canvas work on; the same object as long as the canvas stands. */
export function useCanvasContext(given: Given): CanvasContext {
  const t = useT();
  const page = useEditorPage();
  const gesture = useGesture();
  const flow = useReactFlow<CanvasNode, FlowLine>();
  const latest = useRef(given);
  latest.current = given;
  return useMemo(
    (): CanvasContext => ({
      page,
      t,
      gesture,
      flow,
      view: () => viewOf(page.editor.store.getState().tree, page.ui.getState().flow),
      positions: () => latest.current.positions,
      get actions() {
        return latest.current.actions;
      },
      get addStep() {
        return latest.current.addStep;
      },
      join: (from, branch, to) => latest.current.join(from, branch, to),
      tidy: (ids) => latest.current.tidy(ids),
      pointer: () => latest.current.pointer(),
      focused: () => document.activeElement,
    }),
    [page, t, gesture, flow],
  );
}
