import { Button, Group } from '@mantine/core';
import type { Retention } from '@rondo/shared/runs/settings.ts';
import { useState } from 'react';
import { useMe, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { byteWords } from '../../parts/byteWords.ts';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { Panel } from '../../parts/Panel.tsx';

/** How long values and journals of ended runs are kept, and what would go with what is typed. */
export function RetentionPanel() {
  const t = useT();
  const { may } = useMe();
  const saved = useRead('retention', 'get', {});
  const save = useWrite('retention', 'set');
  const [typed, setTyped] = useState<Retention | null>(null);
  const now = typed ?? saved.data?.retention ?? {};
  const values = now.valuesDays ?? undefined;
  const journal = now.journalDays ?? undefined;
  const preview = useRead(
    'retention',
    'preview',
    { ...(values !== undefined && { valuesDays: values }), ...(journal !== undefined && { journalDays: journal }) },
    { enabled: typed !== null, keep: true },
  );
  const set = (change: Retention) => setTyped({ ...now, ...change });
  const disabled = !may('retention.manage');
  return (
    <Panel title={t('admin.retention.title')}>
      <div className="settings-block">
        <p className="dim">{t('admin.retention.words')}</p>
        <Group align="end">
          <WithHelp label={t('admin.retention.values')} help={{ words: 'fieldHelp.retention.values' }}>
            <NumberField
              label={t('admin.retention.values')}
              value={values}
              optional
              min={1}
              max={36_500}
              disabled={disabled}
              placeholder={t('admin.retention.forEver')}
              onCommit={(days) => set({ valuesDays: days ?? null })}
            />
          </WithHelp>
          <WithHelp label={t('admin.retention.journal')} help={{ words: 'fieldHelp.retention.journal' }}>
            <NumberField
              label={t('admin.retention.journal')}
              value={journal}
              optional
              min={1}
              max={36_500}
              disabled={disabled}
              placeholder={t('admin.retention.forEver')}
              onCommit={(days) => set({ journalDays: days ?? null })}
            />
          </WithHelp>
          <Button
            disabled={disabled || typed === null}
            loading={save.isPending}
            onClick={() => save.mutate({ retention: now }, { onSuccess: () => setTyped(null) })}
          >
            {t('parts.save')}
          </Button>
        </Group>
        {typed !== null && preview.data && (
          <p role="status">
            {t('admin.retention.preview', {
              runs: preview.data.runs.runs,
              values: preview.data.values.runs,
              files: preview.data.runs.files + preview.data.values.files,
              size: byteWords(preview.data.runs.bytes + preview.data.values.bytes),
              held: preview.data.held,
            })}
          </p>
        )}
        {save.error && <p role="alert">{save.error.message}</p>}
      </div>
    </Panel>
  );
}
