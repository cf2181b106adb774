import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useT } from '../messages/useT.ts';
import { Empty } from '../parts/Notices.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  const t = useT();
  return (
    <Empty
      icon={<IconMapOff size={32} stroke={1.25} />}
      title={t('shell.notFound')}
      text={t('shell.notFoundText')}
      action={
        <Button component={Link} href="/" variant="default">
          {t('shell.toHome')}
        </Button>
      }
    />
  );
}
