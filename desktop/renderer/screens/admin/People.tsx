import { Button } from '@mantine/core';
import { IconFilterOff, IconUserMinus, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { type Inputs, useMe } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { Avatar } from '../../parts/Avatar.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { FilterChoice, ListFilters } from '../../parts/ListFilters.tsx';
import { Page } from '../../parts/Page.tsx';
import { type Column, PagedTable } from '../../parts/PagedTable.tsx';
import { useChosen } from '../../parts/useChosen.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { When } from '../../parts/When.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { Invites } from './Invites.tsx';
import type { Person } from './person.ts';
import { RemovePeople } from './RemovePeople.tsx';
import { RoleSelect } from './RoleSelect.tsx';
import { assignableRoles, roles } from './roles.ts';

const filterNames = ['search', 'role', 'state'] as const;

/** Who works here, with roles and open invitations. */
export function People() {
  const t = useT();
  const { me } = useMe();
  const filters = useFilters(filterNames);
  const search = filters.value('search');
  const role = roles.find((one) => one === filters.value('role'));
  const state = (['active', 'removed'] as const).find((one) => one === filters.value('state'));
  const filter: Inputs['person']['list'] = {
    ...(search && { search }),
    ...(role && { role }),
    ...(state && { state }),
  };
  const list = JSON.stringify(filter);
  const chosen = useChosen<Person>(list, (person) => person.id);
  /** whom a link is made for: a person of the list, or somebody new */
  const [inviting, setInviting] = useState<Person | 'new' | null>(null);
  const [leaving, setLeaving] = useState<Person[] | null>(null);
  const actor = me?.user.role ?? 'viewer';
  const isTouchable = (person: Person) => person.id !== me?.user.id && assignableRoles(actor).includes(person.role);
  /** somebody whose role is given here, and who can be removed */
  const isOpen = (person: Person) => person.removedAt === null && isTouchable(person);
  const columns: Column<Person>[] = [
    { label: t('admin.people.name'), cell: (person) => <Name person={person} self={person.id === me?.user.id} /> },
    {
      label: t('admin.people.role'),
      cell: (person) => <RoleSelect person={person} actor={actor} fixed={!isOpen(person)} />,
    },
    {
      label: t('admin.people.since'),
      className: 'nowrap wide-only',
      tone: 'dim',
      cell: (person) => <When at={person.createdAt} />,
    },
    {
      label: t('flows.column.actions'),
      quiet: true,
      className: 'end',
      cell: (person) =>
        isTouchable(person) && (
          <>
            <Button
              variant="subtle"
              color="gray"
              size="xs"
              onClick={() => setInviting(person)}
              aria-label={t(isOpen(person) ? 'admin.people.passwordOf' : 'admin.people.backOf', { name: person.name })}
            >
              {t(isOpen(person) ? 'admin.people.password' : 'admin.people.back')}
            </Button>
            {isOpen(person) && (
              <Button
                variant="subtle"
                color="red"
                size="xs"
                onClick={() => setLeaving([person])}
                aria-label={t('admin.people.removeOf', { name: person.name })}
              >
                {t('admin.people.remove')}
              </Button>
            )}
          </>
        ),
    },
  ];
  return (
    <Page
      title={t('admin.people.title')}
      subtitle={t('admin.people.words')}
      actions={
        <Button leftSection={<IconUserPlus size={16} />} onClick={() => setInviting('new')}>
          {t('admin.people.invite')}
        </Button>
      }
    >
      <ListFilters filters={filters} search={t('admin.people.search')}>
        <FilterChoice
          filters={filters}
          name="role"
          label={t('admin.people.role')}
          any={t('admin.people.anyRole')}
          data={roles.map((value) => ({ value, label: t(`shell.role.${value}`) }))}
        />
        <FilterChoice
          filters={filters}
          name="state"
          label={t('admin.people.state')}
          any={t('admin.people.anyState')}
          data={[
            { value: 'active', label: t('admin.people.here') },
            { value: 'removed', label: t('admin.people.removed') },
          ]}
        />
      </ListFilters>
      <div className="stack">
        <div className="panel">
          <PagedTable
            noun="person"
            filter={filter}
            rowsOf={(page) => page.people}
            keyOf={(person) => person.id}
            nameOf={(person) => person.name}
            columns={columns}
            rowHeight={57}
            chosen={chosen}
            selectable={isOpen}
            bulk={
              <Button
                variant="default"
                size="xs"
                className="danger"
                leftSection={<IconUserMinus size={14} />}
                onClick={() => setLeaving(chosen.rows)}
              >
                {t('admin.people.remove')}
              </Button>
            }
            empty={
              <EmptyState
                icon={filters.count > 0 ? IconFilterOff : IconUsers}
                title={t('parts.nobody')}
                action={{ label: t('runs.clear'), run: filters.clear }}
              />
            }
          />
        </div>
        <Invites {...(search && { search })} {...(role && { role })} />
      </div>
      {inviting && (
        <InviteDialog
          actor={actor}
          person={inviting === 'new' ? undefined : inviting}
          onClose={() => setInviting(null)}
        />
      )}
      {leaving && (
        <RemovePeople
          people={leaving}
          onClose={() => setLeaving(null)}
          onDone={(left) => {
            setLeaving(null);
            chosen.settled(leaving, left);
          }}
        />
      )}
    </Page>
  );
}

function Name({ person, self }: { person: Person; self: boolean }) {
  const t = useT();
  return (
    <span className="person-cell">
      <Avatar name={person.name} />
      <span>
        <strong className={person.removedAt === null ? 'strong' : 'dim'}>{person.name}</strong>
        {self && <span className="dim"> {t('admin.people.you')}</span>}
        <div className="dim small">{person.email}</div>
      </span>
    </span>
  );
}
