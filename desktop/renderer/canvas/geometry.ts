/** Sizes of a step card (see the design's step card): the canvas never measures the DOM. */
export const cardWidth = 240;
export const cardHeadHeight = 62;
export const branchRowHeight = 28;
export const branchPadding = 6;

export interface Point {
  x: number;
  y: number;
}

/** The size of what stands on the canvas, as React Flow is told it: so it knows it before anything is drawn. */
export function sized(width: number, height: number) {
  return { width, height, measured: { width, height } };
}

/** The height of a card: one handle on the head for a single branch, else a row for each. */
export function cardHeight(branches: readonly string[]): number {
  return hasRows(branches) ? cardHeadHeight + branchPadding * 2 + branches.length * branchRowHeight : cardHeadHeight;
}

/** True where the branches are drawn as rows of their own. */
export function hasRows(branches: readonly string[]): boolean {
  return branches.length > 1;
}

/** The middle of a branch's handle, from the top of the card. */
export function branchY(branches: readonly string[], branch: string): number {
  if (!hasRows(branches)) return cardHeadHeight / 2;
  const row = Math.max(0, branches.indexOf(branch));
  return cardHeadHeight + branchPadding + row * branchRowHeight + branchRowHeight / 2;
}

/** Rounds to the 8 px grid. */
export function toGrid(point: Point): Point {
  return { x: Math.round(point.x / 8) * 8, y: Math.round(point.y / 8) * 8 };
}

/** The sides of what is seen of a canvas of that size, in the measure of the flow. */
export function sidesInView(
  [x, y, zoom]: readonly [x: number, y: number, zoom: number],
  width: number,
  height: number,
) {
  return { left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom };
}
