import { setDiagnostics } from '@codemirror/lint';
import type { RefObject } from 'react';
import { useEffect, useImperativeHandle } from 'react';
import type { TextViewOptions } from './useTextView.ts';
import { useTextView } from './useTextView.ts';

/** A place of a text with what is wrong there. */
export interface CodeMark {
  from: number;
  to: number;
  message: string;
  severity: 'error' | 'warning';
}

/** What the field around the editor may ask of it. */
export interface CodeHandle {
  /** puts a text at the caret, and gives the editor the keys */
  insert(text: string): void;
  focus(): void;
}

export interface CodeProps extends TextViewOptions {
  handle?: RefObject<CodeHandle | null> | undefined;
  marks: readonly CodeMark[];
  rows: number;
  onEscape?: (() => void) | undefined;
}

/** Code: in a fixed width, with what is wrong marked in its place. */
export function CodeView({ handle, marks, rows, onEscape, ...options }: CodeProps) {
  const { host, view } = useTextView(options);
  useImperativeHandle(
    handle,
    () => ({
      insert(text) {
        const made = view.current;
        if (!made) return;
        made.dispatch({ ...made.state.replaceSelection(text), userEvent: 'input.complete', scrollIntoView: true });
        made.focus();
      },
      focus: () => view.current?.focus(),
    }),
    [view],
  );
  useEffect(() => {
    const made = view.current;
    if (!made) return;
    const end = made.state.doc.length;
    const diagnostics = marks.map((mark) => ({
      ...mark,
      from: Math.min(mark.from, end),
      to: Math.min(Math.max(mark.to, mark.from), end),
    }));
    made.dispatch(setDiagnostics(made.state, diagnostics));
  }, [marks, view]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the editor inside has the keys
    <div
      ref={host}
      className="text-box text-box-code"
      style={{ minHeight: rows * 20 + 14 }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !onEscape || event.defaultPrevented) return;
        event.stopPropagation();
        onEscape();
      }}
    />
  );
}
