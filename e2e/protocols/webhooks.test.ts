import { createHmac } from 'node:crypto';
import { type TestDatabase, testDatabase } from '@rondo/server/store/testDatabase.ts';
import { chain, post, say, sleep } from '@rondo/server/work/testFlows.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callOperation, type SignedIn, signIn, until } from '../harness/client.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

let database: TestDatabase;
let server: RunningServer;
let owner: SignedIn;
let flowId: string;

const order: JsonObject[] = [
  { title: 'order', type: 'string' },
  { title: 'amount', type: 'number', default: 1 },
];

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer({ env: { RONDO_LOG_LEVEL: 'debug', DATABASE_URL: database.databaseUrl } });
  owner = await signIn(server.url);
  flowId = await published('Order', chain([say('hello')], order, order));
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

async function published(name: string, document: JsonObject): Promise<string> {
  const text = JSON.stringify({ ...document, name });
  const made = await owner.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: `${name}.json` });
  await owner.call('POST', 'flow.publish', { flowId: made.flowId, baseSeq: 0 });
  return made.flowId;
}

interface Made {
  webhookId: string;
  address: string;
  secret: string;
}

function webhook(more: Record<string, unknown> = {}): Promise<Made> {
  return owner.call<Made>('POST', 'webhook.create', { flowId, name: 'Shop', verify: 'none', ...more });
}

interface Called {
  status: number;
  headers: Headers;
  body: {
    runId?: string;
    deliveryId?: string;
    duplicate?: boolean;
    error?: { code: string; message: string };
  } & JsonObject;
}

