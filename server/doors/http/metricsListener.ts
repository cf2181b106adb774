import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { listenError } from '../../listenError.ts';
import { answerFaults } from './faults.ts';
import { type MetricsDoor, serveMetrics } from './metrics.ts';
import { secure } from './security.ts';

/**
 * Serves `/metrics` and nothing else, for a process that has no other door; guarded as the server's is.
 * @returns where it listens
 * @throws {Error} in one line when it cannot
 */
export async function listenForMetrics(
  options: { url: string; host: string; port: number },
  log: FastifyBaseLogger,
  door: MetricsDoor,
): Promise<{ address: string; close(): Promise<void> }> {
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
  });
  answerFaults(app);
  secure(app, options);
  serveMetrics(app, door);
  const { host, port } = options;
  await app.listen({ host, port }).catch((error: unknown) => {
    throw listenError(error, options, `RONDO_METRICS_PORT=${port + 1} rondo worker`);
  });
  const bound = app.server.address() as AddressInfo;
  const shown = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return { address: `http://${shown}:${bound.port}/metrics`, close: () => app.close() };
}
