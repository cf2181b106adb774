import type { Box } from '../arrange/boxes.ts';
import { around } from '../arrange/boxes.ts';
import type { DiagramState } from '../usePicture.ts';

/** What the map shows of the flow, in the measure of the flow. */
export interface MapView {
  left: number;
  top: number;
  /** so much of the flow is one pixel of the map */
  scale: number;
  /** the size of the map in pixels */
  width: number;
  height: number;
  /** what of the flow is in view */
  seen: Box;
}

const margin = 5;

/** How the map lies over the flow: so that all that stands there fits in, and what is in view. */
export function mapView(standing: Box, { transform, ...canvas }: DiagramState, width: number, height: number): MapView {
  const [x, y, zoom] = transform;
  const seen = { x: -x / zoom, y: -y / zoom, width: canvas.width / zoom, height: canvas.height / zoom };
  const all = around([standing, seen]);
  const scale = Math.max(all.width / (width - margin * 2), all.height / (height - margin * 2));
  return {
    left: all.x - (width * scale - all.width) / 2,
    top: all.y - (height * scale - all.height) / 2,
    scale,
    width,
    height,
    seen,
  };
}
