import type { ReviewSummary } from '@rondo/server/operations/contract/run.ts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../api/client.ts';
import { type ApiError, spokenError, toApiError } from '../../api/errors.ts';
import { type Inputs, type Outputs, queryKey } from '../../api/queries.ts';

type Page = Outputs['review']['list'];

export interface Reviews {
  reviews: ReviewSummary[];
  /** how many are open in all */
  open: number | undefined;
  /** how many the list holds, as far as it is known */
  total: number;
  loading: boolean;
  /** only while there is nothing to show */
  error: ApiError | null;
  again: () => void;
  /** reads the next piece; absent at the end */
  more: (() => void) | undefined;
}

const none: ReviewSummary[] = [];
const pieceSize = 60;

/** Reviews piece by piece; the last ones stay while another filter is asked for. */
export function useReviews(filter: Inputs['review']['list']): Reviews {
  const query = useInfiniteQuery({
    queryKey: queryKey('review', 'list', { ...filter, limit: pieceSize, pieces: true }),
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }): Promise<Page> => {
      try {
        return await api.review.list.query({
          ...filter,
          limit: pieceSize,
          ...(pageParam !== null && { cursor: pageParam }),
        });
      } catch (error) {
        throw await spokenError(error);
      }
    },
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const { data, error, isPending, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = query;
  const reviews = useMemo(() => data?.pages.flatMap((page) => page.reviews) ?? none, [data]);
  const open = data?.pages[0]?.open;
  const narrowed = Boolean(
    filter.flowId || filter.search || filter.before || filter.dueBefore || filter.whose !== 'me',
  );
  return {
    reviews,
    open,
    total: filter.state === 'open' && !narrowed && open !== undefined ? open : reviews.length,
    loading: isPending,
    error: data || !error ? null : toApiError(error),
    again: () => void refetch(),
    more: hasNextPage ? () => !isFetchingNextPage && void fetchNextPage() : undefined,
  };
}
