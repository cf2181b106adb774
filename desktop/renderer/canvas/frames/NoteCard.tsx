import { IconPencil, IconTrash } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { NodeResizer, NodeToolbar, Position } from '@xyflow/react';
import { memo, useState } from 'react';
import { useT } from '../../messages/useT.ts';
import { useEditorPage, useGesture, useUi } from '../EditorContext.tsx';
import type { NoteNode } from './frameNodes.ts';
import type { Note } from './frames.ts';
import { leastNote, noteColors, removeFrames, writeNote } from './frames.ts';
import { useWriting } from './useWriting.ts';

/** A sticky note: read where it stands, written by double click or Enter. */
export const NoteCard = memo(function NoteCard({ id, data: { note }, selected }: NodeProps<NoteNode>) {
  const t = useT();
  const { ui, editable } = useEditorPage();
  const gesture = useGesture();
  const editing = useUi((state) => state.editing === id) && editable;
  const write = (label: string, more: Partial<Note>) =>
    gesture(label, (draft) => writeNote(draft, { ...note, ...more }));
  return (
    // the card around it has the keys: Enter begins to write
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      className={`note-card note-${note.color}`}
      data-selected={selected || undefined}
      onDoubleClick={() => ui.setState({ editing: id })}
    >
      {selected && editable && !editing && (
        <>
          <NodeResizer
            minWidth={leastNote.width}
            minHeight={leastNote.height}
            onResizeEnd={(_event, { x, y, width, height }) =>
              write(t('canvas.gesture.sizeNote'), { x, y, width, height })
            }
          />
          <NodeToolbar isVisible position={Position.Top} offset={10} className="card-toolbar">
            {noteColors.map((color) => (
              <button
                key={color}
                type="button"
                className={`note-color note-${color}`}
                aria-label={t(`canvas.noteColor.${color}`)}
                title={t(`canvas.noteColor.${color}`)}
                aria-pressed={note.color === color}
                onClick={() => write(t('canvas.gesture.colorNote'), { color })}
              />
            ))}
            <button
              type="button"
              aria-label={t('canvas.noteWrite')}
              title={t('canvas.noteWrite')}
              onClick={() => ui.setState({ editing: id })}
            >
              <IconPencil size={16} stroke={1.75} />
            </button>
            <button
              type="button"
              aria-label={t('canvas.delete')}
              title={t('canvas.delete')}
              onClick={() => {
                gesture(t('canvas.gesture.removeNote'), (draft) => removeFrames(draft, [id]));
                ui.setState({ extras: [] });
              }}
            >
              <IconTrash size={16} stroke={1.75} />
            </button>
          </NodeToolbar>
        </>
      )}
      {editing ? (
        <NoteText
          text={note.text}
          onDone={(text) => {
            ui.setState({ editing: null });
            if (text !== note.text) write(t('canvas.gesture.writeNote'), { text });
          }}
        />
      ) : (
        <div className="note-text">{note.text || <span className="note-none">{t('canvas.noteEmpty')}</span>}</div>
      )}
    </div>
  );
});

function NoteText({ text, onDone }: { text: string; onDone: (text: string) => void }) {
  const t = useT();
  const [value, setValue] = useState(text);
  const { field, end } = useWriting<HTMLTextAreaElement>(onDone);
  return (
    <textarea
      ref={field}
      className="note-text nodrag nowheel nopan"
      aria-label={t('canvas.note')}
      value={value}
      onChange={(event) => setValue(event.currentTarget.value)}
      onBlur={() => end(value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') end(text);
        else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) end(value);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
