import { ActionIcon, Textarea, TextInput, Tooltip } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { placeholders } from '@rondo/shared/oas/inference.ts';
import { IconVariable } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useT } from '../../messages/useT.ts';
import type { Source } from '../dataGestures.ts';
import { feed, placeholderFor, settleInputs, sourcesOf } from '../dataGestures.ts';
import { useEditorPage, useFlowView, useGesture } from '../EditorContext.tsx';
import type { GestureDraft } from '../gesture.ts';
import { titleOf } from '../gesture.ts';
import { SourceChip } from './SourceChip.tsx';
import { SourcePicker } from './SourcePicker.tsx';
import { useDraftText } from './useDraftText.ts';

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
  hideChips?: boolean;
  placeholder?: string;
}

/**
 * A text with values of earlier steps in it. Typing `@` or `{{`, or the button, opens the tree of values; choosing one
 * writes the placeholder, the input and the data edge in one gesture.
 */
export function TemplateField({
  node,
  label,
  value,
  write,
  gestureName,
  rows = 3,
  single,
  hideLabel,
  hideChips,
  placeholder,
}: Props) {
  const t = useT();
  const { editable } = useEditorPage();
  const { view } = useFlowView();
  const gesture = useGesture();
  const [picking, setPicking] = useState(false);
  const field = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const opener = useRef({ start: 0, end: 0 });
  const commit = (text: string) => {
    gesture(gestureName, (draft) => {
      write(draft, text);
      settleInputs(draft, node.id);
    });
  };
  const draft = useDraftText(value, commit);
  const names = placeholders(draft.text);

  const open = (trigger: number) => {
    const end = field.current?.selectionStart ?? draft.text.length;
    opener.current = { start: end - trigger, end: field.current?.selectionEnd ?? end };
    setPicking(true);
  };
  const insert = (source: Source) => {
    const name = placeholderFor(view, node, source);
    const { start, end } = opener.current;
    const text = `${draft.text.slice(0, start)}{{ ${name} }}${draft.text.slice(end)}`;
    draft.settle(text);
    gesture(gestureName, (change) => {
      write(change, text);
      settleInputs(change, node.id);
      feed(change, node.id, name, source);
    });
    requestAnimationFrame(() => {
      const at = start + name.length + 6;
      field.current?.focus();
      field.current?.setSelectionRange(at, at);
    });
  };
  const onType = (text: string, caret: number) => {
    draft.change(text);
    if (text.length <= draft.text.length) return;
    if (text.slice(caret - 2, caret) === '{{') open(2);
    else if (text[caret - 1] === '@' && /^$|\s/.test(text[caret - 2] ?? '')) open(1);
  };
  const shared = {
    ...(hideLabel ? { 'aria-label': label } : { label }),
    ref: field,
    value: draft.text,
    readOnly: !editable,
    onBlur: draft.flush,
    ...(placeholder ? { placeholder } : {}),
    rightSection: editable && (
      <Tooltip label={t('canvas.insertValue')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={26}
          aria-label={t('canvas.insertValueInto', { field: label })}
          onClick={() => open(0)}
        >
          <IconVariable size={16} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
    ),
  };
  return (
    <div className="template-field">
      <SourcePicker node={node} opened={picking} onClose={() => setPicking(false)} onPick={insert}>
        {single ? (
          <TextInput
            {...shared}
            onChange={(event) => onType(event.currentTarget.value, event.currentTarget.selectionStart ?? 0)}
          />
        ) : (
          <Textarea
            {...shared}
            autosize
            minRows={rows}
            maxRows={16}
            onChange={(event) => onType(event.currentTarget.value, event.currentTarget.selectionStart)}
          />
        )}
      </SourcePicker>
      {!hideChips && names.length > 0 && (
        <div className="chip-row">
          {names.map((name) => {
            const source = sourcesOf(view, node.id, name).at(-1);
            const known = node.inputs.some((property) => titleOf(property) === name);
            return <SourceChip key={name} name={name} edge={known ? source : undefined} />;
          })}
        </div>
      )}
    </div>
  );
}
