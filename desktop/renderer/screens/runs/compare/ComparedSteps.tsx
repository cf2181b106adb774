import type { ComparedStep, RunComparison } from '@rondo/shared/runs/compare.ts';
import type { StepView } from '@rondo/shared/runs/fold.ts';
import type { RunState } from '@rondo/shared/runs/states.ts';
import { StepIcon } from '../../../canvas/StepIcon.tsx';
import type { StepKind } from '../../../canvas/stepKinds.ts';
import { useT } from '../../../messages/useT.ts';
import { WindowedRows } from '../../../parts/WindowedRows.tsx';
import { stepState } from '../stepState.ts';
import { aspectWords } from './compareWords.ts';

const rowHeight = 41;

interface Props {
  compared: RunComparison;
  /** only steps that differ */
  only: boolean;
  /** of the two runs */
  numbers: [number, number];
  states: [RunState, RunState];
  kindOf: (nodeId: string, type: string) => StepKind;
  /** path of a step; null = the run as a whole */
  selected: string | null;
  onSelect: (path: string | null) => void;
}

/** The steps of both runs, each with how it stands in either and in what it differs. */
export function ComparedSteps({ compared, only, numbers, states, kindOf, selected, onSelect }: Props) {
  const t = useT();
  const steps = only ? compared.steps.filter((step) => step.differs.length > 0) : compared.steps;
  const whole = compared.inputs.length + compared.outputs.length > 0 || !compared.sameState;
  return (
    <div className="compare-steps">
      <div className="compare-head" aria-hidden="true">
        <span>{t('runs.col.step')}</span>
        <span>{t('testing.compare.run', { number: numbers[0] })}</span>
        <span>{t('testing.compare.run', { number: numbers[1] })}</span>
      </div>
      <button
        type="button"
        className="compare-row"
        aria-pressed={selected === null}
        data-differs={whole || undefined}
        onClick={() => onSelect(null)}
      >
        <span className="name">{t('testing.compare.wholeRun')}</span>
        <span className="dim">{t(`parts.state.${states[0]}`)}</span>
        <span className="dim">{t(`parts.state.${states[1]}`)}</span>
      </button>
      {steps.length === 0 && <p className="empty">{t('testing.compare.noSteps')}</p>}
      <WindowedRows
        count={steps.length}
        rowHeight={rowHeight}
        reveal={steps.findIndex((step) => step.path === selected)}
        render={(index, onKeyDown) => {
          const step = steps[index];
          return (
            step && (
              <Row
                step={step}
                kind={kindOf(step.nodeId, step.type)}
                selected={selected === step.path}
                onKeyDown={onKeyDown}
                onSelect={() => onSelect(step.path)}
              />
            )
          );
        }}
      />
    </div>
  );
}

interface RowProps {
  step: ComparedStep;
  kind: StepKind;
  selected: boolean;
  onKeyDown: (event: React.KeyboardEvent) => void;
  onSelect: () => void;
}

function Row({ step, kind, selected, onKeyDown, onSelect }: RowProps) {
  const t = useT();
  const state = (view: StepView | undefined) =>
    view ? t(`runs.step.${stepState(view)}`) : t('testing.compare.notReached');
  return (
    <button
      type="button"
      className="compare-row"
      aria-pressed={selected}
      data-differs={step.differs.length > 0 || undefined}
      onKeyDown={onKeyDown}
      onClick={onSelect}
    >
      <span className="name" style={{ paddingInlineStart: 14 * (step.path.split('/').length - 1) }}>
        <StepIcon kind={kind} size={24} />
        <span className="clip">
          {step.name}
          {step.differs.length > 0 && <span className="step-note">{aspectWords(step.differs, t)}</span>}
        </span>
      </span>
      <span className="dim">{state(step.a)}</span>
      <span className="dim">{state(step.b)}</span>
    </button>
  );
}
