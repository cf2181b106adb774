import { SegmentedControl, Switch } from '@mantine/core';
import { compareRuns } from '@rondo/shared/runs/compare.ts';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { parse } from '../../../canvas/editor.ts';
import { RunCanvas } from '../../../canvas/RunCanvas.tsx';
import { useT } from '../../../messages/useT.ts';
import { Notice } from '../../../parts/Notice.tsx';
import { StateBadge } from '../../../parts/StateBadge.tsx';
import { When } from '../../../parts/When.tsx';
import { stepSigns } from '../stepSigns.ts';
import { ComparedSteps } from './ComparedSteps.tsx';
import { ComparedValues } from './ComparedValues.tsx';
import { firstWords, versionWords } from './compareWords.ts';
import type { ComparedRun } from './useComparedRun.ts';

type Shown = 'both' | 'a' | 'b';

/** Two runs: on the canvas, step by step, and the values of the step that is looked at. */
export function Compared({ a, b }: { a: ComparedRun; b: ComparedRun }) {
  const t = useT();
  const compared = useMemo(() => compareRuns(a.view, b.view), [a.view, b.view]);
  const first = compared.first === null ? undefined : compared.steps[compared.first];
  const [chosen, setChosen] = useState<string | null | undefined>(undefined);
  const [only, setOnly] = useState(true);
  const [shown, setShown] = useState<Shown>('both');
  const kindOf = useMemo(() => {
    const left = stepSigns(parse(a.run.documentText) ?? null);
    const right = stepSigns(parse(b.run.documentText) ?? null);
    return (nodeId: string, type: string) => {
      const kind = left(nodeId, type);
      return kind === 'tool' || kind === 'unknown' ? right(nodeId, type) : kind;
    };
  }, [a.run.documentText, b.run.documentText]);
  // nothing was chosen yet: the first difference; null = the run as a whole
  const path = chosen === undefined ? (first?.path ?? null) : chosen;
  const step = path === null ? undefined : compared.steps.find((one) => one.path === path);
  const otherwise = versionWords(a, b, t);
  const removed = a.run.valuesRemovedAt !== null || b.run.valuesRemovedAt !== null;
  const choose = (nodeId: string | null) =>
    setChosen(compared.steps.findLast((one) => one.nodeId === nodeId)?.path ?? null);
  return (
    <>
      {otherwise && <Notice tone="wait">{otherwise}</Notice>}
      {removed && <Notice tone="off">{t('testing.compare.removed')}</Notice>}
      <Notice tone={first ? 'run' : 'ok'}>{firstWords(first, t) ?? t('testing.compare.same')}</Notice>
      <div className="compare-switch">
        <SegmentedControl
          size="xs"
          aria-label={t('testing.compare.show')}
          value={shown}
          onChange={(next) => setShown(next as Shown)}
          data={[
            { value: 'both', label: t('testing.compare.sideBySide') },
            { value: 'a', label: t('testing.compare.run', { number: a.run.number }) },
            { value: 'b', label: t('testing.compare.run', { number: b.run.number }) },
          ]}
        />
      </div>
      <div className="compare-canvases" data-shown={shown}>
        {shown !== 'b' && <Side one={a} selected={step?.nodeId ?? null} onSelect={choose} />}
        {shown !== 'a' && <Side one={b} selected={step?.nodeId ?? null} onSelect={choose} />}
      </div>
      <div className="compare-below">
        <section className="panel" aria-label={t('testing.compare.steps')}>
          <header className="panel-head">
            <h2>{t('testing.compare.steps')}</h2>
            <Switch
              size="xs"
              label={t('testing.compare.onlyDifferent')}
              checked={only}
              onChange={(event) => setOnly(event.currentTarget.checked)}
            />
          </header>
          <ComparedSteps
            compared={compared}
            only={only}
            numbers={[a.run.number, b.run.number]}
            states={[a.view.state, b.view.state]}
            kindOf={kindOf}
            selected={path}
            onSelect={setChosen}
          />
        </section>
        <section className="panel compare-values">
          <ComparedValues a={a} b={b} compared={compared} step={step} />
        </section>
      </div>
    </>
  );
}

interface SideProps {
  one: ComparedRun;
  selected: string | null;
  onSelect: (nodeId: string | null) => void;
}

function Side({ one: { run, view }, selected, onSelect }: SideProps) {
  const t = useT();
  const name = t('testing.compare.run', { number: run.number });
  return (
    <section className="panel compare-side" aria-label={name}>
      <header className="panel-head">
        <h2>
          <Link href={`/runs/${run.id}`}>{name}</Link>
        </h2>
        <span className="dim small">
          {run.flowName}, <When at={run.createdAt} />
        </span>
        <StateBadge state={view.state} />
      </header>
      <div className="compare-canvas">
        <RunCanvas documentText={run.documentText} run={view} selected={selected} onSelect={onSelect} />
      </div>
    </section>
  );
}
