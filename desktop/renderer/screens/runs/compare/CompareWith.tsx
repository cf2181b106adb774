import { Modal } from '@mantine/core';
import { Link } from 'wouter';
import { type Outputs, useRead } from '../../../api/queries.ts';
import { useT } from '../../../messages/useT.ts';
import { ErrorState } from '../../../parts/ErrorState.tsx';
import { RowsSkeleton } from '../../../parts/Skeletons.tsx';
import { StateBadge } from '../../../parts/StateBadge.tsx';
import { When } from '../../../parts/When.tsx';

interface Props {
  run: Pick<Outputs['run']['get'], 'id' | 'number' | 'flowId'>;
  onClose: () => void;
}

/** The other runs of the flow, to compare a run with. */
export function CompareWith({ run, onClose }: Props) {
  const t = useT();
  const list = useRead('run', 'list', { ...(run.flowId !== null && { flowId: run.flowId }), limit: 50 });
  const others = list.data?.runs.filter((one) => one.id !== run.id) ?? [];
  return (
    <Modal
      opened
      onClose={onClose}
      size={520}
      title={<div className="dialog-title">{t('testing.compare.pick', { number: run.number })}</div>}
    >
      {list.isPending && <RowsSkeleton rows={4} />}
      {list.error && <ErrorState error={list.error} onAgain={() => void list.refetch()} />}
      {list.data && others.length === 0 && <p className="dim">{t('testing.compare.pickNone')}</p>}
      {others.map((one) => (
        <Link key={one.id} className="link-row" href={`/runs/compare?a=${run.id}&b=${one.id}`}>
          <span className="grow">
            <strong>{t('testing.compare.run', { number: one.number })}</strong>
            <small>
              <When at={one.createdAt} />
            </small>
          </span>
          <StateBadge state={one.state} />
        </Link>
      ))}
    </Modal>
  );
}
