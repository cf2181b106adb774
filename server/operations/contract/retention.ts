import { z } from 'zod';
import { contract } from './contract.ts';
import { id, nothing } from './values.ts';

const days = z.int().min(1).max(36_500).nullable().optional();
/** Retention of shared/runs/settings.ts, checked. */
const retention = z.object({ valuesDays: days, journalDays: days });

const removal = z.object({ runs: z.number(), events: z.number(), bytes: z.number(), files: z.number() });

export const retentionGet = contract({
  name: 'retention.get',
  kind: 'read',
  access: 'workspace.read',
  words: 'How long values and journals of ended runs are kept where their flow says nothing else.',
  input: nothing,
  output: z.object({ retention }),
});
export const retentionSet = contract({
  name: 'retention.set',
  kind: 'write',
  access: 'retention.manage',
  words: 'Sets how long values and journals of ended runs are kept; flows may say otherwise.',
  input: z.object({ retention }),
  output: nothing,
});
export const retentionPreview = contract({
  name: 'retention.preview',
  kind: 'read',
  access: 'run.read',
  words: 'How much would go now if this were the retention of the workspace, or of one flow.',
  input: z.object({
    flowId: id.optional(),
    valuesDays: z.int().min(1).max(36_500).optional(),
    journalDays: z.int().min(1).max(36_500).optional(),
  }),
  output: z.object({
    /** whose values go; the runs stay */
    values: removal,
    /** that go altogether */
    runs: removal,
    /** that are held, and stay */
    held: z.number(),
  }),
});
