import type { EditCommand } from '@rondo/shared/oas/edit.ts';

/** One gesture of the person: what undo takes back as a whole. */
export interface Gesture {
  label: string;
  commands: EditCommand[];
}

/** Where gestures that the server has not taken yet survive a reload. */
export interface PendingGestures {
  load(): Gesture[];
  save(gestures: Gesture[]): void;
}

/** Keeps them in the tab's session storage under the flow's id; text that is not ours is ignored. */
export function pendingInSession(flowId: string, storage: Storage = sessionStorage): PendingGestures {
  const key = `rondo.pending.${flowId}`;
  return {
    load() {
      const text = storage.getItem(key);
      if (!text) return [];
      try {
        const value: unknown = JSON.parse(text);
        return Array.isArray(value) ? value.filter(isGesture) : [];
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        storage.removeItem(key);
        return [];
      }
    },
    save(gestures) {
      if (gestures.length === 0) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(gestures));
    },
  };
}

function isGesture(value: unknown): value is Gesture {
  return (
    typeof value === 'object' &&
    value !== null &&
    'label' in value &&
    typeof value.label === 'string' &&
    'commands' in value &&
    Array.isArray(value.commands)
  );
}
