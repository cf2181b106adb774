import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import type { FlowView, NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Editor, EditorState } from './editor.ts';
import type { MakeGesture } from './gestureMaker.ts';
import { gestureMaker, viewOf } from './gestureMaker.ts';
import type { MarksStore } from './marks.ts';
import type { CanvasUi, CanvasUiStore } from './ui.ts';

export type { MakeGesture } from './gestureMaker.ts';
export { gestureMaker, viewOf } from './gestureMaker.ts';

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

export function useGesture(): MakeGesture {
  const { editor, ui } = useEditorPage();
  return useMemo(() => gestureMaker(editor, ui), [editor, ui]);
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
