import { Menu } from '@mantine/core';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { IconArrowsExchange, IconPlus } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { useT } from '../../messages/useT.ts';
import { Keys } from '../../shell/Keys.tsx';
import type { BoundCommand } from '../commands/command.ts';
import { useEditorPage, useFlowView, useUi } from '../EditorContext.tsx';
import { cardHeadHeight, cardWidth } from '../geometry.ts';
import { ReplaceItems } from '../replace/ReplaceItems.tsx';
import '../replace/replace.css';
import { replaceableKinds } from '../replace/replaceableKinds.ts';
import { kindOfNode } from '../steps.ts';
import type { CanvasMenu } from '../ui.ts';

/** What each menu offers, in its order; `-` is a line, `replace` the kinds that a step can become. Others add the ids of their commands here. */
const entries: Record<CanvasMenu['of'], readonly string[]> = {
  step: [
    'step.open',
    'subflow.open',
    'step.next',
    'step.connect',
    'replace',
    '-',
    'test.step',
    'test.to',
    'test.from',
    '-',
    'clipboard.cut',
    'clipboard.copy',
    'step.duplicate',
    '-',
    'frames.group',
    'frames.ungroup',
    'frames.fold',
    'subflow.make',
    'subflow.unfold',
    '-',
    'step.delete',
  ],
  frame: ['frames.edit', 'frames.fold', 'frames.ungroup', '-', 'step.delete'],
  edge: ['step.delete'],
  pane: ['clipboard.paste', 'frames.note', 'step.all', '-', 'view.tidy', 'view.fit', 'subflow.leave'],
};

/** The menu at a point of the canvas. */
export function ContextMenu({ commands }: { commands: readonly BoundCommand[] }) {
  const t = useT();
  const { ui, editable } = useEditorPage();
  const menu = useUi((state) => state.menu);
  const selection = useUi((state) => state.selection);
  const { tree, view } = useFlowView();
  if (!menu) return null;
  const byId = new Map(commands.map((command) => [command.id, command]));
  const close = () => {
    ui.setState({ menu: null });
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.canvas')?.focus({ preventScroll: true }));
  };
  const node = menu.of === 'step' && selection.length === 1 ? view.nodeById.get(selection[0] ?? '') : undefined;
  const replaceable = editable && node && replaceableKinds(kindOfNode(tree, node)).length > 0;
  return (
    <Menu opened onClose={close} position="bottom-start" offset={2} width={316} trapFocus returnFocus={false}>
      <Menu.Target>
        <button
          type="button"
          className="menu-anchor"
          tabIndex={-1}
          aria-label={t('commands.menu')}
          style={{ left: menu.screen.x, top: menu.screen.y }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('commands.menu')}>
        {(menu.of === 'edge' || menu.of === 'pane') && editable && <AddHere menu={menu} />}
        {entries[menu.of].map((id, index) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name
          if (id === '-') return <Menu.Divider key={index} />;
          if (id === 'replace') return replaceable ? <ReplaceBy key={id} node={node} /> : null;
          const command = byId.get(id);
          if (!command?.enabled()) return null;
          const Sign = command.icon;
          return (
            <Menu.Item
              key={id}
              leftSection={Sign && <Sign size={16} stroke={1.75} />}
              rightSection={command.keys?.[0] && <Keys shortcut={command.keys[0]} />}
              {...(command.danger ? { className: 'menu-danger' } : {})}
              onClick={command.run}
            >
              {command.label}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The kinds that the step can be replaced by, beside the menu. */
function ReplaceBy({ node }: { node: NodeView }) {
  const t = useT();
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconArrowsExchange size={16} stroke={1.75} />}>
          {t('canvas.replaceBy')}
        </Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown className="replace-menu">
        <ReplaceItems node={node} />
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

/** A step put in here: into the line, or onto the empty canvas. */
function AddHere({ menu }: { menu: CanvasMenu }) {
  const t = useT();
  const { ui } = useEditorPage();
  const flow = useReactFlow();
  const { view } = useFlowView();
  return (
    <Menu.Item
      leftSection={<IconPlus size={16} stroke={1.75} />}
      onClick={() => {
        const at = flow.screenToFlowPosition(menu.screen);
        const into = menu.of === 'edge' ? view.controlEdges.find(({ id }) => id === ui.getState().edges[0]) : undefined;
        const place = { at: { x: at.x - cardWidth / 2, y: at.y - cardHeadHeight / 2 }, into };
        // the menu gives the keys back first
        setTimeout(() => ui.setState({ quick: { screen: menu.screen, place } }), 40);
      }}
    >
      {t(menu.of === 'edge' ? 'canvas.insertHere' : 'canvas.addHere')}
    </Menu.Item>
  );
}
