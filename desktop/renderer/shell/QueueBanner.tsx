import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useMe, useRead } from '../api/queries.ts';
import { useT } from '../messages/useT.ts';
import { Notice } from '../parts/Notice.tsx';
import { When } from '../parts/When.tsx';

const askedEvery = 30_000;

/** Tells on every screen that the whole queue is paused, by whom and since when. */
export function QueueBanner() {
  const t = useT();
  const { may } = useMe();
  const queue = useRead('queue', 'get', {}, { enabled: may('run.read'), refetchInterval: askedEvery });
  const paused = queue.data?.paused;
  if (!paused) return null;
  return (
    <div className="queue-banner">
      <Notice
        tone="wait"
        aside={
          may('workers.manage') && (
            <Button component={Link} href="/admin/queue" variant="default" size="xs">
              {t('shell.queueOpen')}
            </Button>
          )
        }
      >
        {t('shell.queuePaused', { who: paused.byName })} <When at={paused.at} />
      </Notice>
    </div>
  );
}
