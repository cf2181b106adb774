import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/** The flows in `flows/<slug>/flow.json`, read when they are first asked for. */
export class Samples {
  readonly #folder: string;
  readonly #url: string;
  #all: Promise<Sample[]> | undefined;

  /** @param url this server's address: it takes the place of the one that the files call pages of the server by */
  constructor(folder: string, url: string) {
    this.#folder = folder;
    this.#url = url;
  }

  all(): Promise<Sample[]> {
    this.#all ??= this.#read();
    return this.#all;
  }

  async bySlug(slug: string): Promise<Sample | undefined> {
    return (await this.all()).find((sample) => sample.slug === slug);
  }

  async #read(): Promise<Sample[]> {
    const samples: Sample[] = [];
    const entries = await readdir(this.#folder, { withFileTypes: true });
    for (const entry of entries.filter((one) => one.isDirectory()).sort((a, b) => a.name.localeCompare(b.name))) {
      const file = await readFile(join(this.#folder, entry.name, 'flow.json'), 'utf8');
      const text = file.replaceAll('http://127.0.0.1:4310', this.#url);
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
}
