import { runTriggers } from '@rondo/shared/runs/events.ts';
import { z } from 'zod';
import { id, runState, time } from './values.ts';

/** Which runs a list shows, or a bulk action meets. All that is given must hold. */
export const runFilter = z.object({
  flowId: id.optional(),
  state: runState.optional(),
  /** id of who started it */
  actorId: z.string().max(200).optional(),
  trigger: z.enum(runTriggers).optional(),
  /** created at or after, and before */
  from: time.optional(),
  to: time.optional(),
  /** a run's number, a part of a flow's name, or a part of a person's name */
  search: z.string().max(200).optional(),
  /** these runs only */
  runIds: z.array(id).max(1000).optional(),
});
export type RunFilter = z.infer<typeof runFilter>;
