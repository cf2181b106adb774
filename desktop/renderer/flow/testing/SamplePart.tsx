import { Button } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { StepView } from '@rondo/shared/runs/fold.ts';
import { largeValueOf } from '@rondo/shared/runs/largeValue.ts';
import { isSampleTooLarge, type Sample, sampleOf } from '@rondo/shared/runs/samples.ts';
import { IconPencil, IconPin, IconPinnedOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useEditorPage, useGesture } from '../../canvas/EditorContext.tsx';
import { Part } from '../../canvas/inspector/fields.tsx';
import { useT } from '../../messages/useT.ts';
import { Pairs } from '../../parts/Pairs.tsx';
import { SampleDialog } from './SampleDialog.tsx';
import { pinSample } from './sampleGestures.ts';
import './testing.css';

/** The sample of a step: pinned from the last run or typed, shown, changed, taken off. */
export function SamplePart({ node, last }: { node: NodeView; last: StepView | undefined }) {
  const t = useT();
  const { editable } = useEditorPage();
  const gesture = useGesture();
  const [typing, setTyping] = useState(false);
  const sample = sampleOf(node.component);
  const fresh = sampleFrom(last);
  const name = node.name || node.type;
  const pin = (next: Sample | undefined) =>
    gesture(t(next ? 'testing.gesture.pin' : 'testing.gesture.unpin', { name }), (draft) =>
      pinSample(draft, node.id, next),
    );
  const tooLarge = fresh === 'large';
  const newer = fresh && fresh !== 'large' && JSON.stringify(fresh) !== JSON.stringify(sample) ? fresh : undefined;
  return (
    <Part title={t('testing.sample.title')}>
      <p className="faint">{t('testing.sample.help')}</p>
      {sample && (
        <div className="sample-values">
          <Pairs values={sample.outputs} />
          {sample.branch && <p className="faint">{`${t('testing.sample.branch')}: ${sample.branch}`}</p>}
        </div>
      )}
      {tooLarge && <p className="faint">{t('testing.sample.large')}</p>}
      {editable && (
        <div className="sample-acts">
          {newer && (
            <Button size="xs" variant="default" leftSection={<IconPin size={14} />} onClick={() => pin(newer)}>
              {t(sample ? 'testing.sample.pinNewer' : 'testing.sample.pinLast')}
            </Button>
          )}
          <Button size="xs" variant="default" leftSection={<IconPencil size={14} />} onClick={() => setTyping(true)}>
            {t(sample ? 'testing.sample.edit' : 'testing.sample.type')}
          </Button>
          {sample && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPinnedOff size={14} />}
              onClick={() => pin(undefined)}
            >
              {t('testing.sample.unpin')}
            </Button>
          )}
        </div>
      )}
      {typing && (
        <SampleDialog
          node={node}
          sample={sample ?? newer}
          onPin={(next) => {
            pin(next);
            setTyping(false);
          }}
          onClose={() => setTyping(false)}
        />
      )}
    </Part>
  );
}

/** What a step did as a sample; `large` where that cannot stand in the document. */
function sampleFrom(step: StepView | undefined): Sample | 'large' | undefined {
  if (step?.state !== 'done' || !step.outputs) return undefined;
  if (Object.values(step.outputs).some((value) => largeValueOf(value))) return 'large';
  const branch = step.branch && step.branch !== 'next' ? { branch: step.branch } : {};
  const inputs = Object.entries(step.inputs).filter(([, value]) => !largeValueOf(value));
  const whole: Sample = {
    outputs: step.outputs,
    ...branch,
    ...(inputs.length > 0 && { inputs: Object.fromEntries(inputs) }),
  };
  if (!isSampleTooLarge(whole)) return whole;
  const bare: Sample = { outputs: step.outputs, ...branch };
  return isSampleTooLarge(bare) ? 'large' : bare;
}
