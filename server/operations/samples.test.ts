import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isObject, type Json } from '@rondo/shared/oas/json.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { expect, it } from 'vitest';
import { readFields, Samples } from './samples.ts';

const samples = new Samples(join(fileURLToPath(new URL('../../', import.meta.url)), 'flows'), 'http://127.0.0.1:4310');
const [english, german] = await Promise.all([samples.all(), samples.all('de')]);

/** What people read in a document: names of edges and tools, and what stands for a value, are none of it. */
function textsIn(value: Json, found: string[] = []): string[] {
  if (Array.isArray(value)) for (const item of value) textsIn(item, found);
  if (!isObject(value)) return found;
  const nameless = /Edge$|Tool$/.test(String(value.component_type)) || value.component_type === undefined;
  for (const [key, item] of Object.entries(value)) {
    if (key === 'name' && nameless) continue;
    if (typeof item !== 'string') textsIn(item, found);
    // the title of an input is its name
    else if (readFields.has(key) && /\p{L}{2}/u.test(item) && (key !== 'title' || /\W/.test(item))) found.push(item);
  }
  return found;
}

/** The same in both languages: an address, a value of a decision, a text that is a value. */
const same = /^http|^approve$|^Start$|^[€\s]*\$\{/;

it.each(english.map((sample, index) => [sample.slug, sample, german[index]] as const))(
  '%s is whole in German: every text is said, and it works as the English one',
  (_, one, other) => {
    const [before, after] = [one.text, other?.text ?? '{}'].map((text) => textsIn(JSON.parse(text) as Json));
    expect(after?.length).toBe(before?.length);
    expect(before?.filter((text, index) => text === after?.[index] && !same.test(text))).toEqual([]);
    const places = (text: string) => text.match(/\{\{[^}]*\}\}/g)?.sort() ?? [];
    expect(after?.map(places)).toEqual(before?.map(places));
    const problems = [one.text, other?.text ?? ''].map((text) => {
      const { tree } = readDocument(text);
      return tree ? validate(tree).map(({ code, pointer }) => `${code} ${pointer}`) : ['unreadable'];
    });
    expect(problems[1]).toEqual(problems[0]);
    expect(other?.steps).toEqual(one.steps);
    expect(other?.name).not.toBe(one.name);
  },
);
