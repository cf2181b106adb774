import { z } from 'zod';
import { contract } from './contract.ts';
import { id, nothing, time } from './values.ts';

export const workerStates = ['working', 'draining', 'silent', 'stopped'] as const;

export const workerSummary = z.object({
  id,
  kind: z.enum(['server', 'worker']),
  host: z.string(),
  pid: z.number(),
  version: z.string(),
  startedAt: time,
  heartbeatAt: time,
  stoppedAt: time.nullable(),
  /** `silent`: no heartbeat for a while, and not given up yet */
  state: z.enum(workerStates),
  /** runs that it holds */
  runs: z.number(),
  /** runs that it takes at once: those that begin here, and those handed over */
  room: z.object({ own: z.number(), handed: z.number() }).nullable(),
  memoryMb: z.number().nullable(),
  /** per cent of one processor */
  cpu: z.number().nullable(),
});
export type WorkerSummary = z.infer<typeof workerSummary>;

export const workerList = contract({
  name: 'worker.list',
  kind: 'read',
  access: 'workers.manage',
  words: 'The processes that run flows: those that live, and those that were gone in the last day.',
  input: z.object({
    /** a part of the host's name, or the number of the process */
    search: z.string().max(200).optional(),
    state: z.enum(workerStates).optional(),
  }),
  /** `more`: there are others beside the 200 that are shown */
  output: z.object({ workers: z.array(workerSummary), version: z.string(), more: z.boolean() }),
});
export const workerDrain = contract({
  name: 'worker.drain',
  kind: 'write',
  access: 'workers.manage',
  words: 'Lets a process take no more runs, or take them again; what is under way is handed on after its step.',
  input: z.object({ workerId: id, draining: z.boolean() }),
  output: nothing,
});
