import type { LiveChange } from '@rondo/server/doors/trpc/context.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { announce } from './announce.ts';
import { api } from './client.ts';

/** The reads that a change of each kind makes old. */
const stale: Record<LiveChange['kind'], string[]> = {
  run: ['run', 'home'],
  review: ['review', 'home'],
  inbox: ['review', 'home'],
  flow: ['flow', 'home'],
  schedule: ['schedule', 'home'],
  notification: ['notification'],
};
const allReads = [...new Set(Object.values(stale).flat())];

/** Follows changes of the workspace and asks again for what they made old, at most four times a second. Nothing while not `enabled`. */
export function useLiveChanges(enabled: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!enabled) return;
    const pending = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      for (const noun of pending) void client.invalidateQueries({ queryKey: [noun] });
      pending.clear();
    };
    const later = (nouns: string[]) => {
      for (const noun of nouns) pending.add(noun);
      timer ??= setTimeout(flush, 250);
    };
    const subscription = api.live.changes.subscribe(undefined, {
      onData: (change: LiveChange) => {
        later(stale[change.kind]);
        void announce(change);
      },
      // a cut may have hidden changes
      onConnectionStateChange: (connection: { state: string }) => {
        if (connection.state === 'pending') later(allReads);
      },
    });
    return () => {
      subscription.unsubscribe();
      if (timer !== undefined) clearTimeout(timer);
    };
  }, [client, enabled]);
}
