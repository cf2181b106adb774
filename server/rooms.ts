import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownOrigins } from './access/origins.ts';
import { BlobStore } from './blobs/blobStore.ts';
import { sweepBlobs } from './blobs/blobSweep.ts';
import type { Config } from './config.ts';
import { LargeValues } from './journal/largeValues.ts';
import { openLog } from './log.ts';
import { workBulks } from './operations/bulkRuns.ts';
import { openServices } from './operations/openServices.ts';
import { sweepRetention } from './operations/retentionSweep.ts';
import type { Services } from './operations/services.ts';
import { refreshUsage } from './operations/usageIndex.ts';
import { finishAgainLeft } from './operations/webhookCalls.ts';
import { openRuns } from './runRooms.ts';
import { loadSecretKey } from './secrets/key.ts';
import { SecretStore } from './secrets/secretStore.ts';
import { checkCompatibility } from './store/compatibility.ts';
import { startEmbedded } from './store/embedded.ts';
import { migrate } from './store/migrate.ts';
import { openStore } from './store/store.ts';
import type { Metrics } from './telemetry/metrics.ts';
import { forgetCalls } from './triggers/callRate.ts';
import { forgetDeliveries } from './triggers/deliveries.ts';
import { Chores } from './work/chores.ts';
import { forgetEvents } from './work/events.ts';

export interface RoomsOptions {
  /** a server has doors, a worker only runs flows, a command does one thing and goes */
  kind: 'server' | 'worker' | 'command';
  /** false: nothing is started that takes runs */
  runsFlows: boolean;
  onProgress?: (words: string) => void;
  /** told when this version turns out to be too old for the database: the process should stop */
  onUnfit?: (error: Error) => void;
}

/** The open installation: its database and everything behind the doors. */
export interface Rooms {
  services: Services;
  origins: string[];
  metrics: Metrics | undefined;
  close(): Promise<void>;
}

/**
 * Opens the database (the embedded one is started, all are migrated) and the rooms on it.
 * @throws {Error} that says in one line what is in the way
 */
export async function openRooms(config: Config, options: RoomsOptions): Promise<Rooms> {
  const { onProgress } = options;
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const one of closing.splice(0).reverse()) await one();
  };
  try {
    let { databaseUrl } = config;
    if (databaseUrl === undefined) {
      const embedded = await startEmbedded({ dataFolder: config.data, own: options.kind === 'server', onProgress });
      closing.push(() => embedded.stop());
      databaseUrl = embedded.databaseUrl;
    }
    const applied = await migrate(databaseUrl, join(config.root, 'prisma', 'migrations'));
    if (applied.length > 0) onProgress?.('The database was brought up to date.');
    const store = openStore({ databaseUrl, onIdleError: (error) => log.warn({ err: error }, 'a connection was lost') });
    closing.push(() => store.close());
    const key = await loadSecretKey(config.secretKey, config.data);
    const secrets = new SecretStore(store.prisma, key);
    const logs = openLog(config.logLevels, (text) => secrets.scrub(text));
    const log = logs.all;
    const { version } = JSON.parse(await readFile(join(config.root, 'package.json'), 'utf8')) as { version: string };
    const { kind, runsFlows } = options;
    await checkCompatibility(store.pool, version);
    const blobs = new BlobStore(store.pool, config.s3);
    closing.push(async () => blobs.close());
    const large = new LargeValues(store.pool, blobs);
    const { runs, live, metrics, outlets, stop } = await openRuns({
      onUnfit: options.onUnfit,
      config,
      store,
      blobs,
      large,
      databaseUrl,
      secrets,
      logs,
      version,
      kind,
      runsFlows,
    });
    closing.push(stop);
    const origins = ownOrigins(config.url, config.port);
    const services = openServices({
      store,
      runs,
      live,
      log: logs.room('http'),
      key,
      secrets,
      url: config.url,
      trustedOrigins: origins,
      root: config.root,
      blobs,
      large,
      fileLimit: config.fileLimit,
      outlets,
      onWebhookCall: metrics && ((outcome) => metrics.webhookCalled(outcome)),
      version,
    });
    if (runsFlows && kind !== 'command') {
      const minute = 60_000;
      const chores = new Chores(
        [
          { name: 'content that nothing uses', everyMs: 10 * minute, run: () => sweepBlobs(store.pool, blobs) },
          { name: 'retention', everyMs: 15 * minute, run: () => sweepRetention(services) },
          { name: 'bulk actions', everyMs: 500, run: () => workBulks(services) },
          { name: 'calls that are sent again', everyMs: 10_000, run: () => finishAgainLeft(services) },
          { name: 'who uses what', everyMs: 1000, run: () => refreshUsage(store.pool) },
          { name: 'old events', everyMs: minute, run: () => forgetEvents(store.pool) },
          { name: 'counts of calls', everyMs: minute, run: () => forgetCalls(store.pool) },
          { name: 'old calls of webhooks', everyMs: 60 * minute, run: () => forgetDeliveries(store.pool) },
        ],
        log,
      );
      chores.start();
      closing.push(() => chores.stop());
    }
    return { services, origins, metrics, close };
  } catch (error) {
    await close();
    throw error;
  }
}
