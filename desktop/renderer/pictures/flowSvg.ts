import type { Point } from '../canvas/geometry.ts';
import {
  branchPadding,
  branchRowHeight,
  branchY,
  cardHeadHeight,
  cardHeight,
  cardWidth,
  hasRows,
} from '../canvas/geometry.ts';
import type { StepGroup } from '../canvas/stepKinds.ts';

/** A card as it is drawn in a picture. */
export interface PictureCard {
  id: string;
  at: Point;
  name: string;
  line: string;
  group: StepGroup;
  /** the glyph: SVG elements on a 24 × 24 square, drawn with strokes */
  glyph: string;
  branches: { name: string; label: string }[];
  hasIn: boolean;
}

export interface PictureEdge {
  from: string;
  branch: string;
  to: string;
}

export interface Picture {
  title: string;
  cards: PictureCard[];
  edges: PictureEdge[];
}

export interface PictureLook {
  /** colours by the names of the theme's variables */
  colors: { [name: string]: string };
  /** a whole `@font-face` rule; empty for none */
  fontFace: string;
  /** the path of an edge between two points */
  path: (from: Point, to: Point) => string;
  /** cuts a text to a width */
  fit: (text: string, font: { size: number; weight: number }, width: number) => string;
}

const margin = 32;

/** The size of a picture, in CSS pixels. */
export function pictureSize({ cards }: Picture): { left: number; top: number; width: number; height: number } {
  const left = Math.min(...cards.map(({ at }) => at.x), 0) - margin;
  const top = Math.min(...cards.map(({ at }) => at.y), 0) - margin;
  const right = Math.max(...cards.map(({ at }) => at.x + cardWidth), cardWidth) + margin;
  const bottom = Math.max(...cards.map((card) => card.at.y + heightOf(card)), cardHeadHeight) + margin;
  return { left, top, width: Math.ceil(right - left), height: Math.ceil(bottom - top) };
}

/** A flow as an SVG document that asks for nothing from outside: fonts, colours and glyphs are in it. */
export function flowSvg(picture: Picture, look: PictureLook): string {
  const { left, top, width, height } = pictureSize(picture);
  const color = (name: string) => look.colors[`--${name}`] ?? '#888';
  const cards = new Map(picture.cards.map((card) => [card.id, card]));
  const edges = picture.edges.flatMap((edge) => {
    const [from, to] = [cards.get(edge.from), cards.get(edge.to)];
    if (!from || !to) return [];
    const names = from.branches.map(({ name }) => name);
    const start = { x: from.at.x + cardWidth, y: from.at.y + branchY(names, edge.branch) };
    const end = { x: to.at.x, y: to.at.y + cardHeadHeight / 2 };
    return [`<path d="${look.path(start, end)}"/>`];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">`,
    `<title>${escaped(picture.title)}</title>`,
    `<style>${look.fontFace}text{font-family:"Inter",system-ui,sans-serif}.n{font-size:14px;font-weight:600}.l{font-size:12.5px;font-weight:450}</style>`,
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${color('r-canvas')}"/>`,
    `<g fill="none" stroke="${color('r-edge')}" stroke-width="1.75">${edges.join('')}</g>`,
    ...picture.cards.map((card) => cardSvg(card, look, color)),
    '</svg>',
  ].join('\n');
}

function heightOf({ branches }: PictureCard): number {
  return cardHeight(branches.map(({ name }) => name));
}

function cardSvg(card: PictureCard, look: PictureLook, color: (name: string) => string): string {
  const names = card.branches.map(({ name }) => name);
  const width = cardWidth - 12 - 32 - 10 - 12;
  const handle = (x: number, y: number) =>
    `<circle cx="${x}" cy="${y}" r="4.25" fill="${color('r-surface')}" stroke="${color('r-edge')}" stroke-width="1.5"/>`;
  const nameY = card.line === '' ? 36 : 27;
  return [
    `<g transform="translate(${card.at.x} ${card.at.y})">`,
    `<rect width="${cardWidth}" height="${heightOf(card)}" rx="8" fill="${color('r-surface')}" stroke="${color('r-line-strong')}"/>`,
    `<rect x="12" y="15" width="32" height="32" rx="8" fill="${color(`g-${card.group}-bg`)}"/>`,
    `<g transform="translate(19 22) scale(.75)" fill="none" stroke="${color(`g-${card.group}`)}" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${card.glyph}</g>`,
    `<text class="n" x="54" y="${nameY}" fill="${color('r-text')}">${escaped(look.fit(card.name, { size: 14, weight: 600 }, width))}</text>`,
    card.line === ''
      ? ''
      : `<text class="l" x="54" y="45" fill="${color('r-dim')}">${escaped(look.fit(card.line, { size: 12.5, weight: 450 }, width))}</text>`,
    hasRows(names)
      ? `<path d="M0 ${cardHeadHeight}H${cardWidth}" stroke="${color('r-line')}"/>${card.branches
          .map(({ label }, index) => {
            const y = cardHeadHeight + branchPadding + index * branchRowHeight + branchRowHeight / 2 + 4.5;
            const text = escaped(look.fit(label, { size: 12.5, weight: 450 }, cardWidth - 28));
            return `<text class="l" x="${cardWidth - 16}" y="${y}" text-anchor="end" fill="${color('r-text')}">${text}</text>`;
          })
          .join('')}`
      : '',
    card.hasIn ? handle(0, cardHeadHeight / 2) : '',
    ...names.map((name) => handle(cardWidth, branchY(names, name))),
    '</g>',
  ].join('');
}

function escaped(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has none of these
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
  );
}
