import type { Editor } from '@rondo/desktop/renderer/canvas/editor.ts';
import { createEditor } from '@rondo/desktop/renderer/canvas/editor.ts';
import { gestureMaker } from '@rondo/desktop/renderer/canvas/gestureMaker.ts';
import type { KeptGestures, PendingGestures } from '@rondo/desktop/renderer/canvas/pendingGestures.ts';
import { nothingKept } from '@rondo/desktop/renderer/canvas/pendingGestures.ts';
import { createCanvasUi } from '@rondo/desktop/renderer/canvas/ui.ts';
import type { Random } from '@rondo/shared/testing/random.ts';
import type { FlakyDraft } from './flakyDraft.ts';
import { randomGesture } from './walker.ts';

/** One window in which a person draws: an editor, what it keeps over a reload, and what became of its gestures. */
export class WalkedWindow {
  editor: Editor;
  readonly draft: FlakyDraft;
  /** ids of gestures in the order in which they were made here, those that the editor made of held ones too */
  readonly made: string[] = [];
  /** ids of gestures that were ever held: merged, or given up when asked */
  readonly held = new Set<string>();
  readonly counts = { gestures: 0, undo: 0, redo: 0, reloads: 0, merged: 0, given: 0 };
  readonly #known = new Set<string>();
  readonly #random: Random;
  readonly #kept: PendingGestures & { text: string };

  private constructor(draft: FlakyDraft, random: Random, editor: Editor, kept: PendingGestures & { text: string }) {
    this.draft = draft;
    this.#random = random;
    this.#kept = kept;
    this.editor = editor;
    this.#follow();
  }

  static async open(draft: FlakyDraft, random: Random): Promise<WalkedWindow> {
    const kept = textStorage();
    return new WalkedWindow(draft, random, createEditor(await patiently(() => draft.get()), draft, kept), kept);
  }

  #follow() {
    const known = this.#known;
    const note = () => {
      for (const { id } of this.editor.store.getState().pending) {
        if (known.has(id)) continue;
        known.add(id);
        this.made.push(id);
      }
      for (const { gestures } of this.#kept.load().held) for (const { id } of gestures) this.held.add(id);
    };
    note();
    this.editor.store.subscribe(note);
  }

  /** A random gesture. @returns whether something was done */
  gesture(): boolean {
    const { tree } = this.editor.store.getState();
    const make = gestureMaker(this.editor, createCanvasUi());
    const label = `Gesture ${this.counts.gestures}`;
    if (!make(label, (draft) => void randomGesture(draft, this.#random))) {
      // what a gesture cannot do here is said, and changes nothing
      this.editor.dismissNotice();
      return false;
    }
    if (this.editor.store.getState().tree === tree) return false;
    this.counts.gestures++;
    return true;
  }

  async step(what: 'undo' | 'redo'): Promise<void> {
    await this.settled();
    try {
      await this.editor[what]();
    } catch {
      // the answers were lost: it is asked for again, and made once
      await this.settled();
    }
    this.counts[what]++;
    this.editor.dismissNotice();
  }

  /** As the browser does it: nothing is left but what is stored. */
  async reload(): Promise<void> {
    this.editor.close();
    this.counts.reloads++;
    this.editor = createEditor(await patiently(() => this.draft.get()), this.draft, this.#kept);
    this.#follow();
  }

  /** Sends what waits, whatever gets lost, and answers what is asked: mine, or given up. */
  async settled(): Promise<void> {
    for (let i = 0; i < 200; i++) {
      try {
        await this.editor.flush();
        return;
      } catch {
        const { held } = this.editor.store.getState();
        if (!held) continue;
        const mine = this.#random.chance(0.7);
        if (mine) this.counts.merged++;
        else this.counts.given++;
        this.editor.settle(mine ? held.mine : null);
      }
    }
    throw new Error('What waits is not sent after 200 tries.');
  }

  async refreshed(): Promise<void> {
    await this.settled();
    await patiently(() => this.editor.refresh());
    await this.settled();
  }
}

/** Like session storage: texts only. */
function textStorage(): PendingGestures & { text: string } {
  return {
    text: '',
    load() {
      return this.text === '' ? nothingKept : (JSON.parse(this.text) as KeptGestures);
    },
    save(kept) {
      this.text = JSON.stringify(kept);
    },
  };
}

async function patiently<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await act();
    } catch (error) {
      if (tries > 20 || !(error instanceof Error) || !/lost/.test(error.message)) throw error;
    }
  }
}
