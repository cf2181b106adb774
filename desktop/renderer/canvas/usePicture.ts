import type { ReactFlowState } from '@xyflow/react';
import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import type { CanvasNode } from './canvasNodes.ts';

export type DiagramState = ReactFlowState<CanvasNode>;

/** @returns how to stop listening */
type Listen = (onChange: () => void) => () => void;

/**
 * Draws a picture of the diagram now, and whenever its cards, its size or what is seen of it change.
 *
 * @param draw called with what is to be drawn; another function draws at once; undefined draws nothing
 * @param alsoOn tells of other changes that show in the picture
 */
export function usePicture(draw: ((state: DiagramState) => void) | undefined, alsoOn?: Listen): void {
  const store = useStoreApi<CanvasNode>();
  useEffect(() => {
    if (!draw) return;
    let drawn: DiagramState | undefined;
    let waiting = false;
    let gone = false;
    const drawNow = () => {
      waiting = false;
      if (gone) return;
      drawn = store.getState();
      draw(drawn);
    };
    // several changes at once make one picture, before the frame in which they show
    const drawSoon = () => {
      if (!waiting) queueMicrotask(drawNow);
      waiting = true;
    };
    const stop = store.subscribe((state) => {
      const isSame =
        drawn?.transform === state.transform &&
        drawn.nodes === state.nodes &&
        drawn.width === state.width &&
        drawn.height === state.height;
      if (!isSame) drawSoon();
    });
    const stopOther = alsoOn?.(drawSoon);
    drawNow();
    return () => {
      gone = true;
      stop();
      stopOther?.();
    };
  }, [store, draw, alsoOn]);
}

/**
 * Makes a canvas ready for a new picture of a size in CSS pixels.
 *
 * @returns where to draw, in CSS pixels
 */
export function emptied(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio;
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}
