import { Button, Select } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { stepPolicyBounds as bounds } from '@rondo/shared/runs/settings.ts';
import { useState } from 'react';
import { useT } from '../../messages/useT.ts';
import { DurationField } from '../../parts/DurationField.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { useCommands, useEditorPage, useFlowView } from '../EditorContext.tsx';
import { placeOf, setIn, setRondo } from '../gesture.ts';
import { Part } from './fields.tsx';
import type { Tries } from './policy.ts';
import { carriedPolicy, policyWords, specPolicy, stepPolicy, triesOfSpec, triesOfStep } from './policy.ts';

/** "If it goes wrong": how often a step is tried, with which pauses, and how long one try may take. */
export function IfItFails({ node }: { node: NodeView }) {
  const t = useT();
  const { tree } = useFlowView();
  const run = useCommands();
  const carried = carriedPolicy(tree, node.component);
  const own = triesOfStep(node.rondo.policy);
  const label = t('canvas.gesture.policy', { name: node.name });
  if (carried) {
    return (
      <Part title={t('canvas.policy.title')} help={{ words: 'fieldHelp.policy' }}>
        <p className="faint">{t('canvas.policy.carried')}</p>
        <Fields
          tries={triesOfSpec(carried.policy)}
          onChange={(tries) => run(label, setIn(carried.place, 'retry_policy', specPolicy(tries, carried.policy)))}
        />
      </Part>
    );
  }
  return (
    <Part title={t('canvas.policy.title')} help={{ words: 'fieldHelp.policy' }}>
      <Fields
        tries={own}
        everyFailure
        onChange={(tries) =>
          run(label, setRondo(placeOf(node.component), 'policy', stepPolicy(tries, node.rondo.policy)))
        }
      />
    </Part>
  );
}

interface FieldsProps {
  tries: Tries;
  /** may it also be tried again after failures that will not pass by themselves? */
  everyFailure?: boolean;
  onChange: (tries: Tries) => void;
}

function Fields({ tries, everyFailure = false, onChange }: FieldsProps) {
  const t = useT();
  const { editable } = useEditorPage();
  const [more, setMore] = useState(false);
  const disabled = !editable;
  const set = (change: Partial<Tries>) => onChange({ ...tries, ...change });
  const jitters = ['full', 'equal', 'none'] as const;
  const again = tries.attempts > 1;
  return (
    <>
      <WithHelp label={t('canvas.policy.attempts')} help={{ words: 'fieldHelp.policy.attempts' }}>
        <NumberField
          label={t('canvas.policy.attempts')}
          value={tries.attempts}
          min={bounds.attempts.least}
          max={bounds.attempts.most}
          disabled={disabled}
          onCommit={(attempts) => attempts !== undefined && set({ attempts })}
        />
      </WithHelp>
      {again && everyFailure && (
        <WithHelp label={t('canvas.policy.when')} help={{ words: 'fieldHelp.policy.when' }}>
          <Select
            label={t('canvas.policy.when')}
            data={[
              { value: 'transient', label: t('canvas.policy.transient') },
              { value: 'any', label: t('canvas.policy.any') },
            ]}
            value={tries.retryOn}
            allowDeselect={false}
            disabled={disabled}
            onChange={(value) => set({ retryOn: value === 'any' ? 'any' : 'transient' })}
          />
        </WithHelp>
      )}
      {again && more && (
        <>
          <WithHelp label={t('canvas.policy.delay')} help={{ words: 'fieldHelp.policy.delay' }}>
            <DurationField
              label={t('canvas.policy.delay')}
              seconds={tries.delay}
              max={bounds.delaySeconds.most}
              disabled={disabled}
              onCommit={(delay) => delay !== undefined && set({ delay })}
            />
          </WithHelp>
          <NumberField
            label={t('canvas.policy.factor')}
            description={t('canvas.policy.factorHelp')}
            value={tries.factor}
            min={bounds.factor.least}
            max={bounds.factor.most}
            whole={false}
            disabled={disabled}
            onCommit={(factor) => factor !== undefined && set({ factor })}
          />
          <WithHelp label={t('canvas.policy.maxDelay')} help={{ words: 'fieldHelp.policy.maxDelay' }}>
            <DurationField
              label={t('canvas.policy.maxDelay')}
              seconds={tries.maxDelay}
              max={bounds.maxDelaySeconds.most}
              disabled={disabled}
              onCommit={(maxDelay) => maxDelay !== undefined && set({ maxDelay })}
            />
          </WithHelp>
          <Select
            label={t('canvas.policy.jitter')}
            description={t('canvas.policy.jitterHelp')}
            data={[
              ...jitters.map((value) => ({ value: value as string, label: t(`canvas.policy.jitter.${value}`) })),
              ...(jitters.some((value) => value === tries.jitter)
                ? []
                : [{ value: tries.jitter, label: t('canvas.policy.jitter.other', { word: tries.jitter }) }]),
            ]}
            value={tries.jitter}
            allowDeselect={false}
            disabled={disabled}
            onChange={(jitter) => jitter && set({ jitter })}
          />
        </>
      )}
      <WithHelp label={t('canvas.policy.timeLimit')} help={{ words: 'fieldHelp.policy.timeLimit' }}>
        <DurationField
          label={t('canvas.policy.timeLimit')}
          placeholder={t('canvas.policy.noLimit')}
          seconds={tries.timeLimit}
          optional
          min={1}
          max={bounds.timeLimitSeconds.most}
          disabled={disabled}
          onCommit={(timeLimit) => set({ timeLimit })}
        />
      </WithHelp>
      <output className="policy-words">{policyWords(tries, t)}</output>
      {again && (
        <div className="button-row">
          <Button variant="subtle" size="compact-sm" aria-expanded={more} onClick={() => setMore(!more)}>
            {t(more ? 'canvas.policy.less' : 'canvas.policy.more')}
          </Button>
        </div>
      )}
    </>
  );
}
