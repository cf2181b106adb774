import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeShop, database, deliveries, flowId, openShop, owner, send, server, webhook } from './webhookShop.ts';

beforeAll(openShop);
afterAll(closeShop);

describe('a webhook', () => {
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
});
