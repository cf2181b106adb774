import { notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { useT } from '../messages/useT.ts';
import type { Clip } from './clipboard/clip.ts';
import { copySteps, cornerOf, isEmpty, pasteSteps, stepsChosen } from './clipboard/clip.ts';
import { clipText, readClip } from './clipboard/clipText.ts';
import { edgeKey, removeSteps, withPosition } from './drawing.ts';
import { useEditorPage, useGesture, viewOf } from './EditorContext.tsx';
import { removeFrames } from './frames/frames.ts';
import type { Point } from './geometry.ts';
import { layoutSteps } from './layout.ts';
import { rondoData } from './stepKinds.ts';
import { nextReveal } from './ui.ts';
import { besides } from './useAddStep.ts';

export interface StepActions {
  /** @param frames notes and frames that go as well; the steps in a frame stay */
  remove(ids: readonly string[], frames?: readonly string[]): void;
  removeEdges(ids: readonly string[]): void;
  /** @param extras notes and groups that are copied as well, a group with its steps */
  duplicate(ids: readonly string[], extras?: readonly string[]): void;
  /** steps, notes and groups as text for the clipboard; undefined where there is nothing that can be copied */
  copyText(ids: readonly string[], extras?: readonly string[]): string | undefined;
  /** the same, and takes them away */
  cutText(ids: readonly string[], extras?: readonly string[]): string | undefined;
  /** puts in what a text holds, or says why that cannot be done */
  pasteText(text: string): void;
  openPaletteAfter(node: string, branch: string, screen: { x: number; y: number }): void;
  say(message: string): void;
}

const beside: Point = { x: 40, y: 104 };

/**
 * What can be done with chosen steps; each call is one gesture.
 *
 * @param pointer where the pointer is over the canvas, if it is
 */
export function useStepActions(
  positions: ReadonlyMap<string, Point>,
  pointer: () => Point | null = nowhere,
): StepActions {
  const t = useT();
  const { editor, ui } = useEditorPage();
  const gesture = useGesture();
  return useMemo(() => {
    const tree = () => editor.store.getState().tree;
    const view = () => viewOf(tree(), ui.getState().flow);
    const say = (message: string) => {
      notifications.show({ message });
    };
    const nameOf = (ids: readonly string[]) => view().nodes.find((node) => node.id === ids[0])?.name ?? '';
    const put = (label: string, clip: Clip, offset: Point) => {
      let pasted: ReturnType<typeof pasteSteps> = { steps: [], notes: [] };
      const ok = gesture(label, (draft) => {
        pasted = pasteSteps(draft, clip, offset);
      });
      if (!ok) return;
      const first = pasted.steps[0];
      ui.setState({
        selection: pasted.steps,
        edges: [],
        extras: pasted.notes,
        ...(first !== undefined && { reveal: nextReveal(ui, first) }),
      });
    };
    const remove: StepActions['remove'] = (ids, frames = []) => {
      if (ids.length + frames.length === 0) return;
      let kept: string[] = [];
      const name = nameOf(ids) || t('canvas.note');
      gesture(t('canvas.gesture.remove', { name, count: ids.length + frames.length }), (draft) => {
        removeFrames(draft, frames);
        kept = removeSteps(draft, ids);
      });
      if (kept.length > 0) say(t('canvas.cannot.removeStart'));
      ui.setState({ selection: [], extras: [] });
    };
    const copied = (ids: readonly string[], extras: readonly string[]): Clip | undefined => {
      const clip = copySteps(tree(), view(), positions, ids, extras);
      return isEmpty(clip) ? undefined : clip;
    };
    const copyText: StepActions['copyText'] = (ids, extras = []) => {
      const clip = copied(ids, extras);
      return clip && clipText(clip, t('canvas.clip.name'));
    };
    return {
      say,
      remove,
      removeEdges(ids) {
        gesture(t('canvas.gesture.disconnect'), (draft) => {
          const flow = draft.view();
          for (const edge of flow.controlEdges) {
            if (ids.includes(edge.id)) draft.run({ type: 'disconnect', flow: flow.id, edge: edgeKey(edge) });
          }
        });
        ui.setState({ edges: [] });
      },
      duplicate(ids, extras = []) {
        const clip = copied(ids, extras);
        if (clip) put(t('canvas.gesture.duplicate', { name: nameOf(ids) || t('canvas.note') }), clip, beside);
      },
      copyText,
      cutText(ids, extras = []) {
        const text = copyText(ids, extras);
        if (text !== undefined) remove(stepsChosen(view(), ids, extras), extras);
        return text;
      },
      pasteText(text) {
        const pasted = readClip(text);
        if ('problem' in pasted) {
          say(t(`canvas.paste.${pasted.problem}`));
          return;
        }
        const start = (clip: Clip) => put(t('canvas.gesture.paste'), clip, offsetFor(clip, positions, pointer()));
        if (pasted.positioned) start(pasted.clip);
        else void laidOut(pasted.clip).then(start);
      },
      openPaletteAfter(node, branch, screen) {
        const step = view().nodes.find((other) => other.id === node);
        const row = step?.branches.indexOf(branch) ?? 0;
        ui.setState({ quick: { screen, place: { at: besides(node, positions, row), after: { node, branch } } } });
      },
    };
  }, [editor, gesture, pointer, positions, t, ui]);
}

function nowhere(): null {
  return null;
}

/** How far a clip is moved: to the pointer, else beside where it came from, further on where something stands there. */
function offsetFor(clip: Clip, positions: ReadonlyMap<string, Point>, pointer: Point | null): Point {
  const corner = cornerOf(clip);
  if (pointer) return { x: pointer.x - corner.x, y: pointer.y - corner.y };
  const offset = { x: 0, y: 0 };
  const isTaken = () =>
    [...positions.values()].some(
      (at) => Math.abs(at.x - corner.x - offset.x) < 24 && Math.abs(at.y - corner.y - offset.y) < 24,
    );
  while (isTaken()) {
    offset.x += beside.x;
    offset.y += beside.y;
  }
  return offset;
}

/** Gives the steps of a clip places of their own, where the document that they came from had none. */
async function laidOut(clip: Clip): Promise<Clip> {
  const steps = clip.nodes.map((node, index) => ({
    id: String(node.id),
    branches: [...new Set(clip.controlEdges.filter((edge) => edge.from === node.id).map((edge) => edge.branch))],
    first: index === 0,
  }));
  const places = await layoutSteps(steps, clip.controlEdges);
  return {
    ...clip,
    nodes: clip.nodes.map((node) =>
      withPosition(node, places.get(String(node.id)) ?? (rondoData(node).position as unknown as Point)),
    ),
  };
}
