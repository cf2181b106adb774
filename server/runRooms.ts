import { ownOrigins } from './access/origins.ts';
import type { BlobStore } from './blobs/blobStore.ts';
import { filePort } from './blobs/filePort.ts';
import type { Config } from './config.ts';
import { Hub } from './journal/hub.ts';
import { Journal } from './journal/journal.ts';
import type { LargeValues } from './journal/largeValues.ts';
import { readJournal } from './journal/readJournal.ts';
import type { Logs } from './log.ts';
import { makeModels } from './models/models.ts';
import { noteFailedRun } from './notify/happenings.ts';
import { Notifier } from './notify/notifier.ts';
import { openOutlets } from './notify/openOutlets.ts';
import { noOutlets, type Outlets } from './notify/outlets.ts';
import { boundTool } from './operations/boundTool.ts';
import { Documents } from './operations/documents.ts';
import { OperationError } from './operations/errors.ts';
import { callbackUrl } from './operations/events.ts';
import { followLinks } from './operations/followLinks.ts';
import type { Live, Runs } from './operations/services.ts';
import { startChild } from './operations/startChild.ts';
import type { SecretStore } from './secrets/secretStore.ts';
import { clock } from './store/clock.ts';
import type { Store } from './store/store.ts';
import type { Metrics } from './telemetry/metrics.ts';
import { logRuns } from './telemetry/runLog.ts';
import type { Traces, TracesOptions } from './telemetry/traces.ts';
import type { AddressRules } from './tools/addresses.ts';
import { makeHttp } from './tools/http.ts';
import { Sandbox } from './tools/sandbox/sandbox.ts';
import { answerWait } from './work/answers.ts';
import type { PortsContext } from './work/options.ts';
import { Work } from './work/work.ts';

interface Parts {
  config: Config;
  store: Store;
  databaseUrl: string;
  secrets: SecretStore;
  blobs: BlobStore;
  large: LargeValues;
  logs: Logs;
  version: string;
  onUnfit: ((error: Error) => void) | undefined;
  kind: 'server' | 'worker' | 'command';
  /** false: this process starts no run and takes none */
  runsFlows: boolean;
}

export interface RunRooms {
  runs: Runs;
  live: Live;
  /** undefined where nobody wants them */
  metrics: Metrics | undefined;
  outlets: Outlets;
  stop(): Promise<void>;
}

