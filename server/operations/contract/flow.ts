import { runPriorities } from '@rondo/shared/runs/settings.ts';
import { z } from 'zod';
import { contract, documentLimit } from './contract.ts';
import { editCommand, id, jsonObject, name, nothing, problem, runState, slug, time } from './values.ts';

/** What a list draws of a step: the type of its node and, for a ToolNode, what its tool is. */
export const stepSign = z.object({ type: z.string(), tool: z.string() });

export const flowSummary = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  steps: z.number(),
  /** the first steps, for a picture */
  signs: z.array(stepSign),
  publishedNumber: z.number().nullable(),
  mcpTool: z.string().nullable(),
  draftSeq: z.number(),
  hasUnpublishedChanges: z.boolean(),
  lastRun: z.object({ id, state: runState, at: time }).nullable(),
  nextFireAt: time.nullable(),
  updatedAt: time,
  archivedAt: time.nullable(),
});
export type FlowSummary = z.infer<typeof flowSummary>;

const days = z.int().min(0).max(36_500).nullable();
export const retention = z.object({ valuesDays: days.optional(), journalDays: days.optional() });
/** FlowSettings of shared/runs/settings.ts, checked. */
export const flowSettings = z.object({
  limits: z
    .object({
      atOnce: z.int().min(1).max(100_000).optional(),
      key: z.string().trim().max(2000).optional(),
      atOncePerKey: z.int().min(1).max(100_000).optional(),
      perMinute: z.int().min(1).max(1_000_000).optional(),
    })
    .optional(),
  priority: z.enum(runPriorities).optional(),
  runTimeLimitSeconds: z.int().min(1).max(31_536_000).optional(),
  retention: retention.optional(),
  waitingLongSeconds: z.int().min(60).max(31_536_000).optional(),
});

const gesture = z.object({ label: z.string() }).nullable();
const description = z.string().max(2000, 'A description has at most 2,000 characters.');
const flowId = z.object({ flowId: id });

