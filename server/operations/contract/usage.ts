import { z } from 'zod';
import { contract } from './contract.ts';
import { cursor, id, nextCursor } from './values.ts';

export const usedKinds = ['tool', 'secret', 'model'] as const;

/** How many users a list counts of one thing at most. */
export const mostCounted = 100;

export const usageList = contract({
  name: 'usage.list',
  kind: 'read',
  access: 'flow.read',
  words:
    'The flows (and tools) that use a tool, a secret or a model, in the draft, in the published version or in both.',
  input: z.object({
    kind: z.enum(usedKinds),
    name: z.string().max(300),
    cursor,
    limit: z.int().min(1).max(500).optional(),
  }),
  output: z.object({
    users: z.array(
      z.object({
        id,
        /** a tool of the workspace can name a secret */
        kind: z.enum(['flow', 'tool']),
        name: z.string(),
        draft: z.boolean(),
        published: z.boolean(),
        /** of a flow: in the archive, or deleted and not gone */
        state: z.enum(['active', 'archived', 'removed']),
      }),
    ),
    nextCursor,
  }),
});

export const modelList = contract({
  name: 'model.list',
  kind: 'read',
  access: 'flow.read',
  words: 'The models that flows name, with where each is and how many flows use it (counted up to 100).',
  input: z.object({
    search: z.string().max(200).optional(),
    cursor,
    limit: z.int().min(1).max(500).optional(),
  }),
  output: z.object({ models: z.array(z.object({ name: z.string(), uses: z.number() })), nextCursor }),
});
