import { IconHandStop, IconMap, IconMarquee2, IconNote } from '@tabler/icons-react';
import { useT } from '../messages/useT.ts';
import { useEditorPage, useUi } from './EditorContext.tsx';

/** Beside the zoom: what dragging does, the map, a new note. */
export function Tools({ onNote }: { onNote?: (() => void) | undefined }) {
  const t = useT();
  const { ui } = useEditorPage();
  const tool = useUi((state) => state.tool);
  const map = useUi((state) => state.map);
  return (
    <>
      <i />
      <button
        type="button"
        aria-pressed={tool === 'hand'}
        aria-label={t('commands.hand')}
        title={t('commands.hand')}
        onClick={() => ui.setState({ tool: 'hand' })}
      >
        <IconHandStop size={17} stroke={1.75} />
      </button>
      <button
        type="button"
        aria-pressed={tool === 'select'}
        aria-label={t('commands.marquee')}
        title={t('commands.marquee')}
        onClick={() => ui.setState({ tool: 'select' })}
      >
        <IconMarquee2 size={17} stroke={1.75} />
      </button>
      <i />
      {onNote && (
        <button type="button" aria-label={t('commands.note')} title={t('commands.note')} onClick={onNote}>
          <IconNote size={17} stroke={1.75} />
        </button>
      )}
      <button
        type="button"
        aria-pressed={map}
        aria-label={t('commands.map')}
        title={t('commands.map')}
        onClick={() => ui.setState({ map: !map })}
      >
        <IconMap size={17} stroke={1.75} />
      </button>
    </>
  );
}