export const flowList = contract({
  name: 'flow.list',
  kind: 'read',
  access: 'flow.read',
  words: 'The flows of the workspace, the newest work first.',
  input: z.object({ search: z.string().max(200).optional(), archived: z.boolean().optional() }),
  output: z.object({ flows: z.array(flowSummary) }),
});
export const flowGet = contract({
  name: 'flow.get',
  kind: 'read',
  access: 'flow.read',
  words: 'One flow with its draft.',
  input: flowId,
  output: z.object({
    id,
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    text: z.string(),
    seq: z.number(),
    publishedNumber: z.number().nullable(),
    publishedHash: z.string().nullable(),
    mcpTool: z.string().nullable(),
    hasUnpublishedChanges: z.boolean(),
    paused: z.object({ at: time, byName: z.string() }).nullable(),
    settings: flowSettings,
    undo: gesture,
    redo: gesture,
    savedAt: time,
  }),
});
export const flowCreate = contract({
  name: 'flow.create',
  kind: 'write',
  access: 'flow.edit',
  words: 'Makes a flow: an empty one (start, end), or a copy of a sample.',
  input: z.object({ name, sample: slug.optional() }),
  output: flowId,
});
export const flowImport = contract({
  name: 'flow.import',
  kind: 'write',
  access: 'flow.edit',
  words: 'Makes a flow of an OAS document; it is kept byte for byte.',
  bodyLimit: documentLimit,
  input: z.object({ text: z.string(), fileName: z.string().max(400) }),
  output: z.object({ flowId: id, problems: z.array(problem) }),
});
export const flowExport = contract({
  name: 'flow.export',
  kind: 'read',
  access: 'flow.read',
  words: 'The OAS document of a version, or of the draft.',
  input: z.object({ flowId: id, version: z.int().min(1).optional() }),
  output: z.object({ fileName: z.string(), text: z.string() }),
});
export const flowEdit = contract({
  name: 'flow.edit',
  kind: 'write',
  access: 'flow.edit',
  words: 'Applies one gesture to the draft; commands of others since `baseSeq` come back.',
  bodyLimit: documentLimit,
  input: z.object({
    flowId: id,
    baseSeq: z.int().min(0),
    label: z.string().max(200),
    commands: z.array(editCommand).min(1).max(5000),
  }),
  output: z.object({
    seq: z.number(),
    missed: z.array(z.object({ seq: z.number(), commands: z.array(editCommandOut()), actorName: z.string() })),
    savedAt: time,
  }),
});
const undone = z.object({ seq: z.number(), text: z.string(), label: z.string(), undo: gesture, redo: gesture });
export const flowUndo = contract({
  name: 'flow.undo',
  kind: 'write',
  access: 'flow.edit',
  words: 'Takes back one’s own last gesture.',
  input: flowId,
  output: undone,
});
export const flowRedo = contract({
  name: 'flow.redo',
  kind: 'write',
  access: 'flow.edit',
  words: 'Makes one’s own last gesture again that was taken back.',
  input: flowId,
  output: undone,
});
export const flowRename = contract({
  name: 'flow.rename',
  kind: 'write',
  access: 'flow.edit',
  words: 'Gives a flow another name or description.',
  input: z.object({ flowId: id, name, description: description.optional() }),
  output: nothing,
});
export const flowDuplicate = contract({
  name: 'flow.duplicate',
  kind: 'write',
  access: 'flow.edit',
  words: 'Makes a new flow with the same draft.',
  input: flowId,
  output: flowId,
});
export const flowArchive = contract({
  name: 'flow.archive',
  kind: 'write',
  access: 'flow.edit',
  words: 'Puts a flow into the archive (its schedules rest) or takes it out.',
  input: z.object({ flowId: id, archived: z.boolean() }),
  output: nothing,
});
export const flowVersions = contract({
  name: 'flow.versions',
  kind: 'read',
  access: 'flow.read',
  words: 'The published versions, the newest first.',
  input: flowId,
  output: z.object({
    versions: z.array(
      z.object({
        number: z.number(),
        hash: z.string(),
        note: z.string(),
        publishedByName: z.string(),
        publishedAt: time,
      }),
    ),
  }),
});
export const flowVersion = contract({
  name: 'flow.version',
  kind: 'read',
  access: 'flow.read',
  words: 'The document of one version.',
  input: z.object({ flowId: id, number: z.int().min(1) }),
  output: z.object({ text: z.string(), hash: z.string() }),
});
export const flowPublish = contract({
  name: 'flow.publish',
  kind: 'write',
  access: 'flow.publish',
  words: 'Makes the draft the next version: immutable, named by its content’s hash.',
  input: z.object({
    flowId: id,
    baseSeq: z.int().min(0),
    note: z.string().max(2000).optional(),
    mcpTool: slug.nullable().optional(),
  }),
  output: z.object({ number: z.number(), hash: z.string() }),
});

/** Commands that come back were accepted before: undo makes some that nobody may send. */
function editCommandOut(): typeof editCommand {
  return z.unknown() as unknown as typeof editCommand;
}

export const flowPause = contract({
  name: 'flow.pause',
  kind: 'write',
  access: 'flow.publish',
  words: 'Pauses a flow: its runs finish the step under way and wait; new starts are queued.',
  input: flowId,
  output: nothing,
});
export const flowResume = contract({
  name: 'flow.resume',
  kind: 'write',
  access: 'flow.publish',
  words: 'Lets the runs of a flow go on.',
  input: flowId,
  output: nothing,
});
export const flowConfigure = contract({
  name: 'flow.configure',
  kind: 'write',
  access: 'flow.publish',
  words: 'Sets how runs of a flow are governed: limits, priority, time limit, retention.',
  input: z.object({ flowId: id, settings: flowSettings }),
  output: nothing,
});
export const flowCheckKey = contract({
  name: 'flow.checkKey',
  kind: 'read',
  access: 'flow.read',
  words: 'What the expression of a limit per key gives for some inputs.',
  input: z.object({ key: z.string().max(2000), inputs: jsonObject }),
  output: z.object({ key: z.string().nullable(), error: z.string().nullable() }),
});
