import { VisuallyHidden } from '@mantine/core';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { RunView, StepView } from '@rondo/shared/runs/fold.ts';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useMemo, useState } from 'react';
import { StepIcon } from '../../canvas/StepIcon.tsx';
import type { StepKind } from '../../canvas/stepKinds.ts';
import { itemsDone, stepNote } from '../../canvas/stepNotes.ts';
import { useT } from '../../messages/useT.ts';
import { secondWords, spanText } from '../../parts/times.ts';
import { WindowedRows } from '../../parts/WindowedRows.tsx';
import type { ItemRow } from './stepRows.ts';
import { stepRows } from './stepRows.ts';
import { stepState } from './stepState.ts';
import type { Axis } from './waterfall.ts';
import { axisOf, spanOf, waitsOf } from './waterfall.ts';

const rowHeight = 37;

interface StepListProps {
  run: RunView;
  events: readonly RunEvent[];
  /** the moment that is looked at */
  now: number;
  kindOf: (nodeId: string, nodeType: string) => StepKind;
  /** how often a step is tried at most */
  attemptsOf: (nodeId: string) => number;
  /** nodes that no step visited, once the run is over */
  skipped: { id: string; name: string; type: string }[];
  selected: string | null;
  /** the step that somebody looks for: it is brought into view */
  shown: string | null;
  onSelect: (path: string) => void;
}

/** The steps, those of items and of flows inside in their place, each with its bar along the run's time. */
export function StepList({ run, events, now, kindOf, attemptsOf, skipped, selected, shown, onSelect }: StepListProps) {
  const t = useT();
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const waits = useMemo(() => waitsOf(events, now), [events, now]);
  const axis = useMemo(() => axisOf(run.steps, waits, now), [run.steps, waits, now]);
  const rows = useMemo(() => stepRows(run.steps, toggled, shown), [run.steps, toggled, shown]);
  const items = useMemo(() => itemsDone(run), [run]);
  const reveal = useMemo(() => rows.findIndex((row) => row.kind === 'step' && row.step.path === shown), [rows, shown]);
  const stepRow = (step: StepView, depth: number, onKeyDown: (event: KeyboardEvent) => void) => {
    const state = stepState(step);
    const span = spanOf(step, now);
    const note = stepNote(step, attemptsOf(step.nodeId), items, t);
    return (
      <button
        type="button"
        className="step-row"
        data-state={state}
        aria-pressed={selected === step.path}
        onClick={() => onSelect(step.path)}
        onKeyDown={onKeyDown}
      >
        <span className="name" style={{ paddingInlineStart: 14 * depth }}>
          <StepIcon kind={kindOf(step.nodeId, step.type)} size={24} />
          <span className="clip" title={step.name}>
            {step.name}
            {note && <span className="step-note">{note}</span>}
          </span>
        </span>
        <Bar axis={axis} span={span} state={state} waited={waits.has(step.path)} />
        <span className="took">
          {step.state === 'done' ? spanText(span.to - span.from, t) : t(`runs.step.${state}`)}
          {step.state === 'done' && <VisuallyHidden>{t('runs.step.done')}</VisuallyHidden>}
        </span>
      </button>
    );
  };
  const itemRow = (row: ItemRow, onKeyDown: (event: KeyboardEvent) => void) => {
    const span = spanOf(row, now);
    const Sign = row.open ? IconChevronDown : IconChevronRight;
    return (
      <button
        type="button"
        className="step-row item-row"
        data-state={row.state}
        aria-expanded={row.open}
        onKeyDown={onKeyDown}
        onClick={() => setToggled((old) => new Map(old).set(row.path, !row.open))}
      >
        <span className="name" style={{ paddingInlineStart: 14 * row.depth }}>
          <Sign size={16} stroke={1.75} aria-hidden="true" />
          <span className="clip">{t(row.isBranch ? 'runs.branchFlow' : 'runs.item', { number: row.index + 1 })}</span>
        </span>
        <Bar axis={axis} span={span} state={row.state} waited={false} />
        <span className="took">
          {row.state === 'done' ? spanText(span.to - span.from, t) : t(`runs.step.${row.state}`)}
        </span>
      </button>
    );
  };
  return (
    <div className="step-list">
      <div className="steps-head" aria-hidden="true">
        <span>{t('runs.col.step')}</span>
        <span className="axis">
          <span>{secondWords(new Date(axis.from).toISOString())}</span>
          {axis.folded && <span>{t('runs.folded')}</span>}
          <span>{secondWords(new Date(axis.to).toISOString())}</span>
        </span>
        <span className="end">{t('runs.col.took')}</span>
      </div>
      <WindowedRows
        count={rows.length}
        rowHeight={rowHeight}
        reveal={reveal}
        render={(index, onKeyDown) => {
          const row = rows[index];
          if (!row) return null;
          return row.kind === 'step' ? stepRow(row.step, row.depth, onKeyDown) : itemRow(row, onKeyDown);
        }}
      />
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

interface BarProps {
  axis: Axis;
  span: { from: number; to: number };
  state: string;
  waited: boolean;
}

function Bar({ axis, span, state, waited }: BarProps) {
  const { left, width } = axis.place(span);
  return (
    <span className="step-axis">
      <span
        className="step-bar"
        data-state={state}
        data-waited={waited}
        style={{ insetInlineStart: `${Math.min(left * 100, 99)}%`, width: `${width * 100}%` }}
      />
    </span>
  );
}
