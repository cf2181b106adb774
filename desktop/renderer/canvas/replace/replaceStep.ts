import type { NodeKind } from '@rondo/shared/oas/create.ts';
import { newNode } from '@rondo/shared/oas/create.ts';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { spokenWords } from '../../messages/language.ts';
import { dropDeadEdges, settleInputs } from '../dataGestures.ts';
import { controlEdge, dataEdge, edgeKey } from '../drawing.ts';
import type { GestureDraft } from '../gesture.ts';
import { partOf, titleOf } from '../gesture.ts';
import { newStepWords } from '../newStep.ts';

/** Where a kind of step has its one text: the field, and the part of the step that holds it. */
const texts: Partial<Record<string, { field: string; part?: string }>> = {
  LlmNode: { field: 'prompt_template' },
  InputMessageNode: { field: 'message' },
  OutputMessageNode: { field: 'message' },
  AgentNode: { field: 'system_prompt', part: 'agent' },
};

/**
 * Makes a step one of another kind, in one gesture. It keeps what fits: its id, name, description, place and notes, the
 * lines in and out, the values whose names both kinds have, and its text where both have one.
 */
export function replaceStep(draft: GestureDraft, id: string, kind: NodeKind): void {
  const old = draft.node(id);
  if (!old) return;
  const text = textOf(draft.tree, old);
  const fresh = newNode(kind, { name: old.name, words: newStepWords(spokenWords()) });
  const target = texts[String(fresh.component_type)];
  const { description, metadata } = old.component;
  const replaced: JsonObject = {
    ...(text !== undefined && target ? withText(fresh, target, text) : fresh),
    id,
    ...(description === undefined ? {} : { description }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  draft.run({ type: 'set', component: id, pointer: '', value: replaced });
  keepWays(draft, old, id);
  settleInputs(draft, id);
  keepValues(draft, old, id);
  dropDeadEdges(draft, id);
}

function textOf(tree: JsonObject, node: NodeView): string | undefined {
  const place = texts[node.type];
  if (!place) return undefined;
  const holder = place.part ? partOf(tree, node.component, place.part)?.value : node.component;
  const text = holder?.[place.field];
  return typeof text === 'string' ? text : undefined;
}

function withText(node: JsonObject, { field, part }: { field: string; part?: string }, text: string): JsonObject {
  if (!part) return { ...node, [field]: text };
  const holder = node[part];
  // what a text asks for is inferred
  return isObject(holder) ? { ...node, inputs: null, [part]: { ...holder, inputs: null, [field]: text } } : node;
}

/** Ways out keep their branch where the new kind has it; the others take the branches that are free, in order. */
function keepWays(draft: GestureDraft, old: NodeView, id: string): void {
  const view = draft.view();
  const branches = draft.node(id)?.branches ?? [];
  const out = view.controlEdges.filter((edge) => edge.from === id);
  const kept = new Set(out.filter((edge) => branches.includes(edge.branch)).map((edge) => edge.branch));
  const lost = out.filter((edge) => !branches.includes(edge.branch));
  lost.sort((a, b) => old.branches.indexOf(a.branch) - old.branches.indexOf(b.branch));
  for (const edge of lost) {
    draft.run({ type: 'disconnect', flow: view.id, edge: edgeKey(edge) });
    const branch = branches.find((name) => !kept.has(name));
    if (branch === undefined) continue;
    kept.add(branch);
    draft.run({ type: 'connect', flow: view.id, edge: controlEdge(view, id, branch, edge.to) });
  }
}

/** Where both kinds have one output only, what took the old one takes the new one. */
function keepValues(draft: GestureDraft, old: NodeView, id: string): void {
  const node = draft.node(id);
  const [before, ...others] = old.outputs.map(titleOf);
  const [after, ...more] = node?.outputs.map(titleOf) ?? [];
  if (before === undefined || after === undefined || before === after || others.length + more.length > 0) return;
  const view = draft.view();
  for (const edge of view.dataEdges) {
    if (edge.source !== id || edge.output !== before || edge.inferred) continue;
    draft.run(
      { type: 'disconnect', flow: view.id, edge: edgeKey(edge) },
      { type: 'connect', flow: view.id, edge: dataEdge(id, after, edge.destination, edge.input) },
    );
  }
}
