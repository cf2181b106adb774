import { Tooltip, VisuallyHidden } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useT } from '../messages/useT.ts';
import { Logo } from './Logo.tsx';
import type { Place, PlaceName } from './places.ts';

interface Props {
  places: readonly Place[];
  current: PlaceName | undefined;
  count: number;
  folded: boolean;
  onFold: () => void;
}

/** The rail at the left: every place with icon and word; folded, the words are in tooltips. */
export function Rail({ places, current, count, folded, onFold }: Props) {
  const t = useT();
  const Fold = folded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const foldWord = folded ? t('shell.unfold') : t('shell.fold');
  return (
    <nav className="rail" aria-label={t('shell.places')}>
      <Link href="/" className="rail-brand" aria-label={t('shell.name')}>
        <Logo />
        <span className="rail-word">{t('shell.name')}</span>
      </Link>
      <ul>
        {places.map(({ name, path, icon: Sign }) => {
          const word = t(`shell.place.${name}`);
          const waits = name === 'inbox' && count > 0;
          return (
            <li key={name}>
              <Tooltip label={word} position="right" disabled={!folded}>
                <Link
                  href={path}
                  className="rail-item"
                  aria-current={current === name ? 'page' : undefined}
                  aria-label={folded ? (waits ? t('shell.inboxWith', { count }) : word) : undefined}
                >
                  <Sign size={18} stroke={1.6} aria-hidden="true" />
                  <span className="rail-word">{word}</span>
                  {waits && (
                    <span className="rail-count">
                      {count > 99 ? '99+' : count}
                      <VisuallyHidden>{t('shell.waiting', { count })}</VisuallyHidden>
                    </span>
                  )}
                </Link>
              </Tooltip>
            </li>
          );
        })}
      </ul>
      <div className="rail-foot">
        <Tooltip label={foldWord} position="right" disabled={!folded}>
          <button
            type="button"
            className="plain-button rail-item"
            onClick={onFold}
            aria-expanded={!folded}
            aria-label={foldWord}
          >
            <Fold size={18} stroke={1.6} aria-hidden="true" />
            <span className="rail-word">{foldWord}</span>
          </button>
        </Tooltip>
      </div>
    </nav>
  );
}
