import { Modal } from '@mantine/core';
import { Fragment } from 'react';
import type { MessageKey } from '../messages/catalogue.ts';
import { useT } from '../messages/useT.ts';
import { KeyCap } from '../parts/KeyCap.tsx';

const groups: { title: MessageKey; keys: { keys: string[]; does: MessageKey }[] }[] = [
  {
    title: 'shell.keys.everywhere',
    keys: [
      { keys: ['Ctrl', 'K'], does: 'shell.keys.search' },
      { keys: ['?'], does: 'shell.keys.sheet' },
    ],
  },
  {
    title: 'shell.keys.inbox',
    keys: [
      { keys: ['J'], does: 'shell.keys.next' },
      { keys: ['K'], does: 'shell.keys.previous' },
      { keys: ['Enter'], does: 'shell.keys.open' },
      { keys: ['Ctrl', 'Enter'], does: 'shell.keys.primary' },
    ],
  },
  {
    title: 'shell.keys.canvas',
    keys: [
      { keys: ['←', '→', '↑', '↓'], does: 'shell.keys.walk' },
      { keys: ['Enter'], does: 'shell.keys.inspect' },
      { keys: ['N'], does: 'shell.keys.add' },
      { keys: ['C'], does: 'shell.keys.connect' },
      { keys: ['Delete'], does: 'shell.keys.delete' },
      { keys: ['Ctrl', 'Z'], does: 'shell.keys.undo' },
      { keys: ['Ctrl', 'Y'], does: 'shell.keys.redo' },
      { keys: ['Ctrl', 'D'], does: 'shell.keys.duplicate' },
      { keys: ['Ctrl', 'A'], does: 'shell.keys.all' },
      { keys: ['Shift', '1'], does: 'shell.keys.fit' },
      { keys: ['+', '-'], does: 'shell.keys.zoom' },
    ],
  },
];

/** All shortcuts, by where they work. */
export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT();
  return (
    <Modal opened={opened} onClose={onClose} title={t('shell.help')} size={460}>
      {groups.map((group) => (
        <Fragment key={group.title}>
          <h3 className="title-3">{t(group.title)}</h3>
          <dl className="shortcut-list">
            {group.keys.map((each) => (
              <Fragment key={each.does}>
                <dt>{t(each.does)}</dt>
                <dd>
                  {each.keys.map((key) => (
                    <KeyCap key={key} name={key} />
                  ))}
                </dd>
              </Fragment>
            ))}
          </dl>
        </Fragment>
      ))}
    </Modal>
  );
}
