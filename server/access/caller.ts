import type { Actor } from '@rondo/shared/runs/events.ts';
import type { Role } from './permissions.ts';

/** Who is calling. A caller without a user may only call what is public. */
export interface Caller {
  actor: Actor;
  user: { id: string; name: string; email: string; role: Role } | null;
  /** how they proved who they are; `local` = a command on the machine that holds the database */
  by: 'session' | 'api_key' | 'local' | 'nothing';
  /** the protocol they came through, where that is not told by `by` */
  through?: 'mcp';
  /** the address that they call from, where they call over the network */
  ip?: string;
}

/** Somebody who has not signed in. */
export const anonymous: Caller = {
  actor: { kind: 'system', id: 'anonymous', name: 'Somebody who is not signed in' },
  user: null,
  by: 'nothing',
};

/** A person, as their account has them. */
export function personCaller(
  { id, name, email, role }: { id: string; name: string; email: string; role: Role },
  by: 'session' | 'api_key',
): Caller {
  return { actor: { kind: 'person', id, name }, user: { id, name, email, role }, by };
}

/** The command line on the machine itself: it can read the database anyway, so it may do everything. */
export function localCaller(name: string): Caller {
  return {
    actor: { kind: 'system', id: 'command-line', name },
    user: { id: 'command-line', name, email: '', role: 'owner' },
    by: 'local',
  };
}
