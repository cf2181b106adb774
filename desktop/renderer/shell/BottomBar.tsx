import { Link } from 'wouter';
import { useT } from '../messages/useT.ts';
import type { Place, PlaceName } from './places.ts';

/** On a phone the rail becomes a bar at the bottom, for what people do on the way: look and decide. */
export function BottomBar({
  places,
  current,
  count,
}: {
  places: readonly Place[];
  current: PlaceName | undefined;
  count: number;
}) {
  const t = useT();
  return (
    <nav className="bottombar" aria-label={t('shell.places')}>
      {places
        .filter((place) => place.name !== 'admin' && place.name !== 'library')
        .map(({ name, path, icon: Sign }) => (
          <Link key={name} href={path} aria-current={current === name ? 'page' : undefined}>
            <Sign size={20} stroke={1.6} aria-hidden="true" />
            {t(`shell.place.${name}`)}
            {name === 'inbox' && count > 0 && <span className="rail-count">{count > 99 ? '99+' : count}</span>}
          </Link>
        ))}
    </nav>
  );
}
