import { Select } from '@mantine/core';
import { useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { tell, tellFailure } from '../../parts/tell.ts';
import type { Person } from './person.ts';
import { assignableRoles, type Role } from './roles.ts';

interface Props {
  person: Person;
  actor: Role;
  /** it is only said */
  fixed: boolean;
}

/** A person's role, and another one for them. */
export function RoleSelect({ person, actor, fixed }: Props) {
  const t = useT();
  const setRole = useWrite('person', 'setRole', ['person', 'me']);
  const roles = assignableRoles(actor);
  if (fixed) {
    const gone = person.removedAt !== null;
    return (
      <span className={gone ? 'dim' : undefined}>
        {gone ? t('admin.people.removed') : t(`shell.role.${person.role}`)}
      </span>
    );
  }
  return (
    <Select
      aria-label={t('admin.people.roleOf', { name: person.name })}
      data={roles.map((value) => ({ value, label: t(`shell.role.${value}`) }))}
      value={person.role}
      allowDeselect={false}
      disabled={setRole.isPending}
      w={130}
      onChange={(value) => {
        const role = roles.find((one) => one === value);
        if (!role || role === person.role) return;
        setRole.mutate(
          { userId: person.id, role },
          {
            onSuccess: () => tell(t('admin.people.roleSet', { name: person.name, role: t(`shell.role.${role}`) })),
            onError: (error) => tellFailure(error, t('parts.error.title')),
          },
        );
      }}
    />
  );
}
