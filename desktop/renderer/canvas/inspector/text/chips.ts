import type { Extension } from '@codemirror/state';
import { EditorState, Facet } from '@codemirror/state';
import type { DecorationSet, Tooltip, ViewUpdate } from '@codemirror/view';
import {
  Decoration,
  EditorView,
  hoverTooltip,
  MatchDecorator,
  showTooltip,
  ViewPlugin,
  WidgetType,
} from '@codemirror/view';

/** How a placeholder is shown: its words, whether something gives the value, what is said about it beside it. */
export interface ChipLook {
  words: string;
  open: boolean;
  about: string[];
}

export type LookOf = (name: string) => ChipLook;

const lookOf = Facet.define<LookOf, LookOf>({
  combine: (given) => given[0] ?? ((name) => ({ words: name, open: true, about: [] })),
});

/** The placeholders that the specification knows: a bare name between double braces. */
const placeholder = () => /\{\{\s*([\p{L}\p{N}_]+)\s*\}\}/gu;

class Chip extends WidgetType {
  readonly look: ChipLook;
  constructor(look: ChipLook) {
    super();
    this.look = look;
  }
  override eq(other: Chip): boolean {
    return other.look.words === this.look.words && other.look.open === this.look.open;
  }
  override toDOM(): HTMLElement {
    const chip = document.createElement('span');
    chip.className = this.look.open ? 'text-chip text-chip-open' : 'text-chip';
    chip.textContent = this.look.words;
    return chip;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

const matcher = new MatchDecorator({
  regexp: placeholder(),
  decoration: (match, view) => Decoration.replace({ widget: new Chip(view.state.facet(lookOf)(match[1] ?? '')) }),
});

const chipsInView = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }
    update(update: ViewUpdate): void {
      this.decorations =
        update.startState.facet(lookOf) === update.state.facet(lookOf)
          ? matcher.updateDeco(update, this.decorations)
          : matcher.createDeco(update.view);
    }
  },
  {
    decorations: (plugin) => plugin.decorations,
    provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.decorations ?? Decoration.none),
  },
);

/** The placeholder that a place of the text touches. */
export function placeholderAt(state: EditorState, at: number): { from: number; to: number; name: string } | undefined {
  const line = state.doc.lineAt(at);
  for (const match of line.text.matchAll(placeholder())) {
    const from = line.from + match.index;
    const to = from + match[0].length;
    if (at >= from && at <= to) return { from, to, name: match[1] ?? '' };
  }
  return undefined;
}

function aboutAt(state: EditorState, at: number): Tooltip | null {
  const found = placeholderAt(state, at);
  const about = found && state.facet(lookOf)(found.name).about;
  if (!found || !about || about.length === 0) return null;
  return {
    pos: found.from,
    end: found.to,
    above: true,
    create: () => {
      const dom = document.createElement('div');
      dom.className = 'text-chip-about';
      dom.role = 'status';
      for (const line of about) dom.appendChild(document.createElement('p')).textContent = line;
      return { dom };
    },
  };
}

/** What is said about the chip at the caret, while the field has the keys. */
const aboutCaret: Extension = [
  showTooltip.compute(['selection', 'doc', lookOf], (state) => aboutAt(state, state.selection.main.head)),
];

/**
 * Shows placeholders `{{ name }}` as chips inside the text: one thing to the caret and to Backspace, plain text to the
 * clipboard and to the document. What a chip stands for is told when the pointer rests on it or the caret touches it.
 */
export function chips(look: LookOf): Extension {
  return [
    lookOf.of(look),
    chipsInView,
    aboutCaret,
    hoverTooltip((view, at) => aboutAt(view.state, at), { hoverTime: 250 }),
  ];
}

/**
 * Calls back when `@` (at the beginning of a word) or `{{` was just typed, with the range that a choice replaces.
 */
export function valueTrigger(onOpen: (range: { from: number; to: number }) => void): Extension {
  return EditorView.updateListener.of((update) => {
    if (!update.docChanged || !update.transactions.some((made) => made.isUserEvent('input.type'))) return;
    const { head, empty } = update.state.selection.main;
    if (!empty) return;
    const typed = update.state.sliceDoc(Math.max(0, head - 2), head);
    if (typed === '{{') onOpen({ from: head - 2, to: head });
    else if (typed.endsWith('@') && /^$|\s/.test(typed.slice(0, -1))) onOpen({ from: head - 1, to: head });
  });
}

/** Keeps a field to one line: Enter is given to `onEnter`, and line breaks that are pasted become spaces. */
export function oneLine(): Extension {
  return [
    EditorState.transactionFilter.of((change) =>
      change.docChanged && change.newDoc.lines > change.startState.doc.lines ? [] : change,
    ),
    EditorView.clipboardInputFilter.of((pasted) => pasted.replaceAll(/\s*[\r\n]+\s*/g, ' ')),
    EditorView.contentAttributes.of({ 'aria-multiline': 'false' }),
  ];
}
