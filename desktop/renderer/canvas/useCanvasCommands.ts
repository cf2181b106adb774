import { useCallback, useMemo } from 'react';
import { useT } from '../messages/useT.ts';
import type { PageCommand } from '../shell/pageCommands.ts';
import { useOfferedCommands } from '../shell/pageCommands.ts';
import { canvasCommands } from './commands/canvasCommands.ts';
import type { CanvasContext } from './commands/canvasContext.ts';
import type { BoundCommand } from './commands/command.ts';
import { bindCommands } from './commands/command.ts';
import { showStep } from './ui.ts';

/** The commands of the canvas, tied to it; also offered to the search, with a way to each step of the flow. */
export function useCanvasCommands(context: CanvasContext): BoundCommand[] {
  const t = useT();
  const commands = useMemo(() => bindCommands(canvasCommands, context, t), [context, t]);
  useOfferedCommands(
    useCallback(
      (): PageCommand[] => [
        ...commands,
        ...context.view().nodes.map((node) => ({
          id: `step-${node.id}`,
          label: t('commands.goTo', { name: node.name || node.type }),
          group: t('commands.group.goTo'),
          enabled: () => true,
          run: () => showStep(context.page.ui, node.id),
        })),
      ],
      [commands, context, t],
    ),
  );
  return commands;
}
