import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import { applyCommands, EditError } from '@rondo/shared/oas/edit.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { Gesture, PendingGestures } from './pendingGestures.ts';

export type { Gesture } from './pendingGestures.ts';

/** What the server says about a draft. */
export interface DraftState {
  text: string;
  seq: number;
  savedAt: string | null;
  undo: { label: string } | null;
  redo: { label: string } | null;
}

export interface EditAccepted {
  seq: number;
  missed: { seq: number; commands: EditCommand[]; actorName: string }[];
  savedAt: string;
}

/** Thrown by a `DraftService` when the server answered and said no; anything else counts as "could not reach it". */
export class RefusedError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'RefusedError';
    this.code = code;
  }
}

/** The server's side of a draft. Every method throws `RefusedError` for an answer that says no. */
export interface DraftService {
  get(): Promise<DraftState>;
  edit(baseSeq: number, gesture: Gesture): Promise<EditAccepted>;
  undo(): Promise<Omit<DraftState, 'savedAt'> & { label: string }>;
  redo(): Promise<Omit<DraftState, 'savedAt'> & { label: string }>;
}

export type SaveState = 'saved' | 'saving' | 'offline';

/** Something that the person has to know: their change was not taken. `unsaved` is what they had, as text to copy. */
export interface EditorNotice {
  kind: 'conflict' | 'refused' | 'unreadable';
  message: string;
  unsaved: string | null;
}

export interface EditorState {
  /** the document as the server has it */
  base: JsonObject;
  /** the document as the person sees it: base with what is not saved yet */
  tree: JsonObject;
  seq: number;
  pending: Gesture[];
  save: SaveState;
  savedAt: string | null;
  undo: { label: string } | null;
  redo: { label: string } | null;
  notice: EditorNotice | null;
}

export interface Editor {
  store: StoreApi<EditorState>;
  /**
   * Applies a gesture at once and sends it. Returns false, with a notice, when it does not fit the document. `done` is
   * what the commands make of a tree, where that was found out already.
   */
  apply(label: string, commands: EditCommand[], done?: { from: JsonObject; to: JsonObject }): boolean;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Looks for newer work on the server, and goes on sending what waits. */
  refresh(): Promise<void>;
  /** Takes a state that was read elsewhere, if it is newer than what is here. */
  offer(draft: DraftState): Promise<void>;
  /** Resolves when nothing waits to be saved any more; rejects when the server cannot be reached. */
  flush(): Promise<number>;
  dismissNotice(): void;
  close(): void;
}

