import { Button } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { Json } from '@rondo/shared/oas/json.ts';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useT } from '../../messages/useT.ts';
import { spanWords } from '../spanWords.ts';
import { useLastValues } from '../useLastValues.ts';
import { Part } from './fields.tsx';

/** What the newest test run did with this step: the values that went in and came out, how long it took. */
export function TestTab({ node, onTest }: { node: NodeView; onTest: () => void }) {
  const t = useT();
  const step = useLastValues().step(node.id);
  const ms = step?.startedAt && step.finishedAt ? Date.parse(step.finishedAt) - Date.parse(step.startedAt) : undefined;
  return (
    <>
      {step ? (
        <p className="faint">
          {ms === undefined
            ? t(`canvas.mark.${step.state}`)
            : t('canvas.test.state', { state: t(`canvas.mark.${step.state}`), time: spanWords(ms, t) })}
        </p>
      ) : (
        <p className="faint">{t('canvas.test.none')}</p>
      )}
      <Button variant="default" size="sm" leftSection={<IconPlayerPlay size={15} />} onClick={onTest}>
        {t('canvas.test.run')}
      </Button>
      {step?.error && <p className="step-error">{step.error.message}</p>}
      {step?.inputs && (
        <Part title={t('canvas.test.wentIn')}>
          <Values values={step.inputs} />
        </Part>
      )}
      {step?.outputs && (
        <Part title={t('canvas.test.cameOut')}>
          <Values values={step.outputs} />
        </Part>
      )}
    </>
  );
}

export function Values({ values }: { values: { [name: string]: Json } }) {
  const t = useT();
  const entries = Object.entries(values);
  if (entries.length === 0) return <p className="faint">{t('canvas.noneYet')}</p>;
  return (
    <dl className="values">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</dd>
        </div>
      ))}
    </dl>
  );
}
