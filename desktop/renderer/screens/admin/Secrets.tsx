import { Button } from '@mantine/core';
import { IconKey, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { type Inputs, type Outputs, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ConfirmEach } from '../../parts/ConfirmEach.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { FlowSelect } from '../../parts/FlowSelect.tsx';
import { FilterChoice, ListFilters } from '../../parts/ListFilters.tsx';
import { NoMatch } from '../../parts/NoMatch.tsx';
import { Page } from '../../parts/Page.tsx';
import { type Column, PagedTable } from '../../parts/PagedTable.tsx';
import { UsedBy, UsersOfGoing } from '../../parts/UsedBy.tsx';
import { useChosen } from '../../parts/useChosen.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { When } from '../../parts/When.tsx';
import { SecretDialog } from './SecretDialog.tsx';

type Secret = Outputs['secret']['list']['secrets'][number];

const filterNames = ['search', 'used', 'flow'] as const;

/** The names of all secrets, and where each is used; their values cannot be seen again. */
export function Secrets() {
  const t = useT();
  const filters = useFilters(filterNames);
  const search = filters.value('search');
  const used = (['yes', 'no'] as const).find((one) => one === filters.value('used'));
  const flowId = filters.value('flow');
  const filter: Inputs['secret']['list'] = {
    ...(search && { search }),
    ...(used && { used }),
    ...(flowId && /^[0-9a-f-]{36}$/i.test(flowId) && { flowId }),
  };
  const list = JSON.stringify(filter);
  const chosen = useChosen<Secret>(list, (secret) => secret.id);
  const [setting, setSetting] = useState<Secret | 'new' | null>(null);
  const [going, setGoing] = useState<Secret[] | null>(null);
  const columns: Column<Secret>[] = [
    { label: t('admin.secrets.name'), tone: 'mono', cell: (secret) => secret.name },
    {
      label: t('library.usedBy'),
      cell: (secret) => <UsedBy kind="secret" name={secret.name} uses={secret.uses} />,
    },
    {
      label: t('admin.secrets.changed'),
      className: 'nowrap wide-only',
      tone: 'dim',
      cell: (secret) => <When at={secret.updatedAt} />,
    },
    {
      label: t('flows.column.actions'),
      quiet: true,
      className: 'end nowrap',
      cell: (secret) => (
        <>
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
            onClick={() => setGoing([secret])}
          >
            {t('admin.secrets.remove')}
          </Button>
        </>
      ),
    },
  ];
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
      <ListFilters filters={filters} search={t('admin.secrets.search')}>
        <FilterChoice
          filters={filters}
          name="used"
          label={t('library.used')}
          any={t('library.used')}
          data={[
            { value: 'yes', label: t('library.used.yes') },
            { value: 'no', label: t('library.used.no') },
          ]}
        />
        <FlowSelect
          label={t('library.usedIn')}
          placeholder={t('library.usedIn')}
          value={flowId ?? null}
          onChange={(value) => filters.set('flow', value)}
        />
      </ListFilters>
      <div className="panel">
        <PagedTable
          noun="secret"
          filter={filter}
          rowsOf={(page) => page.secrets}
          keyOf={(secret) => secret.id}
          nameOf={(secret) => secret.name}
          columns={columns}
          rowHeight={47}
          chosen={chosen}
          bulk={
            <Button
              variant="default"
              size="xs"
              className="danger"
              leftSection={<IconTrash size={14} />}
              onClick={() => setGoing(chosen.rows)}
            >
              {t('admin.secrets.remove')}
            </Button>
          }
          empty={
            filters.count > 0 ? (
              <NoMatch title={t('admin.secrets.noMatch')} filters={filters} />
            ) : (
              <EmptyState
                icon={IconKey}
                title={t('admin.secrets.empty')}
                words={t('admin.secrets.emptyWords')}
                action={{ label: t('admin.secrets.new'), run: () => setSetting('new') }}
              />
            )
          }
        />
      </div>
      {setting && (
        <SecretDialog {...(setting !== 'new' && { replacing: setting.name })} onClose={() => setSetting(null)} />
      )}
      {going && (
        <RemoveSecrets
          secrets={going}
          onClose={() => setGoing(null)}
          onDone={(left) => {
            setGoing(null);
            chosen.settled(going, left);
          }}
        />
      )}
    </Page>
  );
}

interface RemoveProps {
  secrets: Secret[];
  onClose: () => void;
  /** with those that could not be removed */
  onDone: (left: readonly Secret[]) => void;
}

/** Asks once before secrets go, and names what uses them. */
function RemoveSecrets({ secrets, onClose, onDone }: RemoveProps) {
  const t = useT();
  const write = useWrite('secret', 'remove');
  return (
    <ConfirmEach
      rows={secrets}
      title={{
        one: (name) => t('admin.secrets.removeTitle', { name }),
        many: (count) => t('admin.secrets.removeMany', { count }),
      }}
      words={t('admin.secrets.removeWords')}
      action={t('admin.secrets.remove')}
      act={({ id }) => write.mutateAsync({ secretId: id })}
      said={(count) => t('admin.secrets.removedMany', { count })}
      namesClass="going-names mono"
      onClose={onClose}
      onDone={onDone}
    >
      <UsersOfGoing kind="secret" going={secrets} />
    </ConfirmEach>
  );
}
