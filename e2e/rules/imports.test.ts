import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from '../harness/server.ts';
import { checkImports, type ImportCheck, importRules } from './importRules.ts';

const folders = ['shared', 'server', 'desktop', 'e2e'];

describe('the rooms', () => {
  let check: ImportCheck;
  beforeAll(async () => {
    check = await checkImports(checkout, folders);
  });

  it('are seen: a checker that finds no modules would pass everything', () => {
    expect(check.modules.length).toBeGreaterThan(50);
    for (const folder of [
      'shared/oas/',
      'server/engine/',
      'server/doors/',
      'desktop/renderer/',
      'desktop/main/',
      'e2e/',
    ]) {
      expect(check.modules.filter((module) => module.startsWith(folder)).length, folder).toBeGreaterThan(0);
    }
  });

  it('import each other in one direction, and never in a circle', () => {
    expect(check.violations.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`)).toEqual([]);
  });

  it('have no drawer for odds and ends', () => {
    const odd = check.modules.filter((module) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.tsx?$)/i.test(module));
    expect(odd).toEqual([]);
  });
});

/** One file that breaks the rule, and what it imports. */
const breaches: Record<string, { file: string; imports: string; types?: boolean }> = {
  'no-circles': { file: 'shared/circle/a.ts', imports: './b.ts' },
  'shared-imports-no-workspace': { file: 'shared/oas/wrong.ts', imports: '../../server/work/thing.ts' },
  'server-imports-shared-only': { file: 'server/work/wrong.ts', imports: '../../desktop/renderer/thing.ts' },
  'desktop-takes-types-of-the-router-only': {
    file: 'desktop/renderer/wrong.ts',
    imports: '../../server/doors/trpc/router.ts',
  },
  'desktop-sees-the-trpc-door-only': {
    file: 'desktop/renderer/curious.ts',
    imports: '../../server/work/thing.ts',
    types: true,
  },
  'desktop-imports-no-tests': { file: 'desktop/main/wrong.ts', imports: '../../e2e/thing.ts' },
  'renderer-and-main-meet-in-the-preload-list': { file: 'desktop/renderer/reach.ts', imports: '../main/thing.ts' },
  'main-imports-no-renderer': { file: 'desktop/main/reach.ts', imports: '../renderer/thing.ts' },
  'engine-is-pure': { file: 'server/engine/wrong.ts', imports: '../work/thing.ts', types: true },
  'doors-do-not-import-each-other': { file: 'server/doors/mcp/wrong.ts', imports: '../trpc/router.ts' },
  'nothing-imports-a-door': { file: 'server/operations/wrong.ts', imports: '../doors/trpc/router.ts', types: true },
};

describe('each rule can fail', () => {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'rondo-rules-')));
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(place, file)), { recursive: true });
    writeFileSync(join(place, file), text);
  };
  let broken: ImportCheck;

  beforeAll(async () => {
    for (const thing of ['server/work', 'server/doors/trpc', 'desktop/renderer', 'desktop/main', 'e2e']) {
      put(`${thing}/thing.ts`, 'export const thing: number = 1;\nexport type Thing = number;\n');
    }
    put('server/doors/trpc/router.ts', 'export const thing: number = 1;\nexport type Thing = number;\n');
    put('shared/circle/b.ts', "import { thing } from './a.ts';\nexport { thing };\n");
    put(
      'desktop/renderer/right.ts',
      "import type { Thing } from '../../server/doors/trpc/router.ts';\nexport type T = Thing;\n",
    );
    for (const { file, imports, types } of Object.values(breaches)) {
      put(
        file,
        types === true
          ? `import type { Thing } from '${imports}';\nexport type T = Thing;\n`
          : `import { thing } from '${imports}';\nexport { thing };\n`,
      );
    }
    broken = await checkImports(place, folders);
  });
  afterAll(() => rmSync(place, { recursive: true }));

  it.each(importRules.map((rule) => rule.name ?? ''))('%s', (name) => {
    const breach = breaches[name];
    expect(breach, 'a breach of the rule').toBeDefined();
    expect(broken.violations.filter((found) => found.rule === name).map((found) => found.from)).toContain(breach?.file);
  });

  it('and what is allowed passes', () => {
    expect(broken.violations.map((found) => found.from)).not.toContain('desktop/renderer/right.ts');
  });
});
