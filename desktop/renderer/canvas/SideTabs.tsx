import { SegmentedControl } from '@mantine/core';
import { useT } from '../messages/useT.ts';
import { useEditorPage, useUi } from './EditorContext.tsx';

/** What stands at the left of the canvas: the steps to add, or those that are there. */
export function SideTabs() {
  const t = useT();
  const { ui, editable } = useEditorPage();
  const side = useUi((state) => state.side);
  if (!editable) return null;
  return (
    <SegmentedControl
      className="side-tabs"
      size="xs"
      fullWidth
      aria-label={t('outline.side')}
      data={[
        { value: 'palette', label: t('outline.side.palette') },
        { value: 'outline', label: t('outline.side.outline') },
      ]}
      value={side}
      onChange={(value) => ui.setState({ side: value === 'outline' ? 'outline' : 'palette' })}
    />
  );
}
