import type { AppRouter } from '@rondo/server/doors/trpc/router.ts';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { type ApiError, toApiError } from './errors.ts';

/** Calls to the server, typed by its router; same origin in a browser and in the desktop program. */
export const api = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url: '/trpc' }),
      false: httpBatchLink({ url: '/trpc', maxURLLength: 4000 }),
    }),
  ],
});

/** The same client by the name of its protocol. */
export const trpc = api;

/** What the server answered when it said no; undefined when it did not answer at all. */
export function failureOf(error: unknown): ApiError | undefined {
  const failure = toApiError(error);
  return failure.code === 'OFFLINE' || failure.code === 'UNKNOWN' ? undefined : failure;
}
