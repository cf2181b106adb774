import { useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ConfirmEach } from '../../parts/ConfirmEach.tsx';
import { UsersOfGoing } from '../../parts/UsedBy.tsx';
import type { Tool } from './tool.ts';

interface Props {
  tools: Tool[];
  onClose: () => void;
  /** with those that could not be removed */
  onDone: (left: readonly Tool[]) => void;
}

/** Asks once before tools go, and names the flows that call them. */
export function RemoveTools({ tools, onClose, onDone }: Props) {
  const t = useT();
  const write = useWrite('tool', 'remove');
  return (
    <ConfirmEach
      rows={tools}
      title={{
        one: (name) => t('library.tools.removeTitle', { name }),
        many: (count) => t('library.tools.removeMany', { count }),
      }}
      words={t('library.tools.removeWords', { count: tools.length })}
      action={t('library.tools.remove')}
      act={({ id }) => write.mutateAsync({ toolId: id })}
      said={(count) => t('library.tools.removedMany', { count })}
      onClose={onClose}
      onDone={onDone}
    >
      <UsersOfGoing kind="tool" going={tools} />
    </ConfirmEach>
  );
}
