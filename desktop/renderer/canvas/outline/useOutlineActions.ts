import { useMemo } from 'react';
import { useT } from '../../messages/useT.ts';
import { connectSteps, edgeKey, whyNotConnect } from '../drawing.ts';
import { useEditorPage, useGesture, viewOf } from '../EditorContext.tsx';
import { branchLabel } from '../summary.ts';
import { enterStep, sayDone } from '../ui.ts';
import { usePositions } from '../usePositions.ts';
import { useStepActions } from '../useStepActions.ts';
import { moveStep } from './moveStep.ts';
import type { OutlineRow } from './order.ts';

export interface OutlineActions {
  /** opens the inspector on a step, and goes there */
  open(id: string): void;
  /** opens the palette for what comes after a step, or on a branch; false where nothing can come */
  addAfter(row: OutlineRow, screen: { x: number; y: number }): boolean;
  rename(id: string, name: string): void;
  /** takes a step away, or the line of a way out */
  remove(row: OutlineRow): void;
  connect(from: string, branch: string, to: string): void;
  /** puts a step on the way out that a row stands for */
  move(id: string, row: OutlineRow): void;
}

/** What the outline does to the flow: the same gestures as on the canvas, each told to those who hear the page. */
export function useOutlineActions(view: ReturnType<typeof viewOf>): OutlineActions {
  const t = useT();
  const { editor, ui } = useEditorPage();
  const gesture = useGesture();
  const steps = useStepActions(usePositions(view));
  return useMemo(() => {
    const now = () => viewOf(editor.store.getState().tree, ui.getState().flow);
    const nameOf = (id: string) => now().nodeById.get(id)?.name ?? '';
    const wayOf = (row: OutlineRow): string | undefined => {
      if (row.type !== 'step') return row.branch;
      const used = new Set(
        now()
          .controlEdges.filter((edge) => edge.from === row.id)
          .map((edge) => edge.branch),
      );
      const { branches = [] } = now().nodeById.get(row.id) ?? {};
      return branches.find((branch) => !used.has(branch)) ?? branches[0];
    };
    return {
      open(id) {
        enterStep(ui, id);
      },
      addAfter(row, screen) {
        const branch = wayOf(row);
        if (branch === undefined) {
          steps.say(t('canvas.cannot.fromEnd'));
          return false;
        }
        steps.openPaletteAfter(row.id, branch, screen);
        return true;
      },
      rename(id, name) {
        const from = nameOf(id);
        if (name === '' || name === from) return;
        const label = t('canvas.gesture.rename', { from, to: name });
        if (gesture(label, (draft) => draft.run({ type: 'rename', component: id, name }))) sayDone(ui, label);
      },
      remove(row) {
        if (row.type === 'step') {
          const label = t('canvas.gesture.remove', { name: nameOf(row.id), count: 1 });
          steps.remove([row.id]);
          if (!now().nodeById.has(row.id)) sayDone(ui, label);
          return;
        }
        const ok = gesture(t('canvas.gesture.disconnect'), (draft) => {
          const flow = draft.view();
          for (const edge of flow.controlEdges) {
            const isOfRow = edge.from === row.id && edge.branch === row.branch;
            if (isOfRow && (row.type === 'branch' || edge.to === row.to))
              draft.run({ type: 'disconnect', flow: flow.id, edge: edgeKey(edge) });
          }
        });
        if (ok) sayDone(ui, t('canvas.gesture.disconnect'));
      },
      connect(from, branch, to) {
        const why = whyNotConnect(now(), from, to);
        if (why) {
          steps.say(t(`canvas.cannot.${why}`));
          return;
        }
        if (!gesture(t('canvas.gesture.connect'), (draft) => connectSteps(draft, from, branch, to))) return;
        sayDone(ui, t('outline.connected', { branch: branchLabel(branch, t), name: nameOf(to) }));
      },
      move(id, row) {
        const branch = wayOf(row);
        const name = nameOf(id);
        let moved = false;
        if (branch !== undefined) {
          gesture(t('outline.gesture.move', { name }), (draft) => {
            moved = moveStep(draft, id, { node: row.id, branch });
          });
        }
        if (moved) sayDone(ui, t('outline.gesture.move', { name }));
        else steps.say(t('outline.cannotMove', { name }));
      },
    };
  }, [editor, gesture, steps, t, ui]);
}
