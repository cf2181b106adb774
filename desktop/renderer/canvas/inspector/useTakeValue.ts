import { useCallback } from 'react';
import { useT } from '../../messages/useT.ts';
import type { Source } from '../dataGestures.ts';
import { useFlowView } from '../EditorContext.tsx';
import type { GestureDraft } from '../gesture.ts';
import { takeValue } from '../takeValue.ts';
import { usePositions } from '../usePositions.ts';
import type { PickedValue } from './values/valuePath.ts';

/** Turns a choice of the value tree, inside of a gesture, into an output that can be connected. */
export function useTakeValue(): (draft: GestureDraft, node: string, picked: PickedValue) => Source {
  const t = useT();
  const positions = usePositions(useFlowView().view);
  return useCallback(
    (draft, node, picked) =>
      takeValue(draft, node, picked, { positions, stepName: (value) => t('canvas.nested.step', { value }) }),
    [positions, t],
  );
}
