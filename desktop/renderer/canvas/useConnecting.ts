import type { Connection, FinalConnectionState, OnConnectEnd } from '@xyflow/react';
import { useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';
import { useT } from '../messages/useT.ts';
import { connectSteps, whyNotConnect } from './drawing.ts';
import { useEditorPage, useFlowView, useGesture } from './EditorContext.tsx';
import { elementUnder } from './elementUnder.ts';
import { cardHeadHeight } from './geometry.ts';
import { branchOfHandle } from './steps.ts';
import type { StepActions } from './useStepActions.ts';

interface Connecting {
  join: (from: string, branch: string, to: string) => void;
  onConnect: (connection: Connection) => void;
  onConnectEnd: OnConnectEnd;
}

/** How lines are drawn: from a way out to a step, or to empty space, where the palette opens. */
export function useConnecting(actions: StepActions): Connecting {
  const t = useT();
  const { ui } = useEditorPage();
  const { view } = useFlowView();
  const gesture = useGesture();
  const flow = useReactFlow();

  const join = useCallback(
    (from: string, branch: string, to: string) => {
      const why = whyNotConnect(view, from, to);
      if (why) {
        actions.say(t(`canvas.cannot.${why}`));
        return;
      }
      gesture(t('canvas.gesture.connect'), (draft) => connectSteps(draft, from, branch, to));
    },
    [actions, gesture, t, view],
  );

  const onConnect = useCallback(
    (connection: Connection) => join(connection.source, branchOfHandle(connection.sourceHandle), connection.target),
    [join],
  );

  const onConnectEnd = useCallback<OnConnectEnd>(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const from = state.fromNode?.id;
      if (state.isValid || !from) return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (!point) return;
      const under = elementUnder(point.clientX, point.clientY, '.react-flow__node');
      const other = under?.getAttribute('data-id');
      if (state.fromHandle?.type === 'target') {
        const branch = other ? view.nodes.find((node) => node.id === other)?.branches[0] : undefined;
        if (other && branch !== undefined) join(other, branch, from);
        return;
      }
      const branch = branchOfHandle(state.fromHandle?.id);
      if (other) {
        join(from, branch, other);
        return;
      }
      const at = flow.screenToFlowPosition({ x: point.clientX, y: point.clientY });
      ui.setState({
        quick: {
          screen: { x: point.clientX, y: point.clientY },
          place: { at: { x: at.x, y: at.y - cardHeadHeight / 2 }, after: { node: from, branch } },
        },
      });
    },
    [flow, join, ui, view],
  );

  return { join, onConnect, onConnectEnd };
}
