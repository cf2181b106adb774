import { Switch } from '@mantine/core';
import { outsideOf } from '@rondo/shared/runs/outside.ts';
import { givenBySamples } from '@rondo/shared/runs/samples.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useEditor, useEditorPage, viewOf } from '../../canvas/EditorContext.tsx';
import { useT } from '../../messages/useT.ts';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { StartDialog } from '../StartDialog.tsx';
import { fullValues } from './fullValues.ts';
import { OutsideList } from './OutsideList.tsx';
import type { LastRun } from './testPlan.ts';
import './testing.css';

interface Props {
  last: LastRun | undefined;
  onStarted: (runId: string) => void;
  onClose: () => void;
}

/** A test run of the whole draft, with the last inputs; steps with a sample may be left out. */
export function TestAllDialog({ last, onStarted, onClose }: Props) {
  const t = useT();
  const { editor, flowId } = useEditorPage();
  const tree = useEditor((state) => state.tree);
  const view = useMemo(() => viewOf(tree, null), [tree]);
  const [useSamples, setUseSamples] = useState(true);
  const given = useMemo(() => givenBySamples(view), [view]);
  const count = Object.keys(given).length;
  const outside = useMemo(() => outsideOf(tree, view), [tree, view]);
  const reached = outside.filter((one) => !useSamples || !Object.hasOwn(given, one.path.split('/')[0] ?? ''));
  // what a run of the whole flow was started with, large values too
  const wanted = last && last.view.partial?.from === undefined && last.view.partial?.flow === undefined;
  const inputs = useQuery({
    queryKey: ['canvas', 'lastInputs', last?.id],
    queryFn: async () => (last && wanted ? fullValues([last.id], last.view.inputs) : {}),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (inputs.isPending) return null;
  return (
    <StartDialog
      title={t('flow.testRun.title')}
      subtitle={t('flow.testRun.subtitle')}
      submitLabel={t('flow.testRun.start')}
      flowId={flowId}
      version="draft"
      inputs={view.inputs}
      last={inputs.data}
      before={() => editor.flush()}
      {...(useSamples && count > 0 && { partial: { given } })}
      onClose={onClose}
      onStarted={onStarted}
      above={
        <div className="test-part">
          <OutsideList outside={reached} />
          {count > 0 && (
            <WithHelp label={t('testing.all.useSamples', { count })} help={{ words: 'fieldHelp.test.samples' }}>
              <Switch
                label={t('testing.all.useSamples', { count })}
                checked={useSamples}
                onChange={(event) => setUseSamples(event.currentTarget.checked)}
              />
            </WithHelp>
          )}
        </div>
      }
    />
  );
}
