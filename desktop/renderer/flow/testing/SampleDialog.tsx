import { Modal, SegmentedControl, Select, Textarea } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { Json } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { isSampleTooLarge, type Sample, sampleJson } from '@rondo/shared/runs/samples.ts';
import { useState } from 'react';
import { branchLabel } from '../../canvas/summary.ts';
import { useT, type Words } from '../../messages/useT.ts';
import { DialogEnd } from '../../parts/DialogEnd.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { monospaceInput } from '../../parts/monospace.ts';
import { StartForm } from '../StartForm.tsx';

interface Props {
  node: NodeView;
  /** what to begin with */
  sample: Sample | undefined;
  onPin: (sample: Sample) => void;
  onClose: () => void;
}

/** A sample of a step, typed by form or as JSON. */
export function SampleDialog({ node, sample, onPin, onClose }: Props) {
  const t = useT();
  const [by, setBy] = useState('form');
  const [branch, setBranch] = useState(sample?.branch ?? node.branches[0] ?? 'next');
  const [text, setText] = useState(() => JSON.stringify(sampleJson(sample ?? { outputs: {} }), null, 2));
  const [error, setError] = useState<string | null>(null);
  const several = node.branches.length > 1;
  const pin = (next: Sample) => {
    if (isSampleTooLarge(next)) setError(t('testing.sample.tooLarge'));
    else onPin(next);
  };
  const withBranch = (outputs: { [name: string]: Json }) =>
    pin({ outputs, ...(several && { branch }), ...(sample?.inputs && { inputs: sample.inputs }) });
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={<div className="dialog-title">{t('testing.sample.dialog', { name: node.name || node.type })}</div>}
    >
      <div className="test-part">
        <p className="faint">{t('testing.sample.help')}</p>
        <SegmentedControl
          value={by}
          onChange={(next) => {
            setBy(next);
            setError(null);
          }}
          data={[
            { value: 'form', label: t('testing.sample.form') },
            { value: 'json', label: t('testing.sample.json') },
          ]}
        />
        {by === 'form' ? (
          <>
            {several && (
              <WithHelp label={t('testing.sample.branch')} help={{ words: 'fieldHelp.test.branch' }}>
                <Select
                  label={t('testing.sample.branch')}
                  value={branch}
                  data={node.branches.map((value) => ({ value, label: branchLabel(value, t) }))}
                  allowDeselect={false}
                  onChange={(next) => setBranch(next ?? branch)}
                />
              </WithHelp>
            )}
            <StartForm
              inputs={node.outputs}
              initial={sample?.outputs}
              quiet
              error={error}
              submitLabel={t('testing.sample.save')}
              onSubmit={withBranch}
              onCancel={onClose}
            />
          </>
        ) : (
          <>
            <WithHelp label={t('testing.sample.jsonLabel')} help={{ words: 'fieldHelp.sample.json' }}>
              <Textarea
                label={t('testing.sample.jsonLabel')}
                autosize
                minRows={6}
                maxRows={18}
                styles={monospaceInput}
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
              />
            </WithHelp>
            <DialogEnd
              error={error}
              action={t('testing.sample.save')}
              onClose={onClose}
              onAction={() => {
                const read = readSample(text, t);
                if (typeof read === 'string') setError(read);
                else pin(read);
              }}
            />
          </>
        )}
      </div>
    </Modal>
  );
}

/** @returns what is wrong with the text, where it is no sample */
function readSample(text: string, t: Words): Sample | string {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return t('testing.sample.jsonWrong', { why: error.message });
  }
  if (!isObject(value) || !isObject(value.outputs))
    return t('testing.sample.jsonWrong', { why: t('testing.sample.jsonShape') });
  const { outputs, branch, inputs } = value;
  return {
    outputs,
    ...(typeof branch === 'string' && { branch }),
    ...(isObject(inputs) && { inputs }),
  };
}
