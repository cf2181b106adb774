import { useComputedColorScheme } from '@mantine/core';
import { ViewportPortal } from '@xyflow/react';
import { useContext, useMemo, useRef, useState } from 'react';
import { MarksContext } from '../marks.ts';
import type { FlowLine } from '../steps.ts';
import type { DiagramState } from '../usePicture.ts';
import { emptied, usePicture } from '../usePicture.ts';
import { drawOverview } from './drawOverview.ts';
import type { LineFromAfar } from './linesFromAfar.ts';
import { linesFromAfar } from './linesFromAfar.ts';
import './overview.css';
import { overviewColors } from './overviewColors.ts';

/**
 * A large flow from afar: steps and lines in one picture, drawn anew whenever something of it changes. The cards lie on
 * top without showing anything of themselves, so that pointer, keys and screen readers find what they find otherwise.
 */
export function Overview({ lines }: { lines: readonly FlowLine[] }) {
  const marks = useContext(MarksContext);
  const scheme = useComputedColorScheme();
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);
  const laidOut = useRef<ReadonlyMap<string, LineFromAfar>>(new Map());

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colours that are read
  const draw = useMemo(() => {
    if (!canvas || !marks) return undefined;
    const colors = overviewColors(canvas);
    let nodes: DiagramState['nodes'] | undefined;
    return (state: DiagramState) => {
      if (nodes !== state.nodes) laidOut.current = linesFromAfar(lines, state.nodeLookup, laidOut.current);
      nodes = state.nodes;
      const { width, height, transform } = state;
      const context = emptied(canvas, width, height);
      const [x, y, zoom] = transform;
      // it covers what is seen of the flow, at the size of the screen
      canvas.style.transform = `translate(${-x / zoom}px, ${-y / zoom}px) scale(${1 / zoom})`;
      if (!context) return;
      drawOverview(context, {
        width,
        height,
        transform,
        nodes: state.nodeLookup.values(),
        lines: laidOut.current.values(),
        marks: marks.getState(),
        colors,
      });
    };
  }, [canvas, marks, lines, scheme]);
  usePicture(draw, marks?.subscribe);

  return (
    <ViewportPortal>
      <canvas ref={setCanvas} className="overview" />
    </ViewportPortal>
  );
}