async function send(
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

interface Delivery {
  id: string;
  outcome: string;
  reason: string | null;
  runId: string | null;
  againOf: string | null;
}

async function deliveries(webhookId: string, more: Record<string, unknown> = {}): Promise<Delivery[]> {
  return (await owner.call<{ deliveries: Delivery[] }>('GET', 'webhook.deliveries', { webhookId, ...more })).deliveries;
}

async function runs(): Promise<number> {
  return (await owner.call<{ runs: unknown[] }>('GET', 'run.list', { flowId, limit: 200 })).runs.length;
}

const ended = (runId: string) =>
  until('the end of the run', async () => {
    const run = await owner.call<{ state: string; outputs: JsonObject; trigger: string; actorName: string }>(
      'GET',
      'run.get',
      { runId },
    );
    return ['succeeded', 'failed', 'cancelled'].includes(run.state) && run;
  });

describe('a webhook', () => {
  it('starts the published flow with the keys of the body, and answers at once', async () => {
    const made = await webhook();
    const called = await send(made.address, { order: 'A-1', amount: 7, more: 'is left' });
    expect(called.status).toBe(202);
    const run = await ended(String(called.body.runId));
    expect(run).toMatchObject({
      state: 'succeeded',
      outputs: { order: 'A-1', amount: 7 },
      trigger: 'webhook',
      actorName: 'Webhook “Shop”',
    });
    expect(await deliveries(made.webhookId)).toMatchObject([{ outcome: 'accepted', runId: called.body.runId }]);
  });

  it('answers with the outputs where it waits for them, and with the failure', async () => {
    const finished = { answer: { when: 'finished', seconds: 20 } };
    const good = await webhook({ config: finished });
    expect(await send(good.address, { order: 'A-2' })).toMatchObject({
      status: 200,
      body: { order: 'A-2', amount: 1 },
    });
    const failing = await published('Failing', chain([post('call', 'http://127.0.0.1:1/none')]));
    const bad = await webhook({ flowId: failing, config: finished });
    const called = await send(bad.address, {});
    expect(called.status).toBe(500);
    expect(called.body.error?.message).toBeTruthy();
    const slow = await published('Slow', chain([sleep('nap', 3600)]));
    const waits = await webhook({ flowId: slow, config: { answer: { when: 'finished', seconds: 1 } } });
    expect(await send(waits.address, {})).toMatchObject({ status: 202, body: { state: 'waiting' } });
  });

  it('believes Standard Webhooks as another implementation signs them, and no changed body', async () => {
    const made = await webhook({ verify: 'standard' });
    expect(made.secret).toMatch(/^whsec_/);
    const signer = new Webhook(made.secret);
    const body = JSON.stringify({ order: 'S-1' });
    const headers = (id: string, at = new Date(), text = body) => ({
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signer.sign(id, at, text),
    });
    const first = await send(made.address, body, headers('msg_1'));
    expect(first.status).toBe(202);
    expect(await send(made.address, '{"order":"S-2"}', headers('msg_2'))).toMatchObject({ status: 401 });
    expect(await send(made.address, body)).toMatchObject({ status: 401 });
    const old = new Date(Date.now() - 600_000);
    expect((await send(made.address, body, headers('msg_3', old))).body.error?.message).toMatch(/60\d seconds ago/);
    const again = await send(made.address, body, headers('msg_1'));
    expect(again).toMatchObject({ status: 202, body: { runId: first.body.runId, duplicate: true } });
    const refused = await deliveries(made.webhookId, { outcome: 'refused' });
    expect(refused.map((one) => one.reason)).toEqual([
      expect.stringMatching(/seconds ago/),
      expect.stringMatching(/webhook-id is missing/),
      expect.stringMatching(/does not fit/),
    ]);
  });

  it('believes a plain HMAC as it is set up, with the time signed too', async () => {
    const hmac = {
      header: 'X-Hub-Signature',
      prefix: 'v0=',
      timestampHeader: 'x-time',
      signed: 'v0:{timestamp}:{body}',
    };
    const made = await webhook({ verify: 'hmac', secret: 'given by the shop', config: { hmac } });
    expect(made.secret).toBe('given by the shop');
    const body = '{"order":"H-1"}';
    const signed = (time: number, text = body) => ({
      'x-time': String(time),
      'x-hub-signature': `v0=${createHmac('sha256', made.secret).update(`v0:${time}:${text}`).digest('hex')}`,
    });
    const now = Math.floor(Date.now() / 1000);
    const first = await send(made.address, body, signed(now));
    expect(first.status).toBe(202);
    // Recorded by somebody and sent again under another name: no second run.
    expect(await send(made.address, body, { ...signed(now), 'idempotency-key': 'other' })).toMatchObject({
      body: { runId: first.body.runId, duplicate: true },
    });
    expect((await send(made.address, body, signed(now - 301))).status).toBe(401);
    expect((await send(made.address, body, { ...signed(now), 'x-time': String(now + 1) })).status).toBe(401);
    expect((await send(made.address, body, signed(now + 1))).body.runId).not.toBe(first.body.runId);
  });

  it('takes the old secret for as long as was said, and a secret is shown once only (G7)', async () => {
    const made = await webhook({ verify: 'hmac', config: { hmac: { encoding: 'base64', algorithm: 'sha512' } } });
    const call = (secret: string, key: string) => {
      const body = JSON.stringify({ order: key });
      return send(made.address, body, { 'x-signature': createHmac('sha512', secret).update(body).digest('base64') });
    };
    expect((await call(made.secret, 'R-1')).status).toBe(202);
    const second = await owner.call<{ secret: string }>('POST', 'webhook.rotate', { webhookId: made.webhookId });
    expect((await call(made.secret, 'R-2')).status).toBe(202);
    expect((await call(second.secret, 'R-3')).status).toBe(202);
    const third = await owner.call<{ secret: string }>('POST', 'webhook.rotate', {
      webhookId: made.webhookId,
      graceHours: 0,
    });
    expect((await call(second.secret, 'R-4')).status).toBe(401);
    expect((await call(third.secret, 'R-5')).status).toBe(202);

    const { rows } = await database.store.pool.query<{ all: string }>(
      `SELECT string_agg(t, ' ') AS all FROM (SELECT row_to_json(w)::text AS t FROM webhook w
         UNION ALL SELECT row_to_json(d)::text FROM webhook_delivery d
         UNION ALL SELECT row_to_json(a)::text FROM audit a UNION ALL SELECT row_to_json(r)::text FROM run r
         UNION ALL SELECT row_to_json(j)::text FROM run_journal j) x`,
    );
    const kept = `${rows[0]?.all}${server.printed()}`;
    const list = JSON.stringify(await owner.call('GET', 'webhook.list', { flowId }));
    expect(kept).toContain('webhook.rotate');
    for (const secret of [made.secret, second.secret, third.secret]) {
      expect(kept).not.toContain(secret);
      expect(list).not.toContain(secret);
    }
  });

  it('sees a delivery of the same name as the same run, also when twenty come at once', async () => {
    const made = await webhook({ config: { idHeader: 'X-Delivery' } });
    const before = await runs();
    const calls = await Promise.all(
      Array.from({ length: 20 }, () => send(made.address, { order: 'D-1' }, { 'x-delivery': 'one' })),
    );
    expect(new Set(calls.map((call) => call.body.runId)).size).toBe(1);
    expect(await runs()).toBe(before + 1);
    const alike = [await send(made.address, { order: 'D-2' }), await send(made.address, { order: 'D-2' })];
    expect(alike[1]?.body).toMatchObject({ runId: alike[0]?.body.runId, duplicate: true });
    const all = await webhook({ config: { replaySeconds: 0 } });
    const two = [await send(all.address, { order: 'D-3' }), await send(all.address, { order: 'D-3' })];
    expect(two[0]?.body.runId).not.toBe(two[1]?.body.runId);
  });

  it('refuses what it was not made for, says why, and keeps it', async () => {
    const made = await webhook({
      config: {
        maxBytes: 100,
        contentTypes: ['json'],
        bodySchema: { type: 'object', properties: { order: { type: 'string' } }, required: ['order'] },
      },
    });
    const tries: [Called, number, RegExp][] = [
      [await send(made.address, { order: 'x' }, {}, 'PUT'), 405, /PUT/],
      [await send(made.address, { order: 'x'.repeat(200) }), 413, /100 are allowed/],
      [await send(made.address, 'order=x', { 'content-type': 'application/x-www-form-urlencoded' }), 415, /json/],
      [await send(made.address, '{"order":'), 400, /not JSON/],
      [await send(made.address, { order: 5 }), 422, /order.*string/],
      [await send(made.address, { order: 'x', amount: 'much' }), 422, /amount/],
    ];
    for (const [called, status, reason] of tries) {
      expect(called.status, String(reason)).toBe(status);
      expect(called.body.error?.message).toMatch(reason);
    }
    const kept = await deliveries(made.webhookId, { outcome: 'refused' });
    expect(kept.map((one) => one.id).sort()).toEqual(tries.map(([called]) => String(called.body.deliveryId)).sort());
    const away = await webhook({ config: { allowedIps: ['203.0.113.0/24'] } });
    expect(await send(away.address, { order: 'x' })).toMatchObject({ status: 403 });
    const near = await webhook({ config: { allowedIps: ['127.0.0.0/8', '::1'] } });
    expect(await send(near.address, { order: 'x' })).toMatchObject({ status: 202 });
    expect((await send(`${server.url}/hooks/nothing`, {})).status).toBe(404);
  });

  it('takes forms and texts, gives the whole body to one input, or what a formula makes', async () => {
    const finished = { answer: { when: 'finished', seconds: 20 } };
    const form = await webhook({ config: finished });
    const sent = await send(form.address, 'order=F+1&amount=3', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(sent.body).toEqual({ order: 'F 1', amount: 3 });
    const whole = await webhook({ config: { ...finished, inputs: { by: 'body', input: 'order' } } });
    expect((await send(whole.address, 'just words', { 'content-type': 'text/plain' })).body).toMatchObject({
      order: 'just words',
    });
    const formula =
      '{"order": body.id & "/" & query.shop & "/" & headers."x-kind" & "/" & method, "amount": $count(body.lines)}';
    const mapped = await webhook({ config: { ...finished, inputs: { by: 'formula', formula } } });
    const called = await send(`${mapped.address}?shop=north`, { id: 'M', lines: [1, 2] }, { 'x-kind': 'new' });
    expect(called.body).toEqual({ order: 'M/north/new/POST', amount: 2 });
    const secretive = await webhook({
      config: { ...finished, inputs: { by: 'formula', formula: '{"order": headers.authorization}' } },
    });
    expect((await send(secretive.address, {}, { authorization: 'Bearer hidden' })).body).toMatchObject({
      order: '[removed]',
    });
    expect(await send(form.address, '"text"')).toMatchObject({ status: 422 });
  });

  it('starts nothing of a flow that is paused, archived or not published; an admin sends it again later', async () => {
    const other = await published('Other', chain([say('hello')], order));
    const made = await webhook({ flowId: other });
    await owner.call('POST', 'flow.pause', { flowId: other });
    const refused = await send(
      made.address,
      { order: 'P-1' },
      { 'idempotency-key': 'p1', authorization: 'Bearer hidden' },
    );
    expect(refused).toMatchObject({ status: 409, body: { error: { message: expect.stringMatching(/paused/) } } });
    const [dead] = await deliveries(made.webhookId);
    const kept = await owner.call('GET', 'webhook.delivery', { deliveryId: String(dead?.id) });
    expect(kept).toMatchObject({ body: '{"order":"P-1"}', headers: { authorization: '[removed]' } });
    expect(JSON.stringify(kept)).not.toContain('hidden');
    const still = await owner.call('POST', 'webhook.resend', { deliveryId: dead?.id });
    expect(still).toMatchObject({ outcome: 'refused', reason: expect.stringMatching(/paused/) });

    await owner.call('POST', 'flow.resume', { flowId: other });
    const done = await owner.call<{ outcome: string; runId: string }>('POST', 'webhook.resend', {
      deliveryId: dead?.id,
    });
    expect(done.outcome).toBe('accepted');
    expect(await ended(done.runId)).toMatchObject({
      state: 'succeeded',
      actorName: 'Olivia Owner',
      trigger: 'webhook',
    });
    const twice = await owner.call('POST', 'webhook.resend', { deliveryId: dead?.id });
    expect(twice).toMatchObject({ outcome: 'duplicate', runId: done.runId });
    expect(await send(made.address, { order: 'P-1' }, { 'idempotency-key': 'p1' })).toMatchObject({
      body: { runId: done.runId, duplicate: true },
    });
    expect((await deliveries(made.webhookId)).filter((one) => one.againOf === dead?.id)).toHaveLength(3);
    const audit = await owner.call<{ entries: { action: string; details: JsonObject }[] }>('GET', 'audit.list', {
      action: 'webhook.resend',
    });
    expect(JSON.stringify(audit)).toContain(String(dead?.id));

    await owner.call('POST', 'flow.archive', { flowId: other, archived: true });
    expect((await send(made.address, { order: 'P-2' })).body.error?.message).toMatch(/archive/);
    const draft = await owner.call<{ flowId: string }>('POST', 'flow.import', {
      text: JSON.stringify({ ...chain([say('x')]), name: 'Draft' }),
      fileName: 'draft.json',
    });
    const early = await webhook({ flowId: draft.flowId });
    expect((await send(early.address, {})).body.error?.message).toMatch(/not been published/);
    await owner.call('POST', 'webhook.update', { webhookId: early.webhookId, enabled: false });
    expect((await send(early.address, {})).body.error?.message).toMatch(/turned off/);
  });

  it('holds against a flood: the calls of a minute and the refused ones kept are limited, the rest is counted', async () => {
    const made = await webhook({ config: { perMinute: 3, bodySchema: { type: 'string' } } });
    const calls: Called[] = [];
    for (let index = 0; index < 7; index += 1) calls.push(await send(made.address, { order: String(index) }));
    expect(calls.map((call) => call.status)).toEqual([422, 422, 422, 429, 429, 429, 429]);
    expect(Number(calls.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await deliveries(made.webhookId)).toHaveLength(4);
    const { webhooks } = await owner.call<{ webhooks: { id: string; dropped: number }[] }>('GET', 'webhook.list', {
      flowId,
    });
    expect(webhooks.find((one) => one.id === made.webhookId)?.dropped).toBe(3);
  });

  it('keeps the newest thousand of the refused calls, and counts those before', async () => {
    const made = await webhook({ config: { bodySchema: { type: 'string' } } });
    await database.store.pool.query(
      `INSERT INTO webhook_delivery (id, webhook_id, at, method, ip, outcome)
       SELECT gen_random_uuid(), $1, now() - interval '1 hour', 'POST', '::1', 'refused' FROM generate_series(1, 1004)`,
      [made.webhookId],
    );
    const newest = await send(made.address, { order: 'x' });
    const { rows } = await database.store.pool.query<{ kept: number; dropped: number; newest: boolean }>(
      `SELECT count(*)::int AS kept, bool_or(d.id = $2) AS newest, max(w.dropped) AS dropped
       FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id WHERE webhook_id = $1`,
      [made.webhookId, newest.body.deliveryId],
    );
    expect(rows).toEqual([{ kept: 1000, dropped: 5, newest: true }]);
  });

  it('lists its calls in pages, none twice and none left out', async () => {
    const made = await webhook({ config: { bodySchema: { type: 'string' } } });
    await Promise.all(Array.from({ length: 60 }, (_, index) => send(made.address, { order: String(index) })));
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page: { deliveries: Delivery[]; nextCursor: string | null } = await owner.call(
        'GET',
        'webhook.deliveries',
        {
          webhookId: made.webhookId,
          ...(cursor ? { cursor } : {}),
        },
      );
      seen.push(...page.deliveries.map((one) => one.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
  });

  it('G8: changes nothing on GET, and no GET can be set up', async () => {
    const made = await webhook();
    const before = await runs();
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      const answer = await fetch(made.address, { method });
      expect(answer.status, method).toBe(405);
      expect(answer.headers.get('allow')).toBe('POST');
    }
    expect(await deliveries(made.webhookId)).toEqual([]);
    expect(await runs()).toBe(before);
    const refused = await callOperation(server.url, owner.cookie, 'POST', 'webhook.create', {
      flowId,
      name: 'Get',
      config: { methods: ['GET'] },
    });
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toMatch(/link previews/);
  });

  it('is refused where its settings cannot work', async () => {
    const tries: [Record<string, unknown>, RegExp][] = [
      [{ config: { allowedIps: ['300.1.1.1'] } }, /no address/],
      [{ config: { bodySchema: { type: 'nothing' } } }, /schema/],
      [{ config: { inputs: { by: 'body', input: 'unknown' } } }, /no input/],
      [{ config: { hmac: { timestampHeader: 'x-time' } } }, /signed too/],
      [{ config: { inputs: { by: 'formula', formula: '{"order": ' } } }, /cannot be read/],
      [{ verify: 'standard', secret: 'short secret' }, /whsec_/],
    ];
    for (const [more, reason] of tries) {
      const input = { flowId, name: 'Wrong', ...more };
      const answer = await callOperation(server.url, owner.cookie, 'POST', 'webhook.create', input);
      expect(answer.status, String(reason)).toBe(422);
      expect(JSON.stringify(answer.body)).toMatch(reason);
    }
  });
});

describe('the address of a run’s own', () => {
  it('lets the run go on with what it is sent, and takes nothing under another address or after the end', async () => {
    const step = (id: string, tool_type: string, configuration: JsonObject, outputs: JsonObject[]): JsonObject => {
      const tool = { component_type: 'BuiltinTool', id: `${id}-tool`, name: id, metadata: {}, inputs: [], outputs };
      const of = { ...tool, tool_type, configuration };
      return { component_type: 'ToolNode', id, name: id, metadata: {}, tool: of, outputs };
    };
    const given = [{ title: 'address', type: 'string' }];
    const document = chain([
      step('address', 'rondo.callback_address', { name: 'paid' }, given),
      step('wait', 'rondo.wait', { mode: 'webhook', name: 'paid' }, []),
    ]);
    const own = await published('Own address', document);
    const { runId } = await owner.call<{ runId: string }>('POST', 'run.start', { flowId: own, inputs: {} });
    const read = () => owner.call<{ state: string }>('GET', 'run.get', { runId });
    await until('it waits', async () => (await read()).state === 'waiting');
    const { events } = await owner.call<{ events: JsonObject[] }>('GET', 'run.events', { runId });
    const made = events.find((event) => event.kind === 'step_succeeded' && event.path === 'address');
    const address = String((made?.outputs as JsonObject | undefined)?.address);
    expect(address).toContain(`${server.url}/hooks/run/${runId}/paid/`);

    expect((await send(`${address}x`, { sum: 1 })).status).toBe(404);
    expect((await send(address.replace('/paid/', '/other/'), { sum: 1 })).status).toBe(404);
    expect((await send(address, '{"sum":')).status).toBe(400);
    expect((await fetch(address)).status).toBe(405);
    expect((await read()).state).toBe('waiting');
    expect(await send(address, { sum: 3 }, { 'idempotency-key': 'once' })).toMatchObject({
      status: 200,
      body: { received: true, created: true },
    });
    expect((await ended(runId)).state).toBe('succeeded');
    const after = await owner.call<{ events: JsonObject[] }>('GET', 'run.events', { runId });
    expect(after.events.find((event) => event.kind === 'wait_answered')).toMatchObject({
      answer: { kind: 'event', payload: { sum: 3 } },
    });
    expect((await send(address, { sum: 4 })).status).toBe(410);
  });
});

describe('a start key', () => {
  it('starts one run at every door: HTTP header, body and MCP', async () => {
    const { key } = await owner.call<{ key: string }>('POST', 'apikey.create', { name: 'doors' });
    const start = async (headers: Record<string, string>, body: JsonObject) => {
      const answer = await fetch(`${server.url}/api/run/start`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': key, ...headers },
        body: JSON.stringify({ flowId, inputs: { order: 'K' }, ...body }),
      });
      return ((await answer.json()) as { runId: string }).runId;
    };
    const first = await start({ 'idempotency-key': 'k-1' }, {});
    expect(await start({ 'idempotency-key': 'k-1' }, {})).toBe(first);
    expect(await start({}, { key: 'k-1' })).toBe(first);
    expect(await start({ 'idempotency-key': 'k-2' }, {})).not.toBe(first);

    await owner.call('POST', 'flow.publish', { flowId, baseSeq: 0, mcpTool: 'take_order' });
    const before = await runs();
    for (let turn = 0; turn < 2; turn += 1) {
      const answer = await fetch(`${server.url}/mcp`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          authorization: `Bearer ${key}`,
        },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name: 'take_order', arguments: { order: 'MCP' }, _meta: { 'rondo/key': 'm-1' } },
        }),
      });
      expect(await answer.text()).toContain('MCP');
    }
    expect(await runs()).toBe(before + 1);
  });
});
