import { Loader, Modal, Radio, Stack, Text } from '@mantine/core';
import type { RunFilter } from '@rondo/server/operations/contract/runFilter.ts';
import { useState } from 'react';
import { useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { byteWords } from '../../parts/byteWords.ts';
import { DialogEnd } from '../../parts/DialogEnd.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';

export type BulkKind = 'retry' | 'cancel' | 'remove';

interface Props {
  kind: BulkKind;
  filter: RunFilter;
  onStarted: (bulkId: string) => void;
  onClose: () => void;
}

/** Says how many runs an action meets, how much goes, and asks once. */
export function BulkDialog({ kind, filter, onStarted, onClose }: Props) {
  const t = useT();
  const [from, setFrom] = useState<'failed' | 'start'>('failed');
  const preview = useRead('bulk', 'preview', { kind, filter });
  const start = useWrite('bulk', 'start', ['bulk', 'run', 'home']);
  const { data } = preview;
  const error = start.error?.message ?? preview.error?.message;
  return (
    <Modal opened onClose={onClose} size={480} title={t(`runs.bulk.${kind}Title`, { count: data?.runs ?? 0 })}>
      <Stack gap="md">
        {!data && !preview.error && <Loader size="sm" aria-label={t('parts.loading')} />}
        {data && (
          <>
            <Text>{t(`runs.bulk.${kind}Words`, { count: data.runs })}</Text>
            {kind === 'remove' && (
              <Text>
                {t('runs.bulk.removeMuch', {
                  events: data.events ?? 0,
                  size: byteWords(data.bytes ?? 0),
                  files: data.files ?? 0,
                })}
              </Text>
            )}
            {data.leftAlone > 0 && (
              <Text size="sm" c="dimmed">
                {t(`runs.bulk.${kind}LeftAlone`, { count: data.leftAlone })}
              </Text>
            )}
          </>
        )}
        {kind === 'retry' && (
          <WithHelp label={t('runs.retry.from')} help={{ words: 'fieldHelp.retry.from' }}>
            <Radio.Group
              label={t('runs.retry.from')}
              value={from}
              onChange={(value) => setFrom(value === 'start' ? 'start' : 'failed')}
            >
              <Stack gap={6} mt={6}>
                <Radio value="failed" label={t('runs.bulk.fromFailed')} />
                <Radio value="start" label={t('runs.bulk.fromStart')} />
              </Stack>
            </Radio.Group>
          </WithHelp>
        )}
        <DialogEnd
          error={error}
          action={t(`runs.bulk.${kind}Yes`, { count: data?.runs ?? 0 })}
          busy={start.isPending}
          disabled={!data || data.runs === 0}
          danger={kind !== 'retry'}
          cautious
          onAction={() =>
            start.mutate(
              { kind, filter, ...(kind === 'retry' && { from }) },
              {
                onSuccess: ({ bulkId }) => {
                  onClose();
                  onStarted(bulkId);
                },
              },
            )
          }
          onClose={onClose}
        />
      </Stack>
    </Modal>
  );
}
