import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { z } from 'zod';
import { contract, documentLimit } from './contract.ts';
import { runFilter } from './runFilter.ts';
import { cursor, id, json, jsonObject, nextCursor, runError, runFailure, runState, time } from './values.ts';

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
  /** somebody paused this very run */
  paused: z.boolean(),
  /** the limits of its flow keep it from starting */
  gated: z.boolean(),
  /** retention leaves it alone */
  hold: z.boolean(),
  createdAt: time,
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
});
export type RunSummary = z.infer<typeof runSummary>;

const runLink = z.object({ runId: id, number: z.number(), flowName: z.string(), state: runState });

/** What keeps a queued run from going on. */
export const queuedWhy = z.object({
  why: z.enum([
    'run_paused',
    'flow_paused',
    'queue_paused',
    /** as many runs of the flow as are allowed have not ended */
    'at_once',
    /** the same, for its key */
    'at_once_per_key',
    'per_minute',
    /** an earlier run of the same schedule has not ended */
    'behind_origin',
    /** nothing but others before it */
    'turn',
  ]),
  /** runs that go before it */
  ahead: z.number(),
  limit: z.number().optional(),
  key: z.string().optional(),
  byName: z.string().optional(),
});

/** An event with its number in the journal. */
export type NumberedEvent = RunEvent & { seq: number };
const numberedEvent = z.unknown() as unknown as z.ZodType<NumberedEvent, NumberedEvent>;

const stepId = z.string().min(1).max(1000);
const givenSteps = z.record(
  z.string().max(2000),
  z.object({ outputs: jsonObject, branch: z.string().max(1000).optional() }),
);
/** PartialRun of shared/runs/partial.ts, checked. */
const partialRun = z.object({
  flow: stepId.optional(),
  from: stepId.optional(),
  inputs: jsonObject.optional(),
  before: givenSteps.optional(),
  to: stepId.optional(),
  given: givenSteps.optional(),
  test: z.object({ id: z.string().min(1).max(100), name: z.string().max(200) }).optional(),
});

