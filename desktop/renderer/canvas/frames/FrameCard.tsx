import { IconChevronDown, IconChevronRight, IconStack2 } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { Handle, Position, useStore as useFlowStore } from '@xyflow/react';
import { memo } from 'react';
import { useT } from '../../messages/useT.ts';
import { DataHandles } from '../DataHandles.tsx';
import { useEditorPage, useGesture, useUi } from '../EditorContext.tsx';
import { cardHeadHeight } from '../geometry.ts';
import { levelOf } from '../levels.ts';
import { inHandle } from '../steps.ts';
import { foldedOut } from './foldedLines.ts';
import type { GroupNode } from './frameNodes.ts';
import { writeGroup } from './frames.ts';
import { useWriting } from './useWriting.ts';

/** A named frame around steps; folded, a card that stands for them. */
export const FrameCard = memo(function FrameCard({ id, data: { group }, selected }: NodeProps<GroupNode>) {
  const t = useT();
  const { ui, editable } = useEditorPage();
  const gesture = useGesture();
  const level = useFlowStore((state) => levelOf(state.transform[2]));
  const editing = useUi((state) => state.editing === id) && editable;
  const fold = () =>
    gesture(t(group.folded ? 'canvas.gesture.unfold' : 'canvas.gesture.fold'), (draft) =>
      writeGroup(draft, { ...group, folded: !group.folded }),
    );
  const words = t(group.folded ? 'canvas.unfoldNamed' : 'canvas.foldNamed', { name: group.name });
  return (
    // the card around it has the keys: Enter begins to write
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      className={`frame-card level-${level}${group.folded ? ' frame-folded' : ''}`}
      data-selected={selected || undefined}
      onDoubleClick={() => ui.setState({ editing: id })}
    >
      <div className="frame-head">
        {group.folded && <IconStack2 size={20} stroke={1.75} aria-hidden="true" className="frame-sign" />}
        <div className="frame-words">
          {editing ? (
            <GroupName
              name={group.name}
              onDone={(name) => {
                ui.setState({ editing: null });
                if (name !== '' && name !== group.name) {
                  gesture(t('canvas.gesture.rename', { from: group.name, to: name }), (draft) =>
                    writeGroup(draft, { ...group, name }),
                  );
                }
              }}
            />
          ) : (
            <b className="frame-name">{group.name}</b>
          )}
          {group.folded && <span className="frame-count">{t('canvas.groupCount', { count: group.steps.length })}</span>}
        </div>
        {editable && (
          <button
            type="button"
            className="nodrag"
            aria-label={words}
            aria-expanded={!group.folded}
            title={words}
            onClick={fold}
          >
            {group.folded ? <IconChevronRight size={16} stroke={1.75} /> : <IconChevronDown size={16} stroke={1.75} />}
          </button>
        )}
      </div>
      {group.folded && (
        <>
          <Handle
            type="target"
            id={inHandle}
            position={Position.Left}
            isConnectable={false}
            style={{ top: cardHeadHeight / 2 }}
          />
          <Handle
            type="source"
            id={foldedOut}
            position={Position.Right}
            isConnectable={false}
            style={{ top: cardHeadHeight / 2 }}
          />
          <DataHandles />
        </>
      )}
    </div>
  );
});

function GroupName({ name, onDone }: { name: string; onDone: (name: string) => void }) {
  const t = useT();
  const { field, end } = useWriting<HTMLInputElement>((text) => onDone(text.trim()));
  return (
    <input
      ref={field}
      className="nodrag"
      aria-label={t('canvas.groupName')}
      defaultValue={name}
      onBlur={(event) => end(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') end(event.currentTarget.value);
        else if (event.key === 'Escape') end(name);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
