import type { AppRouter } from '@rondo/server/doors/trpc/router.ts';
import {
  QueryCache,
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { useMemo } from 'react';
import { api } from './client.ts';
import { type ApiError, spokenError, toApiError } from './errors.ts';

export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;

type Noun = keyof Inputs & keyof Outputs & string;
type Verb<N extends Noun> = keyof Inputs[N] & keyof Outputs[N] & string;

/** Refusals are answers: only a missing answer is asked for again. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      // a session that ended is noticed by whichever call comes first
      if (toApiError(error).code === 'UNAUTHENTICATED' && query.queryKey[0] !== 'me') {
        void queryClient.invalidateQueries({ queryKey: ['me'] });
      }
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => toApiError(error).code === 'OFFLINE' && count < 3,
    },
  },
});

type Procedure = { query(input: unknown): Promise<unknown>; mutate(input: unknown): Promise<unknown> };

function procedure(noun: string, verb: string): Procedure {
  return (api as unknown as Record<string, Record<string, Procedure>>)[noun]?.[verb] as Procedure;
}

/** The place of a read in the cache: `['flow', 'list', {…}]`; a noun alone names all of its reads. */
export function queryKey(noun: Noun, verb?: string, input?: unknown): unknown[] {
  return [noun, ...(verb === undefined ? [] : [verb]), ...(input === undefined ? [] : [input])];
}

export interface ReadOptions {
  enabled?: boolean;
  refetchInterval?: number;
  /** keep showing the last answer while another input is asked for */
  keep?: boolean;
}

async function read<N extends Noun, V extends Verb<N>>(noun: N, verb: V, input: Inputs[N][V]): Promise<Outputs[N][V]> {
  try {
    return (await procedure(noun, verb).query(input)) as Outputs[N][V];
  } catch (error) {
    throw await spokenError(error);
  }
}

/** Begins a read that `useRead` will ask for with the same words; a failure is told there. */
export function readAhead<N extends Noun, V extends Verb<N>>(noun: N, verb: V, input: Inputs[N][V]): void {
  void queryClient.prefetchQuery({ queryKey: queryKey(noun, verb, input), queryFn: () => read(noun, verb, input) });
}

/** Reads once, from what was read ahead where that is there; nothing of it is kept. @throws ApiError */
export async function readOnce<N extends Noun, V extends Verb<N>>(
  noun: N,
  verb: V,
  input: Inputs[N][V],
): Promise<Outputs[N][V]> {
  const key = queryKey(noun, verb, input);
  const answer = await queryClient.fetchQuery({
    queryKey: key,
    queryFn: () => read(noun, verb, input),
    staleTime: 5_000,
  });
  queryClient.removeQueries({ queryKey: key, exact: true });
  return answer;
}

/** Reads through an operation: `useRead('flow', 'list', {})`. */
export function useRead<N extends Noun, V extends Verb<N>>(
  noun: N,
  verb: V,
  input: Inputs[N][V],
  options: ReadOptions = {},
): UseQueryResult<Outputs[N][V], ApiError> {
  return useQuery<Outputs[N][V], ApiError>({
    queryKey: queryKey(noun, verb, input),
    queryFn: () => read(noun, verb, input),
    enabled: options.enabled ?? true,
    refetchInterval: options.refetchInterval ?? false,
    ...(options.keep && { placeholderData: (old: Outputs[N][V] | undefined) => old }),
  });
}

/** Changes something through an operation; afterwards the reads of the given nouns are asked for again. */
export function useWrite<N extends Noun, V extends Verb<N>>(
  noun: N,
  verb: V,
  refresh: Noun[] = [noun],
): UseMutationResult<Outputs[N][V], ApiError, Inputs[N][V]> {
  const client = useQueryClient();
  return useMutation<Outputs[N][V], ApiError, Inputs[N][V]>({
    mutationFn: async (input) => {
      try {
        return (await procedure(noun, verb).mutate(input)) as Outputs[N][V];
      } catch (error) {
        throw await spokenError(error);
      }
    },
    onSuccess: async () => {
      await Promise.all(refresh.map((name) => client.invalidateQueries({ queryKey: queryKey(name) })));
    },
  });
}

/** Who is signed in and what they may do; undefined while that is asked for, or when nobody is. */
export function useMe(): { me: Outputs['me']['get'] | undefined; may: (permission: string) => boolean } {
  const { data } = useRead('me', 'get', {});
  return useMemo(() => ({ me: data, may: (permission) => data?.permissions.includes(permission) ?? false }), [data]);
}
