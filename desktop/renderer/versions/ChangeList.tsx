import { useT } from '../messages/useT.ts';
import type { Changes } from './changes.ts';
import { groupSentence } from './changeWords.ts';
import { DiffSign } from './DiffCard.tsx';

const mostShown = 100;

/** What changed, one sentence for each step, in words. */
export function ChangeList({ changes }: { changes: Changes }) {
  const t = useT();
  if (changes.groups.length === 0) return <p className="faint">{t('flow.change.none')}</p>;
  const more = changes.groups.length - mostShown;
  return (
    <ul className="change-list">
      {changes.groups.slice(0, mostShown).map((group) => (
        <li key={group.id} data-kind={group.state}>
          <DiffSign state={group.state} size={13} />
          <span>{groupSentence(group, changes.names, t)}</span>
        </li>
      ))}
      {more > 0 && <li className="faint">{t('versions.group.more', { count: more })}</li>}
    </ul>
  );
}
