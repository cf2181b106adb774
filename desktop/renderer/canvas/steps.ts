import type { FlowView, NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import type { Edge, Node } from '@xyflow/react';
import { Position } from '@xyflow/react';
import type { Words } from '../messages/useT.ts';
import { part } from './componentParts.ts';
import type { Point } from './geometry.ts';
import { branchY, cardHeadHeight, cardHeight, cardWidth, sized } from './geometry.ts';
import type { StepKind } from './stepKinds.ts';
import { kindOf } from './stepKinds.ts';
import { branchLabel, summaryOf } from './summary.ts';

export interface StepBranch {
  name: string;
  label: string;
  connected: boolean;
}

/** What a card shows. */
export type StepData = {
  name: string;
  kind: StepKind;
  type: string;
  summary: string;
  branches: StepBranch[];
  hasIn: boolean;
  /** a sample is pinned to it */
  pinned: boolean;
  index: number;
  total: number;
};

export type StepNode = Node<StepData, 'step'>;
export type ControlEdgeData = { taken: boolean; skipped: boolean };
export type ControlLine = Edge<ControlEdgeData, 'control'>;
export type DataLineEdge = Edge<{ words: string }, 'data'>;
export type FlowLine = ControlLine | DataLineEdge;

/** The handle that a branch leaves from, and the one where edges come in. */
export const branchHandle = (branch: string) => `>${branch}`;
export const inHandle = 'in';
export const branchOfHandle = (handle: string | null | undefined) =>
  handle?.startsWith('>') ? handle.slice(1) : 'next';

const cache = new WeakMap<JsonObject, { key: string; data: StepData }>();

/** The kind of a node, its tool read from the document. */
export function kindOfNode(tree: JsonObject, node: NodeView): StepKind {
  return kindOf(node.type, part(tree, node.component, 'tool'));
}

/**
 * The cards of a flow, in document order. A card whose step did not change keeps its `data` object, so that it is not
 * drawn again.
 *
 * @param positions where steps stand; a step without one is left out
 */
export function stepNodes(
  tree: JsonObject,
  view: FlowView,
  positions: ReadonlyMap<string, Point>,
  t: Words,
): StepNode[] {
  const connected = new Set(view.controlEdges.map((edge) => `${edge.from}\u0000${edge.branch}`));
  return view.nodes.flatMap((node, index): StepNode[] => {
    const position = positions.get(node.id);
    if (!position) return [];
    const kind = kindOfNode(tree, node);
    const branches = node.branches.map((name) => ({
      name,
      label: branchLabel(name, t),
      connected: connected.has(`${node.id}\u0000${name}`),
    }));
    const data: StepData = {
      name: node.name,
      kind,
      type: node.type,
      summary: summaryOf(tree, node, kind, t),
      branches,
      hasIn: node.type !== 'StartNode',
      pinned: isObject(node.rondo.sample),
      index: index + 1,
      total: view.nodes.length,
    };
    const key = JSON.stringify(data);
    const old = cache.get(node.component);
    const kept = old?.key === key ? old.data : data;
    if (kept === data) cache.set(node.component, { key, data });
    const height = cardHeight(node.branches);
    return [
      {
        id: node.id,
        type: 'step',
        position,
        data: kept,
        ...sized(cardWidth, height),
        handles: handlesOf(node.branches, data.hasIn, height),
      },
    ];
  });
}

function handlesOf(branches: readonly string[], hasIn: boolean, height: number): StepNode['handles'] {
  const size = { width: 10, height: 10 };
  return [
    ...(hasIn
      ? [{ ...size, id: inHandle, type: 'target' as const, position: Position.Left, x: -5, y: cardHeadHeight / 2 - 5 }]
      : []),
    ...branches.map((branch) => ({
      ...size,
      id: branchHandle(branch),
      type: 'source' as const,
      position: Position.Right,
      x: cardWidth - 5,
      y: branchY(branches, branch) - 5,
    })),
    {
      width: 2,
      height: 2,
      id: 'data-out',
      type: 'source',
      position: Position.Bottom,
      x: cardWidth / 2 + 12,
      y: height,
    },
    { width: 2, height: 2, id: 'data-in', type: 'target', position: Position.Bottom, x: cardWidth / 2 - 12, y: height },
  ];
}

/** The control edges as lines. `taken` are `from\0branch` keys of a run, null where no run is drawn. */
export function controlLines(
  view: FlowView,
  taken: ReadonlySet<string> | null,
  visited: ReadonlySet<string>,
): ControlLine[] {
  return view.controlEdges.map((edge, index) => {
    const isTaken = taken?.has(`${edge.from}\u0000${edge.branch}`) ?? false;
    return {
      id: edge.id || `${edge.name}\u0000${index}`,
      type: 'control',
      source: edge.from,
      sourceHandle: branchHandle(edge.branch),
      target: edge.to,
      targetHandle: inHandle,
      data: { taken: isTaken, skipped: taken !== null && !isTaken && visited.has(edge.from) },
      zIndex: isTaken ? 1 : 0,
    };
  });
}

/** Data edges as dotted lines: one between two steps, however many values it carries. */
export function dataLines(view: FlowView, of: ReadonlySet<string> | 'all'): DataLineEdge[] {
  const lines = new Map<string, DataLineEdge>();
  for (const edge of view.dataEdges) {
    if (of !== 'all' && !of.has(edge.source) && !of.has(edge.destination)) continue;
    const key = `data\u0000${edge.source}\u0000${edge.destination}`;
    const old = lines.get(key);
    lines.set(key, {
      id: key,
      type: 'data',
      source: edge.source,
      sourceHandle: 'data-out',
      target: edge.destination,
      targetHandle: 'data-in',
      data: { words: old?.data ? `${old.data.words}, ${edge.output}` : edge.output },
      selectable: false,
      deletable: false,
      focusable: false,
      reconnectable: false,
    });
  }
  return [...lines.values()];
}
