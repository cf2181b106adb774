import type { Config } from './config.ts';
import { openRooms, type Rooms } from './rooms.ts';

/**
 * Opens the rooms of a worker: it runs flows, and has no door but the one for figures, where that is wanted.
 * @throws {Error} in one line, also when the port of the figures is taken
 */
export async function serveWorker(
  config: Config,
  onProgress?: (words: string) => void,
  onUnfit?: (error: Error) => void,
): Promise<{ close(): Promise<void> }> {
  const rooms = await openRooms(config, { kind: 'worker', runsFlows: true, onProgress, onUnfit });
  try {
    const figures = await openFigures(config, rooms);
    if (figures) onProgress?.(`Figures are at ${figures.address}`);
    return {
      async close() {
        await figures?.close();
        await rooms.close();
      },
    };
  } catch (error) {
    await rooms.close();
    throw error;
  }
}

/** What serves HTTP takes memory: a worker loads it only for its figures. */
async function openFigures(config: Config, { metrics, services }: Rooms) {
  const { metrics: access, metricsPort: port } = config;
  if (!access || !metrics || port === undefined) return undefined;
  const { listenForMetrics } = await import('./doors/http/metricsListener.ts');
  return listenForMetrics({ ...config, port }, services.log, { access, read: () => metrics.read() });
}
