import { randomBytes } from 'node:crypto';
import { said } from '@rondo/shared/words/said.ts';
import { v7 as uuid } from 'uuid';
import type { Prisma } from '../store/generated/client.ts';
import type { Transaction } from '../store/store.ts';
import { wrongRange } from '../triggers/allowList.ts';
import { wrongSchema } from '../triggers/callBody.ts';
import { contracts as c } from './contract/index.ts';
import { type WebhookConfig, type WebhookVerify, webhookConfig } from './contract/trigger.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';
import { checkFormula } from './formulas.ts';
import { idCursor } from './idCursor.ts';
import { newToken } from './identity.ts';
import { reasonOnRecord } from './reasonOnRecord.ts';
import { startInputs } from './runInputs.ts';
import type { Services } from './services.ts';
import { finishAgain, webhookContext } from './webhookCalls.ts';

const page = 50;
const hourMs = 3_600_000;

/** The address of a webhook. */
function addressOf(services: Services, token: string): string {
  return `${services.url}/hooks/${token}`;
}

export const webhookList = defineRead(c.webhook.list, async ({ prisma, services }, input) => {
  const rows = await prisma.webhook.findMany({
    where: { flowId: input.flowId },
    include: { deliveries: { orderBy: { at: 'desc' }, take: 1, select: { at: true, outcome: true } } },
    orderBy: { createdAt: 'asc' },
    take: 200,
  });
  const since = new Date(services.now().getTime() - 24 * hourMs);
  const refused = await prisma.webhookDelivery.groupBy({
    by: ['webhookId'],
    where: { webhookId: { in: rows.map((row) => row.id) }, outcome: 'refused', at: { gt: since } },
    _count: true,
  });
  const refusedToday = new Map(refused.map((row) => [row.webhookId, row._count]));
  return {
    webhooks: rows.map((row) => ({
      id: row.id,
      flowId: row.flowId,
      name: row.name,
      address: addressOf(services, row.token),
      enabled: row.enabled,
      verify: row.verify as WebhookVerify,
      oldSecretUntil: row.oldUntil && row.oldUntil > services.now() ? row.oldUntil.toISOString() : null,
      config: webhookConfig.parse(JSON.parse(row.config)),
      dropped: row.dropped,
      createdAt: row.createdAt.toISOString(),
      last: row.deliveries[0] ? { at: row.deliveries[0].at.toISOString(), outcome: row.deliveries[0].outcome } : null,
      refusedToday: refusedToday.get(row.id) ?? 0,
    })),
  };
});

/** @throws {OperationError} INVALID when the settings cannot work, said when they are made and not first when called */
async function checkConfig(services: Services, flowId: string, config: WebhookConfig): Promise<void> {
  const range = wrongRange(config.allowedIps);
  if (range !== undefined) throw new OperationError('INVALID', said('refused.range', { range }));
  const schema = config.bodySchema === null ? null : wrongSchema(config.bodySchema);
  if (schema !== null) throw new OperationError('INVALID', said('refused.bodySchema', { reason: schema }));
  const { inputs } = config;
  if (inputs.by === 'formula')
    await checkFormula(services, 'mapping', inputs.formula, { body: {}, headers: {}, query: {}, method: 'POST' });
  const published = await services.documents.published(flowId);
  if (inputs.by === 'body' && published) {
    const known = startInputs(published.document).map((property) => property.title);
    if (!known.includes(inputs.input))
      throw new OperationError('INVALID', said('refused.bodyInput', { input: inputs.input }));
  }
}

/** A secret as the way of signing wants it: the given one, or a new one. @throws {OperationError} INVALID */
function secretFor(verify: WebhookVerify, given: string | undefined): string {
  if (verify === 'standard') {
    if (given === undefined) return `whsec_${randomBytes(24).toString('base64')}`;
    if (!/^whsec_[A-Za-z0-9+/]{22,}={0,2}$/.test(given))
      throw new OperationError('INVALID', said('refused.webhookSecret'));
    return given;
  }
  return given ?? randomBytes(32).toString('hex');
}

export const webhookCreate = defineWrite(
  c.webhook.create,
  (input, output) => ({
    kind: 'webhook',
    id: output?.webhookId ?? '',
    name: input.name,
    details: { flowId: input.flowId, verify: input.verify, config: input.config },
  }),
  async ({ tx, caller, services }, input) => {
    const flow = await tx.flow.findUnique({ where: { id: input.flowId }, select: { id: true } });
    if (!flow) throw notFound('flow');
    await checkConfig(services, flow.id, input.config);
    const webhookId = uuid();
    const { token } = newToken();
    const secret = input.verify === 'none' ? null : secretFor(input.verify, input.secret);
    await tx.webhook.create({
      data: {
        id: webhookId,
        flowId: flow.id,
        name: input.name,
        token,
        verify: input.verify,
        ciphertext: secret === null ? null : services.secrets.seal(secret, webhookContext(webhookId)),
        config: JSON.stringify(input.config),
        createdBy: caller.actor.id,
      },
    });
    return { webhookId, address: addressOf(services, token), secret };
  },
);

async function locked(tx: Transaction, webhookId: string) {
  await tx.$queryRaw`SELECT id FROM webhook WHERE id = ${webhookId}::uuid FOR UPDATE`;
  const row = await tx.webhook.findUnique({ where: { id: webhookId } });
  if (!row) throw notFound('webhook');
  return row;
}

