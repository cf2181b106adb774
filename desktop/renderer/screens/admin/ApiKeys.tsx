import { Button } from '@mantine/core';
import { IconApi, IconPlus } from '@tabler/icons-react';
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
import { ApiKeyDialog } from './ApiKeyDialog.tsx';

type Key = Outputs['apikey']['list']['keys'][number];

/** One's own API keys. */
export function ApiKeys() {
  const t = useT();
  const list = useRead('apikey', 'list', {});
  const revoke = useWrite('apikey', 'revoke');
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Key | null>(null);
  const make = () => setMaking(true);
  return (
    <Page
      title={t('admin.keys.title')}
      subtitle={t('admin.keys.words')}
      actions={
        <Button leftSection={<IconPlus size={16} />} onClick={make}>
          {t('admin.keys.new')}
        </Button>
      }
    >
      <div className="panel">
        {list.error && !list.data ? (
          <ErrorState error={list.error} onAgain={() => void list.refetch()} />
        ) : !list.data ? (
          <RowsSkeleton rows={3} />
        ) : list.data.keys.length === 0 ? (
          <EmptyState
            icon={IconApi}
            title={t('admin.keys.empty')}
            words={t('admin.keys.emptyWords')}
            action={{ label: t('admin.keys.new'), run: make }}
          />
        ) : (
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  <th>{t('admin.keys.name')}</th>
                  <th>{t('admin.keys.start')}</th>
                  <th>{t('admin.keys.made')}</th>
                  <th>{t('admin.keys.used')}</th>
                  <th>{t('admin.keys.ends')}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {list.data.keys.map((key) => (
                  <tr key={key.id}>
                    <td className="strong">{key.name}</td>
                    <td className="mono">{key.start}…</td>
                    <td className="dim nowrap">
                      <When at={key.createdAt} />
                    </td>
                    <td className="dim nowrap">
                      {key.lastUsedAt ? <When at={key.lastUsedAt} /> : t('admin.keys.never')}
                    </td>
                    <td className="dim nowrap">
                      {key.expiresAt ? <When at={key.expiresAt} /> : t('admin.keys.noEnd')}
                    </td>
                    <td className="end">
                      <Button
                        variant="subtle"
                        color="red"
                        size="xs"
                        aria-label={t('admin.keys.revokeOf', { name: key.name })}
                        onClick={() => setEnding(key)}
                      >
                        {t('admin.keys.revoke')}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
      {making && <ApiKeyDialog onClose={() => setMaking(false)} />}
      {ending && (
        <ConfirmDialog
          title={t('admin.keys.revokeTitle', { name: ending.name })}
          words={t('admin.keys.revokeWords')}
          action={t('admin.keys.revoke')}
          busy={revoke.isPending}
          error={revoke.error?.message}
          onClose={() => setEnding(null)}
          onYes={() =>
            revoke.mutate(
              { keyId: ending.id },
              {
                onSuccess: () => {
                  tell(t('admin.keys.revoked'));
                  setEnding(null);
                },
              },
            )
          }
        />
      )}
    </Page>
  );
}
