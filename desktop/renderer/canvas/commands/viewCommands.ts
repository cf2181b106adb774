import {
  IconArrowsMaximize,
  IconHandStop,
  IconLayoutDistributeVertical,
  IconLine,
  IconListTree,
  IconMap,
  IconMarquee2,
  IconMinus,
  IconPlus,
} from '@tabler/icons-react';
import { fit } from '../Diagram.tsx';
import type { CanvasCommand } from './canvasContext.ts';
import { isEditable } from './canvasContext.ts';

/** What is seen of the canvas, and how large. */
export const viewCommands: readonly CanvasCommand[] = [
  {
    id: 'view.fit',
    label: 'commands.fit',
    group: 'view',
    icon: IconArrowsMaximize,
    keys: ['Shift+1'],
    run: ({ flow }) => void flow.fitView(fit),
  },
  {
    id: 'view.zoomIn',
    label: 'commands.zoomIn',
    group: 'view',
    icon: IconPlus,
    keys: ['+', '='],
    run: ({ flow }) => void flow.zoomIn(),
  },
  {
    id: 'view.zoomOut',
    label: 'commands.zoomOut',
    group: 'view',
    icon: IconMinus,
    keys: ['-'],
    run: ({ flow }) => void flow.zoomOut(),
  },
  {
    id: 'view.map',
    label: 'commands.map',
    group: 'view',
    icon: IconMap,
    keys: ['m'],
    run: ({ page: { ui } }) => ui.setState({ map: !ui.getState().map }),
  },
  {
    id: 'view.outline',
    label: 'commands.outline',
    group: 'view',
    icon: IconListTree,
    keys: ['l'],
    run({ page: { ui } }) {
      const isShown = ui.getState().side === 'outline';
      ui.setState({ side: isShown ? 'palette' : 'outline' });
      requestAnimationFrame(() => {
        const place = isShown ? '.canvas' : '.outline [role="treeitem"][tabindex="0"]';
        document.querySelector<HTMLElement>(place)?.focus();
      });
    },
  },
  {
    id: 'view.hand',
    label: 'commands.hand',
    group: 'view',
    icon: IconHandStop,
    keys: ['h'],
    run: ({ page: { ui } }) => ui.setState({ tool: 'hand' }),
  },
  {
    id: 'view.marquee',
    label: 'commands.marquee',
    group: 'view',
    icon: IconMarquee2,
    keys: ['s'],
    run: ({ page: { ui } }) => ui.setState({ tool: 'select' }),
  },
  {
    id: 'view.data',
    label: 'commands.dataLines',
    group: 'view',
    icon: IconLine,
    run: ({ page: { ui } }) => ui.setState({ allData: !ui.getState().allData }),
  },
  {
    id: 'view.tidy',
    label: 'commands.tidy',
    group: 'arrange',
    icon: IconLayoutDistributeVertical,
    keys: ['Mod+Shift+L'],
    when: isEditable,
    run: (context) => context.tidy(),
  },
];
