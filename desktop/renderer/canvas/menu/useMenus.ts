import type { ReactFlowProps } from '@xyflow/react';
import { useMemo } from 'react';
import type { CanvasNode } from '../canvasNodes.ts';
import { isStep } from '../canvasNodes.ts';
import { useEditorPage } from '../EditorContext.tsx';
import type { FlowLine } from '../steps.ts';
import type { CanvasMenu } from '../ui.ts';

type Handlers = Pick<
  ReactFlowProps<CanvasNode, FlowLine>,
  'onNodeContextMenu' | 'onEdgeContextMenu' | 'onPaneContextMenu' | 'onSelectionContextMenu'
>;

/** A right click opens the menu of what it hits. What is hit is selected, where it was not yet. */
export function useMenus(): Handlers {
  const { ui } = useEditorPage();
  return useMemo(() => {
    const open = (event: { preventDefault(): void; clientX: number; clientY: number }, of: CanvasMenu['of']) => {
      event.preventDefault();
      ui.setState({ menu: { screen: { x: event.clientX, y: event.clientY }, of }, quick: null });
    };
    return {
      onNodeContextMenu: (event, node) => {
        const { selection, extras } = ui.getState();
        if (!isStep(node)) {
          if (!extras.includes(node.id)) ui.setState({ selection: [], edges: [], extras: [node.id] });
          open(event, 'frame');
          return;
        }
        if (!selection.includes(node.id)) ui.setState({ selection: [node.id], edges: [] });
        open(event, 'step');
      },
      onEdgeContextMenu: (event, edge) => {
        if (edge.type === 'data') return;
        ui.setState({ edges: [edge.id], selection: [] });
        open(event, 'edge');
      },
      onPaneContextMenu: (event) => open(event, 'pane'),
      onSelectionContextMenu: (event) => open(event, 'step'),
    };
  }, [ui]);
}
