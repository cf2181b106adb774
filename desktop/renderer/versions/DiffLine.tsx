import type { EdgeProps } from '@xyflow/react';
import { BaseEdge, useStore } from '@xyflow/react';
import { memo } from 'react';
import { controlPath, dataPath } from '../canvas/linePaths.ts';
import type { ControlLine, DataLineEdge } from '../canvas/steps.ts';
import { signScale } from './DiffCard.tsx';

/** What a line of the comparison carries besides what every line does. */
export interface LineChange {
  change?: 'added' | 'removed' | 'same';
}

/** A connection with the sign of what happened to it in its middle. */
export const DiffLine = memo(function DiffLine(props: EdgeProps<ControlLine>) {
  const { path, middle } = controlPath(props);
  const change = (props.data as LineChange | undefined)?.change ?? 'same';
  return (
    <>
      <BaseEdge
        id={props.id}
        path={path}
        className={`control-line diff-line-${change} ${props.selected ? 'diff-line-chosen' : ''}`}
        interactionWidth={22}
      />
      {change !== 'same' && <Sign {...middle} change={change} />}
    </>
  );
});

/** A data connection that came or went: dotted, below the cards. */
export const DiffDataLine = memo(function DiffDataLine(props: EdgeProps<DataLineEdge>) {
  const { path, middle } = dataPath(props);
  const change = (props.data as LineChange | undefined)?.change ?? 'added';
  return (
    <>
      <BaseEdge id={props.id} path={path} className={`data-line diff-line-${change}`} interactionWidth={0} />
      {change !== 'same' && <Sign {...middle} change={change} />}
    </>
  );
});

function Sign({ x, y, change }: { x: number; y: number; change: 'added' | 'removed' }) {
  const scale = useStore((store) => signScale(store.transform[2]));
  return (
    <g className={`diff-line-sign diff-line-sign-${change}`} transform={`translate(${x} ${y}) scale(${scale})`}>
      <circle r={9} />
      <path d={change === 'added' ? 'M -4 0 H 4 M 0 -4 V 4' : 'M -4 0 H 4'} />
    </g>
  );
}
