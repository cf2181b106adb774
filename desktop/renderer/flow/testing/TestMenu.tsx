import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconArrowBarRight,
  IconArrowBarToRight,
  IconChecklist,
  IconChevronDown,
  IconPlayerPlay,
  IconPlayerTrackNext,
} from '@tabler/icons-react';
import { useEditorPage, useFlowView, useUi } from '../../canvas/EditorContext.tsx';
import type { TestKind } from '../../canvas/ui.ts';
import { useT } from '../../messages/useT.ts';
import { Keys } from '../../shell/Keys.tsx';

const parts = [
  { kind: 'step', Icon: IconPlayerTrackNext, keys: 'r' },
  { kind: 'to', Icon: IconArrowBarToRight, keys: 'Shift+T' },
  { kind: 'from', Icon: IconArrowBarRight, keys: 'Shift+R' },
] as const satisfies readonly { kind: TestKind; Icon: typeof IconPlayerPlay; keys: string }[];

/** The button that tests the flow, and beside it the ways to test a part of it. */
export function TestMenu({ onTest }: { onTest: () => void }) {
  const t = useT();
  const { ui, editable } = useEditorPage();
  const { view } = useFlowView();
  const selection = useUi((state) => state.selection);
  const node = selection.length === 1 ? view.nodeById.get(selection[0] ?? '') : undefined;
  const may = (kind: TestKind) =>
    node !== undefined && node.type !== 'StartNode' && (kind !== 'step' || node.type !== 'EndNode');
  return (
    <Button.Group>
      <Button variant="default" leftSection={<IconPlayerPlay size={16} stroke={1.75} />} onClick={onTest}>
        {t('flow.test')}
      </Button>
      {editable && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={32} className="test-more" aria-label={t('testing.menu')}>
              <IconChevronDown size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={onTest}>
              {t('testing.menu.all')}
            </Menu.Item>
            {parts.map(({ kind, Icon, keys }) => (
              <Menu.Item
                key={kind}
                disabled={!may(kind)}
                leftSection={<Icon size={16} />}
                rightSection={<Keys shortcut={keys} />}
                onClick={() => node && ui.setState({ test: { kind, node: node.id } })}
              >
                {t(`testing.command.${kind}`)}
              </Menu.Item>
            ))}
            {!node && <Menu.Label>{t('testing.menu.noStep')}</Menu.Label>}
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconChecklist size={16} />}
              onClick={() => ui.setState({ drawer: true, drawerTab: 'tests' })}
            >
              {t('testing.tests.list')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </Button.Group>
  );
}