export const runStart = contract({
  name: 'run.start',
  kind: 'write',
  access: 'run.start',
  words: 'Starts a run of the published version, of an older one, or of the draft; waits for its end if asked to.',
  keyHeader: 'key',
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
    /** only of the draft: a part of it is run, or steps are taken as given */
    partial: partialRun
      .extend({
        /** `before` as a former run of the flow has it, for these steps; what `before` itself says goes first */
        taken: z.object({ runId: id, steps: z.array(stepId).max(5000) }).optional(),
      })
      .optional(),
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
    ...runFilter.shape,
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
    error: runFailure.nullable(),
    nextSeq: z.number(),
    reviews: z.array(z.object({ id, title: z.string(), state: z.string() })),
    pausedByName: z.string().nullable(),
    /** why it is queued; null when it is not */
    queued: queuedWhy.nullable(),
    /** at its limit of time it fails */
    deadlineAt: time.nullable(),
    priority: z.number(),
    /** the run that it tries again, and those that try it again */
    retryOf: runLink.nullable(),
    retries: z.array(runLink),
    parent: runLink.nullable(),
    /** runs that its steps started, the newest first, 100 at most */
    children: z.array(runLink),
    valuesRemovedAt: time.nullable(),
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

export const runPause = contract({
  name: 'run.pause',
  kind: 'write',
  access: 'run.cancel',
  words: 'Pauses a run: the step under way is finished, the next one waits.',
  input: z.object({ runId: id }),
  output: z.object({ state: runState }),
});
export const runResume = contract({
  name: 'run.resume',
  kind: 'write',
  access: 'run.cancel',
  words: 'Lets a paused run go on.',
  input: z.object({ runId: id }),
  output: z.object({ state: runState }),
});
export const runRetry = contract({
  name: 'run.retry',
  kind: 'write',
  access: 'run.start',
  words: 'Tries a run again that has ended: a new run that takes over what was done before the step it begins with.',
  bodyLimit: documentLimit,
  input: z.object({
    runId: id,
    /** `failed` = the step that failed; a step's path; `start` = from the beginning */
    from: z.string().min(1).max(2000).default('failed'),
    /** with `start`: other inputs of the run; with a step: its inputs in place of what flows to it */
    inputs: jsonObject.optional(),
    /** the same key tries the same run again once only */
    key: z.string().min(1).max(200).optional(),
  }),
  output: z.object({ runId: id, number: z.number(), state: runState, link: z.string() }),
});
export const runHold = contract({
  name: 'run.hold',
  kind: 'write',
  access: 'run.cancel',
  words: 'Keeps a run from being removed by retention, or lets it go.',
  input: z.object({ runId: id, hold: z.boolean() }),
  output: z.object({}),
});

export const bulkKinds = ['retry', 'cancel', 'remove'] as const;
const bulkSummary = z.object({
  id,
  kind: z.enum(bulkKinds),
  filter: runFilter,
  total: z.number(),
  done: z.number(),
  failed: z.number(),
  state: z.enum(['working', 'done', 'stopped']),
  lastError: z.string().nullable(),
  actorName: z.string(),
  createdAt: time,
  finishedAt: time.nullable(),
});
export type BulkSummary = z.infer<typeof bulkSummary>;

export const bulkPreview = contract({
  name: 'bulk.preview',
  kind: 'read',
  access: 'run.read',
  words: 'How many runs a bulk action would meet, and how much a removal would take away.',
  input: z.object({ kind: z.enum(bulkKinds), filter: runFilter }),
  output: z.object({
    runs: z.number(),
    /** for `remove`: what goes with them */
    events: z.number().nullable(),
    bytes: z.number().nullable(),
    files: z.number().nullable(),
    /** runs that match and are left alone (held; not ended; not failed) */
    leftAlone: z.number(),
  }),
});
export const bulkStart = contract({
  name: 'bulk.start',
  kind: 'write',
  access: 'run.cancel',
  words: 'Tries again, cancels or removes all runs that match a filter, in the background.',
  input: z.object({
    kind: z.enum(bulkKinds),
    filter: runFilter,
    /** for `retry`: begin with the step that failed, or with the start */
    from: z.enum(['failed', 'start']).optional(),
  }),
  output: z.object({ bulkId: id, total: z.number() }),
});
export const bulkGet = contract({
  name: 'bulk.get',
  kind: 'read',
  access: 'run.read',
  words: 'How far a bulk action is.',
  input: z.object({ bulkId: id }),
  output: bulkSummary,
});
export const bulkList = contract({
  name: 'bulk.list',
  kind: 'read',
  access: 'run.read',
  words: 'The bulk actions, the newest first.',
  input: z.object({ working: z.boolean().optional() }),
  output: z.object({ bulks: z.array(bulkSummary) }),
});
export const bulkStop = contract({
  name: 'bulk.stop',
  kind: 'write',
  access: 'run.cancel',
  words: 'Stops a bulk action; what it has done stays done.',
  input: z.object({ bulkId: id }),
  output: z.object({}),
});

export const queueGet = contract({
  name: 'queue.get',
  kind: 'read',
  access: 'run.read',
  words: 'What waits in the queue, by flow, and whether it is paused.',
  input: z.object({
    /** flows whose name has this in it */
    search: z.string().max(200).optional(),
    /** flows with runs in this state */
    having: z.enum(['queued', 'gated', 'running', 'waiting']).optional(),
  }),
  output: z.object({
    paused: z.object({ at: time, byName: z.string() }).nullable(),
    /** queued and free to go */
    queued: z.number(),
    /** kept back by limits */
    gated: z.number(),
    running: z.number(),
    waiting: z.number(),
    oldestQueuedAt: time.nullable(),
    /** flows that match and are not shown */
    more: z.number(),
    /** the 100 busiest of those that match */
    flows: z.array(
      z.object({
        flowId: id.nullable(),
        flowName: z.string(),
        queued: z.number(),
        gated: z.number(),
        running: z.number(),
        waiting: z.number(),
        paused: z.boolean(),
      }),
    ),
  }),
});
export const queuePause = contract({
  name: 'queue.pause',
  kind: 'write',
  access: 'workers.manage',
  words: 'Pauses the whole queue: steps under way are finished, no other begins.',
  input: z.object({}),
  output: z.object({}),
});
export const queueResume = contract({
  name: 'queue.resume',
  kind: 'write',
  access: 'workers.manage',
  words: 'Lets the queue go on.',
  input: z.object({}),
  output: z.object({}),
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
  /** whom it is for, by e-mail address and by group; both empty = everyone who may decide */
  forPeople: z.array(z.string()),
  forGroups: z.array(z.string()),
  dueAt: time.nullable(),
});
export type ReviewSummary = z.infer<typeof reviewSummary>;

export const reviewList = contract({
  name: 'review.list',
  kind: 'read',
  access: 'run.read',
  words: 'The inbox, piece by piece: what waits for a person (the oldest first), or was decided (the newest first).',
  input: z.object({
    state: z.enum(['open', 'decided', 'all']),
    flowId: id.optional(),
    /** those that this person decided */
    decidedBy: z.string().max(200).optional(),
    /** asked before then */
    before: time.optional(),
    /** those that are for the caller: `me` = by whichever way, `mine` = by their address, `groups` = by a group */
    whose: z.enum(['me', 'mine', 'groups']).optional(),
    /** due before then */
    dueBefore: time.optional(),
    search: z.string().max(200).optional(),
    cursor,
    limit: z.int().min(1).max(500).optional(),
  }),
  /** `open`: how many wait for the caller */
  output: z.object({ reviews: z.array(reviewSummary), open: z.number(), nextCursor }),
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
    /** whether it is for the caller, or they stand in for those whom it is for */
    forCaller: z.enum(['yes', 'instead', 'no']),
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
