import type { Actor } from '@rondo/shared/runs/events.ts';

/** Columns of a row that say who it was. */
export interface ActorColumns {
  actor_kind: Actor['kind'];
  actor_id: string;
  actor_name: string;
}

/** Who it was, from the row. */
export function actorOf({ actor_kind: kind, actor_id: id, actor_name: name }: ActorColumns): Actor {
  return { kind, id, name };
}
