import { EditError } from '@rondo/shared/oas/edit.ts';
import type { FlowView, NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { componentsOf } from '@rondo/shared/oas/references.ts';
import { spokenWords } from '../messages/language.ts';
import { problemWords } from '../messages/saidWords.ts';
import type { Editor } from './editor.ts';
import type { GestureDraft } from './gesture.ts';
import { draftGesture, findFlow } from './gesture.ts';
import type { CanvasUiStore } from './ui.ts';
import { sayDone } from './ui.ts';

const cardsOnly = new WeakMap<JsonObject, FlowView>();

/**
 * The lens on a flow of a document: the one with the id, else the document's own. A document without a flow (an agent,
 * say) is shown as cards: its components, without edges, under an empty id.
 */
export function viewOf(tree: JsonObject, flow: string | null): FlowView {
  const view = (flow === null ? undefined : findFlow(tree, flow)) ?? findFlow(tree, null) ?? cardsOnly.get(tree);
  if (view) return view;
  const nodes = [...componentsOf(tree)].map(([id, { component, pointer }]): NodeView => {
    const text = (field: string) => (typeof component[field] === 'string' ? String(component[field]) : '');
    return {
      id,
      type: text('component_type'),
      name: text('name') || text('component_type'),
      description: text('description'),
      known: false,
      component,
      pointer,
      inputs: [],
      outputs: [],
      branches: [],
      position: null,
      rondo: {},
    };
  });
  const cards: FlowView = {
    id: '',
    name: '',
    component: tree,
    pointer: '',
    nodes,
    nodeById: new Map(nodes.map((node) => [node.id, node])),
    controlEdges: [],
    dataEdges: [],
    startId: '',
    inputs: [],
    outputs: [],
  };
  cardsOnly.set(tree, cards);
  return cards;
}

/**
 * Makes one gesture: the commands that `build` collects are applied and sent as a whole. Gestures of one `series` that
 * follow each other closely are taken back as one.
 */
export type MakeGesture = (label: string, build: (draft: GestureDraft) => void, series?: string) => boolean;

/** Makes gestures on what an editor shows, in the flow that is drawn. */
export function gestureMaker(editor: Editor, ui: CanvasUiStore): MakeGesture {
  return (label, build, series) => {
    const { tree } = editor.store.getState();
    const draft = draftGesture(tree, viewOf(tree, ui.getState().flow).id);
    try {
      build(draft);
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      editor.store.setState({
        notice: { kind: 'refused', message: problemWords(error, spokenWords()), unsaved: null },
      });
      return false;
    }
    const done = editor.apply(label, draft.commands, { done: { from: tree, to: draft.tree }, series });
    if (done && draft.commands.length > 0) sayDone(ui, label);
    return done;
  };
}