export const webhookUpdate = defineWrite(
  c.webhook.update,
  ({ webhookId, ...changed }) => ({ kind: 'webhook', id: webhookId, details: changed }),
  async ({ tx, services, audited }, input) => {
    const old = await locked(tx, input.webhookId);
    audited({ name: input.name ?? old.name, details: { flowId: old.flowId } });
    if (input.config) await checkConfig(services, old.flowId, input.config);
    await tx.webhook.update({
      where: { id: old.id },
      data: {
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(input.enabled === undefined ? {} : { enabled: input.enabled }),
        ...(input.config === undefined ? {} : { config: JSON.stringify(input.config) }),
      },
    });
    return {};
  },
);

export const webhookRotate = defineWrite(
  c.webhook.rotate,
  (input) => ({ kind: 'webhook', id: input.webhookId, details: { graceHours: input.graceHours } }),
  async ({ tx, services, audited }, input) => {
    const old = await locked(tx, input.webhookId);
    audited({ name: old.name, details: { flowId: old.flowId } });
    const verify = old.verify as WebhookVerify;
    if (verify === 'none') throw new OperationError('CONFLICT', said('refused.noSignature'));
    const secret = secretFor(verify, input.secret);
    const oldUntil = input.graceHours === 0 ? null : new Date(services.now().getTime() + input.graceHours * hourMs);
    await tx.webhook.update({
      where: { id: old.id },
      data: {
        ciphertext: services.secrets.seal(secret, webhookContext(old.id)),
        oldCiphertext: oldUntil === null ? null : old.ciphertext,
        oldUntil,
      },
    });
    return { secret, oldSecretUntil: oldUntil?.toISOString() ?? null };
  },
);

export const webhookRemove = defineWrite(
  c.webhook.remove,
  (input) => ({ kind: 'webhook', id: input.webhookId }),
  async ({ tx, audited }, input) => {
    const old = await locked(tx, input.webhookId);
    audited({ name: old.name, details: { flowId: old.flowId } });
    await tx.webhook.delete({ where: { id: old.id } });
    return {};
  },
);

function deliveryOf(row: Omit<Prisma.WebhookDeliveryGetPayload<object>, 'body'>, bytes: number) {
  return {
    id: row.id,
    at: row.at.toISOString(),
    method: row.method,
    ip: row.ip,
    deliveryKey: row.deliveryKey,
    outcome: row.outcome as 'accepted' | 'duplicate' | 'refused' | 'again',
    reason: row.reason,
    ...reasonOnRecord(row),
    runId: row.runId,
    againOf: row.againOf,
    bytes,
  };
}

export const webhookDeliveries = defineRead(c.webhook.deliveries, async ({ prisma, services }, input) => {
  if (!(await prisma.webhook.findUnique({ where: { id: input.webhookId }, select: { id: true } })))
    throw notFound('webhook');
  const before = idCursor(input.cursor);
  const rows = await prisma.webhookDelivery.findMany({
    where: {
      webhookId: input.webhookId,
      ...(input.outcome ? { outcome: input.outcome } : {}),
      ...(before === undefined ? {} : { id: { lt: before } }),
    },
    omit: { body: true },
    // Ids tell the time, too, and no two are the same.
    orderBy: { id: 'desc' },
    take: page + 1,
  });
  const shown = rows.slice(0, page);
  const { rows: sizes } = await services.store.pool.query<{ id: string; bytes: number }>(
    'SELECT id, coalesce(length(body), 0) AS bytes FROM webhook_delivery WHERE id = ANY ($1::uuid[])',
    [shown.map((row) => row.id)],
  );
  const bytes = new Map(sizes.map((row) => [row.id, row.bytes]));
  return {
    deliveries: shown.map((row) => deliveryOf(row, bytes.get(row.id) ?? 0)),
    nextCursor: rows.length > page ? (shown.at(-1)?.id ?? null) : null,
  };
});

export const webhookDelivery = defineRead(c.webhook.delivery, async ({ prisma }, input) => {
  const row = await prisma.webhookDelivery.findUnique({ where: { id: input.deliveryId } });
  if (!row) throw notFound('delivery');
  return {
    ...deliveryOf(row, row.body?.length ?? 0),
    headers: JSON.parse(row.headers) as { [name: string]: string },
    query: row.query,
    body: row.body === null ? null : Buffer.from(row.body).toString('utf8'),
  };
});

export const webhookResend = defineWrite(
  c.webhook.resend,
  (input, output) => ({ kind: 'webhook', id: '', details: { deliveryId: input.deliveryId, as: output?.deliveryId } }),
  async ({ tx, caller, services, audited, answerAfterCommit }, input) => {
    const old = await tx.webhookDelivery.findUnique({
      where: { id: input.deliveryId },
      include: { webhook: { select: { name: true } } },
    });
    if (!old) throw notFound('delivery');
    audited({ id: old.webhookId, name: old.webhook.name });
    if (old.outcome !== 'refused') throw new OperationError('CONFLICT', said('refused.againRefusedOnly'));
    if (old.body === null) throw new OperationError('CONFLICT', said('refused.bodyNotKept'));
    const id = uuid();
    const { webhookId, method, ip, deliveryKey, headers, query, body } = old;
    await tx.webhookDelivery.create({
      data: { id, webhookId, method, ip, deliveryKey, headers, query, body, outcome: 'again', againOf: old.id },
    });
    answerAfterCommit(async () => {
      await finishAgain(services, id, caller.actor);
      const done = await services.prisma.webhookDelivery.findUnique({ where: { id }, omit: { body: true } });
      if (!done) throw notFound('delivery');
      const { outcome, reason, said: words, runId } = deliveryOf(done, 0);
      return { deliveryId: id, outcome, reason, ...(words && { said: words }), runId };
    });
    return { deliveryId: id, outcome: 'again' as const, reason: null, runId: null };
  },
);
