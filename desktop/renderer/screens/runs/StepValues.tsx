import { Button, SegmentedControl } from '@mantine/core';
import type { StepView } from '@rondo/shared/runs/fold.ts';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { StepIcon } from '../../canvas/StepIcon.tsx';
import type { StepKind } from '../../canvas/stepKinds.ts';
import { tryTime } from '../../canvas/stepNotes.ts';
import { errorWords } from '../../messages/journalWords.ts';
import { useT } from '../../messages/useT.ts';
import { JsonView } from '../../parts/JsonView.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Pairs } from '../../parts/Pairs.tsx';
import { secondWords } from '../../parts/times.ts';
import { stepState } from './stepState.ts';

interface StepValuesProps {
  runId: string;
  step: StepView;
  kind: StepKind;
  /** absent where the run cannot be tried again */
  onAgain?: () => void;
}

/** What went into a step and what came out, or why it failed. */
export function StepValues({ runId, step, kind, onAgain }: StepValuesProps) {
  const t = useT();
  const [view, setView] = useState('values');
  const show = (values: StepView['inputs']) =>
    view === 'json' ? <JsonView value={values} /> : <Pairs values={values} runId={runId} />;
  return (
    <div className="step-values">
      <div className="step-values-head">
        <StepIcon kind={kind} />
        <div className="grow">
          <h2 className="title-3">{step.name}</h2>
          <span className="dim small">
            {step.startedAt && secondWords(step.startedAt)}
            {', '}
            {t('runs.attempt', { attempt: step.attempt })}
            {step.cutOffs > 0 && <>, {t('runs.cutOff', { count: step.cutOffs })}</>}
          </span>
        </div>
        <span className="dim small">{t(`runs.step.${stepState(step)}`)}</span>
      </div>
      {onAgain && (
        <div>
          <Button variant="default" size="xs" leftSection={<IconRefresh size={14} />} onClick={onAgain}>
            {t('runs.retry.fromHere')}
          </Button>
        </div>
      )}
      {step.error && (
        <Notice tone="bad">
          <strong>{t('runs.why')}</strong>
          <div>{errorWords(step.error, t)}</div>
          <div className="mono dim">{step.error.code}</div>
          {step.retryAt && <div>{t('runs.retryAt', { at: tryTime(step.retryAt) })}</div>}
        </Notice>
      )}
      <h3 className="values-title">
        {t('runs.wentIn')}
        <SegmentedControl
          size="xs"
          value={view}
          onChange={setView}
          data={[
            { value: 'values', label: t('runs.asValues') },
            { value: 'json', label: t('runs.asJson') },
          ]}
        />
      </h3>
      {show(step.inputs)}
      {step.outputs && (
        <>
          <h3 className="values-title">{t('runs.cameOut')}</h3>
          {show(step.outputs)}
        </>
      )}
      {step.branch && step.branch !== 'next' && (
        <p className="dim small">{t('runs.branch', { branch: step.branch })}</p>
      )}
      {step.usage && (
        <p className="dim small">
          {step.usage.model}
          {': '}
          {t('runs.usage', { input: step.usage.inputTokens, output: step.usage.outputTokens })}
        </p>
      )}
    </div>
  );
}
