import { IconFilterOff } from '@tabler/icons-react';
import { useT } from '../messages/useT.ts';
import { EmptyState } from './EmptyState.tsx';

/** Stands in place of a list in which no row passes the filters, and takes them back. */
export function NoMatch({ title, filters }: { title: string; filters: { clear: () => void } }) {
  const t = useT();
  return <EmptyState icon={IconFilterOff} title={title} action={{ label: t('runs.clear'), run: filters.clear }} />;
}
