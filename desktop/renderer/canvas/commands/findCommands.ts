import { IconSearch } from '@tabler/icons-react';
import type { CanvasCommand } from './canvasContext.ts';

/** Finding texts in the flow. */
export const findCommands: readonly CanvasCommand[] = [
  {
    id: 'find.open',
    label: 'commands.find',
    group: 'edit',
    icon: IconSearch,
    keys: ['Mod+F'],
    run: ({ page: { ui } }) => ui.setState({ find: (ui.getState().find ?? 0) + 1 }),
  },
];