const retryAfter = [1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * The state of one draft that is being edited: gestures are applied here at once and sent one after the other; edits
 * of others are put underneath; nothing newer on the server is ever overwritten (G10), and nothing that waits to be
 * saved is lost by a reload.
 *
 * @param read the first text as a tree, where it was read already
 * @throws Error when the first text cannot be read
 */
export function createEditor(
  first: DraftState,
  service: DraftService,
  kept: PendingGestures,
  read?: JsonObject,
): Editor {
  const tree = read ?? parse(first.text);
  if (!tree) throw new Error('The document cannot be read.');
  const restored = kept.load().filter((gesture) => stillMissing(tree, gesture));
  const start = replay(tree, restored);
  const store = createStore<EditorState>(() => ({
    base: tree,
    tree: start.tree,
    seq: first.seq,
    pending: start.applied,
    save: start.applied.length > 0 ? 'saving' : 'saved',
    savedAt: first.savedAt,
    undo: first.undo,
    redo: first.redo,
    notice: null,
  }));
  let pumping: Promise<void> | null = null;
  let closed = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** the outcome of the last send is unknown: ask before sending it again */
  let uncertain = false;
  keep();

  function keep() {
    kept.save(store.getState().pending);
  }

  function pump(): Promise<void> {
    if (pumping) return pumping;
    if (timer) clearTimeout(timer);
    timer = undefined;
    pumping = send().finally(() => {
      pumping = null;
    });
    return pumping;
  }

  async function send(): Promise<void> {
    while (!closed && (uncertain || store.getState().pending.length > 0)) {
      const { seq, pending } = store.getState();
      const gesture = pending[0];
      const asking = uncertain || !gesture;
      store.setState({ save: 'saving' });
      try {
        if (asking) {
          adopt(await service.get());
          uncertain = false;
        } else {
          accept(gesture, await service.edit(seq, gesture));
        }
        failures = 0;
      } catch (error) {
        if (error instanceof RefusedError && !isSignedOut(error)) {
          refuse(error);
          if (!asking) continue;
          store.setState({ save: 'offline' });
          return;
        }
        uncertain = true;
        store.setState({ save: 'offline' });
        const wait = retryAfter[Math.min(failures, retryAfter.length - 1)] ?? 15_000;
        failures += 1;
        if (!closed) timer = setTimeout(() => void pump(), wait);
        return;
      }
    }
    store.setState({ save: 'saved' });
  }

  function accept(gesture: Gesture, answer: EditAccepted) {
    const state = store.getState();
    const pending = state.pending.slice(1);
    const fields = { seq: answer.seq, savedAt: answer.savedAt, undo: { label: gesture.label }, redo: null };
    const theirs = answer.missed.flatMap((edit) => edit.commands);
    // nothing of others and nothing more of one's own: what is seen is what the server has
    const settled = theirs.length === 0 && pending.length === 0;
    const base = settled ? state.tree : tryApply(tryApply(state.base, theirs), gesture.commands);
    if (!base) {
      // what the server has is not what we can follow: take its text instead
      store.setState({ ...fields, pending });
      uncertain = true;
      return;
    }
    const next = theirs.length === 0 ? { tree: state.tree, applied: pending } : replay(base, pending);
    store.setState({ ...fields, base, tree: next.tree, pending: next.applied });
    keep();
  }

  /** Takes a newer state of the server; gestures that it already holds, or that no longer fit, leave the queue. */
  function adopt(draft: DraftState) {
    const state = store.getState();
    const newer = parse(draft.text);
    if (!newer) {
      store.setState({ notice: { kind: 'unreadable', message: '', unsaved: null } });
      return;
    }
    const waiting =
      draft.seq === state.seq ? state.pending : state.pending.filter((gesture) => stillMissing(newer, gesture));
    const next = replay(newer, waiting);
    store.setState({
      base: newer,
      tree: next.tree,
      seq: draft.seq,
      pending: next.applied,
      savedAt: draft.savedAt ?? state.savedAt,
      undo: draft.undo,
      redo: draft.redo,
    });
    keep();
  }

  /** The server said no: what waits is taken off (offered as text), and the newer state is read next. */
  function refuse(error: RefusedError) {
    const state = store.getState();
    store.setState({
      pending: [],
      notice: {
        kind: error.code === 'CONFLICT' ? 'conflict' : 'refused',
        message: error.message,
        unsaved: state.pending.length > 0 ? JSON.stringify(state.tree, null, 2) : null,
      },
    });
    keep();
    uncertain = true;
  }

  async function step(act: () => ReturnType<DraftService['undo']>) {
    await flush();
    try {
      const answer = await act();
      adopt({ ...answer, savedAt: new Date().toISOString() });
      store.setState({ save: 'saved' });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      refuse(error);
      await pump();
    }
  }

  async function flush(): Promise<number> {
    await pump();
    const state = store.getState();
    if (state.pending.length > 0) throw new Error('The server cannot be reached; the last changes are not saved yet.');
    return state.seq;
  }

  async function offer(draft: DraftState): Promise<void> {
    await pump();
    if (!closed && !pumping && draft.seq > store.getState().seq) adopt(draft);
  }

  if (start.applied.length > 0) void pump();

  return {
    store,
    apply(label, commands, done) {
      if (commands.length === 0) return true;
      const state = store.getState();
      try {
        const tree = done?.from === state.tree ? done.to : applyCommands(state.tree, commands).tree;
        store.setState({ tree, pending: [...state.pending, { label, commands }], save: 'saving' });
      } catch (error) {
        if (!(error instanceof EditError)) throw error;
        store.setState({ notice: { kind: 'refused', message: error.message, unsaved: null } });
        return false;
      }
      keep();
      void pump();
      return true;
    },
    undo: () => step(() => service.undo()),
    redo: () => step(() => service.redo()),
    refresh: async () => offer(await service.get()),
    offer,
    flush,
    dismissNotice: () => store.setState({ notice: null }),
    close() {
      closed = true;
      if (timer) clearTimeout(timer);
    },
  };
}

/** The session ended: nothing is wrong with the gesture, it waits until somebody is signed in again. */
function isSignedOut(error: RefusedError): boolean {
  return error.code === 'UNAUTHENTICATED' || error.code === 'UNAUTHORIZED';
}

/** Parses a draft's text; undefined when it is no document. */
export function parse(text: string): JsonObject | undefined {
  return readDocument(text).tree;
}

function tryApply(tree: JsonObject | undefined, commands: EditCommand[]): JsonObject | undefined {
  if (!tree || commands.length === 0) return tree;
  try {
    return applyCommands(tree, commands).tree;
  } catch (error) {
    if (error instanceof EditError) return undefined;
    throw error;
  }
}

/** Applies gestures in order; those that no longer fit are left out. */
function replay(base: JsonObject, gestures: Gesture[]): { tree: JsonObject; applied: Gesture[] } {
  let tree = base;
  const applied: Gesture[] = [];
  for (const gesture of gestures) {
    const next = tryApply(tree, gesture.commands);
    if (!next) continue;
    tree = next;
    applied.push(gesture);
  }
  return { tree, applied };
}

/** False when a gesture has already reached this document: it changes nothing, or cannot be made twice. */
function stillMissing(tree: JsonObject, gesture: Gesture): boolean {
  const next = tryApply(tree, gesture.commands);
  return next !== undefined && JSON.stringify(next) !== JSON.stringify(tree);
}
