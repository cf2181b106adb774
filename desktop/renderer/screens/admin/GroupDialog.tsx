import { Modal, MultiSelect, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { type Outputs, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { DialogEnd } from '../../parts/DialogEnd.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { tell } from '../../parts/tell.ts';

export type PeopleGroup = Outputs['group']['list']['groups'][number];

interface Option {
  value: string;
  label: string;
}

const asOption = ({ id, name, email }: { id: string; name: string; email: string }): Option => ({
  value: id,
  label: `${name} (${email})`,
});

/** Makes a group, or changes its name and who is in it. */
export function GroupDialog({ group, onClose }: { group: PeopleGroup | undefined; onClose: () => void }) {
  const t = useT();
  const [name, setName] = useState(group?.name ?? '');
  const [members, setMembers] = useState<Option[]>(() => group?.members.map(asOption) ?? []);
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const [tried, setTried] = useState(false);
  const found = useRead('assignee', 'list', search ? { search } : {}, { keep: true });
  const save = useWrite('group', 'save', ['group', 'review', 'home', 'assignee']);
  const known = new Map([...(found.data?.people.map(asOption) ?? []), ...members].map((one) => [one.value, one]));
  const renamed = group !== undefined && name.trim() !== group.name;
  return (
    <Modal
      opened
      onClose={onClose}
      size={520}
      title={group ? t('admin.groups.changeOf', { name: group.name }) : t('admin.groups.new')}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!name.trim()) return;
          save.mutate(
            { ...(group && { groupId: group.id }), name: name.trim(), members: members.map(({ value }) => value) },
            {
              onSuccess: () => {
                tell(t('admin.groups.saved'));
                onClose();
              },
            },
          );
        }}
      >
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t('admin.groups.name')}
            description={renamed ? t('admin.groups.renameHint') : t('admin.groups.nameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <WithHelp label={t('admin.groups.members')} help={{ words: 'fieldHelp.group.members' }}>
            <MultiSelect
              label={t('admin.groups.members')}
              placeholder={members.length === 0 ? t('admin.groups.findPeople') : undefined}
              searchable
              hidePickedOptions
              data={[...known.values()]}
              nothingFoundMessage={found.isFetching ? t('parts.loading') : t('admin.groups.nobodyFound')}
              value={members.map(({ value }) => value)}
              onSearchChange={setTyped}
              onChange={(ids) => setMembers(ids.flatMap((id) => known.get(id) ?? []))}
            />
          </WithHelp>
          <DialogEnd
            error={save.error?.message ?? (tried && !name.trim() ? t('admin.groups.needName') : undefined)}
            action={t('parts.save')}
            busy={save.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}
