import { Popover, TextInput } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useT } from '../../messages/useT.ts';
import type { Source } from '../dataGestures.ts';
import { earlierSteps } from '../drawing.ts';
import { useFlowView } from '../EditorContext.tsx';
import { titleOf } from '../gesture.ts';
import { StepIcon } from '../StepIcon.tsx';
import { kindOfNode } from '../steps.ts';
import { useLastValues } from '../useLastValues.ts';
import { typeName } from './types.ts';

interface Props {
  node: NodeView;
  opened: boolean;
  onClose: () => void;
  onPick: (source: Source) => void;
  children: ReactNode;
}

/** Chooses an output of an earlier step, shown with its type and its last real value. */
export function SourcePicker({ node, opened, onClose, onPick, children }: Props) {
  const t = useT();
  return (
    <Popover
      opened={opened}
      onChange={(open) => !open && onClose()}
      position="bottom-start"
      width={300}
      withinPortal
      withRoles={false}
      trapFocus
      shadow="md"
    >
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown p={0} role="dialog" aria-label={t('canvas.pickValue')}>
        {opened && <SourceList node={node} onPick={onPick} onClose={onClose} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function SourceList({ node, onPick, onClose }: Omit<Props, 'opened' | 'children'>) {
  const t = useT();
  const { tree, view } = useFlowView();
  const [search, setSearch] = useState('');
  const last = useLastValues();
  const steps = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return earlierSteps(view, node.id).flatMap((step) => {
      const outputs = step.outputs.filter(
        (output) => wanted === '' || `${step.name} ${titleOf(output)}`.toLowerCase().includes(wanted),
      );
      return outputs.length > 0 ? [{ step, outputs }] : [];
    });
  }, [view, node.id, search]);
  const first = steps[0];
  const pick = (step: NodeView, output: JsonObject) => {
    onPick({ node: step.id, output: titleOf(output) });
    onClose();
  };
  return (
    <div className="source-list">
      <TextInput
        data-autofocus
        size="sm"
        placeholder={t('canvas.findValue')}
        aria-label={t('canvas.findValue')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          const output = first?.outputs[0];
          if (event.key === 'Enter' && first && output) {
            event.preventDefault();
            pick(first.step, output);
          }
        }}
      />
      {steps.length === 0 && <p className="faint">{t('canvas.noEarlierValues')}</p>}
      {steps.map(({ step, outputs }) => (
        <section key={step.id}>
          <h4>
            <StepIcon kind={kindOfNode(tree, step)} size={18} />
            {step.name}
          </h4>
          {outputs.map((output) => (
            <button key={titleOf(output)} type="button" onClick={() => pick(step, output)}>
              <b>{titleOf(output)}</b>
              <span className="faint">{typeName(output, t)}</span>
              <em>{last.outputText(step.id, titleOf(output))}</em>
            </button>
          ))}
        </section>
      ))}
    </div>
  );
}
