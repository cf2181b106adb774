import { createHash } from 'node:crypto';
import { isObject, type Json, type JsonObject } from '@rondo/shared/oas/json.ts';
import { titleOf } from '@rondo/shared/oas/properties.ts';
import type { Actor } from '@rondo/shared/runs/events.ts';
import { oneOrOther, type Said, said, sentence } from '@rondo/shared/words/said.ts';
import type { PoolClient } from 'pg';
import { v7 as uuid } from 'uuid';
import { StepError } from '../engine/ports.ts';
import { inTransaction } from '../store/inTransaction.ts';
import { allowedIp } from '../triggers/allowList.ts';
import { formFields, misfit, readBody, withoutCredentials } from '../triggers/callBody.ts';
import { countCall } from '../triggers/callRate.ts';
import {
  countDropped,
  type DeliveryKeys,
  earlierRun,
  insertDelivery,
  insertRefused,
  lockKeys,
  mostBodyKept,
} from '../triggers/deliveries.ts';
import { checkSignature, type SignatureCheck } from '../triggers/signatures.ts';
import { startInside } from '../work/startInside.ts';
import { type WebhookConfig, type WebhookVerify, webhookConfig } from './contract/trigger.ts';
import type { Startable } from './documents.ts';
import { notFound, OperationError } from './errors.ts';
import { goOnWith } from './queuedRun.ts';
import { checkedInputs, startInputs } from './runInputs.ts';
import { runLink, runOutcome } from './runStart.ts';
import type { Services } from './services.ts';

/** A call of a webhook's address, as it came. */
export interface WebhookCall {
  token: string;
  method: string;
  /** of the caller; behind a proxy, as the server is configured to believe it */
  ip: string;
  /** by their names in small letters */
  headers: { readonly [name: string]: string | undefined };
  /** what stands behind the `?` */
  query: string;
  body: Buffer;
}

export interface CallAnswer {
  status: number;
  headers?: { [name: string]: string };
  body: JsonObject;
}

/** Why a call starts nothing. */
interface Refusal {
  status: 400 | 401 | 403 | 405 | 409 | 413 | 415 | 422 | 429;
  reason: Said;
}

type Ready = { startable: Startable; inputs: JsonObject };

interface WebhookRow {
  id: string;
  flow_id: string;
  name: string;
  enabled: boolean;
  verify: WebhookVerify;
  ciphertext: Buffer | null;
  old_ciphertext: Buffer | null;
  old_until: Date | null;
  config: string;
  flow_name: string;
  archived: boolean;
  published: boolean;
  paused: boolean;
}

type Webhook = Omit<WebhookRow, 'config'> & { config: WebhookConfig };

const codes: Record<Refusal['status'], string> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  405: 'BAD_REQUEST',
  409: 'CONFLICT',
  413: 'TOO_LARGE',
  415: 'BAD_REQUEST',
  422: 'INVALID',
  429: 'TOO_MANY',
};

/**
 * A call of a webhook: checked, put on record, and the run started, the last two in one transaction. The record of who
 * started the run is its first event; a refused call is on record with the reason.
 *
 * @throws {OperationError} NOT_FOUND when no webhook has this address
 */
