import { randomBytes } from 'node:crypto';
import { languageNamed } from '@rondo/shared/words/inLanguage.ts';
import { inEnglish, said } from '@rondo/shared/words/said.ts';
import { v7 as uuid } from 'uuid';
import type { Caller } from '../access/caller.ts';
import type { Channel } from '../notify/channels.ts';
import type { HappeningKind } from '../notify/happeningKinds.ts';
import { NotTaken } from '../notify/outlets.ts';
import { ruleContext } from '../notify/sending.ts';
import { type Message, type Told, titleOnRecord } from '../notify/words.ts';
import type { Transaction } from '../store/store.ts';
import { contracts as c } from './contract/index.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';
import { idCursor } from './idCursor.ts';
import type { Services } from './services.ts';

const page = 50;
const sendingsShown = 20;

function userOf(caller: Caller): NonNullable<Caller['user']> {
  if (!caller.user) throw new OperationError('UNAUTHENTICATED', said('refused.signIn'));
  return caller.user;
}

export const notificationList = defineRead(c.notification.list, async ({ prisma, caller }, input) => {
  const userId = userOf(caller).id;
  const before = idCursor(input.cursor);
  const [rows, unread] = await Promise.all([
    prisma.notification.findMany({
      where: {
        userId,
        inApp: true,
        ...(input.unread ? { readAt: null } : {}),
        ...(before === undefined ? {} : { id: { lt: before } }),
      },
      orderBy: { id: 'desc' },
      take: page + 1,
    }),
    prisma.notification.count({ where: { userId, inApp: true, readAt: null } }),
  ]);
  const shown = rows.slice(0, page);
  return {
    notifications: shown.map((row) => ({
      ...titleShown({ ...row, kind: row.kind as HappeningKind }),
      id: row.id,
      kind: row.kind as HappeningKind,
      flowId: row.flowId,
      count: row.count,
      newest: JSON.parse(row.details) as Told[],
      firstAt: row.firstAt.toISOString(),
      lastAt: row.lastAt.toISOString(),
      read: row.readAt !== null,
    })),
    unread,
    nextCursor: rows.length > page ? (shown.at(-1)?.id ?? null) : null,
  };
});

/** The title of a message, in English and to be said in any language. */
function titleShown(row: { kind: HappeningKind; title: string; subject: string | null; count: number }) {
  const words = titleOnRecord(row);
  return { title: row.title, ...(words && { said: words }) };
}

export const notificationRead = defineWrite(
  c.notification.read,
  (input) => ({ kind: 'notification', id: input.ids?.length === 1 ? (input.ids[0] ?? '') : '' }),
  async ({ tx, caller, services, afterCommit, audited }, input) => {
    const userId = userOf(caller).id;
    const { count } = await tx.notification.updateMany({
      where: { userId, readAt: null, ...(input.ids ? { id: { in: input.ids } } : {}) },
      data: { readAt: services.now() },
    });
    audited({ details: { count } });
    afterCommit(() => services.live.tell({ kind: 'notification', id: userId }));
    return {};
  },
);

export const notificationRules = defineRead(c.notification.rules, async ({ prisma, caller, services }) => {
  const user = userOf(caller);
  const rows = await prisma.notificationRule.findMany({
    where: { userId: user.id },
    orderBy: { createdAt: 'asc' },
    take: 500,
  });
  const flows = await prisma.flow.findMany({
    where: { id: { in: rows.flatMap((row) => row.flowId ?? []) } },
    select: { id: true, name: true },
  });
  const nameOf = new Map(flows.map((flow) => [flow.id, flow.name]));
  return {
    rules: rows.map((row) => ({
      id: row.id,
      flowId: row.flowId,
      flowName: row.flowId === null ? null : (nameOf.get(row.flowId) ?? null),
      kinds: parts<HappeningKind>(row.kinds),
      channels: parts<Channel>(row.channels),
      webhookUrl: row.webhookUrl,
    })),
    email: services.outlets.mail !== undefined,
    byDefault: user.role === 'owner' || user.role === 'admin' ? ('all' as const) : ('own' as const),
    sendings: await sendingsOf(services, user.id),
  };
});

function parts<T extends string>(text: string): T[] {
  return text === '' ? [] : (text.split(',') as T[]);
}

interface SendingRow {
  id: string;
  channel: Channel;
  kind: HappeningKind;
  title: string;
  subject: string | null;
  count: number;
  attempts: number;
  at: Date;
  sent_at: Date | null;
  gave_up_at: Date | null;
  last_error: string | null;
}

