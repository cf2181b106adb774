import { Menu } from '@mantine/core';
import { IconChevronDown, IconLayoutAlignLeft } from '@tabler/icons-react';
import { Panel } from '@xyflow/react';
import { useT } from '../../messages/useT.ts';
import type { BoundCommand } from '../commands/command.ts';
import { useUi } from '../EditorContext.tsx';

const aligning = [
  'arrange.left',
  'arrange.center',
  'arrange.right',
  'arrange.top',
  'arrange.middle',
  'arrange.bottom',
  'arrange.across',
  'arrange.down',
];
const shown = ['arrange.tidy', 'step.duplicate', 'frames.group', 'subflow.make', 'step.delete'];

/** What can be done with several steps at once; appears when two or more are selected. */
export function SelectionBar({ commands }: { commands: readonly BoundCommand[] }) {
  const t = useT();
  const count = useUi((state) => state.selection.length);
  if (count < 2) return null;
  const byId = new Map(commands.map((command) => [command.id, command]));
  return (
    <Panel position="top-center" className="selection-bar">
      <div role="toolbar" aria-label={t('canvas.selectionBar')}>
        <span className="selection-count">{t('canvas.stepsSelected', { count })}</span>
        <Menu position="bottom">
          <Menu.Target>
            <button type="button" aria-label={t('canvas.align')} title={t('canvas.align')}>
              <IconLayoutAlignLeft size={17} stroke={1.75} />
              <IconChevronDown size={13} stroke={1.75} />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {aligning.map((id) => {
              const command = byId.get(id);
              if (!command) return null;
              return (
                <Menu.Item
                  key={id}
                  leftSection={command.icon && <command.icon size={16} stroke={1.75} />}
                  disabled={!command.enabled()}
                  onClick={command.run}
                >
                  {command.label}
                </Menu.Item>
              );
            })}
          </Menu.Dropdown>
        </Menu>
        {shown.map((id) => {
          const command = byId.get(id);
          if (!command?.icon) return null;
          const Sign = command.icon;
          return (
            <button
              key={id}
              type="button"
              aria-label={command.label}
              title={command.label}
              data-danger={command.danger || undefined}
              disabled={!command.enabled()}
              onClick={command.run}
            >
              <Sign size={17} stroke={1.75} />
            </button>
          );
        })}
      </div>
    </Panel>
  );
}
