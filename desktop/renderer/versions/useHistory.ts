import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useRead } from '../api/queries.ts';
import { flowHistory } from '../flow/flowApi.ts';
import type { GestureItem, VersionItem } from './timeline.ts';

export interface FlowHistory {
  versions: readonly VersionItem[];
  gestures: readonly GestureItem[];
  more: boolean;
  onMore: () => void;
  loading: boolean;
}

/** Versions and gestures of a flow, read piece by piece. @param seq the newest gesture: with it everything is read again */
export function useHistory(flowId: string, seq: number): FlowHistory {
  const versions = useRead('flow', 'versions', { flowId });
  const pages = useInfiniteQuery({
    queryKey: ['flow', 'history', flowId, seq],
    initialPageParam: seq + 1,
    queryFn: ({ pageParam }) => flowHistory({ flowId, before: pageParam, limit: 100 }),
    getNextPageParam: (last) => (last.more ? last.edits.at(-1)?.seq : undefined),
    placeholderData: (old) => old,
  });
  const gestures = useMemo(() => pages.data?.pages.flatMap((page) => page.edits) ?? [], [pages.data]);
  return {
    versions: versions.data?.versions ?? [],
    gestures,
    more: pages.hasNextPage,
    onMore: () => void pages.fetchNextPage(),
    loading: versions.isPending || pages.isPending,
  };
}
