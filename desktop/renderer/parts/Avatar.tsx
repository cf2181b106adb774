import { IconApi, IconClockHour4, IconServer } from '@tabler/icons-react';

/** One or two letters of a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return `${first}${last}`.toUpperCase();
}

/** A person's initials in a circle; programs, schedules and the server have a sign of their own. Decorative. */
export function Avatar({ name, kind = 'person', small = false }: { name: string; kind?: string; small?: boolean }) {
  const size = small ? 13 : 15;
  const sign =
    kind === 'api_key' ? (
      <IconApi size={size} />
    ) : kind === 'schedule' ? (
      <IconClockHour4 size={size} />
    ) : kind === 'system' || kind === 'run' ? (
      <IconServer size={size} />
    ) : (
      initials(name)
    );
  return (
    <span className={small ? 'avatar small-avatar' : 'avatar'} aria-hidden="true">
      {sign}
    </span>
  );
}
