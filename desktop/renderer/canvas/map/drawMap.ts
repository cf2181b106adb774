import type { Box } from '../arrange/boxes.ts';
import { around } from '../arrange/boxes.ts';
import { infoOf } from '../stepKinds.ts';
import type { DiagramState } from '../usePicture.ts';
import type { MapColors } from './mapColors.ts';
import type { MapView } from './mapView.ts';

/** Everything that stands on a canvas as blocks in a picture of its own, and the box around it. */
export interface Blocks {
  box: Box;
  picture: OffscreenCanvas;
}

/** Draws the blocks, no larger than the map. @returns undefined where nothing stands */
export function drawBlocks(
  nodes: DiagramState['nodeLookup'],
  colors: MapColors,
  width: number,
  height: number,
): Blocks | undefined {
  const cards = [...nodes.values()].map(({ internals, measured }) => ({
    ...internals.positionAbsolute,
    width: measured.width ?? 0,
    height: measured.height ?? 0,
    card: internals.userNode,
  }));
  if (cards.length === 0) return undefined;
  const box = around(cards);
  const scale = Math.min(width / box.width, height / box.height);
  const picture = new OffscreenCanvas(Math.ceil(box.width * scale), Math.ceil(box.height * scale));
  const context = picture.getContext('2d');
  for (const { x, y, width, height, card } of cards) {
    if (!context) break;
    context.fillStyle = colors.blocks[card.type === 'step' ? infoOf(card.data.kind).group : (card.type ?? 'frame')];
    context.fillRect((x - box.x) * scale, (y - box.y) * scale, width * scale, height * scale);
  }
  return { box, picture };
}

/** Draws the map: the blocks, and a veil over what is not in view. */
export function drawMap(
  context: CanvasRenderingContext2D,
  { box, picture }: Blocks,
  view: MapView,
  veil: string,
): void {
  const { left, top, scale, width, height, seen } = view;
  const at = ({ x, y }: Box) => [(x - left) / scale, (y - top) / scale] as const;
  context.drawImage(picture, ...at(box), box.width / scale, box.height / scale);
  context.beginPath();
  context.rect(0, 0, width, height);
  context.rect(...at(seen), seen.width / scale, seen.height / scale);
  context.fillStyle = veil;
  context.fill('evenodd');
}
