import { IconMapQuestion } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { useT } from '../messages/useT.ts';
import { EmptyState } from '../parts/EmptyState.tsx';

/** For an address that leads nowhere. */
export function NotFound() {
  const t = useT();
  const [, navigate] = useLocation();
  return (
    <div className="page">
      <h1 className="title-1">{t('shell.notFound.title')}</h1>
      <EmptyState
        icon={IconMapQuestion}
        title={t('shell.notFound.words')}
        action={{ label: t('shell.goHome'), run: () => navigate('/') }}
      />
    </div>
  );
}
