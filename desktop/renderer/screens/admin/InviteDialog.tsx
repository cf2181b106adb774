import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { CopyField } from '../../parts/CopyField.tsx';
import { DialogEnd } from '../../parts/DialogEnd.tsx';
import { exactTime } from '../../parts/times.ts';
import { assignableRoles, type Role } from './roles.ts';

/** Makes an invitation and shows its link once. */
export function InviteDialog({ actor, onClose }: { actor: Role; onClose: () => void }) {
  const t = useT();
  const roles = assignableRoles(actor).filter((role) => role !== 'owner');
  const [role, setRole] = useState<Role>('builder');
  const [email, setEmail] = useState('');
  const invite = useWrite('person', 'invite', ['invite']);
  const trimmed = email.trim();
  return (
    <Modal opened onClose={onClose} title={t('admin.invite.title')} size={480}>
      {invite.data ? (
        <Stack gap="md">
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
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
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
