import '../runs.css';
import './compare.css';
import { ActionIcon } from '@mantine/core';
import { IconArrowsExchange, IconGitCompare } from '@tabler/icons-react';
import { useLocation, useSearchParams } from 'wouter';
import { useT } from '../../../messages/useT.ts';
import { EmptyState } from '../../../parts/EmptyState.tsx';
import { ErrorState } from '../../../parts/ErrorState.tsx';
import { Page } from '../../../parts/Page.tsx';
import { PageSkeleton } from '../../../parts/Skeletons.tsx';
import { Compared } from './Compared.tsx';
import { useComparedRun } from './useComparedRun.ts';

/** Two runs step by step: which they are stands in the address. */
export function ComparePage() {
  const t = useT();
  const [, navigate] = useLocation();
  const [params, setParams] = useSearchParams();
  const a = params.get('a') ?? '';
  const b = params.get('b') ?? '';
  const left = useComparedRun(a);
  const right = useComparedRun(b);
  if (a === '' || b === '')
    return (
      <Page title={t('testing.compare.title')}>
        <div className="panel">
          <EmptyState
            icon={IconGitCompare}
            title={t('testing.compare.missing')}
            action={{ label: t('testing.compare.toRuns'), run: () => navigate('/runs') }}
          />
        </div>
      </Page>
    );
  const error = left.error ?? right.error;
  if (error)
    return (
      <ErrorState
        whole
        error={error}
        onAgain={() => {
          left.retry();
          right.retry();
        }}
      />
    );
  if (!left.data || !right.data) return <PageSkeleton />;
  return (
    <Page
      title={t('testing.compare.title')}
      actions={
        <ActionIcon
          variant="default"
          size={32}
          aria-label={t('testing.compare.swap')}
          title={t('testing.compare.swap')}
          onClick={() => setParams(new URLSearchParams({ a: b, b: a }), { replace: true })}
        >
          <IconArrowsExchange size={18} />
        </ActionIcon>
      }
    >
      <Compared a={left.data} b={right.data} />
    </Page>
  );
}
