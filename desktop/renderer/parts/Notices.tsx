import { Button, Skeleton } from '@mantine/core';
import { IconCloudOff, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ApiError } from '../api/errors.ts';
import { useT } from '../messages/useT.ts';

/** Says that something could not be loaded and why, with a way to try again. */
export function Failure({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  const t = useT();
  return (
    <div className="empty" role="alert">
      <IconCloudOff size={32} stroke={1.25} aria-hidden />
      <strong>{t('shell.failed')}</strong>
      <p>{error.message}</p>
      <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
        {t('shell.tryAgain')}
      </Button>
    </div>
  );
}

/** An empty list: a picture, a sentence and one thing to do. */
export function Empty({ icon, title, text, action }: { icon: ReactNode; title: string; text?: string; action?: ReactNode }) {
  return (
    <div className="empty">
      <span className="empty-icon" aria-hidden>
        {icon}
      </span>
      <strong>{title}</strong>
      {text !== undefined && <p>{text}</p>}
      {action}
    </div>
  );
}

/** Grey rows where a list will be. */
export function RowsLoading({ rows = 5, height = 40 }: { rows?: number; height?: number }) {
  const t = useT();
  return (
    <div className="rows-loading" role="status" aria-label={t('shell.loading')}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <Skeleton key={index} height={height - 16} radius="sm" />
      ))}
    </div>
  );
}
