import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import type { Gesture } from './pendingGestures.ts';

/** What the server says about a draft. */
export interface DraftState {
  text: string;
  seq: number;
  savedAt: string | null;
  undo: { label: string } | null;
  redo: { label: string } | null;
}

/** What undo and redo answer: the new state, as its text or as the commands that lead to it. */
export interface SteppedBack extends Omit<DraftState, 'savedAt' | 'text'> {
  text: string | null;
  commands: EditCommand[] | null;
  label: string;
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
  /** A gesture that comes a second time (by its id) is answered as it was the first time. */
  edit(baseSeq: number, gesture: Gesture): Promise<EditAccepted>;
  /**
   * @param baseSeq the state that is here: where it is the newest, the answer may be commands instead of the text
   * @param id of this undo: coming a second time, it undoes nothing more
   */
  undo(baseSeq: number, id: string): Promise<SteppedBack>;
  redo(baseSeq: number, id: string): Promise<SteppedBack>;
  /** What takes back the gestures after one number up to another one, the newest first. */
  since(after: number, upTo: number): Promise<{ inverse?: EditCommand[] | undefined }[]>;
}
