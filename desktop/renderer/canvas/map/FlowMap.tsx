import { useComputedColorScheme } from '@mantine/core';
import { Panel, useReactFlow } from '@xyflow/react';
import type { PointerEvent } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useT } from '../../messages/useT.ts';
import { largeFlow } from '../overview/overview.ts';
import type { DiagramState } from '../usePicture.ts';
import { emptied, usePicture } from '../usePicture.ts';
import type { Blocks } from './drawMap.ts';
import { drawBlocks, drawMap } from './drawMap.ts';
import './map.css';
import { mapColors } from './mapColors.ts';
import type { MapView } from './mapView.ts';
import { mapView } from './mapView.ts';

const width = 176;
const height = 96;

/** The last state of a drag is no drag any more: the blocks are as the cards then. */
const isDragged = ({ nodes }: DiagramState) => nodes.some((node) => node.dragging);

/** The whole flow in small, and what of it is in view: that is moved by dragging, set by a click, zoomed by the wheel. */
export function FlowMap() {
  const t = useT();
  const flow = useReactFlow();
  const scheme = useComputedColorScheme();
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);
  const shown = useRef<MapView>(undefined);
  const held = useRef<{ x: number; y: number }>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colours that are read
  const draw = useMemo(() => {
    if (!canvas) return undefined;
    const colors = mapColors(canvas);
    let nodes: DiagramState['nodes'] | undefined;
    let blocks: Blocks | undefined;
    let blocksAt = 0;
    return (state: DiagramState) => {
      const ratio = window.devicePixelRatio;
      // while a card of many is dragged, the blocks follow it a few times a second
      const isSoon = state.nodes.length > largeFlow && performance.now() - blocksAt < 250 && isDragged(state);
      if (nodes !== state.nodes && !isSoon) {
        blocks = drawBlocks(state.nodeLookup, colors, width * ratio, height * ratio);
        blocksAt = performance.now();
        nodes = state.nodes;
      }
      const context = emptied(canvas, width, height);
      if (!context || !blocks) return;
      shown.current = mapView(blocks.box, state, width, height);
      drawMap(context, blocks, shown.current, colors.veil);
    };
  }, [canvas, scheme]);
  usePicture(draw);

  // React listens to the wheel passively, and the page must not be zoomed
  useEffect(() => {
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const turn = -event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 0.05 : 0.002);
      void flow.zoomTo(flow.getZoom() * 2 ** turn);
    };
    canvas?.addEventListener('wheel', onWheel, { passive: false });
    return () => canvas?.removeEventListener('wheel', onWheel);
  }, [canvas, flow]);

  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>) => {
    const view = shown.current;
    if (!view || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { x: event.clientX, y: event.clientY };
    const box = event.currentTarget.getBoundingClientRect();
    const x = view.left + (event.clientX - box.left) * view.scale;
    const y = view.top + (event.clientY - box.top) * view.scale;
    const { seen } = view;
    const isInView = x >= seen.x && y >= seen.y && x <= seen.x + seen.width && y <= seen.y + seen.height;
    if (!isInView) void flow.setCenter(x, y, { zoom: flow.getZoom() });
  };
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const view = shown.current;
    const from = held.current;
    if (!view || !from) return;
    held.current = { x: event.clientX, y: event.clientY };
    const { x, y, zoom } = flow.getViewport();
    const by = view.scale * zoom;
    void flow.setViewport({ x: x - (event.clientX - from.x) * by, y: y - (event.clientY - from.y) * by, zoom });
  };
  const onPointerUp = () => {
    held.current = undefined;
  };

  return (
    <Panel position="bottom-right" className="flow-map">
      <canvas
        ref={setCanvas}
        role="img"
        aria-label={t('canvas.map')}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
      />
    </Panel>
  );
}
