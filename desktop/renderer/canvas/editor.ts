import { commandsBetween } from '@rondo/shared/oas/edit/between.ts';
import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import { EditError, treeAfter } from '@rondo/shared/oas/edit.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import { remember } from './derivation.ts';
import type { DraftService, DraftState, EditAccepted, SteppedBack } from './draftService.ts';
import { RefusedError } from './draftService.ts';
import type { Held } from './heldGestures.ts';
import { documentsOf, labelOf, mergedOnto } from './heldGestures.ts';
import { createPatientLoop } from './patientLoop.ts';
import type { Gesture, HeldGestures, PendingGestures } from './pendingGestures.ts';
import { parse, replayed, takenBack, tryApply } from './replay.ts';
import { createSeries, inOneGo } from './series.ts';

export type { DraftService, DraftState, EditAccepted, SteppedBack } from './draftService.ts';
export { RefusedError } from './draftService.ts';
export type { Gesture } from './pendingGestures.ts';
export { parse } from './replay.ts';

export type SaveState = 'saved' | 'saving' | 'offline';

/** Something that the person has to know: what they asked for does not fit. */
export interface EditorNotice {
  kind: 'refused' | 'unreadable';
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
  /** gestures that the server said no to, and that the person has to say something about */
  held: Held | null;
}

export interface Editor {
  store: StoreApi<EditorState>;
  /**
   * Applies a gesture at once and sends it. Returns false, with a notice, when it does not fit the document. `done` is
   * what the commands make of a tree, where that was found out already. Gestures of one `series` that follow each other
   * within a second are one.
   */
  apply(
    label: string,
    commands: EditCommand[],
    how?: { done?: { from: JsonObject; to: JsonObject } | undefined; series?: string | undefined },
  ): boolean;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Looks for newer work on the server, and goes on sending what waits. */
  refresh(): Promise<void>;
  /** Takes a state that was read elsewhere, if it is newer than what is here. */
  offer(draft: DraftState): Promise<void>;
  /** Resolves when nothing waits to be saved any more; rejects when the server cannot be reached. */
  flush(): Promise<number>;
  /** Ends what is held: `tree` is what the document becomes, as one gesture; null gives the held gestures up. */
  settle(tree: JsonObject | null): void;
  dismissNotice(): void;
  close(): void;
}

interface Stepping {
  act: (baseSeq: number, id: string) => Promise<SteppedBack>;
  id: string;
}

