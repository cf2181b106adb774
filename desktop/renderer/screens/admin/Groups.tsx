import { Button } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ListFilters } from '../../parts/ListFilters.tsx';
import { NoMatch } from '../../parts/NoMatch.tsx';
import { Page } from '../../parts/Page.tsx';
import { type Column, PagedTable } from '../../parts/PagedTable.tsx';
import { tell } from '../../parts/tell.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { GroupDialog, type PeopleGroup } from './GroupDialog.tsx';

const filterNames = ['search'] as const;

type Asking = { what: 'edit'; group: PeopleGroup | undefined } | { what: 'remove'; group: PeopleGroup };

/** Groups of people, whom reviews can be for. */
export function Groups() {
  const t = useT();
  const filters = useFilters(filterNames);
  const search = filters.value('search');
  const remove = useWrite('group', 'remove', ['group', 'review', 'home']);
  const [asking, setAsking] = useState<Asking | null>(null);
  const make = () => setAsking({ what: 'edit', group: undefined });
  const columns: Column<PeopleGroup>[] = [
    { label: t('admin.groups.name'), tone: 'strong', cell: (group) => group.name },
    {
      label: t('admin.groups.members'),
      tone: 'dim',
      cell: (group) => group.members.map(({ name }) => name).join(', ') || t('admin.groups.nobody'),
    },
    { label: t('admin.groups.open'), className: 'nowrap', tone: 'dim', cell: (group) => group.open },
    {
      label: t('flows.column.actions'),
      quiet: true,
      className: 'end nowrap',
      cell: (group) => (
        <>
          <Button
            variant="subtle"
            size="xs"
            aria-label={t('admin.groups.changeOf', { name: group.name })}
            onClick={() => setAsking({ what: 'edit', group })}
          >
            {t('admin.groups.change')}
          </Button>
          <Button
            variant="subtle"
            color="red"
            size="xs"
            aria-label={t('admin.groups.removeOf', { name: group.name })}
            onClick={() => setAsking({ what: 'remove', group })}
          >
            {t('admin.groups.remove')}
          </Button>
        </>
      ),
    },
  ];
  return (
    <Page
      title={t('admin.groups.title')}
      subtitle={t('admin.groups.words')}
      actions={
        <Button leftSection={<IconPlus size={16} />} onClick={make}>
          {t('admin.groups.new')}
        </Button>
      }
    >
      <ListFilters filters={filters} search={t('admin.groups.search')} />
      <div className="panel">
        <PagedTable
          noun="group"
          filter={search ? { search } : {}}
          rowsOf={(page) => page.groups}
          keyOf={(group) => group.id}
          nameOf={(group) => group.name}
          columns={columns}
          rowHeight={47}
          empty={
            search ? (
              <NoMatch title={t('admin.groups.noMatch')} filters={filters} />
            ) : (
              <EmptyState
                icon={IconUsersGroup}
                title={t('admin.groups.empty')}
                words={t('admin.groups.emptyWords')}
                action={{ label: t('admin.groups.new'), run: make }}
              />
            )
          }
        />
      </div>
      {asking?.what === 'edit' && <GroupDialog group={asking.group} onClose={() => setAsking(null)} />}
      {asking?.what === 'remove' && (
        <ConfirmDialog
          title={t('admin.groups.removeTitle', { name: asking.group.name })}
          words={t('admin.groups.removeWords', { count: asking.group.open })}
          action={t('admin.groups.remove')}
          busy={remove.isPending}
          error={remove.error?.message}
          onClose={() => setAsking(null)}
          onYes={() =>
            remove.mutate(
              { groupId: asking.group.id },
              {
                onSuccess: () => {
                  tell(t('admin.groups.removed'));
                  setAsking(null);
                },
              },
            )
          }
        />
      )}
    </Page>
  );
}
