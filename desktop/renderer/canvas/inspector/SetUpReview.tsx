import { ActionIcon, Button, Select } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { Json } from '@rondo/shared/oas/json.ts';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useT } from '../../messages/useT.ts';
import { addValue, declare, freeTitle } from '../dataGestures.ts';
import { useEditorPage, useFlowView, useGesture } from '../EditorContext.tsx';
import type { GestureDraft } from '../gesture.ts';
import { partOf, placeOf, setRondo, titleOf } from '../gesture.ts';
import { rondoData } from '../stepKinds.ts';
import { DeclaredValues } from './DeclaredValues.tsx';
import { LineField, Part } from './fields.tsx';
import type { FieldKind, ReviewButton, ReviewField } from './reviewSurface.ts';
import {
  addButton,
  addField,
  changeButton,
  changeField,
  fieldKinds,
  moveField,
  outlineOf,
  removeComponent,
  renameBinding,
} from './reviewSurface.ts';
import { SourcePicker } from './SourcePicker.tsx';
import { TemplateField } from './TemplateField.tsx';
import { choiceOf } from './types.ts';
import { useTakeValue } from './useTakeValue.ts';
import type { PickedValue } from './values/valuePath.ts';
import { WhoDecides } from './WhoDecides.tsx';

/** "Ask for a review" in plain words: the inbox title, the fields of the form, its buttons, what comes out. */
export function SetUpReview({ node }: { node: NodeView }) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const gesture = useGesture();
  const take = useTakeValue();
  const [picking, setPicking] = useState(false);
  const tool = partOf(tree, node.component, 'tool');
  if (!tool) return <p className="faint">{t('canvas.partMissing')}</p>;
  const data = rondoData(tool.value);
  const nodeData = rondoData(node.component);
  const surface = data.surface ?? [];
  const outline = outlineOf(surface);
  const titleOnNode = typeof nodeData.title === 'string';
  const title = titleOnNode ? nodeData.title : data.title;

  const writeSurface = (draft: GestureDraft, next: Json[]) => {
    const place = draft.node(node.id) && partOf(draft.tree, draft.node(node.id)?.component ?? {}, 'tool');
    if (place) draft.run(setRondo(place, 'surface', next));
  };
  const change = (next: Json[]) => {
    gesture(t('canvas.gesture.form', { name: node.name }), (draft) => writeSurface(draft, next));
  };
  const addNew = () => {
    const name = freeTitle(t('canvas.review.newField'), [...node.inputs, ...node.outputs].map(titleOf));
    gesture(t('canvas.gesture.form', { name: node.name }), (draft) => {
      writeSurface(draft, addField(surface, { name, label: t('canvas.review.newField'), kind: 'text' }));
      declare(draft, node.id, 'outputs', [...node.outputs, { title: name, type: 'string' }]);
    });
  };
  const showValue = (picked: PickedValue) => {
    gesture(t('canvas.gesture.form', { name: node.name }), (draft) => {
      const source = take(draft, node.id, picked);
      const name = addValue(draft, node.id, source, source.output);
      writeSurface(draft, addField(surface, { name, label: words(name), kind: 'show' }));
    });
  };
  const hidden = node.inputs.map(titleOf).filter((name) => !outline.fields.some((field) => field.name === name));
  return (
    <>
      <TemplateField
        node={node}
        label={t('canvas.review.title')}
        help={{ words: 'fieldHelp.review.title', example: 'fieldHelp.review.title.example' }}
        value={typeof title === 'string' ? title : ''}
        placeholder={node.name}
        single
        gestureName={t('canvas.gesture.set', { name: node.name, field: t('canvas.review.title') })}
        write={(draft, text) => {
          const now = draft.node(node.id);
          const place = titleOnNode ? now && placeOf(now.component) : now && partOf(draft.tree, now.component, 'tool');
          if (place) draft.run(setRondo(place, 'title', text === '' ? undefined : text));
        }}
      />
      <WhoDecides node={node} tool={tool} />
      <Part
        title={t('canvas.review.form')}
        help={{ words: 'fieldHelp.review.form', example: 'fieldHelp.review.form.example' }}
      >
        {outline.fields.map((field) => (
          <FieldRow
            key={field.id}
            field={field}
            editable={editable}
            onChange={(next) => change(changeField(surface, next, choicesOf(node, next)))}
            onMove={(by) => change(moveField(surface, field.id, by))}
            onRemove={() => {
              gesture(t('canvas.gesture.form', { name: node.name }), (draft) => {
                writeSurface(draft, removeComponent(surface, field.id));
                const isInput = node.inputs.some((property) => titleOf(property) === field.name);
                if (isInput) return;
                declare(
                  draft,
                  node.id,
                  'outputs',
                  node.outputs.filter((property) => titleOf(property) !== field.name),
                );
              });
            }}
          />
        ))}
        {outline.fields.length === 0 && <p className="faint">{t('canvas.review.noFields')}</p>}
        {editable && (
          <div className="button-row">
            <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={addNew}>
              {t('canvas.review.addField')}
            </Button>
            <SourcePicker node={node} opened={picking} onClose={() => setPicking(false)} onPick={showValue}>
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<IconPlus size={14} />}
                onClick={() => setPicking(true)}
              >
                {t('canvas.review.showValue')}
              </Button>
            </SourcePicker>
            {hidden.map((name) => (
              <Button
                key={name}
                variant="subtle"
                size="compact-sm"
                leftSection={<IconPlus size={14} />}
                onClick={() => change(addField(surface, { name, label: words(name), kind: 'show' }))}
              >
                {t('canvas.review.showField', { name })}
              </Button>
            ))}
          </div>
        )}
      </Part>
      <Part
        title={t('canvas.review.buttons')}
        help={{ words: 'fieldHelp.review.buttons', example: 'fieldHelp.review.buttons.example' }}
      >
        {outline.buttons.map((button) => (
          <ButtonRow
            key={button.id}
            button={button}
            editable={editable}
            last={outline.buttons.length === 1}
            onChange={(next) => change(changeButton(surface, next))}
            onRemove={() => change(removeComponent(surface, button.id))}
          />
        ))}
        {editable && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() => {
              const label = t('canvas.review.newButton');
              const decision = freeTitle(
                label.toLowerCase(),
                outline.buttons.map((button) => button.decision),
              );
              change(addButton(surface, label, decision));
            }}
          >
            {t('canvas.review.addButton')}
          </Button>
        )}
      </Part>
      <Part
        title={t('canvas.whatComesOut')}
        help={{ words: 'fieldHelp.outputs', example: 'fieldHelp.outputs.example' }}
      >
        <DeclaredValues
          node={node}
          side="outputs"
          also={(draft, renamed) => {
            const pair = renamed?.[0];
            const isInput = pair && node.inputs.some((property) => titleOf(property) === pair.from);
            if (pair && !isInput) writeSurface(draft, renameBinding(surface, pair.from, pair.to));
          }}
        />
      </Part>
    </>
  );
}

