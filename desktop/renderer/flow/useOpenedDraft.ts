import { useEffect, useState } from 'react';
import type { ApiError } from '../api/errors.ts';
import { toApiError } from '../api/errors.ts';
import { readOnce } from '../api/queries.ts';
import type { Editor } from '../canvas/editor.ts';
import { createEditor, parse } from '../canvas/editor.ts';
import { pendingInSession } from '../canvas/pendingGestures.ts';
import { draftService } from './flowApi.ts';

export interface OpenedDraft {
  /** null while the draft is opened, and when it cannot be */
  editor: Editor | null;
  error: ApiError | 'unreadable' | null;
  /** tries again after a failure */
  again(): void;
}

const opening = { editor: null, error: null };

/**
 * Opens the draft of a flow for editing, with what this window has not saved yet, and looks for newer work whenever the
 * server has some.
 *
 * @param seq the newest state that the server is known to have
 */
export function useOpenedDraft(flowId: string, seq: number): OpenedDraft {
  const [turn, setTurn] = useState(0);
  const [opened, setOpened] = useState<Omit<OpenedDraft, 'again'>>(opening);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn is another try
  useEffect(() => {
    let editor: Editor | undefined;
    let current = true;
    setOpened(opening);
    readOnce('flow', 'get', { flowId }).then(
      (draft) => {
        if (!current) return;
        const tree = parse(draft.text);
        if (tree) editor = createEditor(draft, draftService(flowId), pendingInSession(flowId), tree);
        setOpened(editor ? { editor, error: null } : { editor: null, error: 'unreadable' });
      },
      (error: unknown) => {
        if (current) setOpened({ editor: null, error: toApiError(error) });
      },
    );
    return () => {
      current = false;
      editor?.close();
    };
  }, [flowId, turn]);
  const { editor } = opened;
  useEffect(() => {
    // its own work is known to the editor before the server tells of it
    if (editor && seq > editor.store.getState().seq) {
      editor
        .flush()
        .then(
          (mine) => (seq > mine ? editor.refresh() : undefined),
          () => undefined, // not reached: the editor says so, and asks again by itself
        )
        .catch(() => undefined);
    }
  }, [editor, seq]);
  return { ...opened, again: () => setTurn(turn + 1) };
}
