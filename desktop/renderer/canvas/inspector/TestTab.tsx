import { Button } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { Json } from '@rondo/shared/oas/json.ts';
import { IconArrowBarRight, IconArrowBarToRight, IconPlayerPlay, IconPlayerTrackNext } from '@tabler/icons-react';
import { SamplePart } from '../../flow/testing/SamplePart.tsx';
import { errorWords } from '../../messages/journalWords.ts';
import { useT } from '../../messages/useT.ts';
import { spanText } from '../../parts/times.ts';
import { useEditorPage } from '../EditorContext.tsx';
import type { TestKind } from '../ui.ts';
import { useLastValues } from '../useLastValues.ts';
import { Part } from './fields.tsx';

/** Trying out a step: alone, up to it, from it on; its sample; what the newest test run did with it. */
export function TestTab({ node, onTest }: { node: NodeView; onTest: () => void }) {
  const t = useT();
  const { ui, editable } = useEditorPage();
  const step = useLastValues().step(node.id);
  const ms = step?.startedAt && step.finishedAt ? Date.parse(step.finishedAt) - Date.parse(step.startedAt) : undefined;
  const ask = (kind: TestKind) => ui.setState({ test: { kind, node: node.id } });
  const hasEnd = node.type !== 'StartNode' && node.type !== 'EndNode';
  return (
    <>
      {editable && (
        <div className="test-acts">
          {hasEnd && (
            <Button size="sm" leftSection={<IconPlayerTrackNext size={15} />} onClick={() => ask('step')}>
              {t('testing.command.step')}
            </Button>
          )}
          {node.type !== 'StartNode' && (
            <>
              <Button
                variant="default"
                size="sm"
                leftSection={<IconArrowBarToRight size={15} />}
                onClick={() => ask('to')}
              >
                {t('testing.command.to')}
              </Button>
              <Button
                variant="default"
                size="sm"
                leftSection={<IconArrowBarRight size={15} />}
                onClick={() => ask('from')}
              >
                {t('testing.command.from')}
              </Button>
            </>
          )}
          <Button variant="default" size="sm" leftSection={<IconPlayerPlay size={15} />} onClick={onTest}>
            {t('canvas.test.run')}
          </Button>
        </div>
      )}
      {step ? (
        <p className="faint">
          {step.given
            ? t('testing.given')
            : ms === undefined
              ? t(`canvas.mark.${step.state}`)
              : t('canvas.test.state', { state: t(`canvas.mark.${step.state}`), time: spanText(ms, t) })}
        </p>
      ) : (
        <p className="faint">{t('canvas.test.none')}</p>
      )}
      {step?.error && <p className="step-error">{errorWords(step.error, t)}</p>}
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
      {hasEnd && <SamplePart node={node} last={step} />}
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
