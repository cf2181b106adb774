import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import type { Extension } from '@codemirror/state';
import { Compartment, EditorState, Transaction } from '@codemirror/state';
import { EditorView, keymap, tooltips } from '@codemirror/view';
import { getNonce } from 'get-nonce';
import type { RefObject } from 'react';
import { useEffect, useLayoutEffect, useRef } from 'react';

export interface TextViewOptions {
  text: string;
  onChange: (text: string) => void;
  onBlur?: (() => void) | undefined;
  readOnly: boolean;
  /** what the field is called: the id of the element with its label, or the words themselves */
  name: { labelledBy: string } | { words: string };
  describedBy?: string | undefined;
  /** what makes this field special; kept the same object until it really changes */
  extensions: Extension;
}

/**
 * A light text editor in an element. The text is kept exactly as it is, also where its lines end in another way; a
 * change from outside is taken over without an entry in the field's own undo.
 */
export function useTextView(options: TextViewOptions): {
  host: RefObject<HTMLDivElement | null>;
  view: RefObject<EditorView | null>;
} {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(options);
  latest.current = options;
  const slots = useRef({ special: new Compartment(), readOnly: new Compartment(), attributes: new Compartment() });
  const { text, readOnly, extensions, name, describedBy } = options;
  const named = 'words' in name ? name.words : name.labelledBy;

  useLayoutEffect(() => {
    const parent = host.current;
    if (!parent) return;
    const { special, readOnly: reading, attributes } = slots.current;
    const now = latest.current;
    const made = new EditorView({
      parent,
      state: EditorState.create({
        doc: now.text,
        extensions: [
          // only this ends a line: carriage returns stay where they are, byte for byte
          EditorState.lineSeparator.of('\n'),
          EditorView.clipboardInputFilter.of((pasted) => pasted.replaceAll(/\r\n?/g, '\n')),
          EditorView.cspNonce.of(getNonce() ?? ''),
          EditorView.lineWrapping,
          special.of(now.extensions),
          history(),
          keymap.of([...defaultKeymap.filter((binding) => binding.key !== 'Mod-Enter'), ...historyKeymap]),
          tooltips({ position: 'fixed', parent: document.body }),
          reading.of(readingOf(now.readOnly)),
          attributes.of(EditorView.contentAttributes.of(attributesOf(now))),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            if (update.transactions.every((made) => made.annotation(Transaction.remote))) return;
            latest.current.onChange(update.state.sliceDoc());
          }),
          EditorView.domEventHandlers({ blur: () => latest.current.onBlur?.() }),
        ],
      }),
    });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);

  useEffect(() => {
    const made = view.current;
    if (!made || made.state.sliceDoc() === text) return;
    const { head } = made.state.selection.main;
    made.dispatch({
      changes: { from: 0, to: made.state.doc.length, insert: text },
      selection: { anchor: Math.min(head, text.length) },
      annotations: [Transaction.remote.of(true), Transaction.addToHistory.of(false)],
    });
  }, [text]);
  useEffect(() => {
    view.current?.dispatch({ effects: slots.current.special.reconfigure(extensions) });
  }, [extensions]);
  useEffect(() => {
    view.current?.dispatch({ effects: slots.current.readOnly.reconfigure(readingOf(readOnly)) });
  }, [readOnly]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name is an object that is made anew each time
  useEffect(() => {
    const attributes = EditorView.contentAttributes.of(attributesOf(latest.current));
    view.current?.dispatch({ effects: slots.current.attributes.reconfigure(attributes) });
  }, [named, describedBy]);
  return { host, view };
}

function readingOf(readOnly: boolean): Extension {
  return readOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : [];
}

function attributesOf({ name, describedBy, readOnly }: TextViewOptions): { [name: string]: string } {
  return {
    ...('words' in name ? { 'aria-label': name.words } : { 'aria-labelledby': name.labelledBy }),
    ...(describedBy ? { 'aria-describedby': describedBy } : {}),
    tabindex: '0',
    ...(readOnly ? { 'aria-readonly': 'true' } : {}),
    spellcheck: 'true',
    autocorrect: 'on',
    autocapitalize: 'sentences',
  };
}