export async function receiveWebhook(services: Services, call: WebhookCall): Promise<CallAnswer> {
  const webhook = await webhookOf(services, 'w.token = $1', call.token);
  if (!webhook) throw notFound('webhook');
  const { config } = webhook;
  // Nothing changes on GET: it is not even put on record.
  if (['GET', 'HEAD', 'OPTIONS'].includes(call.method))
    return {
      status: 405,
      headers: { allow: config.methods.join(', ') },
      body: { error: { code: 'BAD_REQUEST', message: `Call this address with ${config.methods.join(' or ')}.` } },
    };
  const deliveryId = uuid();
  const { calls, secondsLeft } = await countCall(services.store.pool, `webhook ${webhook.id}`);
  if (calls > config.perMinute) {
    const refusal: Refusal = { status: 429, reason: said('call.seldom', { count: config.perMinute }) };
    // The first one tells; the rest of a flood is only counted.
    if (calls === config.perMinute + 1) await keepRefused(services, webhook, call, deliveryId, noKeys, refusal);
    else await countDropped(services.store.pool, webhook.id, 1);
    return { ...refusedAnswer(services, refusal, deliveryId), headers: { 'retry-after': String(secondsLeft) } };
  }
  const signed = signatureOf(services, webhook, call);
  const keys = keysOf(webhook, call, signed.signature);
  const refused = admission(webhook, call) ?? unbelieved(signed);
  if (refused) {
    await keepRefused(services, webhook, call, deliveryId, keys, refused);
    return refusedAnswer(services, refused, deliveryId);
  }
  // A call that has come before gets the answer of then, whatever has become of the flow.
  const before = await earlierRun(services.store.pool, webhook.id, keys, config.replaySeconds);
  const ready = before === undefined ? await makeReady(services, webhook, call) : { before };
  if ('reason' in ready) {
    await keepRefused(services, webhook, call, deliveryId, keys, ready);
    return refusedAnswer(services, ready, deliveryId);
  }
  const actor = webhookActor(webhook);
  const { runId, created } = await inTransaction(services.store.pool, async (client) => {
    const run =
      'before' in ready
        ? { runId: ready.before, created: false }
        : await startOnce(client, webhook, keys, ready, actor);
    await insertDelivery(client, {
      ...recordOf(webhook, call, deliveryId, keys),
      outcome: run.created ? 'accepted' : 'duplicate',
      reason: run.created ? null : said('call.before'),
      runId: run.runId,
      body: null,
    });
    return run;
  });
  services.onWebhookCall?.(created ? 'accepted' : 'duplicate');
  if (created) await goOnWith(services, runId, webhook.flow_id);
  return acceptedAnswer(services, config, { runId, deliveryId, created });
}

const noKeys: DeliveryKeys = { id: null, fingerprint: null };

async function webhookOf(
  { store }: Services,
  condition: 'w.token = $1' | 'w.id = $1',
  value: string,
): Promise<Webhook | undefined> {
  const { rows } = await store.pool.query<WebhookRow>(
    `SELECT w.id, w.flow_id, w.name, w.enabled, w.verify, w.ciphertext, w.old_ciphertext, w.old_until, w.config,
       f.name AS flow_name, f.archived_at IS NOT NULL AS archived, f.published_number IS NOT NULL AS published,
       f.paused_at IS NOT NULL AS paused
     FROM webhook w JOIN flow f ON f.id = w.flow_id WHERE ${condition}`,
    [value],
  );
  const row = rows[0];
  return row && { ...row, config: webhookConfig.parse(JSON.parse(row.config)) };
}

export function webhookActor(webhook: { id: string; name: string }): Actor {
  return { kind: 'system', id: `webhook ${webhook.id}`, name: `Webhook “${webhook.name}”` };
}

/** What the secret of a webhook is encrypted for. */
export function webhookContext(webhookId: string): string {
  return `webhook ${webhookId}`;
}

function signatureOf(services: Services, webhook: Webhook, call: WebhookCall): SignatureCheck {
  const sealed = [webhook.ciphertext];
  const now = services.now();
  if (webhook.old_until && webhook.old_until > now) sealed.push(webhook.old_ciphertext);
  const secrets = sealed.flatMap((one) => (one ? [services.secrets.open(one, webhookContext(webhook.id))] : []));
  return checkSignature(webhook.verify, webhook.config, secrets, call, now.getTime());
}

function unbelieved({ refused }: SignatureCheck): Refusal | null {
  return refused === null ? null : { status: 401, reason: refused };
}

/** Checks of the call itself, but for its signature. */
function admission(webhook: Webhook, call: WebhookCall): Refusal | null {
  const { config } = webhook;
  if (!webhook.enabled) return { status: 409, reason: said('call.off') };
  if (!config.methods.includes(call.method))
    return { status: 405, reason: said('call.method', { method: call.method, methods: oneOrOther(config.methods) }) };
  if (!allowedIp(call.ip, config.allowedIps)) return { status: 403, reason: said('call.ip', { ip: call.ip }) };
  if (call.body.length > config.maxBytes)
    return { status: 413, reason: said('call.large', { bytes: call.body.length, most: config.maxBytes }) };
  return null;
}

