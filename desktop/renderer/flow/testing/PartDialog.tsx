import { Modal, Switch } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { rootFlow } from '@rondo/shared/oas/flow.ts';
import type { Json } from '@rondo/shared/oas/json.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useEditorPage, useFlowView } from '../../canvas/EditorContext.tsx';
import type { TestKind } from '../../canvas/ui.ts';
import { useT } from '../../messages/useT.ts';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { startRun } from '../flowApi.ts';
import { StartForm } from '../StartForm.tsx';
import { fullValues } from './fullValues.ts';
import { OutsideList } from './OutsideList.tsx';
import { type LastRun, planTest, startOf } from './testPlan.ts';
import './testing.css';

interface Props {
  kind: TestKind;
  node: NodeView;
  last: LastRun | undefined;
  onStarted: (runId: string) => void;
  onClose: () => void;
}

/** Tries out a part of the draft: what will happen, with which values, and which steps are not run. */
export function PartDialog({ kind, node, last, onStarted, onClose }: Props) {
  const t = useT();
  const { editor, flowId } = useEditorPage();
  const { tree, view } = useFlowView();
  const plan = useMemo(() => planTest({ tree, view, last }, { kind, node }), [tree, view, last, kind, node]);
  // what the last run has, large values too; what no form can hold is taken from that run as it is
  const known = useQuery({
    queryKey: ['canvas', 'lastInputs', last?.id, last?.older?.id, view.id, kind, node.id],
    queryFn: () => fullValues(last ? [last.id, ...(last.older ? [last.older.id] : [])] : [], plan.known),
    gcTime: 0,
  });
  const large = known.data ? Object.keys(plan.known).filter((name) => !Object.hasOwn(known.data, name)) : [];
  const [useSamples, setUseSamples] = useState(true);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const sampled = new Set(plan.sampled.map((one) => one.id));
  const outside = plan.outside.filter((one) => !useSamples || !sampled.has(one.path.split('/')[0] ?? ''));
  const start = async (values: { [name: string]: Json }) => {
    setBusy(true);
    setError(null);
    try {
      await editor.flush();
      const root = rootFlow(tree)?.id === view.component.id;
      const asked = startOf({ view, root, last }, { kind, node }, values, useSamples);
      const { runId } = await startRun({ flowId, version: 'draft', ...asked });
      onStarted(runId);
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : t('flow.start.failed'));
    } finally {
      setBusy(false);
    }
  };
  if (known.isPending) return null;
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={
        <div>
          <div className="dialog-title">{t(`testing.part.${kind}.title`, { name: node.name || node.type })}</div>
          <div className="dialog-subtitle">{t(`testing.part.${kind}.words`)}</div>
        </div>
      }
    >
      <div className="test-part">
        <OutsideList outside={outside} />
        {plan.sampled.length > 0 && (
          <WithHelp
            label={t('testing.part.useSamples', { count: plan.sampled.length })}
            help={{ words: 'fieldHelp.test.samples' }}
          >
            <Switch
              label={t('testing.part.useSamples', { count: plan.sampled.length })}
              description={plan.sampled.map((one) => one.name || one.type).join(', ')}
              checked={useSamples}
              onChange={(event) => setUseSamples(event.currentTarget.checked)}
            />
          </WithHelp>
        )}
        {large.length > 0 && <p className="faint">{t('testing.part.large', { names: large.join(', ') })}</p>}
        <StartForm
          inputs={plan.fields.filter((field) => !large.includes(String(field.title)))}
          initial={known.data}
          quiet
          busy={busy}
          error={error}
          submitLabel={t(`testing.part.${kind}.start`)}
          onSubmit={(values) => void start(values)}
          onCancel={onClose}
        />
      </div>
    </Modal>
  );
}
