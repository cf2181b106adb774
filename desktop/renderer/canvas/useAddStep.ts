import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { useCallback } from 'react';
import { useT } from '../messages/useT.ts';
import type { AddPlace } from './drawing.ts';
import { addStep, columnWidth } from './drawing.ts';
import { useEditorPage, useGesture } from './EditorContext.tsx';
import type { Point } from './geometry.ts';
import { cardWidth } from './geometry.ts';
import { makeStep } from './newStep.ts';
import type { StepKind } from './stepKinds.ts';
import { showStep } from './ui.ts';

export type AddStep = (kind: StepKind, place?: AddPlace) => void;

/**
 * Adds a step of a kind. Without a place it follows the selected step on its first free branch, or stands to the
 * right of everything.
 */
export function useAddStep(positions: ReadonlyMap<string, Point>): AddStep {
  const t = useT();
  const { ui } = useEditorPage();
  const gesture = useGesture();
  return useCallback(
    (kind, place) => {
      const name = t(`canvas.kind.${kind}`);
      let added: string | undefined;
      const ok = gesture(t('canvas.gesture.add', { name }), (draft) => {
        const component: JsonObject = makeStep(kind, name);
        const view = draft.view();
        let where = place;
        if (!where) {
          const selected = ui.getState().selection.length === 1 ? ui.getState().selection[0] : undefined;
          const node = view.nodes.find((other) => other.id === selected);
          const used = new Set(view.controlEdges.filter((edge) => edge.from === selected).map((edge) => edge.branch));
          const branch = node?.branches.find((other) => !used.has(other)) ?? node?.branches[0];
          where =
            node && branch !== undefined
              ? { at: besides(node.id, positions, node.branches.indexOf(branch)), after: { node: node.id, branch } }
              : { at: rightOfAll(positions) };
        }
        added = addStep(draft, component, { ...where, positions });
      });
      if (ok && added) showStep(ui, added, 'setup');
      ui.setState({ quick: null });
    },
    [gesture, positions, t, ui],
  );
}

/** A free spot to the right of a step; further down for later branches and where something stands already. */
export function besides(id: string, positions: ReadonlyMap<string, Point>, row: number): Point {
  const here = positions.get(id) ?? { x: 0, y: 0 };
  const at = { x: here.x + columnWidth, y: here.y + Math.max(0, row) * 96 };
  const taken = [...positions.values()];
  while (taken.some((other) => Math.abs(other.x - at.x) < cardWidth && Math.abs(other.y - at.y) < 80)) at.y += 96;
  return at;
}

function rightOfAll(positions: ReadonlyMap<string, Point>): Point {
  const all = [...positions.values()];
  if (all.length === 0) return { x: 0, y: 0 };
  const right = all.reduce((far, at) => (at.x > far.x ? at : far));
  return { x: right.x + columnWidth, y: right.y + 96 };
}
