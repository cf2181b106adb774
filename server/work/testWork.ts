import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Actor } from '@rondo/shared/runs/events.ts';
import { Hub } from '../journal/hub.ts';
import { Journal } from '../journal/journal.ts';
import { makeModels } from '../models/models.ts';
import { clock } from '../store/clock.ts';
import { openStore } from '../store/store.ts';
import { makeHttp } from '../tools/http.ts';
import { Sandbox } from '../tools/sandbox/sandbox.ts';
import type { WorkOptions } from './options.ts';
import type { StartRequest } from './startRequest.ts';
import { storeDocument } from './testFlows.ts';
import { Work } from './work.ts';

export const tester: Actor = { kind: 'person', id: 'tester', name: 'Terry Tester' };

/** A process's worth of rooms that run flows, on connections of its own, as several servers would be. */
export interface TestWork {
  work: Work;
  hub: Hub;
  options: WorkOptions;
  /** stores a document and starts a run of it */
  start(document: JsonObject, more?: Partial<StartRequest>): Promise<string>;
  state(runId: string): Promise<string>;
  kinds(runId: string): Promise<string[]>;
  close(): Promise<void>;
}

export async function openTestWork(databaseUrl: string, more: Partial<WorkOptions> = {}): Promise<TestWork> {
  const store = openStore({ databaseUrl, onIdleError: () => undefined });
  const onError = (error: Error) => more.log?.warn({}, error.message);
  const hub = new Hub({ databaseUrl, onError });
  await hub.open();
  const sandbox = new Sandbox();
  const rules = { allowPrivate: true, allowedOrigins: [] };
  const http = makeHttp(rules);
  const models = makeModels({ ...rules, override: 'practice' });
  const options: WorkOptions = {
    store,
    hub,
    journal: new Journal(store.pool),
    log: { info: () => undefined, warn: (details, words) => console.warn(words, details), error: console.error },
    kind: 'worker',
    version: 'test',
    ports: ({ onToken }) => ({
      now: () => clock.now(),
      models,
      http,
      sandbox,
      serverTool: () => undefined,
      resolve: async () => undefined,
      onToken,
    }),
    ...more,
  };
  const work = new Work(options);
  await work.open();
  const state = async (runId: string) =>
    String((await store.pool.query('SELECT state FROM run WHERE id = $1', [runId])).rows[0]?.state);
  return {
    work,
    hub,
    options,
    async start(document, request = {}) {
      const documentHash = await storeDocument(store.pool, document);
      const { runId } = await work.start({
        flowId: null,
        flowName: 'Test',
        versionNumber: null,
        documentHash,
        actor: tester,
        trigger: 'test',
        inputs: {},
        startKey: null,
        ...request,
      });
      return runId;
    },
    state,
    kinds: async (runId) => (await work.events(runId)).map((event) => event.kind),
    async close() {
      await work.stop(2000);
      await hub.close();
      await sandbox.close();
      await models.close();
      await http.close();
      await store.close();
    },
  };
}

/** Asks until the answer is yes. @throws {Error} after `timeoutMs` */
export async function until(what: string, ask: () => Promise<boolean> | boolean, timeoutMs = 10_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`It did not happen in ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
