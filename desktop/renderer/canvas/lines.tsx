import type { EdgeProps } from '@xyflow/react';
import { BaseEdge } from '@xyflow/react';
import { memo } from 'react';
import { controlPath, dataPath } from './linePaths.ts';
import type { ControlLine, DataLineEdge } from './steps.ts';

/** A control edge: right angles with rounded corners; one that a run took is thicker, one it passed by is dashed. */
export const ControlPath = memo(function ControlPath(props: EdgeProps<ControlLine>) {
  const { data, selected } = props;
  const { path } = controlPath(props);
  const state = selected ? 'selected' : data?.taken ? 'taken' : data?.skipped ? 'skipped' : 'rest';
  return <BaseEdge id={props.id} path={path} className={`control-line line-${state}`} interactionWidth={22} />;
});

/** Data between two steps: a dotted line that hangs below the cards. */
export const DataPath = memo(function DataPath(props: EdgeProps<DataLineEdge>) {
  const { path } = dataPath(props);
  return <BaseEdge id={props.id} path={path} className="data-line" interactionWidth={0} />;
});
