import { chain, say } from '@rondo/server/work/testFlows.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Called,
  closeShop,
  type Delivery,
  database,
  deliveries,
  ended,
  flowId,
  openShop,
  order,
  owner,
  published,
  runs,
  send,
  webhook,
} from './webhookShop.ts';

beforeAll(openShop);
afterAll(closeShop);

describe('a webhook', () => {
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
});
