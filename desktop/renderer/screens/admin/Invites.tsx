import { Button } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import { type Inputs, type Outputs, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { type Column, PagedTable } from '../../parts/PagedTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useChosen } from '../../parts/useChosen.ts';
import { useEach } from '../../parts/useEach.ts';
import { When } from '../../parts/When.tsx';

type Invite = Outputs['invite']['list']['invites'][number];
const pieceSize = 50;

/** Invitations that nobody has accepted yet, by the filters of the people; not there where none is open. */
export function Invites(filter: Pick<Inputs['invite']['list'], 'search' | 'role'>) {
  const t = useT();
  const first = useRead('invite', 'list', { ...filter, limit: pieceSize }, { keep: true });
  const list = JSON.stringify(filter);
  const chosen = useChosen<Invite>(list, (invite) => invite.id);
  const revoke = useWrite('person', 'revokeInvite', ['invite']);
  const { busy, run } = useEach((invite: Invite) => revoke.mutateAsync({ inviteId: invite.id }));
  const nameOf = (invite: Invite) => invite.email ?? t('admin.people.anyone');
  const takeBack = async (invites: Invite[]) => {
    const left = await run(invites, (count) => t('admin.people.revokedMany', { count }));
    chosen.settled(invites, left);
  };
  if (!first.data || first.data.invites.length === 0) return null;
  const columns: Column<Invite>[] = [
    { label: t('admin.invite.email'), cell: nameOf },
    { label: t('admin.people.role'), cell: (invite) => t(`shell.role.${invite.role}`) },
    {
      label: t('admin.people.until'),
      className: 'nowrap',
      tone: 'dim',
      cell: (invite) => <When at={invite.expiresAt} />,
    },
    {
      label: t('flows.column.actions'),
      quiet: true,
      className: 'end',
      cell: (invite) => (
        <Button
          variant="subtle"
          size="xs"
          disabled={busy}
          aria-label={t('admin.people.revokeOf', { name: nameOf(invite) })}
          onClick={() => void takeBack([invite])}
        >
          {t('admin.people.revoke')}
        </Button>
      ),
    },
  ];
  return (
    <Panel title={t('admin.people.open')}>
      <PagedTable
        noun="invite"
        filter={filter}
        rowsOf={(page) => page.invites}
        keyOf={(invite) => invite.id}
        nameOf={nameOf}
        columns={columns}
        rowHeight={47}
        chosen={chosen}
        bulk={
          <Button
            variant="default"
            size="xs"
            disabled={busy}
            leftSection={<IconMailOff size={14} />}
            onClick={() => void takeBack(chosen.rows)}
          >
            {t('admin.people.revoke')}
          </Button>
        }
        empty={null}
      />
    </Panel>
  );
}
