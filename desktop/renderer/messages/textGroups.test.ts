import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { english, german, type TextGroup } from './catalogue.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const groups = Object.keys(english) as TextGroup[];
const groupOf = new Map<string, TextGroup>();
for (const group of groups) for (const key of Object.keys(await english[group]())) groupOf.set(key, group);

interface Source {
  /** what is loaded with it, also the pieces that follow without texts of their own */
  imports: string[];
  /** what it loads together with texts */
  bringing: { part: string; brings: string[] }[];
  /** the keys that it asks for, as far as its text tells: whole, or put together of a beginning and a word */
  keys: string[];
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts') && !/^messages\/(en|de|testing)\//.test(name))
  .map((name) => join(root, name));
const sources = new Map(files.map((file) => [file, sourceOf(file)]));

function sourceOf(file: string): Source {
  const text = readFileSync(file, 'utf8');
  const near = (path = '') => resolve(dirname(file), path);
  const bringing = [...text.matchAll(/withTexts\(\s*\[([^\]]*)\],\s*import\('(\.[^']+)'\)/g)].map((match) => ({
    brings: [...(match[1] ?? '').matchAll(/'(\w+)'/g)].map((name) => name[1] ?? ''),
    part: near(match[2]),
  }));
  const imported = [
    ...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'/gm),
    ...text.matchAll(/\bimport\('(\.[^']+)'\)/g),
  ].map((match) => near(match[1]));
  const whole = [...text.matchAll(/'([\w.]+)'/g)].map((match) => match[1] ?? '');
  const beginnings = [...text.matchAll(/`([\w.]+\.\w*)\$\{|'([\w.]+\.)'/g)].map((match) => match[1] ?? match[2] ?? '');
  const begun = [...groupOf.keys()].filter((key) => beginnings.some((beginning) => key.startsWith(beginning)));
  return {
    imports: imported.filter((path) => !bringing.some(({ part }) => part === path)),
    bringing,
    keys: [...whole.filter((key) => groupOf.has(key)), ...begun],
  };
}

/**
 * The keys that a part asks for beside those of the groups, each with a file that does. Left out are what a server says,
 * whose texts are loaded with its answer (spokenError), and the names of operations, one of which is a key, too.
 */
function lacking(part: string, brought: readonly string[]): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const walk = (file: string) => {
    const source = sources.get(file);
    if (!source || seen.has(file)) return;
    seen.add(file);
    const own = /\/(messages\/saidWords|api\/client)\.ts$/.test(file) ? [] : source.keys;
    for (const key of own) {
      const group = groupOf.get(key) ?? '';
      if (!brought.includes(group)) found.push(`${group}: ${key} in ${relative(root, file)}`);
    }
    source.imports.forEach(walk);
  };
  walk(part);
  return found;
}

/** Whether a part says itself what was said beside the client, other than what a refused call says. */
function says(part: string): boolean {
  const seen = new Set<string>();
  const walk = (file: string): boolean => {
    if (seen.has(file) || file.endsWith('/api/errors.ts')) return false;
    seen.add(file);
    return file.endsWith('/saidWords.ts') || (sources.get(file)?.imports.some(walk) ?? false);
  };
  return walk(part);
}

const brought = [...sources.values()].flatMap((source) => source.bringing);

it('is seen where parts are loaded with texts', () => {
  expect(new Set(brought.flatMap(({ brings }) => brings))).toEqual(new Set(groups.filter((group) => group !== 'core')));
});

it('the texts of the core are all that is shown before a screen is loaded', () => {
  expect(lacking(join(root, 'main.tsx'), ['core'])).toEqual([]);
  expect(says(join(root, 'main.tsx'))).toBe(false);
});

it.each(brought.map(({ part, brings }) => [relative(root, part), part, brings] as const))(
  '%s is loaded with the texts that it shows',
  (_, part, brings) => {
    expect(lacking(part, ['core', ...brings])).toEqual([]);
    if (says(part)) expect(brings).toContain('said');
  },
);

it('a group has the same keys in German as in English, and no key is in two groups', async () => {
  let keys = 0;
  for (const group of groups) {
    const [here, there] = [Object.keys(await german[group]()), Object.keys(await english[group]())];
    expect(here.sort(), group).toEqual(there.sort());
    keys += there.length;
  }
  expect(keys).toBe(groupOf.size);
});
