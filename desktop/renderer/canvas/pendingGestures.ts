import type { EditCommand } from '@rondo/shared/oas/edit.ts';

/** One gesture of the person: what undo takes back as a whole. */
export interface Gesture {
  /** by which the server knows it when it comes a second time */
  id: string;
  label: string;
  commands: EditCommand[];
}

/** Gestures that the server said no to: they wait until the person says what becomes of them. */
export interface HeldGestures {
  /** the state of the draft that they were made on */
  seq: number;
  gestures: Gesture[];
  /** `conflict`: somebody changed the same meanwhile; `refused`: for another reason */
  reason: 'conflict' | 'refused';
  message: string;
}

/** What this window has and the server has not. */
export interface KeptGestures {
  /** the state of the draft that the waiting gestures are made on */
  seq: number;
  waiting: Gesture[];
  held: HeldGestures[];
}

/** Where that survives a reload. */
export interface PendingGestures {
  load(): KeptGestures;
  save(kept: KeptGestures): void;
}

export const nothingKept: KeptGestures = { seq: 0, waiting: [], held: [] };

/** Keeps them in the tab's session storage under the flow's id; text that is not ours is ignored. */
export function pendingInSession(flowId: string, storage: Storage = sessionStorage): PendingGestures {
  const key = `rondo.pending.${flowId}`;
  return {
    load() {
      const text = storage.getItem(key);
      if (!text) return nothingKept;
      try {
        const value: unknown = JSON.parse(text);
        if (isKept(value)) return value;
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
      storage.removeItem(key);
      return nothingKept;
    },
    save(kept) {
      if (kept.waiting.length === 0 && kept.held.length === 0) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(kept));
    },
  };
}

function isKept(value: unknown): value is KeptGestures {
  if (typeof value !== 'object' || value === null) return false;
  const { seq, waiting, held } = value as Partial<KeptGestures>;
  return (
    typeof seq === 'number' &&
    Array.isArray(waiting) &&
    waiting.every(isGesture) &&
    Array.isArray(held) &&
    held.every((one) => typeof one.seq === 'number' && Array.isArray(one.gestures) && one.gestures.every(isGesture))
  );
}

function isGesture(value: unknown): value is Gesture {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'label' in value &&
    typeof value.label === 'string' &&
    'commands' in value &&
    Array.isArray(value.commands)
  );
}
