import { Skeleton } from '@mantine/core';
import { useT } from '../messages/useT.ts';

/** Grey lines in the place of rows that are on their way. */
export function RowsSkeleton({ rows = 5, height = 40 }: { rows?: number; height?: number }) {
  const t = useT();
  return (
    <div role="status" aria-label={t('parts.loading')}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
        <div key={index} className="panel-row" style={{ height }}>
          <Skeleton height={12} width={`${28 + ((index * 17) % 30)}%`} />
          <span className="grow" />
          <Skeleton height={12} width="14%" />
        </div>
      ))}
    </div>
  );
}

/** A page that is on its way. */
export function PageSkeleton() {
  const t = useT();
  return (
    <div className="page" role="status" aria-label={t('parts.loading')}>
      <Skeleton height={26} width={240} mb={24} />
      <Skeleton height={180} mb={16} />
      <Skeleton height={120} />
    </div>
  );
}
