import { timetableKinds } from '@rondo/shared/runs/timetable/timetable.ts';
import { z } from 'zod';
import { contract } from './contract.ts';
import { must } from './inputWords.ts';
import { cursor, id, jsonObject, name, nextCursor, nothing, time } from './values.ts';

const cron = z.string().trim().max(200);
const timeZone = z.string().min(1).max(100);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, must('input.day'));
const fire = z.object({
  dueAt: time,
  doneAt: time,
  outcome: z.enum(['run', 'skipped', 'caught_up']),
  /** `manual`: somebody said “run now” */
  kind: z.enum(['due', 'manual']),
  runId: id.nullable(),
  reason: z.string().nullable(),
});

export const overlaps = ['run', 'skip', 'queue', 'stop'] as const;
export const missedPolicies = ['none', 'latest', 'all'] as const;

/** When it fires: what is not given has the default beside it. */
const timetable = {
  /** default cron */
  kind: z.enum(timetableKinds).optional(),
  /** five fields, for kind `cron` */
  cron: cron.optional(),
  /** for kind `every` */
  everySeconds: z.int().min(1).max(31_536_000).optional(),
  /** the moment of kind `once`; the first of kind `every`, default now */
  anchorAt: time.optional(),
  timeZone,
  firstDay: day.nullable().optional(),
  lastDay: day.nullable().optional(),
};
/** How its fires are made. */
const policy = {
  /** default 0 */
  jitterSeconds: z.int().min(0).max(86_400).optional(),
  /** while an earlier run of it has not ended; default run */
  overlap: z.enum(overlaps).optional(),
  /** fires that were due while no server was there; default latest */
  missed: z.enum(missedPolicies).optional(),
  missedMost: z.int().min(1).max(1000).optional(),
};

/** When it fires, as it is shown. */
export const timetableShown = {
  kind: z.enum(timetableKinds),
  cron: z.string(),
  everySeconds: z.number().nullable(),
  anchorAt: time.nullable(),
  timeZone: z.string(),
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
};

export const scheduleSummary = z.object({
  id,
  flowId: id,
  flowName: z.string(),
  name: z.string(),
  ...timetableShown,
  jitterSeconds: z.number(),
  overlap: z.enum(overlaps),
  missed: z.enum(missedPolicies),
  missedMost: z.number(),
  inputs: jsonObject,
  enabled: z.boolean(),
  words: z.string(),
  nextFires: z.array(time),
  lastFire: fire.nullable(),
});

export const scheduleList = contract({
  name: 'schedule.list',
  kind: 'read',
  access: 'flow.read',
  words: 'The schedules, of one flow or of all, piece by piece, the oldest first.',
  input: z.object({
    flowId: id.optional(),
    /** a part of its name, or of its flow's */
    search: z.string().max(200).optional(),
    enabled: z.boolean().optional(),
    /** what came of its last fire; `failed`: the run that it started failed */
    last: z.enum(['run', 'caught_up', 'skipped', 'failed', 'never']).optional(),
    cursor,
    limit: z.int().min(1).max(500).optional(),
  }),
  output: z.object({ schedules: z.array(scheduleSummary), nextCursor }),
});
export const schedulePreview = contract({
  name: 'schedule.preview',
  kind: 'read',
  access: 'flow.read',
  words: 'When a schedule fires, in words, with its next five fires.',
  input: z.object(timetable),
  output: z.object({ words: z.string(), nextFires: z.array(time) }),
});
export const scheduleCreate = contract({
  name: 'schedule.create',
  kind: 'write',
  access: 'schedule.edit',
  words: 'Puts a published flow on a schedule.',
  input: z.object({ flowId: id, name: name.optional(), ...timetable, ...policy, inputs: jsonObject }),
  output: z.object({ scheduleId: id }),
});
export const scheduleUpdate = contract({
  name: 'schedule.update',
  kind: 'write',
  access: 'schedule.edit',
  words: 'Changes a schedule, or turns it off or on.',
  input: z.object({
    scheduleId: id,
    name: name.optional(),
    ...timetable,
    timeZone: timeZone.optional(),
    ...policy,
    inputs: jsonObject.optional(),
    enabled: z.boolean().optional(),
  }),
  output: nothing,
});
export const scheduleRemove = contract({
  name: 'schedule.remove',
  kind: 'write',
  access: 'schedule.edit',
  words: 'Removes a schedule and its ledger of fires.',
  input: z.object({ scheduleId: id }),
  output: nothing,
});
export const scheduleFire = contract({
  name: 'schedule.fire',
  kind: 'write',
  access: 'schedule.edit',
  words: 'Runs a schedule now, whatever its time; the ledger says who did.',
  input: z.object({ scheduleId: id }),
  output: z.object({ runId: id }),
});
export const scheduleFires = contract({
  name: 'schedule.fires',
  kind: 'read',
  access: 'flow.read',
  words: 'The ledger: every fire of a schedule, the newest first.',
  input: z.object({ scheduleId: id, cursor }),
  output: z.object({ fires: z.array(fire), nextCursor }),
});

const health = z.object({
  id,
  name: z.string(),
  flowId: id,
  flowName: z.string(),
  /** ended: it never fires again; late: a fire is due and not made; failing: its last run failed */
  state: z.enum(['fine', 'late', 'failing', 'skipping', 'paused', 'ended']),
  nextFireAt: time.nullable(),
  lastFire: fire.nullable(),
  lastRunState: z.string().nullable(),
  /** of the last seven days */
  fires: z.number(),
  skipped: z.number(),
  caughtUp: z.number(),
  /** the longest that a fire of them came after it was due */
  lagSeconds: z.number().nullable(),
});
export type ScheduleHealth = z.infer<typeof health>;

export const scheduleHealth = contract({
  name: 'schedule.health',
  kind: 'read',
  access: 'flow.read',
  words: 'How all schedules do: what is due, late, skipped or failing, over the last seven days.',
  input: z.object({}),
  output: z.object({ schedules: z.array(health) }),
});
/** Fires of a stretch of time. */
const counts = {
  /** of the ledger */
  run: z.number(),
  skipped: z.number(),
  caughtUp: z.number(),
  /** still to come */
  planned: z.number(),
};

export const scheduleCalendar = contract({
  name: 'schedule.calendar',
  kind: 'read',
  access: 'flow.read',
  words:
    'How often schedules fired, and will fire, on each day of at most 62 (in a time zone); by the hour too where they are at most seven.',
  input: z.object({ from: day, to: day, timeZone }),
  output: z.object({
    days: z.array(z.object({ day: z.string(), ...counts })),
    /** of the days, where at most seven are asked for */
    hours: z.array(z.object({ at: time, ...counts })),
  }),
});
