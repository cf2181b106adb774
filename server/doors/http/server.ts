import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Config } from '../../config.ts';
import { documentLimit } from '../../operations/contract/contract.ts';
import type { Services } from '../../operations/services.ts';
import { serveApi } from './api.ts';
import { serveClient } from './client.ts';
import { answerFaults } from './faults.ts';
import { serveFiles } from './files.ts';
import { serveHealth, servePractice } from './health.ts';
import { serveHooks } from './hooks.ts';
import { secure } from './security.ts';
import { serveSignIn } from './signIn.ts';

/** Other doors that are mounted on the same server: each gets the app and what operations need. */
export type Mount = (app: FastifyInstance, services: Services, origins: readonly string[]) => void;

/** The HTTP server with all of its doors, not yet listening. */
export function httpServer(
  config: Config,
  services: Services,
  origins: readonly string[],
  mounts: Mount[],
): FastifyInstance {
  const app = Fastify({
    loggerInstance: services.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // No logger for each request: only faults are logged, and making one costs more than the sign-in check.
    childLoggerFactory: (logger) => logger,
    bodyLimit: documentLimit,
    // A proxy on this machine is believed about who calls, where a public address says that there is one.
    trustProxy: config.behindProxy ? 'loopback' : false,
    routerOptions: { maxParamLength: 5000 },
    forceCloseConnections: true,
    return503OnClosing: true,
  });
  app.removeContentTypeParser('text/plain');
  answerFaults(app);
  secure(app, config);
  serveHealth(app, services);
  servePractice(app);
  serveSignIn(app, services.auth, services);
  serveHooks(app, services);
  serveApi(app, services, origins);
  serveFiles(app, services, origins);
  for (const mount of mounts) mount(app, services, origins);
  serveClient(app, join(config.root, 'desktop', 'dist', 'web'));
  return app;
}
