import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, type Json, type JsonObject } from '@rondo/shared/oas/json.ts';
import { rootComponent } from '@rondo/shared/oas/references.ts';
import { parsed } from './documents.ts';
import { type StepSign, stepSigns } from './stepSigns.ts';

/** A flow that comes with the product. */
export interface Sample {
  slug: string;
  name: string;
  description: string;
  steps: StepSign[];
  text: string;
}

/** The languages that samples are written in, the first in `flow.json`, others by `<language>.json` beside it. */
export const sampleLanguages = ['en', 'de'] as const;
export type SampleLanguage = (typeof sampleLanguages)[number];

/** The flows in `flows/<slug>/flow.json`, read when they are first asked for. */
export class Samples {
  readonly #folder: string;
  readonly #url: string;
  readonly #all = new Map<SampleLanguage, Promise<Sample[]>>();

  /** @param url this server's address: it takes the place of the one that the files call pages of the server by */
  constructor(folder: string, url: string) {
    this.#folder = folder;
    this.#url = url;
  }

  all(language: SampleLanguage = 'en'): Promise<Sample[]> {
    const known = this.#all.get(language) ?? this.#read(language);
    this.#all.set(language, known);
    return known;
  }

  async bySlug(slug: string, language?: SampleLanguage): Promise<Sample | undefined> {
    return (await this.all(language)).find((sample) => sample.slug === slug);
  }

  async #read(language: SampleLanguage): Promise<Sample[]> {
    const samples: Sample[] = [];
    const entries = await readdir(this.#folder, { withFileTypes: true });
    for (const entry of entries.filter((one) => one.isDirectory()).sort((a, b) => a.name.localeCompare(b.name))) {
      const file = await readFile(join(this.#folder, entry.name, 'flow.json'), 'utf8');
      const english = file.replaceAll('http://127.0.0.1:4310', this.#url);
      const text = language === 'en' ? english : await this.#translated(english, entry.name, language);
      const { tree } = parsed(text);
      const root = rootComponent(tree);
      const { name, description } = root ?? {};
      samples.push({
        slug: entry.name,
        name: typeof name === 'string' ? name : entry.name,
        description: typeof description === 'string' ? description : '',
        steps: stepSigns(tree),
        text,
      });
    }
    return samples;
  }

  async #translated(text: string, slug: string, language: SampleLanguage): Promise<string> {
    const words = JSON.parse(await readFile(join(this.#folder, slug, `${language}.json`), 'utf8')) as JsonObject;
    return `${JSON.stringify(inOtherWords(JSON.parse(text) as Json, new Map(Object.entries(words))), null, 2)}\n`;
  }
}

/** Fields of a document that people read. */
export const readFields: ReadonlySet<string> = new Set([
  'name',
  'description',
  'message',
  'prompt_template',
  'text',
  'label',
  'title',
  'default',
]);

function inOtherWords(value: Json, words: ReadonlyMap<string, Json>): Json {
  if (Array.isArray(value)) return value.map((item) => inOtherWords(item, words));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      typeof item === 'string' && readFields.has(key) ? (words.get(item) ?? item) : inOtherWords(item, words),
    ]),
  );
}
