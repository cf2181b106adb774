import { placeholder as hint } from '@codemirror/view';
import type { RefObject } from 'react';
import { useImperativeHandle, useMemo, useRef } from 'react';
import type { LookOf } from './chips.ts';
import { chips, oneLine, placeholderAt, valueTrigger } from './chips.ts';
import type { TextViewOptions } from './useTextView.ts';
import { useTextView } from './useTextView.ts';

export interface TextRange {
  from: number;
  to: number;
}

/** What the field around the editor may ask of it. */
export interface TemplateHandle {
  /** the place where a value goes in: the chip or the text that is selected, or the caret */
  selected(): TextRange;
  /** where a place of the text is on the screen */
  placeOf(at: number): { left: number; top: number; height: number } | undefined;
  replace(range: TextRange, text: string): void;
  focus(): void;
  text(): string;
}

interface Props extends Omit<TextViewOptions, 'extensions'> {
  handle: RefObject<TemplateHandle | null>;
  look: LookOf;
  single: boolean;
  rows: number;
  placeholder?: string | undefined;
  /** a value is wanted for this place of the text */
  onOpen: (range: TextRange) => void;
}

/** A text with chips in it. */
export default function TemplateEditor({ handle, look, single, rows, placeholder, onOpen, ...options }: Props) {
  const opening = useRef(onOpen);
  opening.current = onOpen;
  const extensions = useMemo(
    () => [
      chips(look),
      valueTrigger((range) => opening.current(range)),
      ...(single ? [oneLine()] : []),
      ...(placeholder ? [hint(placeholder)] : []),
    ],
    [look, single, placeholder],
  );
  const { host, view } = useTextView({ ...options, extensions });
  useImperativeHandle(
    handle,
    () => ({
      selected() {
        const range = view.current?.state.selection.main;
        return { from: range?.from ?? 0, to: range?.to ?? 0 };
      },
      placeOf(at) {
        const box = view.current?.coordsAtPos(at);
        return box ? { left: box.left, top: box.top, height: box.bottom - box.top } : undefined;
      },
      replace(range, text) {
        const made = view.current;
        if (!made) return;
        const to = Math.min(range.to, made.state.doc.length);
        made.dispatch({
          changes: { from: Math.min(range.from, to), to, insert: text },
          selection: { anchor: Math.min(range.from, to) + text.length },
          userEvent: 'input.complete',
          scrollIntoView: true,
        });
      },
      focus: () => view.current?.focus(),
      text: () => view.current?.state.sliceDoc() ?? '',
    }),
    [view],
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a chip is a part of the text, which has the keys
    // biome-ignore lint/a11y/useKeyWithClickEvents: by keyboard the button beside the text opens the same tree
    <div
      ref={host}
      className={single ? 'text-box text-box-single' : 'text-box'}
      data-rows={rows}
      style={single ? undefined : { minHeight: rows * 20 + 14 }}
      onClick={(event) => {
        const made = view.current;
        const chip = event.target instanceof HTMLElement ? event.target.closest('.text-chip') : null;
        if (!made || !chip || options.readOnly) return;
        const found = placeholderAt(made.state, made.posAtDOM(chip));
        if (!found) return;
        made.dispatch({ selection: { anchor: found.from, head: found.to } });
        onOpen(found);
      }}
    />
  );
}
