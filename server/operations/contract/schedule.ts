import { z } from 'zod';
import { contract } from './contract.ts';
import { cursor, id, jsonObject, name, nextCursor, nothing, time } from './values.ts';

const cron = z.string().trim().min(1).max(200);
const timeZone = z.string().min(1).max(100);
const fire = z.object({
  dueAt: time,
  doneAt: time,
  outcome: z.enum(['run', 'skipped', 'caught_up']),
  runId: id.nullable(),
  reason: z.string().nullable(),
});

export const scheduleSummary = z.object({
  id,
  flowId: id,
  flowName: z.string(),
  name: z.string(),
  cron: z.string(),
  timeZone: z.string(),
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
  words: 'The schedules, of one flow or of all.',
  input: z.object({ flowId: id.optional() }),
  output: z.object({ schedules: z.array(scheduleSummary) }),
});
export const schedulePreview = contract({
  name: 'schedule.preview',
  kind: 'read',
  access: 'flow.read',
  words: 'A cron expression in words, with its next five fires.',
  input: z.object({ cron, timeZone }),
  output: z.object({ words: z.string(), nextFires: z.array(time) }),
});
export const scheduleCreate = contract({
  name: 'schedule.create',
  kind: 'write',
  access: 'schedule.edit',
  words: 'Puts a published flow on a schedule.',
  input: z.object({ flowId: id, name: name.optional(), cron, timeZone, inputs: jsonObject }),
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
    cron: cron.optional(),
    timeZone: timeZone.optional(),
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
export const scheduleFires = contract({
  name: 'schedule.fires',
  kind: 'read',
  access: 'flow.read',
  words: 'The ledger: every fire of a schedule, the newest first.',
  input: z.object({ scheduleId: id, cursor }),
  output: z.object({ fires: z.array(fire), nextCursor }),
});
