import type { EdgeProps } from '@xyflow/react';
import { BaseEdge, getSmoothStepPath } from '@xyflow/react';
import { memo } from 'react';
import type { ControlLine, DataLineEdge } from './steps.ts';

/** A control edge: right angles with rounded corners; one that a run took is thicker, one it passed by is dashed. */
export const ControlPath = memo(function ControlPath(props: EdgeProps<ControlLine>) {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data, selected } = props;
  const [path] = getSmoothStepPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
    borderRadius: 14,
    offset: 24,
  });
  const state = selected ? 'selected' : data?.taken ? 'taken' : data?.skipped ? 'skipped' : 'rest';
  return <BaseEdge id={props.id} path={path} className={`control-line line-${state}`} interactionWidth={22} />;
});

/** Data between two steps: a dotted line that hangs below the cards. */
export const DataPath = memo(function DataPath(props: EdgeProps<DataLineEdge>) {
  const { sourceX, sourceY, targetX, targetY } = props;
  const depth = Math.min(160, 48 + Math.abs(targetX - sourceX) / 8);
  const low = Math.max(sourceY, targetY) + depth;
  const path = `M ${sourceX} ${sourceY} C ${sourceX} ${low}, ${targetX} ${low}, ${targetX} ${targetY}`;
  return <BaseEdge id={props.id} path={path} className="data-line" interactionWidth={0} />;
});
