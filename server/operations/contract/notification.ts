import { z } from 'zod';
import { channels } from '../../notify/channels.ts';
import { happeningKinds } from '../../notify/happeningKinds.ts';
import { contract } from './contract.ts';
import { must } from './inputWords.ts';
import { cursor, id, nextCursor, nothing, said, time } from './values.ts';

const kind = z.enum(happeningKinds);
const channel = z.enum(channels);

const notification = z.object({
  id,
  kind,
  flowId: id.nullable(),
  title: z.string(),
  said,
  /** how many happenings it gathers */
  count: z.number(),
  /** the newest few of them, the newest first */
  newest: z.array(z.object({ runId: id.nullable(), words: z.string(), said, at: time })),
  firstAt: time,
  lastAt: time,
  read: z.boolean(),
});
export type NotificationShown = z.infer<typeof notification>;

/** What was sent by a way out of the app, and what came of it. */
const sending = z.object({
  id,
  channel,
  title: z.string(),
  said,
  state: z.enum(['waits', 'sent', 'gave_up']),
  attempts: z.number(),
  at: time,
  error: z.string().nullable(),
});

const rule = z.object({
  id,
  /** null = all flows that have no rule of their own */
  flowId: id.nullable(),
  flowName: z.string().nullable(),
  kinds: z.array(kind),
  channels: z.array(channel),
  webhookUrl: z.string().nullable(),
});

export const notificationList = contract({
  name: 'notification.list',
  kind: 'read',
  access: 'notification.own',
  words: 'What the caller was told in the app, the newest first, and how much of it is unread.',
  input: z.object({ cursor, unread: z.boolean().optional() }),
  output: z.object({ notifications: z.array(notification), unread: z.number(), nextCursor }),
});
export const notificationRead = contract({
  name: 'notification.read',
  kind: 'write',
  access: 'notification.own',
  words: 'Marks messages of the caller as read; without ids, all of them.',
  input: z.object({ ids: z.array(id).min(1).max(200).optional() }),
  output: nothing,
});
export const notificationRules = contract({
  name: 'notification.rules',
  kind: 'read',
  access: 'notification.own',
  words: 'What the caller is told of and how, and what was last sent to them outside of the app.',
  input: nothing,
  output: z.object({
    rules: z.array(rule),
    /** false: the server has no mail server, nothing goes out by e-mail */
    email: z.boolean(),
    /** what is told in the app where there is no rule: everything, or only of flows that the caller made */
    byDefault: z.enum(['all', 'own']),
    sendings: z.array(sending),
  }),
});
export const notificationSetRule = contract({
  name: 'notification.setRule',
  kind: 'write',
  access: 'notification.own',
  words: 'Says what the caller wants to be told of one flow, or of all others, and how.',
  input: z.object({
    flowId: id.nullable(),
    kinds: z.array(kind).max(10),
    channels: z.array(channel).max(10),
    webhookUrl: z
      .url({ protocol: /^https?$/, error: must('input.url') })
      .max(2000)
      .nullable()
      .default(null),
    /** makes a new secret for the webhook */
    newSecret: z.boolean().default(false),
  }),
  output: z.object({
    ruleId: id,
    /** what the webhook is signed with (Standard Webhooks); given once, when it is made */
    secret: z.string().nullable(),
  }),
});
export const notificationRemoveRule = contract({
  name: 'notification.removeRule',
  kind: 'write',
  access: 'notification.own',
  words: 'Takes a rule of the caller away.',
  input: z.object({ ruleId: id }),
  output: nothing,
});
export const notificationTest = contract({
  name: 'notification.test',
  kind: 'write',
  access: 'notification.own',
  words: 'Sends a message to try out a rule: by e-mail to the caller, or to the webhook of the rule.',
  input: z.object({ channel: z.enum(['email', 'webhook']), ruleId: id.optional() }),
  output: z.object({ sent: z.boolean(), error: z.string().nullable() }),
});
