import { z } from 'zod';
import { contract } from './contract.ts';
import { flowSummary, stepSign } from './flow.ts';
import { must } from './inputWords.ts';
import { reviewSummary, runSummary } from './run.ts';
import { timetableShown } from './schedule.ts';
import { cursor, id, json, language, nextCursor, nothing, runState, said, time } from './values.ts';

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
  words: 'The names of the secrets, piece by piece; their values are never given out.',
  input: z.object({
    search: z.string().max(200).optional(),
    /** those that some flow or tool names, or none */
    used: z.enum(['yes', 'no']).optional(),
    /** those that this flow names */
    flowId: id.optional(),
    cursor,
    limit: z.int().min(1).max(500).optional(),
  }),
  output: z.object({
    secrets: z.array(
      z.object({
        id,
        name: z.string(),
        /** flows and tools that name it, counted up to 100 */
        uses: z.number(),
        createdAt: time,
        updatedAt: time,
      }),
    ),
    nextCursor,
  }),
});
export const secretSet = contract({
  name: 'secret.set',
  kind: 'write',
  access: 'secret.manage',
  words: 'Keeps a secret under a name, or replaces it.',
  input: z.object({
    name: z.string().regex(/^[A-Za-z0-9_.-]{1,100}$/, must('input.secretName')),
    value: z
      .string()
      .min(1, must('input.secretEmpty'))
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
  input: z.object({
    /** failures since then; default: the last day */
    since: time.optional(),
    /** of the samples */
    language,
  }),
  output: z.object({
    inboxOpen: z.number(),
    waiting: z.array(reviewSummary),
    /** with how many steps the flow that it runs has; null = its document is not there any more */
    running: z.array(runSummary.extend({ steps: z.number().nullable() })),
    /** flows of which runs failed, the latest first: how many of how many (counted up to 1,000), and the last of them */
    failing: z.array(
      z.object({
        flowId: id.nullable(),
        flowName: z.string(),
        failed: z.number(),
        runs: z.number(),
        runId: id,
        message: z.string(),
        said,
      }),
    ),
    /** `words`: when it fires, in words; what they are made of stands beside them */
    nextFires: z.array(
      z.object({ scheduleId: id, flowId: id, flowName: z.string(), at: time, words: z.string(), ...timetableShown }),
    ),
    recentFlows: z.array(flowSummary),
    /** of those flows: the states of the last runs, the newest last, and how many there were in a week (up to 1,000) */
    recentRuns: z.array(z.object({ flowId: id, states: z.array(runState), week: z.number() })),
    samples: z.array(
      z.object({ slug: z.string(), name: z.string(), description: z.string(), steps: z.array(stepSign) }),
    ),
  }),
});
