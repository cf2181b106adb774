import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import { EditError } from '@rondo/shared/oas/edit.ts';
import type { FlowView, NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { componentsOf } from '@rondo/shared/oas/references.ts';
import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Editor, EditorState } from './editor.ts';
import type { GestureDraft } from './gesture.ts';
import { draftGesture, findFlow } from './gesture.ts';
import type { MarksStore } from './marks.ts';
import type { CanvasUi, CanvasUiStore } from './ui.ts';

/** Everything that the parts of the flow page share. */
export interface EditorPage {
  flowId: string;
  editor: Editor;
  ui: CanvasUiStore;
  marks: MarksStore;
  /** may this person edit? */
  editable: boolean;
}

export const EditorContext = createContext<EditorPage | null>(null);

/** @throws Error outside of the flow page */
export function useEditorPage(): EditorPage {
  const page = useContext(EditorContext);
  if (!page) throw new Error('This part of the canvas stands outside of a flow page.');
  return page;
}

export function useEditor<T>(select: (state: EditorState) => T): T {
  return useStore(useEditorPage().editor.store, select);
}

export function useUi<T>(select: (ui: CanvasUi) => T): T {
  return useStore(useEditorPage().ui, select);
}

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

/** The document and the flow that is drawn. */
export function useFlowView(): { tree: JsonObject; view: FlowView } {
  const tree = useEditor((state) => state.tree);
  const flow = useUi((ui) => ui.flow);
  return useMemo(() => ({ tree, view: viewOf(tree, flow) }), [tree, flow]);
}

export function useStepView(id: string): NodeView | undefined {
  const { view } = useFlowView();
  return view.nodes.find((node) => node.id === id);
}

/** Makes one gesture: the commands that `build` collects are applied and sent as a whole. */
export type MakeGesture = (label: string, build: (draft: GestureDraft) => void) => boolean;

export function useGesture(): MakeGesture {
  const { editor, ui } = useEditorPage();
  return useMemo(() => gestureMaker(editor, ui), [editor, ui]);
}

/** The same outside of a component. */
export function gestureMaker(editor: Editor, ui: CanvasUiStore): MakeGesture {
  return (label, build) => {
    const { tree } = editor.store.getState();
    const draft = draftGesture(tree, viewOf(tree, ui.getState().flow).id);
    try {
      build(draft);
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      editor.store.setState({ notice: { kind: 'refused', message: error.message, unsaved: null } });
      return false;
    }
    return editor.apply(label, draft.commands, { from: tree, to: draft.tree });
  };
}

/** Sends ready-made commands as one gesture. */
export function useCommands(): (label: string, ...commands: EditCommand[]) => boolean {
  const { editor } = useEditorPage();
  return useMemo(
    () =>
      (label, ...commands) =>
        editor.apply(label, commands),
    [editor],
  );
}
