import { type ComparedStep, durationOf, type RunComparison } from '@rondo/shared/runs/compare.ts';
import type { StepView } from '@rondo/shared/runs/fold.ts';
import { diffValues, placeWords, type ValueDifference } from '@rondo/shared/runs/valueDiff.ts';
import { valueWords } from '../../../flow/testing/missWords.ts';
import { errorWords } from '../../../messages/journalWords.ts';
import { useT } from '../../../messages/useT.ts';
import { spanText } from '../../../parts/times.ts';
import { stepState } from '../stepState.ts';
import type { ComparedRun } from './useComparedRun.ts';

interface Props {
  a: ComparedRun;
  b: ComparedRun;
  compared: RunComparison;
  /** undefined = the runs as a whole */
  step: ComparedStep | undefined;
}

/** What differs in a step, or in the runs as a whole, field by field. */
export function ComparedValues({ a, b, compared, step }: Props) {
  const t = useT();
  const numbers: [number, number] = [a.run.number, b.run.number];
  const name = step?.name ?? t('testing.compare.wholeRun');
  return (
    <div className="step-values">
      <h2 className="title-3">{name}</h2>
      <Facts rows={step ? stepFacts(step, t) : runFacts(a, b, t)} numbers={numbers} />
      <Fields
        title={t('testing.wentIn')}
        differences={step ? diffValues(step.a?.inputs, step.b?.inputs) : compared.inputs}
        numbers={numbers}
      />
      <Fields
        title={t('testing.cameOut')}
        differences={step ? diffValues(step.a?.outputs ?? undefined, step.b?.outputs ?? undefined) : compared.outputs}
        numbers={numbers}
      />
    </div>
  );
}

type FactRow = { what: string; a: string; b: string };

function runFacts(a: ComparedRun, b: ComparedRun, t: ReturnType<typeof useT>): FactRow[] {
  const error = ({ view }: ComparedRun) => (view.error ? errorWords(view.error, t) : '');
  return [
    {
      what: t('testing.compare.aspect.state'),
      a: t(`parts.state.${a.view.state}`),
      b: t(`parts.state.${b.view.state}`),
    },
    { what: t('testing.compare.aspect.error'), a: error(a), b: error(b) },
  ].filter((row) => row.a !== '' || row.b !== '');
}

function stepFacts({ a, b }: ComparedStep, t: ReturnType<typeof useT>): FactRow[] {
  const state = (step: StepView | undefined) =>
    step ? t(`runs.step.${stepState(step)}`) : t('testing.compare.notReached');
  const branch = (step: StepView | undefined) => (step?.branch && step.branch !== 'next' ? step.branch : '');
  const took = (step: StepView | undefined) => {
    const ms = durationOf(step);
    return ms === undefined ? '' : spanText(ms, t);
  };
  const error = (step: StepView | undefined) => (step?.error ? errorWords(step.error, t) : '');
  return [
    { what: t('testing.compare.aspect.state'), a: state(a), b: state(b) },
    { what: t('testing.compare.aspect.branch'), a: branch(a), b: branch(b) },
    { what: t('testing.compare.aspect.duration'), a: took(a), b: took(b) },
    { what: t('testing.compare.aspect.error'), a: error(a), b: error(b) },
  ].filter((row) => row.a !== '' || row.b !== '');
}

function Facts({ rows, numbers }: { rows: FactRow[]; numbers: [number, number] }) {
  return <Table rows={rows.map((row) => ({ ...row, same: row.a === row.b }))} numbers={numbers} />;
}

function Fields({
  title,
  differences,
  numbers,
}: {
  title: string;
  differences: ValueDifference[];
  numbers: [number, number];
}) {
  const t = useT();
  return (
    <>
      <h3 className="values-title">{title}</h3>
      {differences.length === 0 ? (
        <p className="dim small">{t('testing.compare.sameValues')}</p>
      ) : (
        <Table
          rows={differences.map(({ at, a, b }) => ({
            what: placeWords(at),
            a: valueWords(a, t),
            b: valueWords(b, t),
            same: false,
          }))}
          numbers={numbers}
        />
      )}
    </>
  );
}

function Table({ rows, numbers }: { rows: (FactRow & { same: boolean })[]; numbers: [number, number] }) {
  const t = useT();
  return (
    <table className="compare-table">
      <thead>
        <tr>
          <th scope="col">{t('testing.tests.col.what')}</th>
          {numbers.map((number) => (
            <th scope="col" key={number}>
              {t('testing.compare.run', { number })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.what} data-same={row.same || undefined}>
            <th scope="row">{row.what}</th>
            <td>{row.a}</td>
            <td>{row.b}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
