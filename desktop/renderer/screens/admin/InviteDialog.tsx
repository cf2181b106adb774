import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { CopyField } from '../../parts/CopyField.tsx';
import { DialogEnd } from '../../parts/DialogEnd.tsx';
import { exactTime } from '../../parts/times.ts';
import type { Person } from './person.ts';
import { assignableRoles, type Role } from './roles.ts';

interface Props {
  actor: Role;
  /** whose account the link is for: somebody who forgot their password, or who comes back */
  person?: Person | undefined;
  onClose: () => void;
}

/** Makes an invitation and shows its link once. */
export function InviteDialog({ actor, person, onClose }: Props) {
  const t = useT();
  const renews = person?.removedAt === null;
  const roles = assignableRoles(actor).filter((role) => role !== 'owner');
  const [role, setRole] = useState<Role>(renews ? person.role : 'builder');
  const [email, setEmail] = useState(person?.email ?? '');
  const invite = useWrite('person', 'invite', ['invite']);
  const trimmed = email.trim();
  return (
    <Modal
      opened
      onClose={onClose}
      title={renews ? t('admin.invite.renew', { name: person.name }) : t('admin.invite.title')}
      size={480}
    >
      {invite.data ? (
        <Stack gap="md">
          {invite.data.renews !== null && !renews && (
            <p>{t('admin.invite.renews', { name: invite.data.renews, email: trimmed })}</p>
          )}
          <CopyField
            label={t('admin.invite.link')}
            value={invite.data.link}
            description={t('admin.invite.once', { at: exactTime(new Date(invite.data.expiresAt)) })}
          />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('admin.invite.done')}</Button>
          </Group>
        </Stack>
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            invite.mutate({ role, ...(trimmed && { email: trimmed }) });
          }}
        >
          <Stack gap="md">
            {renews ? (
              <p className="dim">{t('admin.invite.renewWords', { name: person.name })}</p>
            ) : (
              <>
                <Select
                  label={t('admin.people.role')}
                  description={t(`admin.role.${role}`)}
                  data={roles.map((value) => ({ value, label: t(`shell.role.${value}`) }))}
                  value={role}
                  allowDeselect={false}
                  onChange={(value) => setRole(roles.find((one) => one === value) ?? role)}
                />
                <TextInput
                  label={t('admin.invite.email')}
                  description={t('admin.invite.emailHint')}
                  type="email"
                  readOnly={person !== undefined}
                  value={email}
                  onChange={(event) => setEmail(event.currentTarget.value)}
                />
              </>
            )}
            <DialogEnd
              error={invite.error?.message}
              action={t('admin.invite.make')}
              busy={invite.isPending}
              onClose={onClose}
            />
          </Stack>
        </form>
      )}
    </Modal>
  );
}
