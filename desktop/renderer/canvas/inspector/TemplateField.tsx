import { ActionIcon, Tooltip } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { IconVariable } from '@tabler/icons-react';
import { lazy, Suspense, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useT } from '../../messages/useT.ts';
import type { Help } from '../../parts/help.ts';
import { feedPlaceholder, placeholderFor, settleInputs } from '../dataGestures.ts';
import { useEditorPage, useGesture } from '../EditorContext.tsx';
import type { GestureDraft } from '../gesture.ts';
import { FieldLabel } from './FieldLabel.tsx';
import { SourcePicker } from './SourcePicker.tsx';
import type { TemplateHandle, TextRange } from './text/TemplateEditor.tsx';
import { useChipLooks } from './text/useChipLooks.ts';
import { useDraftText } from './useDraftText.ts';
import { useTakeValue } from './useTakeValue.ts';
import type { PickedValue } from './values/valuePath.ts';
import './text/text.css';

const TemplateEditor = lazy(() => import('./text/TemplateEditor.tsx'));

interface Props {
  node: NodeView;
  label: string;
  value: string;
  /** writes the text into the document */
  write: (draft: GestureDraft, text: string) => void;
  /** the name of the gesture, for undo */
  gestureName: string;
  rows?: number;
  single?: boolean;
  hideLabel?: boolean;
  placeholder?: string;
  help?: Help;
}

const closed = { open: false, from: 0, to: 0, left: 0, top: 0, height: 0 };

/**
 * A text with values of earlier steps in it, shown as chips. Typing `@` or `{{`, or the button, opens the tree of
 * values at the caret; choosing one writes the placeholder, the input and the data edge in one gesture.
 */
export function TemplateField({
  node,
  label,
  value,
  write,
  gestureName,
  rows = 3,
  single = false,
  hideLabel,
  placeholder,
  help,
}: Props) {
  const t = useT();
  const id = useId();
  const { editable } = useEditorPage();
  const gesture = useGesture();
  const take = useTakeValue();
  const look = useChipLooks(node);
  const [picking, setPicking] = useState(closed);
  const editor = useRef<TemplateHandle>(null);
  // while a value is chosen, what was typed waits: it is one gesture with the chip
  const held = useRef(false);
  const frame = useRef<HTMLDivElement>(null);
  const draft = useDraftText(value, (text) => {
    gesture(gestureName, (change) => {
      write(change, text);
      settleInputs(change, node.id);
    });
  });

  const open = (range: TextRange) => {
    held.current = true;
    draft.hold();
    const box = frame.current?.getBoundingClientRect();
    const at = editor.current?.placeOf(range.from);
    const place = at && box ? { left: at.left - box.left, top: at.top - box.top, height: at.height } : {};
    // at once, so that what is typed next goes into the search
    queueMicrotask(() => flushSync(() => setPicking({ ...closed, ...place, ...range, open: true })));
  };
  const insert = (picked: PickedValue) => {
    const { from, to } = picking;
    gesture(gestureName, (change) => {
      const source = take(change, node.id, picked);
      const now = change.node(node.id);
      if (!now) return;
      const name = placeholderFor(change.view(), now, source);
      editor.current?.replace({ from, to }, `{{ ${name} }}`);
      const text = editor.current?.text() ?? '';
      draft.settle(text);
      write(change, text);
      feedPlaceholder(change, node.id, name, source);
    });
  };
  const close = () => {
    held.current = false;
    draft.release();
    setPicking(closed);
    requestAnimationFrame(() => editor.current?.focus());
  };
  return (
    <div className="text-field" data-help={help && true}>
      {!hideLabel && (
        <FieldLabel id={`${id}-label`} label={label} help={help} onClick={() => editor.current?.focus()} />
      )}
      <div className="text-field-frame" ref={frame}>
        <Suspense fallback={<div className="text-box-waiting">{draft.text}</div>}>
          <TemplateEditor
            handle={editor}
            look={look}
            single={single}
            rows={rows}
            placeholder={placeholder}
            text={draft.text}
            readOnly={!editable}
            name={hideLabel ? { words: label } : { labelledBy: `${id}-label` }}
            onChange={draft.change}
            onBlur={() => !held.current && draft.flush()}
            onOpen={open}
          />
        </Suspense>
        {editable && (
          <Tooltip label={t('canvas.insertValue')}>
            <ActionIcon
              className="text-field-button"
              variant="subtle"
              color="gray"
              size={26}
              aria-label={t('canvas.insertValueInto', { field: label })}
              onClick={() => open(editor.current?.selected() ?? { from: 0, to: 0 })}
            >
              <IconVariable size={16} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        )}
        <SourcePicker node={node} opened={picking.open} returnFocus={false} onClose={close} onPick={insert}>
          <span
            className="caret-anchor"
            aria-hidden="true"
            style={{ left: picking.left, top: picking.top, height: picking.height }}
          />
        </SourcePicker>
      </div>
    </div>
  );
}
