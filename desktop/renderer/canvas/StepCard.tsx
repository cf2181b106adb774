import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconExclamationMark,
  IconLoader2,
  IconMinus,
  IconPinFilled,
  IconPlus,
} from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { Handle, Position, useStore as useFlowStore } from '@xyflow/react';
import { memo, useContext } from 'react';
import { useT } from '../messages/useT.ts';
import { CardToolbar } from './CardToolbar.tsx';
import { DataHandles } from './DataHandles.tsx';
import { branchY, cardHeadHeight, hasRows } from './geometry.ts';
import { InnerPreview } from './inner/InnerPreview.tsx';
import { levelOf } from './levels.ts';
import type { StepMark } from './marks.ts';
import { CardActionsContext, useMarks } from './marks.ts';
import { OverviewContext } from './overview/overview.ts';
import { StepIcon } from './StepIcon.tsx';
import type { StepBranch, StepNode } from './steps.ts';
import { branchHandle, inHandle } from './steps.ts';

/** Kinds of steps that hold other flows. */
const holdsFlows: ReadonlySet<string> = new Set(['flow', 'each', 'eachParallel', 'parallel', 'catch']);

/** A step on the canvas; from afar only its place, since the overview draws what can be told of it. */
export const StepCard = memo(function StepCard(props: NodeProps<StepNode>) {
  const { id, data, selected } = props;
  if (!useContext(OverviewContext)) return <ReadableCard {...props} />;
  return selected ? <CardToolbar id={id} data={data} /> : null;
});

/** What a run or a check has to say is read from the marks, card by card. */
function ReadableCard({ id, data, selected, isConnectable }: NodeProps<StepNode>) {
  const t = useT();
  const problems = useMarks((marks) => marks.problems.get(id));
  const mark = useMarks((marks) => marks.run?.get(id));
  const connecting = useMarks((marks) => marks.connectFrom === id);
  const level = useFlowStore((state) => levelOf(state.transform[2]));
  const actions = useContext(CardActionsContext);
  const rows = hasRows(data.branches.map((branch) => branch.name));
  const names = data.branches.map((branch) => branch.name);
  const worst = problems?.some((problem) => problem.severity === 'error') ? 'error' : problems?.length ? 'warning' : '';
  return (
    <div
      className={`step-card level-${level}`}
      data-selected={selected || undefined}
      data-connecting={connecting || undefined}
      data-run={mark?.state}
      data-kind={data.kind}
    >
      {selected && <CardToolbar id={id} data={data} />}
      {selected && actions.remove && holdsFlows.has(data.kind) && <InnerPreview id={id} />}
      <div className="step-head">
        <StepIcon kind={data.kind} />
        <div className="step-text">
          <div className="step-name">{data.name}</div>
          <div className="step-line">
            <span>{mark?.note ?? data.summary}</span>
            {mark?.time && <span className="step-time">{mark.time}</span>}
          </div>
        </div>
      </div>
      {rows && (
        <div className="step-branches">
          {data.branches.map((branch) => (
            <div
              key={branch.name}
              className="step-branch"
              data-taken={mark?.branches.includes(branch.name) || undefined}
            >
              <span>{branch.label}</span>
            </div>
          ))}
        </div>
      )}
      {data.pinned && (
        <span className="card-pin" role="img" title={t('testing.sample.pinned', { name: data.name })}>
          <IconPinFilled size={13} aria-hidden="true" />
        </span>
      )}
      {mark ? <RunBadge mark={mark} /> : worst && <ProblemBadge severity={worst} count={problems?.length ?? 0} />}
      {data.hasIn && (
        <Handle
          type="target"
          id={inHandle}
          position={Position.Left}
          isConnectable={isConnectable}
          style={{ top: cardHeadHeight / 2 }}
          title={t('canvas.handle.in', { name: data.name })}
        />
      )}
      {data.branches.map((branch) => (
        <Out key={branch.name} id={id} branch={branch} names={names} connectable={isConnectable} mark={mark} />
      ))}
      <DataHandles />
    </div>
  );
}

interface OutProps {
  id: string;
  branch: StepBranch;
  names: string[];
  connectable: boolean;
  mark: StepMark | undefined;
}

function Out({ id, branch, names, connectable, mark }: OutProps) {
  const t = useT();
  const actions = useContext(CardActionsContext);
  const top = branchY(names, branch.name);
  return (
    <>
      <Handle
        type="source"
        id={branchHandle(branch.name)}
        position={Position.Right}
        isConnectable={connectable}
        style={{ top }}
        data-taken={mark?.branches.includes(branch.name) || undefined}
        title={t('canvas.handle.out', { branch: branch.label })}
      />
      {!branch.connected && actions.addAfter && (
        <button
          type="button"
          className="branch-plus nodrag"
          style={{ top: top - 9 }}
          aria-label={t('canvas.addAfterBranch', { branch: branch.label })}
          onClick={(event) => actions.addAfter?.(id, branch.name, { x: event.clientX, y: event.clientY })}
        >
          <IconPlus size={11} stroke={2} />
        </button>
      )}
    </>
  );
}

function ProblemBadge({ severity, count }: { severity: 'error' | 'warning'; count: number }) {
  const t = useT();
  return (
    <span className={`card-badge problem-${severity}`} title={t('canvas.problemCount', { count })}>
      {severity === 'error' ? (
        <IconExclamationMark size={13} stroke={2.5} />
      ) : (
        <IconAlertTriangle size={12} stroke={2} />
      )}
    </span>
  );
}

const glyphs = {
  done: IconCheck,
  running: IconLoader2,
  queued: IconClock,
  waiting: IconClock,
  failed: IconExclamationMark,
  skipped: IconMinus,
} as const;

function RunBadge({ mark }: { mark: StepMark }) {
  const t = useT();
  if (mark.state === 'unreached') return null;
  const Glyph = glyphs[mark.state];
  return (
    <span className={`card-badge run-${mark.state}`} title={t(`canvas.mark.${mark.state}`)}>
      <Glyph size={13} stroke={2.5} />
      {mark.visits > 1 && <b>{t('canvas.visits', { count: mark.visits })}</b>}
    </span>
  );
}
