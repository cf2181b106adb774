import { z } from 'zod';
import { contract } from './contract.ts';
import { stepSign } from './flow.ts';
import { language, slug } from './values.ts';

export const sampleList = contract({
  name: 'sample.list',
  kind: 'read',
  access: 'flow.read',
  words: 'The flows that come with the product.',
  input: z.object({ language }),
  output: z.object({
    samples: z.array(
      z.object({ slug: z.string(), name: z.string(), description: z.string(), steps: z.array(stepSign) }),
    ),
  }),
});
export const sampleGet = contract({
  name: 'sample.get',
  kind: 'read',
  access: 'flow.read',
  words: 'One flow that comes with the product, with its document.',
  input: z.object({ sample: slug, language }),
  output: z.object({ slug: z.string(), name: z.string(), description: z.string(), text: z.string() }),
});
