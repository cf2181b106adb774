import { IconCopy, IconPlayerTrackNext, IconPlus, IconRefresh, IconTrash } from '@tabler/icons-react';
import { NodeToolbar, Position } from '@xyflow/react';
import { useContext } from 'react';
import { useT } from '../messages/useT.ts';
import { CardActionsContext, useMarks } from './marks.ts';
import type { StepData } from './steps.ts';

/** Above a selected step: what can be done with it while drawing, or with the run that is shown. */
export function CardToolbar({ id, data }: { id: string; data: StepData }) {
  const t = useT();
  const visits = useMarks((marks) => marks.run?.get(id)?.visits ?? 0);
  const actions = useContext(CardActionsContext);
  const [first] = data.branches;
  return (
    <>
      {actions.remove && (
        <NodeToolbar position={Position.Top} offset={10} className="card-toolbar">
          {data.kind !== 'start' && (
            <button
              type="button"
              onClick={() => actions.duplicate?.(id)}
              aria-label={t('canvas.duplicate')}
              title={t('canvas.duplicate')}
            >
              <IconCopy size={16} stroke={1.75} />
            </button>
          )}
          {actions.tryOut && data.kind !== 'start' && data.kind !== 'end' && (
            <button
              type="button"
              onClick={() => actions.tryOut?.(id)}
              aria-label={t('testing.command.step')}
              title={t('testing.command.step')}
            >
              <IconPlayerTrackNext size={16} stroke={1.75} />
            </button>
          )}
          {first && (
            <button
              type="button"
              aria-label={t('canvas.addNext')}
              title={t('canvas.addNext')}
              onClick={(event) => actions.addAfter?.(id, first.name, { x: event.clientX, y: event.clientY })}
            >
              <IconPlus size={16} stroke={1.75} />
            </button>
          )}
          {data.kind !== 'start' && (
            <button
              type="button"
              onClick={() => actions.remove?.(id)}
              aria-label={t('canvas.delete')}
              title={t('canvas.delete')}
            >
              <IconTrash size={16} stroke={1.75} />
            </button>
          )}
        </NodeToolbar>
      )}
      {actions.runAgain && visits > 0 && (
        <NodeToolbar position={Position.Top} offset={10} className="card-toolbar">
          <button
            type="button"
            onClick={() => actions.runAgain?.(id)}
            aria-label={t('canvas.runAgain')}
            title={t('canvas.runAgain')}
          >
            <IconRefresh size={16} stroke={1.75} />
          </button>
        </NodeToolbar>
      )}
    </>
  );
}
