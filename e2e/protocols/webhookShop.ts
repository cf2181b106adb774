import { type TestDatabase, testDatabase } from '@rondo/server/store/testDatabase.ts';
import { chain, say } from '@rondo/server/work/testFlows.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

export let database: TestDatabase;
export let server: RunningServer;
/** signed in */
export let owner: SignedIn;
/** a published flow that takes an order */
export let flowId: string;

/** what the flow takes */
export const order: JsonObject[] = [
  { title: 'order', type: 'string' },
  { title: 'amount', type: 'number', default: 1 },
];

/** Starts a server with a flow that webhooks start. Each test file has its own. */
export async function openShop(): Promise<void> {
  database = await testDatabase();
  server = await startServer({ env: { RONDO_LOG_LEVEL: 'debug', DATABASE_URL: database.databaseUrl } });
  owner = await signIn(server.url);
  flowId = await published('Order', chain([say('hello')], order, order));
}
export async function closeShop(): Promise<void> {
  await server?.stop();
  await database?.drop();
}

/** @returns the flow's id */
export async function published(name: string, document: JsonObject): Promise<string> {
  const text = JSON.stringify({ ...document, name });
  const made = await owner.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: `${name}.json` });
  await owner.call('POST', 'flow.publish', { flowId: made.flowId, baseSeq: 0 });
  return made.flowId;
}

/** A webhook as its maker sees it. */
export interface Made {
  webhookId: string;
  address: string;
  secret: string;
}

/** Makes a webhook of the flow. */
export function webhook(more: Record<string, unknown> = {}): Promise<Made> {
  return owner.call<Made>('POST', 'webhook.create', { flowId, name: 'Shop', verify: 'none', ...more });
}

/** What a call was answered. */
export interface Called {
  status: number;
  headers: Headers;
  body: {
    runId?: string;
    deliveryId?: string;
    duplicate?: boolean;
    error?: { code: string; message: string };
  } & JsonObject;
}

/** Calls an address from outside. */
export async function send(
  address: string,
  body: unknown,
  headers: Record<string, string> = {},
  method = 'POST',
): Promise<Called> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(address, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'GET' ? {} : { body: text }),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Called['body'] };
}

export interface Delivery {
  id: string;
  outcome: string;
  reason: string | null;
  runId: string | null;
  againOf: string | null;
}

/** The calls that a webhook got, newest first. */
export async function deliveries(webhookId: string, more: Record<string, unknown> = {}): Promise<Delivery[]> {
  return (await owner.call<{ deliveries: Delivery[] }>('GET', 'webhook.deliveries', { webhookId, ...more })).deliveries;
}

/** How many runs the flow has. */
export async function runs(): Promise<number> {
  return (await owner.call<{ runs: unknown[] }>('GET', 'run.list', { flowId, limit: 200 })).runs.length;
}

/** Waits for the end of a run. */
export const ended = (runId: string) =>
  until('the end of the run', async () => {
    const run = await owner.call<{ state: string; outputs: JsonObject; trigger: string; actorName: string }>(
      'GET',
      'run.get',
      { runId },
    );
    return ['succeeded', 'failed', 'cancelled'].includes(run.state) && run;
  });
