import { contracts as c } from './contract/index.ts';
import { defineRead } from './defineOperation.ts';
import { notFound } from './errors.ts';

export const sampleList = defineRead(c.sample.list, async ({ services }, { language }) => ({
  samples: (await services.samples.all(language)).map(({ slug, name, description, steps }) => ({
    slug,
    name,
    description,
    steps,
  })),
}));

export const sampleGet = defineRead(c.sample.get, async ({ services }, input) => {
  const sample = await services.samples.bySlug(input.sample, input.language);
  if (!sample) throw notFound('sample');
  const { slug, name, description, text } = sample;
  return { slug, name, description, text };
});
