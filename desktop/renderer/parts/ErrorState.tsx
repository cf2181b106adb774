import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { ApiError } from '../api/errors.ts';
import { useT } from '../messages/useT.ts';

/** What a list shows when it could not be had: why, and "Try again". */
export function ErrorState({
  error,
  onAgain,
  whole = false,
}: {
  error: ApiError;
  onAgain?: () => void;
  whole?: boolean;
}) {
  const t = useT();
  const title =
    error.code === 'OFFLINE'
      ? t('parts.error.offline')
      : error.code === 'FORBIDDEN'
        ? t('parts.error.forbidden')
        : error.code === 'NOT_FOUND'
          ? t('parts.error.notFound')
          : t('parts.error.title');
  return (
    <div className={whole ? 'page-center' : 'empty'} role="alert">
      <span className="empty-icon" aria-hidden="true">
        <IconPlugConnectedX size={28} stroke={1.5} />
      </span>
      <h2 className="title-3">{title}</h2>
      <p className="dim small">{error.message}</p>
      {onAgain && (
        <Button variant="default" onClick={onAgain}>
          {t('shell.tryAgain')}
        </Button>
      )}
    </div>
  );
}
