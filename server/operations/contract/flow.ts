import { z } from 'zod';
import { contract, documentLimit } from './contract.ts';
import { flowSettings, runners } from './flowSettings.ts';
import { must } from './inputWords.ts';
import {
  cursor,
  editCommand,
  id,
  jsonObject,
  language,
  name,
  nextCursor,
  nothing,
  problem,
  runState,
  slug,
  time,
} from './values.ts';

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
  folder: z.object({ id, name: z.string() }).nullable(),
  /** who made it; null where that was the system */
  ownerName: z.string().nullable(),
  createdAt: time,
  updatedAt: time,
  /** who alone may run it, beside owners and admins; null = everyone whose role lets them */
  runners: z.object({ people: z.array(z.string()), groups: z.array(z.string()) }).nullable(),
  archivedAt: time.nullable(),
  removedAt: time.nullable(),
});
export type FlowSummary = z.infer<typeof flowSummary>;

/** Which flows a list shows, in which order. All that is given must hold. */
export const flowListInput = z.object({
  search: z.string().max(200).optional(),
  /** the same as `show: archived` */
  archived: z.boolean().optional(),
  /** those in use (default), in the archive, or deleted */
  show: z.enum(['active', 'archived', 'removed']).optional(),
  /** `none` = those in no folder */
  folderId: z.union([id, z.literal('none')]).optional(),
  /** how its last run stands */
  lastRun: z.union([runState, z.literal('never')]).optional(),
  published: z.enum(['yes', 'no']).optional(),
  /** id of the person who made it */
  createdBy: z.string().max(200).optional(),
  sort: z.enum(['changed', 'name']).optional(),
  cursor,
  limit: z.int().min(1).max(500).optional(),
});
export type FlowListInput = z.infer<typeof flowListInput>;

const gesture = z.object({ label: z.string() }).nullable();
/** The sender's own id of a gesture: sent again, because the answer was lost, it is not made twice. */
const gestureId = id.optional();
const description = z.string().max(2000, must('input.description'));
const flowId = z.object({ flowId: id });

export const flowList = contract({
  name: 'flow.list',
  kind: 'read',
  access: 'flow.read',
  words: 'The flows of the workspace, the newest work first, piece by piece.',
  input: flowListInput,
  output: z.object({ flows: z.array(flowSummary), nextCursor }),
});
export const flowNames = contract({
  name: 'flow.names',
  kind: 'read',
  access: 'flow.read',
  words: 'Names of flows, for a field in which one is chosen.',
  input: z.object({
    search: z.string().max(200).optional(),
    /** these too, wherever they are */
    flowIds: z.array(id).max(200).optional(),
    slugs: z.array(z.string().max(200)).max(200).optional(),
    /** only those that can be started */
    published: z.boolean().optional(),
    /** but for these */
    without: z.array(id).max(500).optional(),
    limit: z.int().min(1).max(200).optional(),
  }),
  output: z.object({
    flows: z.array(
      z.object({
        id,
        name: z.string(),
        slug: z.string(),
        publishedNumber: z.number().nullable(),
        archived: z.boolean(),
      }),
    ),
  }),
});
export const flowArrange = contract({
  name: 'flow.arrange',
  kind: 'write',
  access: 'flow.edit',
  words: 'Does something to many flows at once: into a folder, into the archive, deleted, or back.',
  input: z.object({
    flowIds: z.array(id).min(1).max(200),
    /** null = out of its folder */
    folderId: id.nullable().optional(),
    archived: z.boolean().optional(),
    removed: z.boolean().optional(),
  }),
  output: z.object({ flows: z.number() }),
});

const flowStateOut = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  seq: z.number(),
  publishedNumber: z.number().nullable(),
  publishedHash: z.string().nullable(),
  mcpTool: z.string().nullable(),
  hasUnpublishedChanges: z.boolean(),
  paused: z.object({ at: time, byName: z.string() }).nullable(),
  settings: flowSettings,
  /** whether the caller may run what is published */
  mayRun: z.boolean(),
  undo: gesture,
  redo: gesture,
  savedAt: time,
});
export const flowGet = contract({
  name: 'flow.get',
  kind: 'read',
  access: 'flow.read',
  words: 'One flow with its draft.',
  input: flowId,
  output: flowStateOut.extend({ text: z.string() }),
});
export const flowState = contract({
  name: 'flow.state',
  kind: 'read',
  access: 'flow.read',
  words: 'One flow without its draft: how far the draft is, what is published, how it may run.',
  input: flowId,
  output: flowStateOut,
});
export const flowCreate = contract({
  name: 'flow.create',
  kind: 'write',
  access: 'flow.edit',
  words: 'Makes a flow: an empty one (start, end), or a copy of a sample.',
  input: z.object({
    name,
    sample: slug.optional(),
    /** of the sample */
    language,
    /** names of the first and the last step of an empty flow; default: in English */
    steps: z.object({ start: name, end: name }).optional(),
  }),
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
    gesture: gestureId,
  }),
  output: z.object({
    seq: z.number(),
    missed: z.array(z.object({ seq: z.number(), commands: z.array(editCommandOut()), actorName: z.string() })),
    savedAt: time,
  }),
});
const stepBack = z.object({
  flowId: id,
  gesture: gestureId,
  /** the state that the caller has; where it is the newest, the answer is the commands that lead on from there */
  baseSeq: z.int().min(0).optional(),
});
const undone = z.object({
  seq: z.number(),
  /** the draft now; null where `commands` tell it */
  text: z.string().nullable(),
  commands: z.array(editCommandOut()).nullable(),
  label: z.string(),
  undo: gesture,
  redo: gesture,
});
export const flowUndo = contract({
  name: 'flow.undo',
  kind: 'write',
  access: 'flow.edit',
  words: 'Takes back one’s own last gesture.',
  input: stepBack,
  output: undone,
});
export const flowRedo = contract({
  name: 'flow.redo',
  kind: 'write',
  access: 'flow.edit',
  words: 'Makes one’s own last gesture again that was taken back.',
  input: stepBack,
  output: undone,
});
export const flowHistory = contract({
  name: 'flow.history',
  kind: 'read',
  access: 'flow.read',
  words: 'The gestures that made the draft, the newest first; with their commands, if wanted.',
  input: z.object({
    flowId: id,
    /** only gestures after this number */
    after: z.int().min(0).optional(),
    /** only gestures before this number */
    before: z.int().min(1).optional(),
    limit: z.int().min(1).max(5000).optional(),
    commands: z.boolean().optional(),
  }),
  output: z.object({
    edits: z.array(
      z.object({
        seq: z.number(),
        at: time,
        actorName: z.string(),
        mine: z.boolean(),
        label: z.string(),
        kind: z.enum(['edit', 'undo', 'redo']),
        /** of undo and redo: the gesture that was taken back or made again */
        of: z.number().nullable(),
        gesture: id.nullable(),
        commands: z.array(editCommandOut()).optional(),
        /** what takes the gesture back */
        inverse: z.array(editCommandOut()).optional(),
      }),
    ),
    more: z.boolean(),
  }),
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
    /** who alone may run it from now on; both empty = everyone whose role lets them; absent = as before */
    runners: runners.optional(),
    /** although pinned tests have not passed on this draft; for admins only, and said in the audit and the note */
    anyway: z.boolean().optional(),
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
