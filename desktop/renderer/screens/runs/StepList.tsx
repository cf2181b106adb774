import { VisuallyHidden } from '@mantine/core';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { RunView } from '@rondo/shared/runs/fold.ts';
import { useMemo } from 'react';
import { StepIcon } from '../../canvas/StepIcon.tsx';
import type { StepKind } from '../../canvas/stepKinds.ts';
import { useT } from '../../messages/useT.ts';
import { secondWords, spanText } from '../../parts/times.ts';
import { stepState } from './stepState.ts';
import { waitsOf, waterfall } from './waterfall.ts';

interface StepListProps {
  run: RunView;
  events: readonly RunEvent[];
  /** the moment that is looked at */
  now: number;
  kindOf: (nodeId: string, nodeType: string) => StepKind;
  /** nodes that no step visited, once the run is over */
  skipped: { id: string; name: string; type: string }[];
  selected: string | null;
  onSelect: (path: string) => void;
}

/** The steps in the order in which they began, each with its bar along the run's time. */
export function StepList({ run, events, now, kindOf, skipped, selected, onSelect }: StepListProps) {
  const t = useT();
  const drawn = useMemo(() => waterfall(run.steps, waitsOf(events, now), now), [run.steps, events, now]);
  return (
    <div className="step-list">
      <div className="steps-head" aria-hidden="true">
        <span>{t('runs.col.step')}</span>
        <span className="axis">
          <span>{secondWords(new Date(drawn.from).toISOString())}</span>
          {drawn.folded && <span>{t('runs.folded')}</span>}
          <span>{secondWords(new Date(drawn.to).toISOString())}</span>
        </span>
        <span className="end">{t('runs.col.took')}</span>
      </div>
      {drawn.bars.map(({ step, left, width, ms, waited }) => {
        const time = spanText(ms, t);
        return (
          <button
            key={step.path}
            type="button"
            className="step-row"
            data-state={stepState(step)}
            aria-pressed={selected === step.path}
            onClick={() => onSelect(step.path)}
          >
            <span className="name">
              <StepIcon kind={kindOf(step.nodeId, step.type)} size={24} />
              <span className="clip" style={{ paddingInlineStart: 12 * (step.path.split('/').length - 1) }}>
                {step.name}
              </span>
            </span>
            <span className="step-axis">
              <span
                className="step-bar"
                data-state={stepState(step)}
                data-waited={waited}
                style={{ insetInlineStart: `${Math.min(left * 100, 99)}%`, width: `${width * 100}%` }}
              />
            </span>
            <span className="took">
              {step.state === 'done' ? time : t(`runs.step.${stepState(step)}`)}
              {step.state === 'done' && <VisuallyHidden>{t('runs.step.done')}</VisuallyHidden>}
            </span>
          </button>
        );
      })}
      {skipped.map((node) => (
        <div key={node.id} className="step-row" data-state="skipped">
          <span className="name">
            <StepIcon kind={kindOf(node.id, node.type)} size={24} />
            <span className="clip">{node.name}</span>
          </span>
          <span />
          <span className="took">{t('runs.skipped')}</span>
        </div>
      ))}
    </div>
  );
}
