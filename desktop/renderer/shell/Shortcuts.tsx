import { Modal } from '@mantine/core';
import type { MessageKey } from '../messages/catalogue.ts';
import { useT } from '../messages/useT.ts';

const groups: { title: MessageKey; rows: { keys: string[]; label: MessageKey }[] }[] = [
  {
    title: 'shell.shortcut.everywhere',
    rows: [
      { keys: ['Ctrl', 'K'], label: 'shell.shortcut.search' },
      { keys: ['?'], label: 'shell.shortcut.help' },
      { keys: ['Alt', '1…4'], label: 'shell.shortcut.go' },
      { keys: ['Ctrl', 'B'], label: 'shell.shortcut.fold' },
    ],
  },
  {
    title: 'shell.shortcut.inbox',
    rows: [
      { keys: ['J', 'K'], label: 'shell.shortcut.move' },
      { keys: ['Enter'], label: 'shell.shortcut.open' },
      { keys: ['Ctrl', 'Enter'], label: 'shell.shortcut.primary' },
    ],
  },
  {
    title: 'shell.shortcut.canvas',
    rows: [
      { keys: ['←', '→'], label: 'shell.shortcut.walk' },
      { keys: ['N'], label: 'shell.shortcut.next' },
      { keys: ['C'], label: 'shell.shortcut.connect' },
      { keys: ['Ctrl', 'Z', 'Y'], label: 'shell.shortcut.undo' },
      { keys: ['Delete'], label: 'shell.shortcut.remove' },
      { keys: ['Shift', '1'], label: 'shell.shortcut.fit' },
    ],
  },
];

/** The sheet that lists all shortcuts. */
export function Shortcuts({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT();
  return (
    <Modal opened={opened} onClose={onClose} title={t('shell.shortcuts')} closeButtonProps={{ 'aria-label': t('shell.close') }}>
      {groups.map((group) => (
        <section key={group.title} className="shortcuts">
          <h3>{t(group.title)}</h3>
          <dl>
            {group.rows.map((row) => (
              <div key={row.label}>
                <dt>{t(row.label)}</dt>
                <dd>
                  {row.keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}
