import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconList, IconPencil, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { tell, tellFailure } from '../../parts/tell.ts';
import type { Asking, Schedule } from './schedule.ts';

interface Props {
  schedule: Schedule;
  /** what people call it */
  name: string;
  editable: boolean;
  onAsk: (asking: Asking) => void;
}

/** What can be done with a schedule. Its menu is made when somebody asks for it: fifty of them take long to draw. */
export function ScheduleMenu(props: Props) {
  const t = useT();
  const [asked, setAsked] = useState(false);
  if (asked) return <MadeMenu {...props} />;
  return (
    <ActionIcon
      variant="subtle"
      aria-haspopup="menu"
      aria-expanded={false}
      aria-label={t('schedules.actions', { name: props.name })}
      onClick={() => setAsked(true)}
    >
      <IconDots size={18} />
    </ActionIcon>
  );
}

function MadeMenu({ schedule, name, editable, onAsk }: Props) {
  const t = useT();
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  // It stands in the place of the button that was pressed: the focus goes on there, once. Only a menu that opens
  // after it was made gives the focus back to its button.
  useEffect(() => {
    button.current?.focus();
    setOpened(true);
  }, []);
  const runNow = useWrite('schedule', 'fire', ['schedule', 'run', 'home']);
  const run = () =>
    runNow.mutate(
      { scheduleId: schedule.id },
      {
        onSuccess: () => tell(t('schedules.ranNow')),
        onError: (error) => tellFailure(error, t('parts.error.title')),
      },
    );
  return (
    <Menu position="bottom-end" opened={opened} onChange={setOpened}>
      <Menu.Target>
        <ActionIcon ref={button} variant="subtle" aria-label={t('schedules.actions', { name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconList size={16} />} onClick={() => onAsk({ what: 'ledger', schedule })}>
          {t('schedules.do.ledger')}
        </Menu.Item>
        {editable && (
          <>
            <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={run}>
              {t('schedules.do.run')}
            </Menu.Item>
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onAsk({ what: 'edit', schedule })}>
              {t('schedules.do.edit')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTrash size={16} />}
              color="red"
              onClick={() => onAsk({ what: 'remove', schedule })}
            >
              {t('schedules.do.remove')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
