import { notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { useT } from '../messages/useT.ts';
import type { Clip } from './drawing.ts';
import { copySteps, edgeKey, pasteSteps, removeSteps } from './drawing.ts';
import { useEditorPage, useGesture, viewOf } from './EditorContext.tsx';
import type { Point } from './geometry.ts';
import { besides } from './useAddStep.ts';

export interface StepActions {
  remove(ids: readonly string[]): void;
  removeEdges(ids: readonly string[]): void;
  duplicate(ids: readonly string[]): void;
  copy(ids: readonly string[]): void;
  paste(): void;
  openPaletteAfter(node: string, branch: string, screen: { x: number; y: number }): void;
  say(message: string): void;
}

/** What was copied last; shared by all flows that are opened in this window. */
let clipboard: Clip | null = null;

/** What can be done with chosen steps; each call is one gesture. */
export function useStepActions(positions: ReadonlyMap<string, Point>): StepActions {
  const t = useT();
  const { editor, ui } = useEditorPage();
  const gesture = useGesture();
  return useMemo(() => {
    const view = () => viewOf(editor.store.getState().tree, ui.getState().flow);
    const say = (message: string) => {
      notifications.show({ message });
    };
    const nameOf = (ids: readonly string[]) => view().nodes.find((node) => node.id === ids[0])?.name ?? '';
    const put = (label: string, clip: Clip, offset: Point) => {
      let ids: string[] = [];
      const ok = gesture(label, (draft) => {
        ids = pasteSteps(draft, clip, offset);
      });
      if (ok) ui.setState({ selection: ids, edges: [] });
    };
    return {
      say,
      remove(ids) {
        if (ids.length === 0) return;
        let kept: string[] = [];
        gesture(t('canvas.gesture.remove', { name: nameOf(ids), count: ids.length }), (draft) => {
          kept = removeSteps(draft, ids);
        });
        if (kept.length > 0) say(t('canvas.cannot.removeStart'));
        ui.setState({ selection: [] });
      },
      removeEdges(ids) {
        gesture(t('canvas.gesture.disconnect'), (draft) => {
          const flow = draft.view();
          for (const edge of flow.controlEdges) {
            if (ids.includes(edge.id)) draft.run({ type: 'disconnect', flow: flow.id, edge: edgeKey(edge) });
          }
        });
        ui.setState({ edges: [] });
      },
      duplicate(ids) {
        const clip = copySteps(view(), positions, ids);
        if (clip.nodes.length > 0) put(t('canvas.gesture.duplicate', { name: nameOf(ids) }), clip, { x: 40, y: 104 });
      },
      copy(ids) {
        const clip = copySteps(view(), positions, ids);
        if (clip.nodes.length > 0) clipboard = clip;
      },
      paste() {
        if (clipboard) put(t('canvas.gesture.paste'), clipboard, { x: 40, y: 104 });
      },
      openPaletteAfter(node, branch, screen) {
        const step = view().nodes.find((other) => other.id === node);
        const row = step?.branches.indexOf(branch) ?? 0;
        ui.setState({ quick: { screen, place: { at: besides(node, positions, row), after: { node, branch } } } });
      },
    };
  }, [editor, gesture, positions, t, ui]);
}
