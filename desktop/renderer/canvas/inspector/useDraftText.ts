import { useEffect, useRef, useState } from 'react';

const idleMs = 900;

/**
 * The text of a field while it is being typed. It is committed when the field is left, after a short rest, and when
 * the field goes away; a change from outside replaces it unless something is being typed.
 */
export function useDraftText(value: string, commit: (text: string) => void) {
  const [text, setText] = useState(value);
  const state = useRef({
    text: value,
    dirty: false,
    held: false,
    commit,
    timer: undefined as ReturnType<typeof setTimeout> | undefined,
  });
  state.current.commit = commit;
  useEffect(() => {
    if (state.current.dirty) return;
    state.current.text = value;
    setText(value);
  }, [value]);
  const flush = useRef(() => {
    const now = state.current;
    if (now.timer) clearTimeout(now.timer);
    now.timer = undefined;
    if (!now.dirty) return;
    now.dirty = false;
    now.commit(now.text);
  }).current;
  useEffect(() => flush, [flush]);
  return {
    text,
    flush,
    change(next: string) {
      const now = state.current;
      now.text = next;
      now.dirty = true;
      setText(next);
      if (now.timer) clearTimeout(now.timer);
      now.timer = now.held ? undefined : setTimeout(flush, idleMs);
    },
    /** Lets a text that is being typed wait, until `release` or `settle`: something goes into it first. */
    hold() {
      const now = state.current;
      now.held = true;
      if (now.timer) clearTimeout(now.timer);
      now.timer = undefined;
    },
    release() {
      const now = state.current;
      now.held = false;
      if (now.dirty) now.timer ??= setTimeout(flush, idleMs);
    },
    /** Takes a text that was committed some other way. */
    settle(next: string) {
      const now = state.current;
      if (now.timer) clearTimeout(now.timer);
      now.timer = undefined;
      now.text = next;
      now.dirty = false;
      now.held = false;
      setText(next);
    },
  };
}
