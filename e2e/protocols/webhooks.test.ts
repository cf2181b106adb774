import { chain, post, sleep } from '@rondo/server/work/testFlows.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callOperation, until } from '../harness/client.ts';
import {
  type Called,
  closeShop,
  deliveries,
  ended,
  flowId,
  openShop,
  owner,
  published,
  runs,
  send,
  server,
  webhook,
} from './webhookShop.ts';

beforeAll(openShop);
afterAll(closeShop);

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
      [await send(made.address, { order: 5 }), 422, /order.*of the type text/],
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
