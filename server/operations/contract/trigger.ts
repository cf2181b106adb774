import { terminalStates } from '@rondo/shared/runs/states.ts';
import { z } from 'zod';
import { contract, documentLimit } from './contract.ts';
import { must } from './inputWords.ts';
import { cursor, id, json, jsonObject, name, nextCursor, nothing, said, time } from './values.ts';

// ---- webhooks --------------------------------------------------------------------------------------------------------

const headerName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9!#$%&'*+.^_`|~-]{1,100}$/, must('input.header'));
const expression = z.string().max(20_000);

/** How a sender signs with a secret that both know. */
const hmac = z.object({
  header: headerName.default('x-signature'),
  /** stands before the signature in the header: `sha256=` */
  prefix: z.string().max(50).default(''),
  encoding: z.enum(['hex', 'base64']).default('hex'),
  algorithm: z.enum(['sha256', 'sha512']).default('sha256'),
  /** holds the time of sending: seconds or milliseconds since 1970, or ISO 8601; empty = the sender tells no time */
  timestampHeader: z.union([headerName, z.literal('')]).default(''),
  /** what is signed; `{body}` and `{timestamp}` stand for themselves */
  signed: z.string().max(200).default('{body}'),
});

const methods = z
  .array(z.string().trim().toUpperCase())
  .min(1, must('input.method'))
  .superRefine((list, context) => {
    for (const method of list) {
      if (['GET', 'HEAD', 'OPTIONS'].includes(method))
        context.addIssue({
          code: 'custom',
          message: `${method} cannot start a run: browsers, link previews and caches send it on their own. Use POST.`,
        });
      else if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(method))
        context.addIssue({ code: 'custom', message: `“${method}” is no method that a webhook can take.` });
    }
  });

/** How a webhook checks and reads what it is sent, and how it answers. What is not given has its default. */
export const webhookConfig = z
  .object({
    methods: methods.default(['POST']),
    contentTypes: z
      .array(z.enum(['json', 'form', 'text']))
      .min(1)
      .default(['json', 'form', 'text']),
    maxBytes: z
      .int()
      .min(1)
      .max(documentLimit)
      .default(1024 * 1024),
    hmac: hmac.prefault({}),
    /** a signed call that is older, and a second call that is alike, are refused or seen as the first one; 0 = neither */
    replaySeconds: z.int().min(0).max(86_400).default(300),
    /** the header that names a delivery; a second one of the same name is the same run */
    idHeader: z.union([headerName, z.literal('')]).default('idempotency-key'),
    /** addresses and ranges (CIDR) that may call; none = all */
    allowedIps: z.array(z.string().trim().min(1).max(60)).max(200).default([]),
    perMinute: z.int().min(1).max(100_000).default(600),
    /** JSON Schema of the body */
    bodySchema: jsonObject.nullable().default(null),
    inputs: z
      .discriminatedUnion('by', [
        /** keys of the body go to the inputs of the same name; what the flow does not ask for is left */
        z.object({ by: z.literal('names') }),
        /** the whole body goes to one input */
        z.object({ by: z.literal('body'), input: z.string().min(1).max(200) }),
        /** JSONata over `body`, `headers`, `query`, `method` gives the inputs */
        z.object({ by: z.literal('formula'), formula: expression.min(1) }),
      ])
      .default({ by: 'names' }),
    answer: z
      .discriminatedUnion('when', [
        z.object({ when: z.literal('at_once') }),
        z.object({ when: z.literal('finished'), seconds: z.int().min(1).max(60) }),
      ])
      .default({ when: 'at_once' }),
  })
  .superRefine((config, context) => {
    if (config.hmac.timestampHeader !== '' && !config.hmac.signed.includes('{timestamp}'))
      context.addIssue({
        code: 'custom',
        path: ['hmac', 'signed'],
        message: must('input.signedTime', { time: '{timestamp}', example: '{timestamp}.{body}' }),
      });
    if (!config.hmac.signed.includes('{body}'))
      context.addIssue({
        code: 'custom',
        path: ['hmac', 'signed'],
        message: must('input.signedBody'),
      });
  });
export type WebhookConfig = z.output<typeof webhookConfig>;

const verify = z.enum(['none', 'hmac', 'standard']);
export type WebhookVerify = z.infer<typeof verify>;
const secret = z.string().min(8, must('input.secretShort')).max(500).optional();

const webhookSummary = z.object({
  id,
  flowId: id,
  name: z.string(),
  address: z.string(),
  enabled: z.boolean(),
  verify,
  /** until when the secret before the last rotation is taken */
  oldSecretUntil: time.nullable(),
  config: webhookConfig,
  dropped: z.number(),
  createdAt: time,
  last: z.object({ at: time, outcome: z.string() }).nullable(),
  refusedToday: z.number(),
});

