import type { Icon } from '@tabler/icons-react';
import {
  IconBooks,
  IconCalendarClock,
  IconHome,
  IconInbox,
  IconPlayerPlay,
  IconSettings,
  IconSitemap,
} from '@tabler/icons-react';

export type PlaceName = 'home' | 'inbox' | 'flows' | 'runs' | 'schedules' | 'library' | 'admin';

export interface Place {
  name: PlaceName;
  path: string;
  icon: Icon;
  /** whom it is shown to: everyone, or who has any of these permissions */
  needs?: readonly string[];
}

/** The places of the rail, in order. Admin is for those who may see the audit, people or their API keys. */
export const places: readonly Place[] = [
  { name: 'home', path: '/', icon: IconHome },
  { name: 'inbox', path: '/inbox', icon: IconInbox },
  { name: 'flows', path: '/flows', icon: IconSitemap },
  { name: 'runs', path: '/runs', icon: IconPlayerPlay },
  { name: 'schedules', path: '/schedules', icon: IconCalendarClock },
  { name: 'library', path: '/library', icon: IconBooks },
  { name: 'admin', path: '/admin', icon: IconSettings, needs: ['audit.read', 'people.manage', 'apikey.manage'] },
];

/** The place that an address belongs to; undefined for one outside of all. */
export function placeOf(location: string): PlaceName | undefined {
  if (location === '/') return 'home';
  return places.find(
    (place) => place.path !== '/' && (location === place.path || location.startsWith(`${place.path}/`)),
  )?.name;
}

/** The places that somebody sees. */
export function visiblePlaces(may: (permission: string) => boolean): readonly Place[] {
  return places.filter((place) => !place.needs || place.needs.some(may));
}
