import { ActionIcon, Button, Progress } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Outputs, queryKey, useMe, useRead, useWrite } from '../../api/queries.ts';
import { journalWords } from '../../messages/journalWords.ts';
import { useT } from '../../messages/useT.ts';
import { tellFailure } from '../../parts/tell.ts';

type Bulk = Outputs['bulk']['get'];

interface Props {
  /** the actions that were started here and whose end is to be seen */
  started: string[];
  onClose: (bulkId: string) => void;
}

const whileWorking = 1_000;
const whileQuiet = 15_000;

/** How far the actions over many runs are, one's own and those of others. */
export function BulkProgress({ started, onClose }: Props) {
  const working = useRead(
    'bulk',
    'list',
    { working: true },
    { refetchInterval: started.length > 0 ? whileWorking : whileQuiet },
  );
  const others = (working.data?.bulks ?? []).filter((bulk) => !started.includes(bulk.id));
  return (
    <>
      {started.map((id) => (
        <Started key={id} id={id} onClose={() => onClose(id)} />
      ))}
      {others.map((bulk) => (
        <Line key={bulk.id} bulk={bulk} />
      ))}
    </>
  );
}

function Started({ id, onClose }: { id: string; onClose: () => void }) {
  const [pause, setPause] = useState(whileWorking);
  const bulk = useRead('bulk', 'get', { bulkId: id }, { ...(pause > 0 && { refetchInterval: pause }) });
  const state = bulk.data?.state;
  const client = useQueryClient();
  useEffect(() => {
    if (state !== 'done' && state !== 'stopped') return;
    setPause(0);
    void client.invalidateQueries({ queryKey: queryKey('run') });
  }, [state, client]);
  return bulk.data ? <Line bulk={bulk.data} onClose={onClose} /> : null;
}

function Line({ bulk, onClose }: { bulk: Bulk; onClose?: () => void }) {
  const t = useT();
  const { may } = useMe();
  const stop = useWrite('bulk', 'stop', ['bulk']);
  const working = bulk.state === 'working';
  const words = t(`runs.bulk.${bulk.kind}Progress`, { done: bulk.done, total: bulk.total });
  return (
    <section className="bulk-progress" aria-label={t('runs.bulk.progress')}>
      <div className="grow">
        <output>
          {words}
          {bulk.failed > 0 && ` ${t('runs.bulk.failed', { count: bulk.failed })}`}
          {bulk.failed > 0 &&
            bulk.lastError &&
            ` ${t('runs.bulk.lastError', { message: journalWords(bulk.lastError, t) })}`}
          {bulk.state === 'stopped' && ` ${t('runs.bulk.stopped')}`}
        </output>
        <Progress
          value={bulk.total === 0 ? 100 : ((bulk.done + bulk.failed) / bulk.total) * 100}
          aria-label={words}
          size="sm"
          mt={6}
          color={bulk.failed > 0 ? 'red' : 'iris'}
        />
      </div>
      {working && may('run.cancel') && (
        <Button
          size="xs"
          variant="default"
          loading={stop.isPending}
          onClick={() =>
            stop.mutate({ bulkId: bulk.id }, { onError: (error) => tellFailure(error, t('runs.notDone')) })
          }
        >
          {t('runs.bulk.stop')}
        </Button>
      )}
      {!working && onClose && (
        <ActionIcon variant="subtle" aria-label={t('parts.close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      )}
    </section>
  );
}
