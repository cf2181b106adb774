import { said } from '@rondo/shared/words/said.ts';
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callerOf } from '../../access/request.ts';
import { bodyLimit, documentLimit } from '../../operations/contract/contract.ts';
import { OperationError } from '../../operations/errors.ts';
import { call, operations } from '../../operations/registry.ts';
import type { Services } from '../../operations/services.ts';
import type { TrpcContext } from './context.ts';
import { changes, watchedRun } from './live.ts';
import { type AppRouter, appRouter, asTrpc } from './router.ts';

/** tRPC at `/trpc`: what the client speaks. */
export function serveTrpc(app: FastifyInstance, services: Services, origins: readonly string[]): void {
  app.register(async (scope) => {
    scope.addHook('preHandler', async (request) => refuseTooLarge(request));
    const options: FastifyTRPCPluginOptions<AppRouter> = {
      prefix: '/trpc',
      trpcOptions: {
        router: appRouter,
        maxBodySize: documentLimit,
        createContext: async ({ req }): Promise<TrpcContext> => {
          const caller = await callerOf(req, services.access, origins).catch((cause: unknown) => {
            throw asTrpc(cause);
          });
          const who = () => callerOf(req, services.access, origins);
          return {
            call: (contract, input) => call(contract, input, caller, services),
            liveChanges: (signal) => changes(services, who, signal),
            liveRun: (runId, after, signal) => watchedRun(services, who, runId, after, signal),
          };
        },
        onError: ({ error, path, req }) => {
          if (error.code === 'INTERNAL_SERVER_ERROR')
            services.log.error({ err: error.cause ?? error, requestId: req.id, call: path }, 'a call failed');
        },
      },
    };
    await scope.register(fastifyTRPCPlugin, options);
  }, {});
}

/** Fastify lets any call through that is no larger than a document; most calls may carry much less. */
function refuseTooLarge(request: FastifyRequest): void {
  const body = request.body;
  if (typeof body !== 'string') return;
  const path = new URL(request.url, 'http://localhost').pathname.slice('/trpc/'.length);
  const limits = decodeURIComponent(path)
    .split(',')
    .map((name) => operations.get(name)?.contract.bodyLimit ?? bodyLimit);
  const limit = Math.max(...limits);
  if (Buffer.byteLength(body) > limit)
    throw new OperationError('TOO_LARGE', said('refused.bodyTooLarge', { limit: limit / 1024 / 1024 }));
}
