import { Button } from '@mantine/core';
import { IconApi, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { type Inputs, type Outputs, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ConfirmEach } from '../../parts/ConfirmEach.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { FilterChoice, ListFilters } from '../../parts/ListFilters.tsx';
import { NoMatch } from '../../parts/NoMatch.tsx';
import { Page } from '../../parts/Page.tsx';
import { type Column, PagedTable } from '../../parts/PagedTable.tsx';
import { useChosen } from '../../parts/useChosen.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { When } from '../../parts/When.tsx';
import { ApiKeyDialog } from './ApiKeyDialog.tsx';

type Key = Outputs['apikey']['list']['keys'][number];

const filterNames = ['search', 'state'] as const;

/** One's own API keys. */
export function ApiKeys() {
  const t = useT();
  const filters = useFilters(filterNames);
  const search = filters.value('search');
  const state = (['valid', 'ended'] as const).find((one) => one === filters.value('state'));
  const filter: Inputs['apikey']['list'] = { ...(search && { search }), ...(state && { state }) };
  const list = JSON.stringify(filter);
  const chosen = useChosen<Key>(list, (key) => key.id);
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Key[] | null>(null);
  const make = () => setMaking(true);
  const columns: Column<Key>[] = [
    { label: t('admin.keys.name'), tone: 'strong', cell: (key) => key.name },
    { label: t('admin.keys.start'), tone: 'mono', cell: (key) => `${key.start}…` },
    {
      label: t('admin.keys.made'),
      className: 'nowrap wide-only',
      tone: 'dim',
      cell: (key) => <When at={key.createdAt} />,
    },
    {
      label: t('admin.keys.used'),
      className: 'nowrap wide-only',
      tone: 'dim',
      cell: (key) => (key.lastUsedAt ? <When at={key.lastUsedAt} /> : t('admin.keys.never')),
    },
    {
      label: t('admin.keys.ends'),
      className: 'nowrap',
      tone: 'dim',
      cell: (key) => (key.expiresAt ? <When at={key.expiresAt} /> : t('admin.keys.noEnd')),
    },
    {
      label: t('flows.column.actions'),
      quiet: true,
      className: 'end',
      cell: (key) => (
        <Button
          variant="subtle"
          color="red"
          size="xs"
          aria-label={t('admin.keys.revokeOf', { name: key.name })}
          onClick={() => setEnding([key])}
        >
          {t('admin.keys.revoke')}
        </Button>
      ),
    },
  ];
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
      <ListFilters filters={filters} search={t('admin.keys.search')}>
        <FilterChoice
          filters={filters}
          name="state"
          label={t('admin.keys.state')}
          any={t('admin.keys.anyState')}
          data={[
            { value: 'valid', label: t('admin.keys.valid') },
            { value: 'ended', label: t('admin.keys.ended') },
          ]}
        />
      </ListFilters>
      <div className="panel">
        <PagedTable
          noun="apikey"
          filter={filter}
          rowsOf={(page) => page.keys}
          keyOf={(key) => key.id}
          nameOf={(key) => key.name}
          columns={columns}
          rowHeight={47}
          chosen={chosen}
          bulk={
            <Button
              variant="default"
              size="xs"
              className="danger"
              leftSection={<IconTrash size={14} />}
              onClick={() => setEnding(chosen.rows)}
            >
              {t('admin.keys.revoke')}
            </Button>
          }
          empty={
            filters.count > 0 ? (
              <NoMatch title={t('admin.keys.noMatch')} filters={filters} />
            ) : (
              <EmptyState
                icon={IconApi}
                title={t('admin.keys.empty')}
                words={t('admin.keys.emptyWords')}
                action={{ label: t('admin.keys.new'), run: make }}
              />
            )
          }
        />
      </div>
      {making && <ApiKeyDialog onClose={() => setMaking(false)} />}
      {ending && (
        <RevokeKeys
          keys={ending}
          onClose={() => setEnding(null)}
          onDone={(left) => {
            setEnding(null);
            chosen.settled(ending, left);
          }}
        />
      )}
    </Page>
  );
}

interface RevokeProps {
  keys: Key[];
  onClose: () => void;
  /** with those that could not be revoked */
  onDone: (left: readonly Key[]) => void;
}

/** Asks once before keys end, and names them. */
function RevokeKeys({ keys, onClose, onDone }: RevokeProps) {
  const t = useT();
  const write = useWrite('apikey', 'revoke');
  return (
    <ConfirmEach
      rows={keys}
      title={{
        one: (name) => t('admin.keys.revokeTitle', { name }),
        many: (count) => t('admin.keys.revokeMany', { count }),
      }}
      words={t('admin.keys.revokeWords')}
      action={t('admin.keys.revoke')}
      act={({ id }) => write.mutateAsync({ keyId: id })}
      said={(count) => t('admin.keys.revokedMany', { count })}
      onClose={onClose}
      onDone={onDone}
    />
  );
}
