import type { FlowView } from '@rondo/shared/oas/flow.ts';
import { openFlow, rootFlow } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { ownText } from '@rondo/shared/oas/json.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { reference } from '@rondo/shared/oas/references.ts';
import { controlEdge, dataEdge } from '../drawing.ts';
import { framesMetadata, notesOf } from '../frames/frames.ts';
import type { Point } from '../geometry.ts';
import type { Clip } from './clip.ts';
import { copySteps, isEmpty, partsOf } from './clip.ts';

const version = '26.1.2';

/** A clip as the text that goes on the clipboard: a flow in Open Agent Spec, without a start. */
export function clipText(clip: Clip, name: string): string {
  const names = new Map(clip.nodes.map((node) => [String(node.id), String(node.name ?? '')]));
  const view = { nodes: [...names].map(([id, title]) => ({ id, name: title })) };
  const metadata = framesMetadata(clip.notes, clip.groups);
  const flow: JsonObject = {
    component_type: 'Flow',
    id: crypto.randomUUID(),
    name,
    nodes: clip.nodes.map((node) => reference(String(node.id))),
    control_flow_connections: clip.controlEdges.map((edge) => controlEdge(view, edge.from, edge.branch, edge.to)),
    data_flow_connections: clip.dataEdges.map((edge) =>
      dataEdge(edge.source, edge.output, edge.destination, edge.input),
    ),
    $referenced_components: {
      ...clip.parts,
      ...Object.fromEntries(clip.nodes.map((node): [string, Json] => [String(node.id), node])),
    },
    ...(metadata && { metadata }),
    agentspec_version: version,
  };
  return JSON.stringify(flow, null, 2);
}

/** What a pasted text turned out to be. `empty` = a flow without steps that could be taken over. */
export type Pasted = { clip: Clip; positioned: boolean; view: FlowView | undefined } | { problem: 'notOas' | 'empty' };

/** Reads what was pasted: copied steps, a whole flow (its steps are taken over, without its start), or a single step. */
export function readClip(text: string): Pasted {
  const { tree } = readDocument(text);
  if (tree === undefined || !/"?component_type"?/.test(text)) return { problem: 'notOas' };
  if (rootFlow(tree)) {
    const view = openFlow(tree);
    const places = new Map<string, Point>(
      view.nodes.flatMap((node) => (node.position ? [[node.id, node.position]] : [])),
    );
    const starts = new Set(view.nodes.filter((node) => node.type === 'StartNode').map((node) => node.id));
    const ids = view.nodes.map((node) => node.id).filter((id) => !starts.has(id));
    const notes = notesOf(view).map(({ id }) => id);
    const clip = copySteps(tree, view, places, ids, notes);
    if (isEmpty(clip)) return { problem: 'empty' };
    return { clip, positioned: ids.every((id) => places.has(id)), view };
  }
  const type = ownText(tree, 'component_type');
  if (type === undefined) return { problem: 'notOas' };
  if (!type.endsWith('Node') || type === 'StartNode') return { problem: 'empty' };
  const { $referenced_components: _parts, agentspec_version: _version, ...node } = tree;
  const whole = { id: crypto.randomUUID(), ...node };
  return {
    clip: { nodes: [whole], controlEdges: [], dataEdges: [], parts: partsOf(tree, [whole]), notes: [], groups: [] },
    positioned: false,
    view: undefined,
  };
}
