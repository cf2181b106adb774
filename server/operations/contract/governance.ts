import { z } from 'zod';
import { contract } from './contract.ts';
import { flowSummary, stepSign } from './flow.ts';
import { reviewSummary, runSummary } from './run.ts';
import { cursor, id, json, nextCursor, nothing, time } from './values.ts';

export const auditList = contract({
  name: 'audit.list',
  kind: 'read',
  access: 'audit.read',
  words: 'Who did what, the newest first.',
  input: z.object({
    cursor,
    action: z.string().max(100).optional(),
    actorId: z.string().max(100).optional(),
    search: z.string().max(200).optional(),
    limit: z.int().min(1).max(200).optional(),
  }),
  output: z.object({
    rows: z.array(
      z.object({
        seq: z.number(),
        at: time,
        actorKind: z.string(),
        actorName: z.string(),
        action: z.string(),
        targetKind: z.string(),
        targetId: z.string(),
        targetName: z.string(),
        outcome: z.enum(['done', 'refused']),
        details: json,
        hash: z.string(),
      }),
    ),
    nextCursor,
  }),
});
export const auditVerify = contract({
  name: 'audit.verify',
  kind: 'read',
  access: 'audit.read',
  words: 'Walks the whole chain; names the first row that was changed, is missing or stands elsewhere.',
  input: nothing,
  output: z.object({
    ok: z.boolean(),
    checked: z.number(),
    firstBroken: z.object({ seq: z.number(), at: time, action: z.string(), reason: z.string() }).nullable(),
    headHash: z.string(),
  }),
});

export const secretList = contract({
  name: 'secret.list',
  kind: 'read',
  access: 'secret.manage',
  words: 'The names of the secrets; their values are never given out.',
  input: nothing,
  output: z.object({ secrets: z.array(z.object({ id, name: z.string(), createdAt: time, updatedAt: time })) }),
});
export const secretSet = contract({
  name: 'secret.set',
  kind: 'write',
  access: 'secret.manage',
  words: 'Keeps a secret under a name, or replaces it.',
  input: z.object({
    name: z.string().regex(/^[A-Za-z0-9_.-]{1,100}$/, 'Use letters, digits, “_”, “.” and “-”; at most 100 characters.'),
    value: z
      .string()
      .min(1, 'A secret cannot be empty.')
      .max(64 * 1024),
  }),
  output: z.object({ id }),
});
export const secretRemove = contract({
  name: 'secret.remove',
  kind: 'write',
  access: 'secret.manage',
  words: 'Forgets a secret.',
  input: z.object({ secretId: id }),
  output: nothing,
});

export const homeGet = contract({
  name: 'home.get',
  kind: 'read',
  access: 'workspace.read',
  words: 'What the first page shows.',
  input: nothing,
  output: z.object({
    inboxOpen: z.number(),
    waiting: z.array(reviewSummary),
    running: z.array(runSummary),
    failing: z.array(runSummary),
    nextFires: z.array(z.object({ scheduleId: id, flowId: id, flowName: z.string(), at: time })),
    recentFlows: z.array(flowSummary),
    samples: z.array(
      z.object({ slug: z.string(), name: z.string(), description: z.string(), steps: z.array(stepSign) }),
    ),
  }),
});