/** What tells this call from another: the sender's id for it, and a hash of what was sent. */
function keysOf(webhook: Webhook, call: WebhookCall, signature: string): DeliveryKeys {
  const { verify, config } = webhook;
  const header = verify === 'standard' ? 'webhook-id' : config.idHeader;
  const given = header === '' ? '' : (call.headers[header] ?? '');
  const id = given === '' ? null : given.length > 200 ? sha256(given) : given;
  // Where a signed time makes each call different, one that is the same was recorded and sent again by somebody.
  const timed = verify === 'hmac' && config.hmac.timestampHeader !== '';
  const fingerprint =
    config.replaySeconds > 0 && (timed || id === null) ? sha256(call.method, call.query, signature, call.body) : null;
  return { id, fingerprint };
}

function sha256(...parts: (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(String(part.length)).update(' ').update(part);
  return hash.digest('hex');
}

/** The version to start and its inputs, or why there are none. */
async function makeReady(
  services: Services,
  webhook: Webhook,
  call: Omit<WebhookCall, 'token' | 'ip'>,
): Promise<Ready | Refusal> {
  const { config } = webhook;
  const flow = webhook.flow_name;
  if (webhook.archived) return { status: 409, reason: said('call.archived', { flow }) };
  if (!webhook.published) return { status: 409, reason: said('call.unpublished', { flow }) };
  if (webhook.paused) return { status: 409, reason: said('call.paused', { flow }) };
  const startable = await services.documents.published(webhook.flow_id);
  if (!startable) return { status: 409, reason: said('call.unpublished', { flow }) };
  const read = readBody(call.headers['content-type'], call.body, config.contentTypes);
  if (!read.ok) return read;
  const wrong = config.bodySchema === null ? null : misfit(config.bodySchema, read.body);
  if (wrong !== null) return { status: 422, reason: said('call.schema', { wrong }) };
  const mapped = await mappedInputs(services, webhook, call, read.body, startable);
  if ('reason' in mapped) return mapped;
  try {
    return { startable, inputs: checkedInputs(startable.document, mapped.inputs) };
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    return { status: 422, reason: error.said ?? said('call.mappingFailed', { reason: error.message }) };
  }
}

async function mappedInputs(
  services: Services,
  webhook: Webhook,
  call: Omit<WebhookCall, 'token' | 'ip'>,
  body: Json,
  startable: Startable,
): Promise<{ inputs: JsonObject } | Refusal> {
  const { inputs } = webhook.config;
  if (inputs.by === 'body') return { inputs: { [inputs.input]: body } };
  if (inputs.by === 'names') {
    if (body !== null && !isObject(body)) return { status: 422, reason: said('call.noObject') };
    const given = body ?? {};
    const names = startInputs(startable.document).map(titleOf);
    return {
      inputs: Object.fromEntries(
        names.flatMap((name) => (Object.hasOwn(given, name) ? [[name, given[name] as Json]] : [])),
      ),
    };
  }
  const headers = withoutCredentials(call.headers, [webhook.config.hmac.header]);
  const values = { body, headers, query: formFields(call.query), method: call.method };
  try {
    const given = await services.runs.formula(inputs.formula, values);
    if (isObject(given)) return { inputs: given };
    return { status: 422, reason: said('call.mappingNoObject') };
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    return { status: 422, reason: said('call.mappingFailed', { reason: error.said }) };
  }
}

/** Starts the run of a call, or finds the run that a call like it has started, in the caller's transaction. */
async function startOnce(
  client: PoolClient,
  webhook: Webhook,
  keys: DeliveryKeys,
  { startable, inputs }: Ready,
  actor: Actor,
): Promise<{ runId: string; created: boolean }> {
  await lockKeys(client, webhook.id, keys);
  const before = await earlierRun(client, webhook.id, keys, webhook.config.replaySeconds);
  if (before !== undefined) return { runId: before, created: false };
  return startInside(client, {
    ...startable,
    actor,
    trigger: 'webhook',
    inputs,
    startKey: keys.id === null ? null : `webhook ${webhook.id} ${keys.id}`,
    originId: webhook.id,
  });
}

function recordOf(webhook: Webhook, call: WebhookCall, id: string, keys: DeliveryKeys) {
  return {
    id,
    webhookId: webhook.id,
    method: call.method,
    ip: call.ip,
    keys,
    headers: withoutCredentials(call.headers, [webhook.config.hmac.header]),
    query: call.query.slice(0, 2000),
  };
}

function keepRefused(
  services: Services,
  webhook: Webhook,
  call: WebhookCall,
  id: string,
  keys: DeliveryKeys,
  { reason }: Refusal,
): Promise<void> {
  return insertRefused(services.store.pool, {
    ...recordOf(webhook, call, id, keys),
    outcome: 'refused',
    reason,
    runId: null,
    body: call.body.length <= mostBodyKept ? call.body : null,
  });
}

function refusedAnswer(services: Services, { status, reason }: Refusal, deliveryId: string): CallAnswer {
  services.onWebhookCall?.('refused');
  return { status, body: { error: { code: codes[status], message: sentence(reason) }, deliveryId } };
}

/** At once where the run is; or, where the webhook waits, what came of it. */
async function acceptedAnswer(
  services: Services,
  config: WebhookConfig,
  { runId, deliveryId, created }: { runId: string; deliveryId: string; created: boolean },
): Promise<CallAnswer> {
  const run = { runId, deliveryId, link: runLink(services, runId), ...(created ? {} : { duplicate: true }) };
  if (config.answer.when === 'at_once') return { status: 202, body: run };
  await services.runs.settled(runId, config.answer.seconds * 1000);
  const { state, outputs, error } = await runOutcome(services, runId);
  if (state === 'succeeded') return { status: 200, body: outputs ?? {} };
  if (state === 'failed')
    return {
      status: 500,
      body: { error: { code: error?.code ?? 'FAILED', message: error?.message ?? 'The run failed.' }, ...run },
    };
  if (state === 'cancelled')
    return { status: 500, body: { error: { code: 'CANCELLED', message: 'The run was cancelled.' }, ...run } };
  return { status: 202, body: { ...run, state } };
}

interface AgainRow {
  webhook_id: string;
  method: string;
  ip: string;
  delivery_key: string | null;
  headers: string;
  query: string;
  body: Buffer | null;
}

/**
 * Carries out what somebody asked for by "Send again": the row of the new delivery, `again` until then, says what came
 * of it. Safe to call twice.
 *
 * @param actor who vouches; without one, the webhook itself (the process of then has ended)
 */
export async function finishAgain(services: Services, deliveryId: string, actor?: Actor): Promise<void> {
  const started = await inTransaction(services.store.pool, async (client) => {
    const { rows } = await client.query<AgainRow>(
      `SELECT webhook_id, method, ip, delivery_key, headers, query, body FROM webhook_delivery
       WHERE id = $1 AND outcome = 'again' FOR UPDATE SKIP LOCKED`,
      [deliveryId],
    );
    const row = rows[0];
    const webhook = row && (await webhookOf(services, 'w.id = $1', row.webhook_id));
    if (!row || !webhook) return undefined;
    const headers: WebhookCall['headers'] = JSON.parse(row.headers);
    const call = {
      token: '',
      method: row.method,
      ip: row.ip,
      headers,
      query: row.query,
      body: row.body ?? Buffer.of(),
    };
    const ready = admission(webhook, call) ?? (await makeReady(services, webhook, call));
    if ('reason' in ready) {
      await client.query(
        "UPDATE webhook_delivery SET outcome = 'refused', reason = $2, reason_said = $3 WHERE id = $1",
        [deliveryId, sentence(ready.reason), JSON.stringify(ready.reason)],
      );
      return undefined;
    }
    const keys = { id: row.delivery_key, fingerprint: null };
    const run = await startOnce(client, webhook, keys, ready, actor ?? webhookActor(webhook));
    await client.query('UPDATE webhook_delivery SET outcome = $2, run_id = $3, body = NULL WHERE id = $1', [
      deliveryId,
      run.created ? 'accepted' : 'duplicate',
      run.runId,
    ]);
    return { ...run, flowId: webhook.flow_id };
  });
  if (started?.created) await goOnWith(services, started.runId, started.flowId);
}

/** Carries out what was to be sent again where the process that began it has ended. */
export async function finishAgainLeft(services: Services): Promise<void> {
  const { rows } = await services.store.pool.query<{ id: string }>(
    "SELECT id FROM webhook_delivery WHERE outcome = 'again' AND at < now() - interval '10 seconds' LIMIT 100",
  );
  for (const row of rows) await finishAgain(services, row.id);
}