function choicesOf(node: NodeView, field: ReviewField): string[] | undefined {
  if (field.kind !== 'choice') return undefined;
  const property = [...node.outputs, ...node.inputs].find((other) => titleOf(other) === field.name);
  return Array.isArray(property?.enum) && property.enum.length > 0 && choiceOf(property) === 'choice'
    ? property.enum.map(String)
    : undefined;
}

/** A name as a label: `approved_amount` → "Approved amount". */
function words(name: string): string {
  const text = name.replaceAll('_', ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface FieldRowProps {
  field: ReviewField;
  editable: boolean;
  onChange: (field: ReviewField) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function FieldRow({ field, editable, onChange, onMove, onRemove }: FieldRowProps) {
  const t = useT();
  const kinds = (field.kind === 'other' ? [...fieldKinds, 'other' as const] : fieldKinds).map((kind) => ({
    value: kind,
    label: t(`canvas.fieldKind.${kind}`),
  }));
  return (
    <div className="form-field-row">
      <LineField
        label={t('canvas.review.labelOf', { name: field.name })}
        hideLabel
        value={field.label}
        disabled={!editable || field.kind === 'other'}
        onCommit={(label) => onChange({ ...field, label })}
      />
      <Select
        aria-label={t('canvas.review.kindOf', { name: field.name })}
        data={kinds}
        value={field.kind}
        allowDeselect={false}
        disabled={!editable || field.kind === 'other'}
        w={126}
        comboboxProps={{ width: 190, position: 'bottom-end' }}
        onChange={(kind) => kind && onChange({ ...field, kind: kind as FieldKind })}
      />
      {editable && (
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            aria-label={t('canvas.review.up', { name: field.label })}
            onClick={() => onMove(-1)}
          >
            <IconArrowUp size={14} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            aria-label={t('canvas.review.down', { name: field.label })}
            onClick={() => onMove(1)}
          >
            <IconArrowDown size={14} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            aria-label={t('canvas.review.removeField', { name: field.label })}
            onClick={onRemove}
          >
            <IconTrash size={14} />
          </ActionIcon>
        </>
      )}
    </div>
  );
}

interface ButtonRowProps {
  button: ReviewButton;
  editable: boolean;
  last: boolean;
  onChange: (button: ReviewButton) => void;
  onRemove: () => void;
}

function ButtonRow({ button, editable, last, onChange, onRemove }: ButtonRowProps) {
  const t = useT();
  return (
    <div className="form-field-row">
      <LineField
        label={t('canvas.review.buttonLabel', { name: button.decision })}
        hideLabel
        value={button.label}
        disabled={!editable}
        onCommit={(label) => onChange({ ...button, label })}
      />
      <LineField
        label={t('canvas.review.buttonDecision', { name: button.label })}
        hideLabel
        mono
        value={button.decision}
        disabled={!editable}
        onCommit={(decision) => decision.trim() && onChange({ ...button, decision: freeTitle(decision, []) })}
      />
      {editable && !last && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          aria-label={t('canvas.review.removeButton', { name: button.label })}
          onClick={onRemove}
        >
          <IconTrash size={14} />
        </ActionIcon>
      )}
    </div>
  );
}