export const webhookList = contract({
  name: 'webhook.list',
  kind: 'read',
  access: 'trigger.edit',
  words: 'The webhooks of a flow. Whoever knows an address may be able to start runs.',
  input: z.object({ flowId: id }),
  output: z.object({ webhooks: z.array(webhookSummary) }),
});
export const webhookCreate = contract({
  name: 'webhook.create',
  kind: 'write',
  access: 'trigger.edit',
  words: 'Makes an address that starts a flow; its secret is shown this once.',
  input: z.object({
    flowId: id,
    name,
    verify: verify.default('standard'),
    /** where the sender gives the secret; else one is made */
    secret,
    config: webhookConfig.prefault({}),
  }),
  output: z.object({ webhookId: id, address: z.string(), secret: z.string().nullable() }),
});
export const webhookUpdate = contract({
  name: 'webhook.update',
  kind: 'write',
  access: 'trigger.edit',
  words: 'Changes a webhook, or turns it off or on.',
  input: z.object({
    webhookId: id,
    name: name.optional(),
    enabled: z.boolean().optional(),
    config: webhookConfig.optional(),
  }),
  output: nothing,
});
export const webhookRotate = contract({
  name: 'webhook.rotate',
  kind: 'write',
  access: 'trigger.edit',
  words: 'Gives a webhook a new secret, shown this once; the old one is taken for a while.',
  input: z.object({ webhookId: id, secret, graceHours: z.number().min(0).max(720).default(24) }),
  output: z.object({ secret: z.string(), oldSecretUntil: time.nullable() }),
});
export const webhookRemove = contract({
  name: 'webhook.remove',
  kind: 'write',
  access: 'trigger.edit',
  words: 'Removes a webhook and the record of its calls; its runs stay.',
  input: z.object({ webhookId: id }),
  output: nothing,
});

const delivery = z.object({
  id,
  at: time,
  method: z.string(),
  ip: z.string(),
  deliveryKey: z.string().nullable(),
  outcome: z.enum(['accepted', 'duplicate', 'refused', 'again']),
  reason: z.string().nullable(),
  said,
  runId: id.nullable(),
  againOf: id.nullable(),
  bytes: z.number(),
});
export const webhookDeliveries = contract({
  name: 'webhook.deliveries',
  kind: 'read',
  access: 'trigger.edit',
  words: 'The calls of a webhook and what came of them, the newest first.',
  input: z.object({ webhookId: id, outcome: z.enum(['accepted', 'duplicate', 'refused']).optional(), cursor }),
  output: z.object({ deliveries: z.array(delivery), nextCursor }),
});
export const webhookDelivery = contract({
  name: 'webhook.delivery',
  kind: 'read',
  access: 'trigger.edit',
  words: 'One call of a webhook with what was sent; credentials are left out.',
  input: z.object({ deliveryId: id }),
  output: delivery.extend({
    headers: z.record(z.string(), z.string()),
    query: z.string(),
    /** as text; null when it was not kept */
    body: z.string().nullable(),
  }),
});
export const webhookResend = contract({
  name: 'webhook.resend',
  kind: 'write',
  access: 'webhook.resend',
  words: 'Sends a refused call again: all is checked but its signature and age, for which the admin vouches.',
  input: z.object({ deliveryId: id }),
  output: z.object({
    deliveryId: id,
    outcome: z.enum(['accepted', 'duplicate', 'refused', 'again']),
    reason: z.string().nullable(),
    said,
    runId: id.nullable(),
  }),
});

// ---- start forms -----------------------------------------------------------------------------------------------------

