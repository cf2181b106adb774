import { IconClock } from '@tabler/icons-react';
import { useT } from '../../messages/useT.ts';
import { useNow } from '../../parts/useNow.ts';
import { When } from '../../parts/When.tsx';

const soonMs = 24 * 3_600_000;

/** When a review is due. What is over or near is marked by words, a sign and a colour. */
export function Due({ at }: { at: string }) {
  const t = useT();
  const left = new Date(at).getTime() - useNow().getTime();
  return (
    <span className="inbox-due" data-due={left < 0 ? 'over' : left < soonMs ? 'soon' : 'later'}>
      <IconClock size={13} stroke={2} aria-hidden="true" />
      {left < 0 ? t('inbox.wasDue') : t('inbox.isDue')} <When at={at} />
    </span>
  );
}
