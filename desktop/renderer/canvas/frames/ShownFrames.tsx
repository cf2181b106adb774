import type { NodeProps } from '@xyflow/react';
import { useStore as useFlowStore } from '@xyflow/react';
import { memo } from 'react';
import { levelOf } from '../levels.ts';
import type { GroupNode, NoteNode } from './frameNodes.ts';

/** A sticky note where nothing can be changed. */
export const ShownNote = memo(function ShownNote({ data: { note } }: NodeProps<NoteNode>) {
  return (
    <div className={`note-card note-${note.color}`}>
      <div className="note-text">{note.text}</div>
    </div>
  );
});

/** A frame around its steps where nothing can be changed. */
export const ShownFrame = memo(function ShownFrame({ data: { group } }: NodeProps<GroupNode>) {
  const level = useFlowStore((state) => levelOf(state.transform[2]));
  return (
    <div className={`frame-card level-${level}`}>
      <div className="frame-head">
        <div className="frame-words">
          <b className="frame-name">{group.name}</b>
        </div>
      </div>
    </div>
  );
});
