import { Button } from '@mantine/core';
import { type Outputs, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { Panel } from '../../parts/Panel.tsx';
import { tell, tellFailure } from '../../parts/tell.ts';
import { When } from '../../parts/When.tsx';

/** Invitations that nobody has accepted yet. */
export function Invites({ invites }: { invites: Outputs['person']['list']['invites'] }) {
  const t = useT();
  const revoke = useWrite('person', 'revokeInvite');
  return (
    <Panel title={t('admin.people.open')} count={invites.length}>
      <table className="table">
        <tbody>
          {invites.map((invite) => {
            const name = invite.email ?? t('admin.people.anyone');
            return (
              <tr key={invite.id}>
                <td>{name}</td>
                <td>{t(`shell.role.${invite.role}`)}</td>
                <td className="dim nowrap">
                  {t('admin.people.until')} <When at={invite.expiresAt} />
                </td>
                <td className="end">
                  <Button
                    variant="subtle"
                    size="xs"
                    aria-label={t('admin.people.revokeOf', { name })}
                    onClick={() =>
                      revoke.mutate(
                        { inviteId: invite.id },
                        {
                          onSuccess: () => tell(t('admin.people.revoked')),
                          onError: (error) => tellFailure(error, t('parts.error.title')),
                        },
                      )
                    }
                  >
                    {t('admin.people.revoke')}
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}
