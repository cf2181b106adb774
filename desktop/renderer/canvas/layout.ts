import type { FlowView } from '@rondo/shared/oas/flow.ts';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';
import type { Point } from './geometry.ts';
import { branchY, cardHeight, cardWidth } from './geometry.ts';

export interface LayoutStep {
  id: string;
  branches: readonly string[];
  /** where a flow starts: placed at the left, whatever leads back to the steps after it */
  first: boolean;
}
export interface LayoutEdge {
  from: string;
  branch: string;
  to: string;
}

/**
 * Places the steps of a flow as {@link layoutSteps} does.
 *
 * @param nodes those that are placed; all of the flow where it is left out
 */
export function layoutView(view: FlowView, nodes: FlowView['nodes'] = view.nodes): Promise<Map<string, Point>> {
  return layoutSteps(
    nodes.map((node) => ({ id: node.id, branches: node.branches, first: node.id === view.startId })),
    view.controlEdges,
  );
}

/**
 * Places steps from left to right along their edges with elkjs, in a thread of its own that is started only when
 * a document needs it.
 *
 * @param steps every step of the flow, in document order
 * @param edges its control edges; edges to steps that are not listed are left out
 * @returns the top left corner of each step by id
 */
export async function layoutSteps(
  steps: readonly LayoutStep[],
  edges: readonly LayoutEdge[],
): Promise<Map<string, Point>> {
  if (steps.length === 0) return new Map();
  const { default: Elk } = await import('elkjs/lib/elk-api.js');
  const byId = new Map(steps.map((step) => [step.id, step]));
  const port = (step: string, branch: string) => `${step}\u0000${branch}`;
  const known = edges.filter((edge) => byId.get(edge.from)?.branches.includes(edge.branch) && byId.has(edge.to));
  const entered = new Set(known.map((edge) => edge.to));
  const elk = new Elk({ workerUrl });
  const layout = elk.layout({
    id: 'flow',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.layered.spacing.nodeNodeBetweenLayers': '72',
      'elk.spacing.nodeNode': '48',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.spacing.componentComponent': '64',
    },
    children: steps.map((step) => ({
      id: step.id,
      width: cardWidth,
      height: cardHeight(step.branches),
      layoutOptions: {
        'elk.portConstraints': 'FIXED_POS',
        // elkjs refuses the constraint on a step that an edge leads to
        ...(step.first && !entered.has(step.id) && { 'elk.layered.layering.layerConstraint': 'FIRST' }),
      },
      ports: [
        { id: port(step.id, ''), x: 0, y: 31, width: 0, height: 0, layoutOptions: { 'elk.port.side': 'WEST' } },
        ...step.branches.map((branch) => ({
          id: port(step.id, `>${branch}`),
          x: cardWidth,
          y: branchY(step.branches, branch),
          width: 0,
          height: 0,
          layoutOptions: { 'elk.port.side': 'EAST' },
        })),
      ],
    })),
    edges: known.map((edge, index) => ({
      id: `e${index}`,
      sources: [port(edge.from, `>${edge.branch}`)],
      targets: [port(edge.to, '')],
    })),
  });
  const graph = await layout.finally(() => elk.terminateWorker());
  return new Map((graph.children ?? []).map((child) => [child.id, { x: child.x ?? 0, y: child.y ?? 0 }]));
}
