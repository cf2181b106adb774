import { runPriorities } from '@rondo/shared/runs/settings.ts';
import { z } from 'zod';
import { must } from './inputWords.ts';

const days = z.int().min(0).max(36_500).nullable();
const retention = z.object({ valuesDays: days.optional(), journalDays: days.optional() });
/** Who alone may run a flow: addresses in small letters, and names of groups. Both empty: everyone whose role lets them. */
export const runners = z.object({
  people: z.array(z.email(must('input.email')).max(320).toLowerCase()).max(200),
  groups: z.array(z.string().trim().min(1).max(100)).max(200),
});
/** FlowSettings of shared/runs/settings.ts, checked. */
export const flowSettings = z.object({
  runners: runners.optional(),
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
