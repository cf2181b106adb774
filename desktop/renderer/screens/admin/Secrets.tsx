import { Button } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { type Outputs, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Page } from '../../parts/Page.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { tell } from '../../parts/tell.ts';
import { When } from '../../parts/When.tsx';
import { SecretDialog } from './SecretDialog.tsx';

type Secret = Outputs['secret']['list']['secrets'][number];

/** The names of all secrets; their values cannot be seen again. */
export function Secrets() {
  const t = useT();
  const list = useRead('secret', 'list', {});
  const remove = useWrite('secret', 'remove');
  const [setting, setSetting] = useState<Secret | 'new' | null>(null);
  const [going, setGoing] = useState<Secret | null>(null);
  return (
    <Page
      title={t('admin.secrets.title')}
      subtitle={t('admin.secrets.words')}
      actions={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setSetting('new')}>
          {t('admin.secrets.new')}
        </Button>
      }
    >
      <div className="panel">
        {list.error && !list.data ? (
          <ErrorState error={list.error} onAgain={() => void list.refetch()} />
        ) : !list.data ? (
          <RowsSkeleton rows={3} />
        ) : list.data.secrets.length === 0 ? (
          <EmptyState
            icon={IconKey}
            title={t('admin.secrets.empty')}
            words={t('admin.secrets.emptyWords')}
            action={{ label: t('admin.secrets.new'), run: () => setSetting('new') }}
          />
        ) : (
          <table className="table">
            <thead>
              <tr>
                <th>{t('admin.secrets.name')}</th>
                <th>{t('admin.secrets.changed')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {list.data.secrets.map((secret) => (
                <tr key={secret.id}>
                  <td className="mono">{secret.name}</td>
                  <td className="dim nowrap">
                    <When at={secret.updatedAt} />
                  </td>
                  <td className="end nowrap">
                    <Button
                      variant="subtle"
                      size="xs"
                      aria-label={t('admin.secrets.replaceOf', { name: secret.name })}
                      onClick={() => setSetting(secret)}
                    >
                      {t('admin.secrets.replace')}
                    </Button>
                    <Button
                      variant="subtle"
                      color="red"
                      size="xs"
                      aria-label={t('admin.secrets.removeOf', { name: secret.name })}
                      onClick={() => setGoing(secret)}
                    >
                      {t('admin.secrets.remove')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      {setting && (
        <SecretDialog {...(setting !== 'new' && { replacing: setting.name })} onClose={() => setSetting(null)} />
      )}
      {going && (
        <ConfirmDialog
          title={t('admin.secrets.removeTitle', { name: going.name })}
          words={t('admin.secrets.removeWords')}
          action={t('admin.secrets.remove')}
          busy={remove.isPending}
          error={remove.error?.message}
          onClose={() => setGoing(null)}
          onYes={() =>
            remove.mutate(
              { secretId: going.id },
              {
                onSuccess: () => {
                  tell(t('admin.secrets.removed'));
                  setGoing(null);
                },
              },
            )
          }
        />
      )}
    </Page>
  );
}
