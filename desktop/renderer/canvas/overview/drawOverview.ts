import type { InternalNode } from '@xyflow/react';
import type { CanvasNode } from '../canvasNodes.ts';
import { isStep } from '../canvasNodes.ts';
import { sidesInView } from '../geometry.ts';
import type { Marks } from '../marks.ts';
import { infoOf } from '../stepKinds.ts';
import type { StepData } from '../steps.ts';
import type { LineFromAfar } from './linesFromAfar.ts';
import type { OverviewColors } from './overviewColors.ts';

/** What the overview is drawn from. */
export interface OverviewPicture {
  width: number;
  height: number;
  /** where the flow's corner stands on the canvas, and how large the flow is drawn */
  transform: readonly [x: number, y: number, zoom: number];
  nodes: Iterable<InternalNode<CanvasNode>>;
  lines: Iterable<LineFromAfar>;
  marks: Marks;
  colors: OverviewColors;
}

type Context = CanvasRenderingContext2D;

/** From this zoom on there is room for the beginning of a name on a card. */
const nameZoom = 0.22;

/** Draws the steps of a flow as blocks with their colours, marks and, where there is room, names, and the lines between. */
export function drawOverview(context: Context, picture: OverviewPicture): void {
  const { width, height } = picture;
  drawLines(context, picture);
  const [x, y, zoom] = picture.transform;
  context.textBaseline = 'middle';
  // once, and in few sizes: a font is slow to set
  if (zoom >= nameZoom) context.font = `600 ${nameSize(zoom)}px ${picture.colors.font}`;
  const chosen: (() => void)[] = [];
  for (const node of picture.nodes) {
    const card = node.internals.userNode;
    if (!isStep(card)) continue;
    const at = node.internals.positionAbsolute;
    const block = {
      x: Math.round(x + at.x * zoom),
      y: Math.round(y + at.y * zoom),
      width: Math.round((node.measured.width ?? 0) * zoom),
      height: Math.round((node.measured.height ?? 0) * zoom),
    };
    if (block.x > width || block.y > height || block.x + block.width < 0 || block.y + block.height < 0) continue;
    const draw = () => drawCard(context, card.id, card.data, card.selected === true, block, picture);
    // what is selected or dragged stands in front
    if (card.selected || card.dragging) chosen.push(draw);
    else draw();
  }
  for (const draw of chosen) draw();
}

function drawLines(context: Context, { width, height, transform, lines, colors }: OverviewPicture): void {
  const [x, y, zoom] = transform;
  context.save();
  context.translate(x, y);
  context.scale(zoom, zoom);
  const view = sidesInView(transform, width, height);
  const rest = Math.max(1.75, 0.6 / zoom);
  for (const { line, path, left, top, right, bottom } of lines) {
    if (left > view.right || top > view.bottom || right < view.left || bottom < view.top) continue;
    const way = line.type === 'control' ? line.data : undefined;
    const stressed = line.selected || way?.taken;
    context.lineWidth = stressed ? rest * 1.6 : rest;
    context.strokeStyle = stressed || !way ? colors.accent : colors.line;
    // of data there may be many lines at once: they are fainter than the ways
    context.globalAlpha = way?.skipped ? 0.5 : way ? 1 : 0.35;
    context.stroke(path);
  }
  context.restore();
}

interface Block {
  x: number;
  y: number;
  width: number;
  height: number;
}

function drawCard(
  context: Context,
  id: string,
  data: StepData,
  selected: boolean,
  { x, y, width, height }: Block,
  { transform, marks, colors }: OverviewPicture,
): void {
  const zoom = transform[2];
  const run = marks.run?.get(id)?.state;
  const { sign, tint } = colors.groups[infoOf(data.kind).group];
  const stressed = selected || marks.connectFrom === id;
  if (stressed) fill(context, colors.ring, x - 3, y - 3, width + 6, height + 6);
  const state = run === 'failed' || run === 'waiting' || run === 'running' ? colors.states[run] : colors.border;
  fill(context, stressed ? colors.accent : state, x, y, width, height);
  const passed = run === 'skipped' || run === 'unreached';
  context.globalAlpha = passed ? 0.5 : 1;
  fill(context, passed ? colors.surface : tint, x + 1, y + 1, width - 2, height - 2);
  const square = Math.max(2, Math.round(32 * zoom));
  const left = Math.round(12 * zoom);
  const top = Math.round(15 * zoom);
  fill(context, sign, x + left, y + top, square, square);
  if (zoom >= nameZoom) {
    const begin = left * 2 + square;
    const room = width - begin - 4;
    context.fillStyle = colors.text;
    context.fillText(shortened(data.name, room / (nameSize(zoom) * 0.56)), x + begin, y + top + square / 2, room);
  }
  context.globalAlpha = 1;
  const problems = marks.problems.get(id);
  const worst = problems?.some(({ severity }) => severity === 'error') ? 'error' : 'warning';
  if (run) dot(context, colors.states[run], x + width, y, zoom);
  else if (problems?.length) dot(context, colors.problems[worst], x + width, y, zoom);
}

/** How large names are written, in pixels. */
function nameSize(zoom: number): number {
  return Math.max(8, Math.round(54 * zoom) / 2);
}

function fill(context: Context, color: string, x: number, y: number, width: number, height: number): void {
  context.fillStyle = color;
  context.fillRect(x, y, width, height);
}

/** A mark at the corner of a card; never too small to be seen. */
function dot(context: Context, color: string, x: number, y: number, zoom: number): void {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, Math.max(2.5, 12 * zoom), 0, Math.PI * 2);
  context.fill();
}

function shortened(name: string, letters: number): string {
  const most = Math.max(1, Math.floor(letters));
  return name.length <= most ? name : `${name.slice(0, most - 1)}…`;
}
