import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type Inputs, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { tell, tellFailure } from '../../parts/tell.ts';

type What = Omit<Inputs['flow']['arrange'], 'flowIds'>;

export interface Arrange {
  busy: boolean;
  /**
   * Does something to flows at once.
   * @param said what is told when it is done
   * @param undo what takes it back; the notification then offers it
   */
  arrange: (flowIds: string[], what: What, said: string, undo?: What) => Promise<boolean>;
}

/** Moves, archives, deletes flows, and offers to take it back. */
export function useArrange(): Arrange {
  const t = useT();
  const write = useWrite('flow', 'arrange', ['flow', 'folder', 'home', 'schedule']);
  const arrange: Arrange['arrange'] = async (flowIds, what, said, undo) => {
    try {
      await write.mutateAsync({ flowIds, ...what });
    } catch (error) {
      tellFailure(error, t('flows.arrange.failed', { count: flowIds.length }));
      return false;
    }
    if (!undo) {
      tell(said);
      return true;
    }
    const id = `arranged ${crypto.randomUUID()}`;
    notifications.show({
      id,
      color: 'iris',
      autoClose: 12_000,
      message: (
        <span className="row">
          <span className="grow">{said}</span>
          <Anchor
            component="button"
            type="button"
            fw={550}
            onClick={() => {
              notifications.hide(id);
              void arrange(flowIds, undo, t('flows.arrange.undone', { count: flowIds.length }));
            }}
          >
            {t('parts.undo')}
          </Anchor>
        </span>
      ),
    });
    return true;
  };
  return { busy: write.isPending, arrange };
}
