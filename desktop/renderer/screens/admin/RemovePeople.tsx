import { useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ConfirmEach } from '../../parts/ConfirmEach.tsx';
import type { Person } from './person.ts';

interface Props {
  people: Person[];
  onClose: () => void;
  /** with those who could not be removed */
  onDone: (left: readonly Person[]) => void;
}

/** Asks once before people are removed, and names them. */
export function RemovePeople({ people, onClose, onDone }: Props) {
  const t = useT();
  const write = useWrite('person', 'remove');
  const [only] = people;
  return (
    <ConfirmEach
      rows={people}
      title={{
        one: (name) => t('admin.people.removeTitle', { name }),
        many: (count) => t('admin.people.removeMany', { count }),
      }}
      words={t('admin.people.removeWords')}
      action={t('admin.people.remove')}
      act={({ id }) => write.mutateAsync({ userId: id })}
      said={(count) =>
        only && people.length === 1
          ? t('admin.people.removedNow', { name: only.name })
          : t('admin.people.removedMany', { count })
      }
      onClose={onClose}
      onDone={onDone}
    />
  );
}