async function sendingsOf(services: Services, userId: string) {
  const { rows } = await services.store.pool.query<SendingRow>(
    `SELECT sending.id, sending.channel, message.kind, message.title, message.subject, message.count, sending.attempts, sending.sent_at, sending.gave_up_at,
       sending.last_error, coalesce(sending.sent_at, sending.gave_up_at, message.closed_at) AS at
     FROM (SELECT * FROM notification WHERE user_id = $1 AND closed_at IS NOT NULL ORDER BY last_at DESC LIMIT 100)
       AS message JOIN notification_sending AS sending ON sending.notification_id = message.id
     ORDER BY at DESC LIMIT ${sendingsShown}`,
    [userId],
  );
  return rows.map((row) => ({
    id: row.id,
    ...titleShown(row),
    channel: row.channel,
    state: row.sent_at ? ('sent' as const) : row.gave_up_at ? ('gave_up' as const) : ('waits' as const),
    attempts: row.attempts,
    at: row.at.toISOString(),
    error: row.last_error,
  }));
}

/** Two of the same rule made at once: the second waits here, and finds the first. */
async function lockRules(tx: Transaction, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "user" WHERE id = ${userId} FOR UPDATE`;
}

export const notificationSetRule = defineWrite(
  c.notification.setRule,
  ({ webhookUrl, ...input }, output) => ({
    kind: 'notification_rule',
    id: output?.ruleId ?? '',
    // An address may carry a key of its own: only its host is put on record.
    details: { ...input, webhook: webhookUrl === null ? null : new URL(webhookUrl).host },
  }),
  async ({ tx, caller, services, audited }, input) => {
    const userId = userOf(caller).id;
    const { flowId, webhookUrl } = input;
    if (input.channels.includes('webhook') && webhookUrl === null)
      throw new OperationError('INVALID', said('refused.webhookAddress'));
    if (flowId !== null) {
      const flow = await tx.flow.findUnique({ where: { id: flowId }, select: { name: true } });
      if (!flow) throw notFound('flow');
      audited({ name: flow.name });
    }
    await lockRules(tx, userId);
    const old = await tx.notificationRule.findFirst({ where: { userId, flowId } });
    const ruleId = old?.id ?? uuid();
    const makes = webhookUrl !== null && (input.newSecret || !old?.webhookCiphertext);
    const secret = makes ? `whsec_${randomBytes(24).toString('base64')}` : null;
    const data = {
      kinds: [...new Set(input.kinds)].join(','),
      channels: [...new Set(input.channels)].join(','),
      webhookUrl,
      ...(webhookUrl === null && { webhookCiphertext: null }),
      ...(secret !== null && { webhookCiphertext: services.secrets.seal(secret, ruleContext(ruleId)) }),
    };
    if (old) await tx.notificationRule.update({ where: { id: ruleId }, data });
    else await tx.notificationRule.create({ data: { id: ruleId, userId, flowId, ...data } });
    return { ruleId, secret };
  },
);

export const notificationRemoveRule = defineWrite(
  c.notification.removeRule,
  (input) => ({ kind: 'notification_rule', id: input.ruleId }),
  async ({ tx, caller }, input) => {
    const { count } = await tx.notificationRule.deleteMany({ where: { id: input.ruleId, userId: userOf(caller).id } });
    if (count === 0) throw notFound('rule');
    return {};
  },
);

export const notificationTest = defineWrite(
  c.notification.test,
  (input) => ({ kind: 'notification_rule', id: input.ruleId ?? '', details: { channel: input.channel } }),
  async ({ tx, caller, services, answerAfterCommit }, input) => {
    const user = userOf(caller);
    const { mail, webhook } = services.outlets;
    const at = services.now();
    const message: Message = {
      id: uuid(),
      kind: 'run_failed',
      flowId: null,
      title: inEnglish(said('told.test')),
      said: said('told.test'),
      count: 1,
      newest: [
        {
          runId: null,
          words: inEnglish(said('told.test.nothing')),
          said: said('told.test.nothing'),
          at: at.toISOString(),
        },
      ],
      firstAt: at,
      lastAt: at,
    };
    if (input.channel === 'email') {
      if (!mail) throw new OperationError('CONFLICT', said('refused.noMail'));
      const person = await tx.user.findUnique({ where: { id: user.id }, select: { language: true } });
      const to = { email: user.email, language: languageNamed(person?.language) };
      answerAfterCommit(() => tried(services, () => mail(to, message, message.id)));
    } else {
      const rule = await tx.notificationRule.findFirst({ where: { id: input.ruleId ?? uuid(), userId: user.id } });
      if (!rule?.webhookUrl || !rule.webhookCiphertext)
        throw new OperationError('CONFLICT', said('refused.ruleWithoutWebhook'));
      const target = {
        url: rule.webhookUrl,
        secret: services.secrets.open(rule.webhookCiphertext, ruleContext(rule.id)),
      };
      answerAfterCommit(() => tried(services, () => webhook(target, message, message.id)));
    }
    return { sent: false, error: null };
  },
);

async function tried(services: Services, send: () => Promise<void>): Promise<{ sent: boolean; error: string | null }> {
  try {
    await send();
    return { sent: true, error: null };
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error;
    return { sent: false, error: services.secrets.scrub(error.message) };
  }
}
