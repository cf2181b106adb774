import { Checkbox, Modal, Select, Switch, TextInput } from '@mantine/core';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import { isTestTooLarge, type PinnedTest } from '@rondo/shared/runs/pinnedTests.ts';
import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import { useEditor } from '../../canvas/EditorContext.tsx';
import { branchLabel } from '../../canvas/summary.ts';
import { saidWords } from '../../messages/saidWords.ts';
import { useT } from '../../messages/useT.ts';
import { DialogEnd } from '../../parts/DialogEnd.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { StartField } from '../StartForm.tsx';
import type { Entered } from '../startValues.ts';
import { endsOf, formOf, type GivenForm, type TypedValue, testOf } from './testForm.ts';

interface Props {
  test: PinnedTest;
  onKeep: (test: PinnedTest) => void;
  onClose: () => void;
}

/** A pinned test by form: its inputs, what the outside answers, and what is expected. */
export function TestDialog({ test, onKeep, onClose }: Props) {
  const t = useT();
  const tree = useEditor((state) => state.tree);
  const view = useMemo(() => openFlow(tree), [tree]);
  const [form, setForm] = useState(() => formOf(tree, view, test));
  const [error, setError] = useState<string | null>(null);
  const ends = endsOf(view);
  const setGiven = (index: number, change: Partial<GivenForm>) =>
    setForm((old) => ({ ...old, given: changed(old.given, index, change) }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = testOf(test.id, form);
    if (!read.ok)
      setError(
        t('testing.tests.form.wrong', {
          name: read.name,
          why: (read.said && saidWords(read.said, t)) ?? t('flow.start.required'),
        }),
      );
    else if (isTestTooLarge(read.test)) setError(t('testing.tests.tooLarge'));
    else onKeep(read.test);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={<div className="dialog-title">{t('testing.tests.form.title')}</div>}
    >
      <form className="test-form" onSubmit={submit} noValidate>
        <WithHelp
          label={t('testing.tests.form.name')}
          help={{ words: 'fieldHelp.test.name', example: 'fieldHelp.test.name.example' }}
        >
          <TextInput
            label={t('testing.tests.form.name')}
            value={form.name}
            maxLength={200}
            required
            onChange={(event) => setForm((old) => ({ ...old, name: event.currentTarget.value }))}
          />
        </WithHelp>
        {form.inputs.length > 0 && (
          <Section title={t('testing.tests.form.inputs')}>
            <Values
              prefix="in"
              values={form.inputs}
              onChange={(index, entered) =>
                setForm((old) => ({ ...old, inputs: changed(old.inputs, index, { entered }) }))
              }
            />
          </Section>
        )}
        <Section title={t('testing.tests.form.given')} words={t('testing.tests.form.givenHelp')}>
          {form.given.length === 0 && <p className="faint">{t('testing.tests.form.noGiven')}</p>}
          {form.given.map((step, index) => (
            <div key={step.path} className="test-form-step">
              <Checkbox
                label={t('testing.tests.form.answer', { name: step.name })}
                checked={step.on}
                onChange={(event) => setGiven(index, { on: event.currentTarget.checked })}
              />
              {step.on && step.branches.length > 1 && (
                <WithHelp label={t('testing.sample.branch')} help={{ words: 'fieldHelp.test.branch' }}>
                  <Select
                    label={t('testing.sample.branch')}
                    data={step.branches.map((value) => ({ value, label: branchLabel(value, t) }))}
                    value={step.branch}
                    allowDeselect={false}
                    onChange={(branch) => setGiven(index, { branch: branch ?? step.branch })}
                  />
                </WithHelp>
              )}
              {step.on && (
                <Values
                  prefix={`given-${index}`}
                  values={step.values}
                  onChange={(at, entered) => setGiven(index, { values: changed(step.values, at, { entered }) })}
                />
              )}
            </div>
          ))}
        </Section>
        <Section title={t('testing.tests.form.expect')} words={t('testing.tests.form.outputs')}>
          <WithHelp label={t('testing.tests.form.fails')} help={{ words: 'fieldHelp.test.fails' }}>
            <Switch
              label={t('testing.tests.form.fails')}
              checked={form.fails}
              onChange={(event) => setForm((old) => ({ ...old, fails: event.currentTarget.checked }))}
            />
          </WithHelp>
          {!form.fails &&
            form.outputs.map((output, index) => (
              <div key={String(output.schema.title)} className="test-form-step">
                <Checkbox
                  label={t('testing.tests.form.value', { name: String(output.schema.title) })}
                  checked={output.on}
                  onChange={(event) => {
                    const on = event.currentTarget.checked;
                    setForm((old) => ({ ...old, outputs: changed(old.outputs, index, { on }) }));
                  }}
                />
                {output.on && (
                  <Values
                    prefix={`out-${index}`}
                    values={[output]}
                    onChange={(_at, entered) =>
                      setForm((old) => ({ ...old, outputs: changed(old.outputs, index, { entered }) }))
                    }
                  />
                )}
              </div>
            ))}
          {!form.fails && ends.length > 1 && (
            <WithHelp label={t('testing.tests.form.end')} help={{ words: 'fieldHelp.test.end' }}>
              <Select
                label={t('testing.tests.form.end')}
                data={[
                  { value: '', label: t('testing.tests.form.anyEnd') },
                  ...ends.map((value) => ({ value, label: branchLabel(value, t) })),
                ]}
                value={form.end}
                allowDeselect={false}
                onChange={(end) => setForm((old) => ({ ...old, end: end ?? '' }))}
              />
            </WithHelp>
          )}
          {form.branches.map((one, index) => (
            <WithHelp
              key={one.path}
              label={t('testing.tests.miss.branch', { name: one.name })}
              help={{ words: 'fieldHelp.test.branch' }}
            >
              <Select
                label={t('testing.tests.miss.branch', { name: one.name })}
                data={[
                  { value: '', label: t('testing.tests.form.anyEnd') },
                  ...one.options.map((value) => ({ value, label: branchLabel(value, t) })),
                ]}
                value={one.branch}
                allowDeselect={false}
                onChange={(branch) =>
                  setForm((old) => ({ ...old, branches: changed(old.branches, index, { branch: branch ?? '' }) }))
                }
              />
            </WithHelp>
          ))}
        </Section>
        <DialogEnd
          error={error}
          action={t('testing.tests.form.save')}
          disabled={form.name.trim() === ''}
          onClose={onClose}
        />
      </form>
    </Modal>
  );
}

function Section({ title, words, children }: { title: string; words?: string; children: ReactNode }) {
  return (
    <fieldset className="test-form-part">
      <legend>{title}</legend>
      {words && <p className="faint">{words}</p>}
      {children}
    </fieldset>
  );
}

interface ValuesProps {
  prefix: string;
  values: readonly TypedValue[];
  onChange: (index: number, entered: Entered) => void;
}

function Values({ prefix, values, onChange }: ValuesProps) {
  return values.map(({ schema, entered }, index) => (
    <StartField
      key={String(schema.title)}
      id={`${prefix}-${String(schema.title)}`}
      field={schema}
      value={entered}
      error={undefined}
      form={undefined}
      onChange={(next) => onChange(index, next)}
    />
  ));
}

/** A list with one item changed. */
function changed<T>(list: readonly T[], index: number, change: Partial<T>): T[] {
  return list.map((item, at) => (at === index ? { ...item, ...change } : item));
}
