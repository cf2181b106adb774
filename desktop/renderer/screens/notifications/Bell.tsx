import { ActionIcon, Tooltip } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useMe, useRead } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';

const askedEvery = 60_000;
const mostShown = 99;

/** Leads to the messages, and says how many are unread. */
export function Bell() {
  const t = useT();
  const { may } = useMe();
  const list = useRead(
    'notification',
    'list',
    { unread: true },
    { enabled: may('notification.own'), refetchInterval: askedEvery },
  );
  const count = list.data?.unread ?? 0;
  const label = t('notifications.bell', { count });
  return (
    <Tooltip label={label}>
      <ActionIcon
        component={Link}
        href="/notifications"
        variant="subtle"
        size={32}
        radius="xl"
        className="bell"
        aria-label={label}
      >
        <IconBell size={19} stroke={1.6} aria-hidden="true" />
        {count > 0 && (
          <span className="bell-count" aria-hidden="true">
            {count > mostShown ? `${mostShown}+` : count}
          </span>
        )}
      </ActionIcon>
    </Tooltip>
  );
}