/** Opens the rooms that run flows, and gives operations what they need of them. */
export async function openRuns(parts: Parts): Promise<RunRooms> {
  const { config, store, databaseUrl, secrets, logs } = parts;
  const liveLog = logs.room('live');
  const hub = new Hub({
    databaseUrl,
    onError: (error) => liveLog.warn({ err: error }, 'live changes were interrupted'),
  });
  await hub.open();
  const live: Live = {
    tell: (change) => hub.tell(change),
    onChange: (listener) => hub.on(listener),
    onToken: (listener) => hub.onToken(listener),
  };
  if (!parts.runsFlows)
    return { runs: readOnlyRuns(store), live, metrics: undefined, outlets: noOutlets, stop: () => hub.close() };

  const rules: AddressRules = {
    allowPrivate: config.allowPrivate,
    allowedOrigins: ownOrigins(config.url, config.port),
  };
  const http = makeHttp(rules);
  const sandbox = new Sandbox();
  const models = makeModels({ ...rules, ...(config.model !== undefined && { override: config.model }) });
  const documents = new Documents(store);
  const formula: Runs['formula'] = (expression, values) => sandbox.formula(expression, values);
  const journal = new Journal(store.pool);
  // Nobody could read those of a worker that does not listen.
  const counts = parts.kind !== 'worker' || config.metricsPort !== undefined;
  const metrics = counts && config.metrics ? await openMetrics(store, { journal, live: () => work.live }) : undefined;
  const traces =
    config.traces &&
    (await openTraces({
      pool: store.pool,
      version: parts.version,
      log: logs.room('traces'),
      scrub: (text) => secrets.scrub(text),
      values: config.traces.values,
    }));
  const logged = logRuns(logs.room('runs'));
  const outlets = await openOutlets({ http, url: config.url, mail: config.mail });
  const notifier = new Notifier({
    pool: store.pool,
    secrets,
    outlets,
    sends: parts.kind === 'server',
    windowMs: config.notifySeconds * 1000,
    log: logs.room('notify'),
    onTold: (id) => hub.tell({ kind: 'notification', id }),
    onTried: (channel, outcome) => metrics?.messageTried(channel, outcome),
  });
  const work: Work = new Work({
    store,
    journal,
    hub,
    log: logs.room('work'),
    kind: parts.kind === 'worker' ? 'worker' : 'server',
    version: parts.version,
    ...(config.redisUrl === undefined ? {} : { redisUrl: config.redisUrl }),
    schedules: parts.kind !== 'command',
    formula,
    large: parts.large,
    ...(parts.onUnfit && { onUnfit: parts.onUnfit }),
    observe: (run, events) => {
      logged(run, events);
      metrics?.observe(run, events);
      traces?.observe(run, events);
    },
    ...(metrics && { onPickUp: (waitedMs: number) => metrics.pickedUp(waitedMs) }),
    onRunEnd: [
      followLinks({ documents, formula, large: parts.large }),
      noteFailedRun,
      ...(traces ? [traces.onRunEnd] : []),
    ],
    chores: parts.kind === 'command' ? [] : notifier.chores(),
    ports: (context: PortsContext) => ({
      now: () => clock.now(),
      models,
      http,
      sandbox,
      serverTool: () => undefined,
      boundTool: (name) => boundTool(store.pool, name),
      resolve: (ref) => secrets.resolve(ref),
      onToken: context.onToken,
      files: filePort(store.pool, parts.blobs, context.runId, config.fileLimit),
      startChild: (request) => startChild(starter, context.runId, request),
      callbackUrl: (name) => callbackUrl(secrets, config.url, context.runId, name),
    }),
  });
  const starter = { store, documents, wake: (runId: string) => work.wake(runId) };
  await work.open();
  const runs: Runs = {
    ...readOnlyRuns(store),
    start: (request) => work.start(request),
    retry: (request, taken) => work.retry(request, taken),
    look: (runId) => work.look(runId),
    rulesChanged: (flowId) => work.rulesChanged(flowId),
    formula,
    settled: (runId, timeoutMs) => work.finished(runId, timeoutMs),
    wake: (runId) => work.wake(runId),
    cancel: (runId, actor) => work.cancel(runId, actor),
  };
  return {
    runs,
    live,
    metrics,
    outlets,
    async stop() {
      await work.stop(config.graceSeconds * 1000);
      await notifier.close();
      await traces?.close();
      await outlets.close();
      await sandbox.close();
      await models.close();
      await http.close();
      await hub.close();
    },
  };
}

/** The library that counts takes memory: it is loaded by who wants figures. */
async function openMetrics(store: Store, sources: ConstructorParameters<typeof Metrics>[1]): Promise<Metrics> {
  const { Metrics } = await import('./telemetry/metrics.ts');
  return new Metrics(store.pool, sources);
}

/** So do traces. */
async function openTraces(options: TracesOptions): Promise<Traces> {
  const { Traces } = await import('./telemetry/traces.ts');
  return new Traces(options);
}

/** What a process may do that runs no flows itself. */
function readOnlyRuns(store: Store): Runs {
  const refuse = async (): Promise<never> => {
    throw new OperationError('UNAVAILABLE', 'This process runs no flows.');
  };
  return {
    start: refuse,
    retry: refuse,
    look: async () => undefined,
    rulesChanged: async () => undefined,
    formula: refuse,
    settled: refuse,
    wake: refuse,
    cancel: refuse,
    answer: answerWait,
    events: (runId, after) => readJournal(store.pool, runId, after),
  };
}
