import type { AppRouter } from '@rondo/server/doors/trpc/router.ts';
import { createTRPCClient, httpBatchLink, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';

/** Reads that carry whole documents: what else is asked for in the same moment does not wait for them. */
const large = new Set(['flow.get', 'flow.version', 'flow.export']);

/** Calls to the server, typed by its router; same origin in a browser and in the desktop program. */
export const api = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url: '/trpc' }),
      false: splitLink({
        condition: (operation) => large.has(operation.path),
        true: httpLink({ url: '/trpc' }),
        false: httpBatchLink({ url: '/trpc', maxURLLength: 4000 }),
      }),
    }),
  ],
});
