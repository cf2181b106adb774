import { anonymous } from './access/caller.ts';
import type { Config } from './config.ts';
import { serveMetrics } from './doors/http/metrics.ts';
import { httpServer, type Mount } from './doors/http/server.ts';
import { serveMcp } from './doors/mcp/serve.ts';
import { serveTrpc } from './doors/trpc/serve.ts';
import { listenError } from './listenError.ts';
import { contracts } from './operations/contract/index.ts';
import { call } from './operations/registry.ts';
import { openRooms, type Rooms } from './rooms.ts';

export interface RunningServer {
  rooms: Rooms;
  /** where it listens, for people */
  address: string;
  close(): Promise<void>;
}

/**
 * Opens the rooms and all doors, and listens.
 * @throws {Error} in one line, also when the port is taken
 */
export async function serve(
  config: Config,
  onProgress?: (words: string) => void,
  onUnfit?: (error: Error) => void,
): Promise<RunningServer> {
  await refuseTakenPort(config);
  const rooms = await openRooms(config, { kind: 'server', runsFlows: true, onProgress, onUnfit });
  try {
    await createOwner(config, rooms);
    const app = httpServer(config, rooms.services, rooms.origins, [serveTrpc, serveMcp, metricsDoor(config, rooms)]);
    await app.listen({ host: config.host, port: config.port }).catch((error: unknown) => {
      throw plainListenError(error, config);
    });
    return {
      rooms,
      address: config.url,
      async close() {
        await app.close();
        await rooms.close();
      },
    };
  } catch (error) {
    await rooms.close();
    throw error;
  }
}

function metricsDoor({ metrics: access }: Config, { metrics }: Rooms): Mount {
  return (app) => serveMetrics(app, access && metrics && { access, read: () => metrics.read() });
}

/** Asked before the database starts, so that the answer comes at once. */
async function refuseTakenPort(config: Config): Promise<void> {
  if (config.port === 0) return;
  const { createServer } = await import('node:net');
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error) => reject(plainListenError(error, config)));
    probe.listen({ host: config.host, port: config.port }, () => probe.close(() => resolve()));
  });
}

function plainListenError(error: unknown, config: Config): unknown {
  return listenError(error, config, `RONDO_PORT=${config.port + 1} npm start`);
}

/** An unattended install takes its owner from the environment; later starts leave everything as it is. */
async function createOwner(config: Config, { services }: Rooms): Promise<void> {
  if (!config.owner) return;
  const { needsOwner } = await call(contracts.setup.status, {}, anonymous, services);
  if (!needsOwner) return;
  const input = {
    ...config.owner,
    ...(config.workspace ? { workspaceName: config.workspace } : {}),
    ...(config.language ? { language: config.language } : {}),
  };
  await call(contracts.setup.createOwner, input, anonymous, services);
}
