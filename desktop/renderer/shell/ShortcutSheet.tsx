import { Button, Modal } from '@mantine/core';
import { Fragment } from 'react';
import { Link } from 'wouter';
import type { MessageKey } from '../messages/catalogue.ts';
import { useT } from '../messages/useT.ts';
import { KeyCap } from '../parts/KeyCap.tsx';
import { startTour } from '../tour/tourStore.ts';
import { Keys } from './Keys.tsx';
import { offeredCommands } from './pageCommands.ts';

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
];

/** All shortcuts, by where they work. */
export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT();
  return (
    <Modal opened={opened} onClose={onClose} title={t('shell.help')} size={460}>
      <div className="row help-ways">
        <Button
          variant="default"
          onClick={() => {
            onClose();
            startTour();
          }}
        >
          {t('tour.start')}
        </Button>
        <Button variant="default" component={Link} href="/help/words" onClick={onClose}>
          {t('help.words')}
        </Button>
      </div>
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
      {opened && <OfferedKeys />}
    </Modal>
  );
}

/** The shortcuts of the page that is open. */
function OfferedKeys() {
  const offered = offeredCommands().filter((command) => (command.keys?.length ?? 0) > 0);
  const titles = [...new Set(offered.map((command) => command.group))];
  return titles.map((title) => (
    <Fragment key={title}>
      <h3 className="title-3">{title}</h3>
      <dl className="shortcut-list">
        {offered
          .filter((command) => command.group === title)
          .map((command) => (
            <Fragment key={command.id}>
              <dt>{command.label}</dt>
              <dd>
                {command.keys?.map((shortcut) => (
                  <Keys key={shortcut} shortcut={shortcut} />
                ))}
              </dd>
            </Fragment>
          ))}
      </dl>
    </Fragment>
  ));
}