export const startFormList = contract({
  name: 'startForm.list',
  kind: 'read',
  access: 'trigger.edit',
  words: 'The links to pages on which a flow can be started.',
  input: z.object({ flowId: id }),
  output: z.object({
    forms: z.array(
      z.object({
        id,
        title: z.string(),
        intro: z.string(),
        link: z.string(),
        signIn: z.boolean(),
        expiresAt: time.nullable(),
        revokedAt: time.nullable(),
        used: z.number(),
        createdAt: time,
      }),
    ),
  }),
});
export const startFormCreate = contract({
  name: 'startForm.create',
  kind: 'write',
  access: 'trigger.edit',
  words: 'Makes a link to a page on which somebody starts a published flow.',
  input: z.object({
    flowId: id,
    title: name,
    intro: z.string().max(2000).default(''),
    /** true: only people of the workspace */
    signIn: z.boolean().default(false),
    expiresAt: time.nullable().default(null),
  }),
  output: z.object({ formId: id, link: z.string() }),
});
export const startFormRevoke = contract({
  name: 'startForm.revoke',
  kind: 'write',
  access: 'trigger.edit',
  words: 'Takes a link back: its page starts nothing any more.',
  input: z.object({ formId: id }),
  output: nothing,
});
const token = z.string().min(1).max(100);
export const startFormLook = contract({
  name: 'startForm.look',
  kind: 'read',
  access: 'public',
  words: 'The page behind a link: what it asks for.',
  input: z.object({ token }),
  output: z.object({ title: z.string(), intro: z.string(), signIn: z.boolean(), inputs: z.array(jsonObject) }),
});
export const startFormSubmit = contract({
  name: 'startForm.submit',
  kind: 'write',
  access: 'public',
  words: 'Starts a run from the page behind a link; the same key starts one run only.',
  bodyLimit: documentLimit,
  input: z.object({ token, inputs: jsonObject, key: z.string().min(8).max(100) }),
  output: z.object({
    /** what people can name when they ask about it */
    reference: z.string(),
    /** false: it had been sent before */
    created: z.boolean(),
  }),
});

// ---- when another flow ends ------------------------------------------------------------------------------------------

const linkFields = {
  states: z.array(z.enum(terminalStates)).min(1, must('input.states')),
  /** JSONata over `inputs`, `outputs`, `error`, `run`; empty = always */
  filter: expression,
  /** JSONata that gives the inputs; empty = the outputs by name */
  mapping: expression,
  enabled: z.boolean(),
};
const linkFire = z.object({
  sourceRunId: id,
  sourceNumber: z.number().nullable(),
  at: time,
  outcome: z.enum(['run', 'skipped']),
  reason: z.string().nullable(),
  said,
  runId: id.nullable(),
});

export const flowLinkList = contract({
  name: 'flowLink.list',
  kind: 'read',
  access: 'flow.read',
  words: 'The links that start a flow when another one ends, and those that it starts others by.',
  input: z.object({ flowId: id }),
  output: z.object({
    links: z.array(
      z.object({
        id,
        sourceFlowId: id,
        sourceName: z.string(),
        targetFlowId: id,
        targetName: z.string(),
        ...linkFields,
        createdAt: time,
        lastFire: linkFire.nullable(),
      }),
    ),
  }),
});
export const flowLinkCreate = contract({
  name: 'flowLink.create',
  kind: 'write',
  access: 'flow.edit',
  words: 'Starts a flow whenever a run of another one ends.',
  input: z.object({
    sourceFlowId: id,
    targetFlowId: id,
    states: linkFields.states.default(['succeeded']),
    filter: expression.default(''),
    mapping: expression.default(''),
  }),
  output: z.object({ linkId: id }),
});
export const flowLinkUpdate = contract({
  name: 'flowLink.update',
  kind: 'write',
  access: 'flow.edit',
  words: 'Changes a link between two flows, or turns it off or on.',
  input: z.object({
    linkId: id,
    states: linkFields.states.optional(),
    filter: expression.optional(),
    mapping: expression.optional(),
    enabled: z.boolean().optional(),
  }),
  output: nothing,
});
export const flowLinkRemove = contract({
  name: 'flowLink.remove',
  kind: 'write',
  access: 'flow.edit',
  words: 'Removes a link between two flows and the record of what it did; its runs stay.',
  input: z.object({ linkId: id }),
  output: nothing,
});
export const flowLinkFires = contract({
  name: 'flowLink.fires',
  kind: 'read',
  access: 'flow.read',
  words: 'What a link did for each run that ended, the newest first.',
  input: z.object({ linkId: id, cursor }),
  output: z.object({ fires: z.array(linkFire), nextCursor }),
});

// ---- named events ----------------------------------------------------------------------------------------------------

/** A database cannot keep the character NUL. */
const eventWord = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => !text.includes('\0'), must('input.character'));

export const eventSend = contract({
  name: 'event.send',
  kind: 'write',
  access: 'event.send',
  words: 'Sends a named event: runs that wait for it go on; for a while, others that began before may still take it.',
  input: z.object({
    name: eventWord(200).min(1, must('input.event')),
    /** tells events of one name apart, like the number of an order */
    key: eventWord(200).default(''),
    payload: json.default(null),
    /** the sender's own id: the same one sent twice is one event */
    id: eventWord(200).min(1).optional(),
    /** how long runs may take it; default 7 days */
    keepSeconds: z
      .int()
      .min(1)
      .max(90 * 86_400)
      .optional(),
  }),
  output: z.object({
    eventId: id,
    /** false: it had been sent before, and nothing was done */
    created: z.boolean(),
    /** runs that went on because of it */
    runs: z.array(id),
  }),
});
