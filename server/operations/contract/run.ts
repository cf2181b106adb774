import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { z } from 'zod';
import { contract, documentLimit } from './contract.ts';
import { cursor, id, json, jsonObject, nextCursor, runError, runState, time } from './values.ts';

export const runSummary = z.object({
  id,
  number: z.number(),
  flowId: id.nullable(),
  flowName: z.string(),
  versionNumber: z.number().nullable(),
  state: runState,
  waits: z.array(z.object({ for: z.string(), title: z.string().optional() })),
  actorName: z.string(),
  trigger: z.string(),
  stepsDone: z.number(),
  createdAt: time,
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
});
export type RunSummary = z.infer<typeof runSummary>;

/** An event with its number in the journal. */
export type NumberedEvent = RunEvent & { seq: number };
const numberedEvent = z.unknown() as unknown as z.ZodType<NumberedEvent, NumberedEvent>;

export const runStart = contract({
  name: 'run.start',
  kind: 'write',
  access: 'run.start',
  words: 'Starts a run of the published version, of an older one, or of the draft; waits for its end if asked to.',
  bodyLimit: documentLimit,
  input: z.object({
    /** id or slug */
    flowId: z.string().min(1).max(100),
    version: z.union([z.int().min(1), z.literal('draft')]).optional(),
    inputs: jsonObject,
    messages: z.array(z.string().max(100_000)).max(100).optional(),
    /** the same key for the same flow starts one run only */
    key: z.string().min(1).max(200).optional(),
    waitSeconds: z.number().min(0).max(60).optional(),
  }),
  output: z.object({
    runId: id,
    number: z.number(),
    state: runState,
    outputs: jsonObject.nullable(),
    error: runError.nullable(),
    waits: z.array(
      z.object({
        id: z.string(),
        for: z.string(),
        path: z.string(),
        title: z.string().optional(),
        reviewId: id.optional(),
      }),
    ),
    link: z.string(),
  }),
});
export const runList = contract({
  name: 'run.list',
  kind: 'read',
  access: 'run.read',
  words: 'Runs, the newest first.',
  input: z.object({
    flowId: id.optional(),
    state: runState.optional(),
    search: z.string().max(200).optional(),
    cursor,
    limit: z.int().min(1).max(200).optional(),
  }),
  output: z.object({ runs: z.array(runSummary), nextCursor }),
});
export const runGet = contract({
  name: 'run.get',
  kind: 'read',
  access: 'run.read',
  words: 'One run with the document that it runs.',
  input: z.object({ runId: id }),
  output: runSummary.extend({
    documentText: z.string(),
    inputs: jsonObject,
    outputs: jsonObject.nullable(),
    error: runError.nullable(),
    nextSeq: z.number(),
    reviews: z.array(z.object({ id, title: z.string(), state: z.string() })),
  }),
});
export const runEvents = contract({
  name: 'run.events',
  kind: 'read',
  access: 'run.read',
  words: 'The journal of a run from a number on.',
  input: z.object({ runId: id, after: z.int().min(0).optional() }),
  output: z.object({ events: z.array(numberedEvent), nextSeq: z.number(), state: runState }),
});
export const runCancel = contract({
  name: 'run.cancel',
  kind: 'write',
  access: 'run.cancel',
  words: 'Cancels a run that has not ended.',
  input: z.object({ runId: id }),
  output: z.object({ state: runState }),
});

export const reviewSummary = z.object({
  id,
  kind: z.enum(['review', 'message']),
  title: z.string(),
  flowId: id.nullable(),
  flowName: z.string(),
  runId: id,
  runNumber: z.number(),
  state: z.enum(['open', 'decided', 'withdrawn']),
  decision: z.string().nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: time.nullable(),
  createdAt: time,
});
export type ReviewSummary = z.infer<typeof reviewSummary>;

export const reviewList = contract({
  name: 'review.list',
  kind: 'read',
  access: 'run.read',
  words: 'The inbox: what waits for a person, or was decided.',
  input: z.object({
    state: z.enum(['open', 'decided', 'all']),
    flowId: id.optional(),
    search: z.string().max(200).optional(),
  }),
  output: z.object({ reviews: z.array(reviewSummary), open: z.number() }),
});
export const reviewGet = contract({
  name: 'review.get',
  kind: 'read',
  access: 'run.read',
  words: 'One review: its form, its values, and what the run did before.',
  input: z.object({ reviewId: id }),
  output: reviewSummary.extend({
    surface: z.array(json),
    arguments: jsonObject,
    formHash: z.string(),
    valuesHash: z.string(),
    outputs: json,
    answer: json.nullable(),
    startedByName: z.string(),
    trail: z.array(
      z.object({
        path: z.string(),
        name: z.string(),
        nodeType: z.string(),
        at: time,
        branch: z.string(),
        ms: z.number(),
      }),
    ),
  }),
});
export const reviewDecide = contract({
  name: 'review.decide',
  kind: 'write',
  access: 'review.decide',
  words: 'Decides a review. The hashes say which form and which values the person saw.',
  input: z.object({
    reviewId: id,
    formHash: z.string().max(100),
    valuesHash: z.string().max(100),
    decision: z.string().min(1).max(200),
    values: jsonObject,
  }),
  output: z.object({ runId: id, runState }),
});
