import { ActionIcon, Button, Group, Modal, PasswordInput, Stack, TextInput, Tooltip } from '@mantine/core';
import { IconKey, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { tell } from '../../parts/tell.ts';
import { When } from '../../parts/When.tsx';

/** The secrets by name: add, replace, remove. A value goes in and never comes back. */
export function Secrets() {
  const t = useT();
  const secrets = useRead('secret', 'list', {});
  const remove = useWrite('secret', 'remove');
  const [editing, setEditing] = useState<{ name: string } | null>(null);
  const [removing, setRemoving] = useState<{ id: string; name: string } | null>(null);
  if (secrets.isPending) return <RowsSkeleton rows={3} />;
  if (!secrets.data) return <ErrorState error={secrets.error} onAgain={() => void secrets.refetch()} />;
  const list = secrets.data.secrets;
  return (
    <Stack gap="md">
      <div className="row">
        <p className="dim grow">{t('library.secrets.about')}</p>
        {list.length > 0 && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing({ name: '' })}>
            {t('library.secrets.add')}
          </Button>
        )}
      </div>
      <div className="panel">
        {list.length === 0 ? (
          <EmptyState
            icon={IconKey}
            title={t('library.secrets.empty')}
            words={t('library.secrets.emptyWords')}
            action={{ label: t('library.secrets.add'), run: () => setEditing({ name: '' }) }}
          />
        ) : (
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t('library.secrets.name')}</th>
                  <th scope="col">{t('library.secrets.created')}</th>
                  <th scope="col">{t('library.secrets.changed')}</th>
                  <th scope="col">
                    <span className="visually-hidden">{t('flows.column.actions')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {list.map((secret) => (
                  <tr key={secret.id}>
                    <td className="mono">{secret.name}</td>
                    <td>
                      <When at={secret.createdAt} />
                    </td>
                    <td>
                      <When at={secret.updatedAt} />
                    </td>
                    <td className="end nowrap">
                      <Tooltip label={t('library.secrets.replace')}>
                        <ActionIcon
                          variant="subtle"
                          aria-label={t('library.secrets.replaceNamed', { name: secret.name })}
                          onClick={() => setEditing({ name: secret.name })}
                        >
                          <IconPencil size={16} />
                        </ActionIcon>
                      </Tooltip>
                      <Tooltip label={t('library.secrets.remove')}>
                        <ActionIcon
                          variant="subtle"
                          aria-label={t('library.secrets.removeNamed', { name: secret.name })}
                          onClick={() => setRemoving(secret)}
                        >
                          <IconTrash size={16} />
                        </ActionIcon>
                      </Tooltip>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
      {editing && <SecretDialog name={editing.name} onClose={() => setEditing(null)} />}
      {removing && (
        <ConfirmDialog
          title={t('library.secrets.removeTitle')}
          words={t('library.secrets.removeWords', { name: removing.name })}
          action={t('library.secrets.remove')}
          busy={remove.isPending}
          error={remove.error?.message}
          onClose={() => setRemoving(null)}
          onYes={() =>
            remove.mutate(
              { secretId: removing.id },
              {
                onSuccess: () => {
                  tell(t('library.secrets.removed', { name: removing.name }));
                  setRemoving(null);
                },
              },
            )
          }
        />
      )}
    </Stack>
  );
}

function SecretDialog({ name: known, onClose }: { name: string; onClose: () => void }) {
  const t = useT();
  const save = useWrite('secret', 'set');
  const [name, setName] = useState(known);
  const [value, setValue] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { name: name.trim(), value },
      {
        onSuccess: () => {
          tell(t('library.secrets.saved', { name: name.trim() }));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={known ? t('library.secrets.replaceNamed', { name: known }) : t('library.secrets.add')}
      size={460}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t('library.secrets.name')}
            description={t('library.secrets.nameRule')}
            required
            readOnly={known !== ''}
            data-autofocus={known === '' || undefined}
            value={name}
            error={save.error?.message}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('library.secrets.value')}
            description={t('library.secrets.valueRule')}
            required
            data-autofocus={known !== '' || undefined}
            autoComplete="off"
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('parts.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === '' || value === ''}>
              {t('parts.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
