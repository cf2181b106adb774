import interUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { Position } from '@xyflow/react';
import type { Point } from '../canvas/geometry.ts';
import { viewOf } from '../canvas/gestureMaker.ts';
import { layoutView } from '../canvas/layout.ts';
import { controlPath } from '../canvas/linePaths.ts';
import { StepGlyph } from '../canvas/StepIcon.tsx';
import { infoOf } from '../canvas/stepKinds.ts';
import { stepNodes } from '../canvas/steps.ts';
import type { Words } from '../messages/useT.ts';
import { schemeVariables } from '../theme/tokens.ts';
import type { Picture, PictureCard } from './flowSvg.ts';
import { flowSvg, pictureSize } from './flowSvg.ts';

export type Scheme = 'light' | 'dark';

/** A drawn flow as an SVG text. @param flow the flow inside that is drawn; null for the document's own */
export async function drawSvg(tree: JsonObject, flow: string | null, scheme: Scheme, t: Words) {
  const picture = await pictureOf(tree, flow, t);
  const svg = flowSvg(picture, {
    colors: schemeVariables[scheme],
    fontFace: await fontFace(),
    path: (from, to) =>
      controlPath({
        sourceX: from.x,
        sourceY: from.y,
        targetX: to.x,
        targetY: to.y,
        sourcePosition: Position.Right,
        targetPosition: Position.Left,
      }).path,
    fit: fitting(),
  });
  return { svg, ...pictureSize(picture) };
}

const mostPixels = 120_000_000;
const mostSide = 16_000;

/** The same as a PNG: twice as fine as the screen, less where it would be too large to be drawn. */
export async function drawPng(tree: JsonObject, flow: string | null, scheme: Scheme, t: Words): Promise<Blob> {
  const { svg, width, height } = await drawSvg(tree, flow, scheme, t);
  const scale = Math.min(2, mostSide / Math.max(width, height), Math.sqrt(mostPixels / (width * height)));
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!png) throw new Error(t('pictures.failed'));
    return png;
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function pictureOf(tree: JsonObject, flow: string | null, t: Words): Promise<Picture> {
  const view = viewOf(tree, flow);
  const positions = new Map(
    view.nodes.flatMap((node): [string, Point][] => (node.position ? [[node.id, node.position]] : [])),
  );
  if (positions.size < view.nodes.length) {
    const found = await layoutView(view);
    for (const [id, at] of found) if (!positions.has(id)) positions.set(id, at);
  }
  const { renderToStaticMarkup } = await import('react-dom/server');
  const glyphs = new Map<string, string>();
  const cards = stepNodes(tree, view, positions, t).map((node): PictureCard => {
    const { kind, name, summary, branches, hasIn } = node.data;
    if (!glyphs.has(kind)) {
      const markup = renderToStaticMarkup(<StepGlyph kind={kind} size={24} />);
      glyphs.set(kind, markup.replace(/^<svg[^>]*>/, '').replace(/<\/svg>$/, ''));
    }
    const glyph = glyphs.get(kind) ?? '';
    return { id: node.id, at: node.position, name, line: summary, group: infoOf(kind).group, glyph, branches, hasIn };
  });
  return { title: view.name, cards, edges: view.controlEdges };
}

/** The product's font, inside the picture. */
async function fontFace(): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(interUrl)).arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return `@font-face{font-family:"Inter";font-weight:100 900;src:url(data:font/woff2;base64,${btoa(text)}) format("woff2")}`;
}

function fitting(): (text: string, font: { size: number; weight: number }, width: number) => string {
  const context = document.createElement('canvas').getContext('2d');
  return (text, { size, weight }, width) => {
    if (!context) return text;
    context.font = `${weight} ${size}px "Rondo Inter", system-ui, sans-serif`;
    if (context.measureText(text).width <= width) return text;
    let length = text.length;
    while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > width) length--;
    return `${text.slice(0, length).trimEnd()}…`;
  };
}
