import { Button, Select } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { type Outputs, useMe, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { Avatar } from '../../parts/Avatar.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Page } from '../../parts/Page.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { tell, tellFailure } from '../../parts/tell.ts';
import { When } from '../../parts/When.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { Invites } from './Invites.tsx';
import { assignableRoles } from './roles.ts';

type Person = Outputs['person']['list']['people'][number];

/** Who works here, with roles and open invitations. */
export function People() {
  const t = useT();
  const { me } = useMe();
  const list = useRead('person', 'list', {});
  const [inviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<Person | null>(null);
  const remove = useWrite('person', 'remove');
  return (
    <Page
      title={t('admin.people.title')}
      subtitle={t('admin.people.words')}
      actions={
        <Button leftSection={<IconUserPlus size={16} />} onClick={() => setInviting(true)}>
          {t('admin.people.invite')}
        </Button>
      }
    >
      <div className="stack">
        <div className="panel">
          {list.error && !list.data ? (
            <ErrorState error={list.error} onAgain={() => void list.refetch()} />
          ) : !list.data ? (
            <RowsSkeleton />
          ) : (
            <div className="table-scroll">
              <table className="table">
                <thead>
                  <tr>
                    <th>{t('admin.people.name')}</th>
                    <th>{t('admin.people.role')}</th>
                    <th>{t('admin.people.since')}</th>
                    <th />
                  </tr>
                </thead>
                <tbody>
                  {list.data.people.map((person) => (
                    <Row
                      key={person.id}
                      person={person}
                      self={person.id === me?.user.id}
                      actor={me?.user.role ?? 'viewer'}
                      onRemove={() => setLeaving(person)}
                    />
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </div>
        {list.data && list.data.invites.length > 0 && <Invites invites={list.data.invites} />}
      </div>
      {inviting && <InviteDialog actor={me?.user.role ?? 'viewer'} onClose={() => setInviting(false)} />}
      {leaving && (
        <ConfirmDialog
          title={t('admin.people.removeTitle', { name: leaving.name })}
          words={t('admin.people.removeWords')}
          action={t('admin.people.remove')}
          busy={remove.isPending}
          error={remove.error?.message}
          onClose={() => {
            remove.reset();
            setLeaving(null);
          }}
          onYes={() =>
            remove.mutate(
              { userId: leaving.id },
              {
                onSuccess: () => {
                  tell(t('admin.people.removedNow', { name: leaving.name }));
                  setLeaving(null);
                },
              },
            )
          }
        />
      )}
    </Page>
  );
}

interface RowProps {
  person: Person;
  self: boolean;
  actor: Person['role'];
  onRemove: () => void;
}

function Row({ person, self, actor, onRemove }: RowProps) {
  const t = useT();
  const setRole = useWrite('person', 'setRole', ['person', 'me']);
  const gone = person.removedAt !== null;
  const roles = assignableRoles(actor);
  const fixed = gone || self || !roles.includes(person.role);
  return (
    <tr>
      <td>
        <span className="person-cell">
          <Avatar name={person.name} />
          <span>
            <strong className={gone ? 'dim' : 'strong'}>{person.name}</strong>
            {self && <span className="dim"> {t('admin.people.you')}</span>}
            <div className="dim small">{person.email}</div>
          </span>
        </span>
      </td>
      <td>
        {fixed ? (
          <span className={gone ? 'dim' : undefined}>
            {gone ? t('admin.people.removed') : t(`shell.role.${person.role}`)}
          </span>
        ) : (
          <Select
            aria-label={t('admin.people.roleOf', { name: person.name })}
            data={roles.map((value) => ({ value, label: t(`shell.role.${value}`) }))}
            value={person.role}
            allowDeselect={false}
            disabled={setRole.isPending}
            w={140}
            onChange={(value) => {
              const role = roles.find((one) => one === value);
              if (!role || role === person.role) return;
              setRole.mutate(
                { userId: person.id, role },
                {
                  onSuccess: () =>
                    tell(t('admin.people.roleSet', { name: person.name, role: t(`shell.role.${role}`) })),
                  onError: (error) => tellFailure(error, t('parts.error.title')),
                },
              );
            }}
          />
        )}
      </td>
      <td className="dim nowrap">
        <When at={person.createdAt} />
      </td>
      <td className="end">
        {!fixed && (
          <Button
            variant="subtle"
            color="red"
            size="xs"
            onClick={onRemove}
            aria-label={t('admin.people.removeOf', { name: person.name })}
          >
            {t('admin.people.remove')}
          </Button>
        )}
      </td>
    </tr>
  );
}
