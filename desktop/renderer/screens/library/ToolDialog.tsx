import { Checkbox, Fieldset, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { useMemo, useState } from 'react';
import { useRead, useWrite } from '../../api/queries.ts';
import { FormulaInput } from '../../canvas/inspector/formula/FormulaInput.tsx';
import { ScriptInput } from '../../canvas/inspector/formula/ScriptInput.tsx';
import { PropertyList } from '../../canvas/inspector/PropertyList.tsx';
import '../../canvas/inspector/inspector.css';
import { titleOf } from '../../canvas/gesture.ts';
import { PublishedFlowField } from '../../canvas/inspector/PublishedFlowField.tsx';
import { publishedShape } from '../../flow/publishedShape.ts';
import { useT } from '../../messages/useT.ts';
import { DialogEnd } from '../../parts/DialogEnd.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { monospaceInput } from '../../parts/monospace.ts';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { tell } from '../../parts/tell.ts';
import {
  componentOf,
  emptyToolForm,
  formOf,
  isBody,
  methods,
  type ToolForm,
  type ToolKind,
  toolKinds,
} from './toolForm.ts';

/** Makes a tool of the workspace, or changes one. */
export default function ToolDialog({ toolId, onClose }: { toolId?: string; onClose: () => void }) {
  const t = useT();
  return (
    <Modal
      opened
      onClose={onClose}
      size={620}
      title={t(toolId === undefined ? 'library.tools.new' : 'library.tools.change')}
    >
      {toolId === undefined ? (
        <Form before={emptyToolForm} component={null} onClose={onClose} />
      ) : (
        <Stored toolId={toolId} onClose={onClose} />
      )}
    </Modal>
  );
}

function Stored({ toolId, onClose }: { toolId: string; onClose: () => void }) {
  const tool = useRead('tool', 'get', { toolId });
  if (tool.error && !tool.data) return <ErrorState error={tool.error} onAgain={() => void tool.refetch()} />;
  // What stands in the form is what is stored now, not what was when it was opened before.
  if (!tool.data || tool.isFetching) return <RowsSkeleton rows={5} />;
  const { kind, component } = tool.data;
  return <Form toolId={toolId} before={formOf(kind, component)} component={component} onClose={onClose} />;
}

interface FormProps {
  toolId?: string;
  before: ToolForm;
  component: JsonObject | null;
  onClose: () => void;
}

function Form({ toolId, before, component, onClose }: FormProps) {
  const t = useT();
  const [form, setForm] = useState(before);
  const [tried, setTried] = useState(false);
  const save = useWrite('tool', 'save');
  const set = (change: Partial<ToolForm>) => setForm((old) => ({ ...old, ...change }));
  const bodyWrong = form.kind === 'web' && !isBody(form.body);
  const missing = form.name.trim() === '' ? t('library.tools.needName') : undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (missing || bodyWrong) return;
        save.mutate(
          { component: componentOf(form, component), ...(toolId !== undefined && { toolId }) },
          {
            onSuccess: () => {
              tell(t('library.tools.saved'));
              onClose();
            },
          },
        );
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('library.tools.name')}
          description={t('library.tools.nameHelp')}
          error={tried && missing}
          value={form.name}
          styles={monospaceInput}
          data-autofocus
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('library.tools.description')}
          description={t('library.tools.descriptionHelp')}
          value={form.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
        <WithHelp label={t('library.tools.kind')} help={{ words: 'fieldHelp.library.kind' }}>
          <Select
            label={t('library.tools.kind')}
            allowDeselect={false}
            data={toolKinds.map((kind) => ({ value: kind, label: t(`library.tools.kind.${kind}`) }))}
            value={form.kind}
            onChange={(kind) => kind && set({ kind: kind as ToolKind })}
          />
        </WithHelp>
        <What form={form} set={set} bodyWrong={bodyWrong} />
        {form.kind !== 'flow' && <Values form={form} set={set} />}
        <WithHelp label={t('library.tools.confirm')} help={{ words: 'fieldHelp.library.confirm' }}>
          <Checkbox
            label={t('library.tools.confirm')}
            checked={form.confirm}
            onChange={(event) => set({ confirm: event.currentTarget.checked })}
          />
        </WithHelp>
        <DialogEnd error={save.error?.message} action={t('parts.save')} busy={save.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}

interface PartProps {
  form: ToolForm;
  set: (change: Partial<ToolForm>) => void;
}

/** What it does, by its kind. */
function What({ form, set, bodyWrong }: PartProps & { bodyWrong: boolean }) {
  const t = useT();
  const samples = useMemo(() => defaultsOf(form.inputs), [form.inputs]);
  switch (form.kind) {
    case 'formula':
      return (
        <FormulaInput
          label={t('canvas.code.formula')}
          text={form.code}
          inputs={form.inputs}
          {...samples}
          readOnly={false}
          onChange={(code) => set({ code })}
        />
      );
    case 'script':
      return (
        <ScriptInput
          label={t('canvas.code.script')}
          text={form.code}
          inputs={form.inputs}
          readOnly={false}
          onChange={(code) => set({ code })}
        />
      );
    case 'flow':
      return (
        <PublishedFlowField
          flow={form.flow}
          shapeOf={async ({ id, number }) => (await publishedShape(id, number)) ?? { inputs: [], outputs: [] }}
          onChoose={({ slug }, { inputs, outputs }) => set({ flow: slug, inputs, outputs })}
        />
      );
    case 'web':
      return (
        <>
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <WithHelp label={t('library.tools.method')} help={{ words: 'fieldHelp.web.method' }}>
              <Select
                label={t('library.tools.method')}
                w={110}
                allowDeselect={false}
                data={methods}
                value={form.method}
                onChange={(method) => method && set({ method })}
              />
            </WithHelp>
            <WithHelp label={t('library.tools.url')} help={{ words: 'fieldHelp.web.url' }}>
              <TextInput
                label={t('library.tools.url')}
                style={{ flex: 1 }}
                placeholder={t('library.tools.urlExample')}
                value={form.url}
                onChange={(event) => set({ url: event.currentTarget.value })}
              />
            </WithHelp>
          </Group>
          <Textarea
            label={t('library.tools.body')}
            description={t('library.tools.bodyHelp')}
            error={bodyWrong && t('library.tools.bodyWrong')}
            autosize
            minRows={2}
            maxRows={12}
            spellCheck={false}
            styles={monospaceInput}
            value={form.body}
            onChange={(event) => set({ body: event.currentTarget.value })}
          />
          <Group gap="xs" grow align="flex-start">
            <WithHelp label={t('library.tools.secretHeader')} help={{ words: 'fieldHelp.library.secretHeader' }}>
              <TextInput
                label={t('library.tools.secretHeader')}
                placeholder={t('library.tools.headerExample')}
                value={form.secretHeader}
                onChange={(event) => set({ secretHeader: event.currentTarget.value })}
              />
            </WithHelp>
            <WithHelp label={t('library.tools.secretName')} help={{ words: 'fieldHelp.library.secretName' }}>
              <TextInput
                label={t('library.tools.secretName')}
                styles={monospaceInput}
                value={form.secretName}
                onChange={(event) => set({ secretName: event.currentTarget.value })}
              />
            </WithHelp>
          </Group>
        </>
      );
  }
}

/** The values that inputs have of themselves, and the names of those that have none. */
function defaultsOf(inputs: readonly JsonObject[]): { values: JsonObject; missing: string[] } {
  const values: JsonObject = {};
  const missing: string[] = [];
  for (const input of inputs) {
    if (input.default === undefined) missing.push(titleOf(input));
    else values[titleOf(input)] = input.default;
  }
  return { values, missing };
}

/** What goes into it and what comes out. */
function Values({ form, set }: PartProps) {
  const t = useT();
  return (
    <>
      <WithHelp
        label={t('canvas.whatGoesIn')}
        help={{ words: 'fieldHelp.inputs', example: 'fieldHelp.inputs.example' }}
      >
        <Fieldset variant="unstyled" legend={t('canvas.whatGoesIn')}>
          <PropertyList
            properties={form.inputs}
            editable
            defaults
            newName={t('canvas.newValue')}
            addLabel={t('canvas.addInput')}
            onChange={(inputs) => set({ inputs })}
          />
        </Fieldset>
      </WithHelp>
      <WithHelp
        label={t('canvas.whatComesOut')}
        help={{ words: 'fieldHelp.outputs', example: 'fieldHelp.outputs.example' }}
      >
        <Fieldset variant="unstyled" legend={t('canvas.whatComesOut')}>
          <PropertyList
            properties={form.outputs}
            editable
            newName={t('canvas.newValue')}
            addLabel={t('canvas.addOutput')}
            onChange={(outputs) => set({ outputs })}
          />
        </Fieldset>
      </WithHelp>
    </>
  );
}