/**
 * The state of one draft that is being edited: gestures are applied here at once and sent one after the other; edits
 * of others are put underneath; nothing newer on the server is ever overwritten (G10). A gesture is sent under its own
 * id until it is answered, so that none is made twice. What the server refuses because somebody changed the same is
 * merged with the newer draft; where that leaves a question, and for every other refusal, the person is asked. What
 * waits, and what is held, is there again after a reload.
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
  const restored = kept.load();
  const start = restored.seq === first.seq ? replayed(tree, restored.waiting) : undefined;
  /** what waited before a reload, until the state that it was made on is found again */
  let restoring = restored.waiting.length > 0 && !start ? restored : null;
  let held: HeldGestures[] = restored.held;
  const waiting = start ? restored.waiting : [];
  const busy = waiting.length > 0 || restoring !== null;
  const store = createStore<EditorState>(() => ({
    base: tree,
    tree: start ?? tree,
    seq: first.seq,
    pending: waiting,
    save: busy ? 'saving' : 'saved',
    savedAt: first.savedAt,
    undo: first.undo,
    redo: first.redo,
    notice: null,
    held: null,
  }));
  let closed = false;
  let stepping: Stepping | null = null;
  /** the server has something newer that has to be looked at */
  let behind = false;
  /** what is here as the server's state could not be followed: its text is taken, whatever its number */
  let astray = false;
  const loop = createPatientLoop({
    next: nextTask,
    onBusy: () => store.setState({ save: 'saving' }),
    onFailure: () => store.setState({ save: 'offline' }),
    onRest: () => store.getState().pending.length === 0 && store.setState({ save: 'saved' }),
    // a refused look: nothing to try again until somebody does something
    isFinal: (error) => error instanceof RefusedError && !isSignedOut(error),
  });
  const series = createSeries(() => void loop.pump());
  if (busy || held.length > 0) void loop.pump();

  function keep() {
    // Another editor of this flow may be open by now: an answer that comes late must not take its gestures out of what
    // is kept. What it was about is sent again under its id, and made once.
    if (closed) return;
    if (restoring) {
      kept.save({ seq: restoring.seq, waiting: [...restoring.waiting, ...store.getState().pending], held });
      return;
    }
    const { seq, pending } = store.getState();
    kept.save({ seq, waiting: pending, held });
  }

  function nextTask(): (() => Promise<void>) | undefined {
    if (restoring) return closed ? undefined : restore;
    const [gesture] = store.getState().pending;
    if (gesture) return series.holds(gesture.id) ? undefined : () => send(gesture);
    if (closed) return undefined;
    if (stepping) {
      const task = stepping;
      return async () => {
        await stepBack(task);
        stepping = null;
      };
    }
    if (behind) return look;
    return held.length > 0 && store.getState().held === null ? askAboutHeld : undefined;
  }

  async function send(gesture: Gesture): Promise<void> {
    const { seq } = store.getState();
    try {
      accept(gesture, await service.edit(seq, gesture));
    } catch (error) {
      if (!(error instanceof RefusedError) || isSignedOut(error)) throw error;
      const { base, pending } = store.getState();
      hold({
        seq,
        gestures: pending,
        reason: error.code === 'CONFLICT' ? 'conflict' : 'refused',
        message: error.message,
      });
      store.setState({ tree: base });
    }
  }

  /** Takes what waits off: it is asked about when the newest draft was looked at. */
  function hold(gestures: HeldGestures) {
    held = [...held, gestures];
    behind = true;
    store.setState({ pending: [] });
    keep();
  }

  function accept(gesture: Gesture, answer: EditAccepted) {
    const state = store.getState();
    const pending = state.pending.slice(1);
    const fields = { seq: answer.seq, savedAt: answer.savedAt, undo: { label: gesture.label }, redo: null };
    const theirs = answer.missed.flatMap((edit) => edit.commands);
    // nothing of others: what is seen stays as it is
    const base =
      pending.length === 0 && theirs.length === 0
        ? state.tree
        : tryApply(tryApply(state.base, theirs), gesture.commands);
    const seen = theirs.length === 0 ? state.tree : replayed(base, pending);
    if (base && seen) {
      store.setState({ ...fields, base, tree: seen, pending });
      keep();
      return;
    }
    // What waits does not fit what others did. The gesture itself is among them, so that all of it can be made again.
    store.setState({ ...fields, ...(base ? { base, tree: base } : {}), pending: [] });
    astray = true;
    behind = true;
    if (pending.length > 0) hold({ seq: state.seq, gestures: [gesture, ...pending], reason: 'conflict', message: '' });
    else keep();
  }

  async function look(): Promise<void> {
    const draft = await service.get();
    behind = false;
    adopt(draft);
  }

  /** Takes a newer state of the server. Not while something waits: what came since is heard of when that is answered. */
  function adopt(draft: DraftState) {
    const state = store.getState();
    if (state.pending.length > 0 || restoring || draft.seq < state.seq) return;
    const newer = draft.seq === state.seq && !astray ? state.base : parse(draft.text);
    if (!newer) {
      store.setState({ notice: { kind: 'unreadable', message: '', unsaved: null } });
      return;
    }
    astray = false;
    const { seq, undo, redo } = draft;
    store.setState({ base: newer, tree: newer, seq, savedAt: draft.savedAt ?? state.savedAt, undo, redo });
    keep();
  }

  /** After a reload: what waited is made again on the state that it was made on, and sent from there. */
  async function restore(): Promise<void> {
    if (!restoring) return;
    const draft = await service.get();
    const newest = parse(draft.text);
    const edits = draft.seq > restoring.seq ? await service.since(restoring.seq, draft.seq) : [];
    const base = newest && takenBack(newest, edits);
    const late = store.getState().pending;
    const all = [...restoring.waiting, ...late];
    const seen = draft.seq >= restoring.seq ? replayed(base, all) : undefined;
    const { seq } = restoring;
    restoring = null;
    if (base && seen) {
      store.setState({ base, tree: seen, seq, pending: all });
      keep();
      return;
    }
    store.setState({ pending: [] });
    adopt(draft);
    hold({ seq, gestures: all, reason: 'conflict', message: '' });
  }

  /** Puts what is held together with the newest draft; asks where that leaves a question. */
  async function askAboutHeld(): Promise<void> {
    const [one] = held;
    if (!one) return;
    await look();
    const { tree: draft, seq } = store.getState();
    const documents = await documentsOf(one, { tree: draft, seq }, service);
    if (store.getState().seq !== seq || store.getState().pending.length > 0) return;
    // refused though nothing came in between: merging would be refused again
    const reason = one.seq === seq ? 'refused' : one.reason;
    const merged = mergedOnto(draft, documents);
    if (reason === 'conflict' && merged.clean) settle(merged.tree, labelOf(one));
    else store.setState({ held: { ...documents, reason, message: one.message, label: labelOf(one) } });
  }

  function settle(wanted: JsonObject | null, label: string) {
    held = held.slice(1);
    store.setState({ held: null });
    const commands = wanted === null ? [] : commandsBetween(store.getState().tree, wanted);
    if (commands.length > 0) put(label, commands, wanted ?? undefined);
    keep();
  }

  function put(label: string, commands: EditCommand[], to?: JsonObject, named?: string) {
    const state = store.getState();
    const tree = to ?? treeAfter(state.tree, commands);
    remember(state.tree, commands, tree);
    const before = named === undefined ? undefined : state.pending.find(({ id }) => id === series.gesture(named));
    const gesture = before
      ? { ...before, commands: inOneGo(before.commands, commands) }
      : { id: crypto.randomUUID(), label: label.slice(0, 200), commands };
    store.setState({ tree, pending: [...state.pending.filter((each) => each !== before), gesture], save: 'saving' });
    if (named === undefined) series.end();
    else series.wait(named, gesture.id);
    keep();
  }

  /** Undo or redo is asked for under one id until it is answered: made once, however often the answer is lost. */
  async function step(act: Stepping['act']): Promise<void> {
    await flush();
    stepping = { act, id: crypto.randomUUID() };
    series.end();
    await loop.pump();
    if (stepping) throw unreached();
  }

  async function stepBack({ act, id }: Stepping): Promise<void> {
    const { seq } = store.getState();
    try {
      const answer = await act(seq, id);
      if (stepTo(answer, seq)) return;
      if (answer.text === null) behind = true;
      else adopt({ ...answer, text: answer.text, savedAt: new Date().toISOString() });
    } catch (error) {
      if (!(error instanceof RefusedError) || isSignedOut(error)) throw error;
      store.setState({ notice: { kind: 'refused', message: error.message, unsaved: null } });
      behind = true;
    }
  }

  /** Follows commands of the server where nothing happened here meanwhile: what they do not touch stays as it is. */
  function stepTo({ commands, seq, undo, redo }: SteppedBack, from: number): boolean {
    const state = store.getState();
    if (!commands || state.seq !== from || state.pending.length > 0 || state.base !== state.tree) return false;
    const tree = tryApply(state.tree, commands);
    if (!tree) return false;
    remember(state.tree, commands, tree);
    store.setState({ base: tree, tree, seq, undo, redo, savedAt: new Date().toISOString() });
    return true;
  }

  async function flush(): Promise<number> {
    do await loop.pump();
    while (series.end());
    const state = store.getState();
    if (state.pending.length > 0 || restoring || stepping) throw unreached();
    if (held.length > 0) throw new Error('Some changes were not taken. Say first what becomes of them.');
    return state.seq;
  }

  async function offer(draft: DraftState): Promise<void> {
    await loop.pump();
    if (!closed && !loop.isWorking() && draft.seq > store.getState().seq) adopt(draft);
  }

  return {
    store,
    apply(label, commands, { done, series: named } = {}) {
      if (commands.length === 0) return true;
      const state = store.getState();
      try {
        put(label, commands, done?.from === state.tree ? done.to : undefined, named);
      } catch (error) {
        if (!(error instanceof EditError)) throw error;
        store.setState({ notice: { kind: 'refused', message: error.message, unsaved: null } });
        return false;
      }
      void loop.pump();
      return true;
    },
    undo: () => step((seq, id) => service.undo(seq, id)),
    redo: () => step((seq, id) => service.redo(seq, id)),
    refresh: async () => offer(await service.get()),
    offer,
    flush,
    settle(wanted) {
      const [one] = held;
      if (!one || store.getState().held === null) return;
      settle(wanted, labelOf(one));
      void loop.pump();
    },
    dismissNotice: () => store.setState({ notice: null }),
    close() {
      closed = true;
      loop.close();
      if (series.end()) void loop.pump();
    },
  };
}

function unreached(): Error {
  return new Error('The server cannot be reached; the last changes are not saved yet.');
}

/** The session ended: nothing is wrong with the gesture, it waits until somebody is signed in again. */
function isSignedOut(error: RefusedError): boolean {
  return error.code === 'UNAUTHENTICATED' || error.code === 'UNAUTHORIZED';
}
