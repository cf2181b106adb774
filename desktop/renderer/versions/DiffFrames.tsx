import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { GroupNode, NoteNode } from '../canvas/frames/frameNodes.ts';
import { ShownFrame, ShownNote } from '../canvas/frames/ShownFrames.tsx';
import { DiffMarked } from './DiffCard.tsx';

/** A note with the sign of what happened to it. */
export const DiffNote = memo(function DiffNote(props: NodeProps<NoteNode>) {
  return (
    <DiffMarked id={props.id}>
      <ShownNote {...props} />
    </DiffMarked>
  );
});

/** A group with the sign of what happened to it. */
export const DiffFrame = memo(function DiffFrame(props: NodeProps<GroupNode>) {
  return (
    <DiffMarked id={props.id}>
      <ShownFrame {...props} />
    </DiffMarked>
  );
});
