import {
  cruise,
  type ICruiseResult,
  type IForbiddenRuleType,
  type IReporterOutput,
  type IViolation,
} from 'dependency-cruiser';

const notTypes = ['type-only', 'type-import'] as const;

/** The directions in which the rooms may import each other, as design.md draws them. */
export const importRules: IForbiddenRuleType[] = [
  {
    name: 'no-circles',
    comment: 'No file imports itself over others. Types count too.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'shared-imports-no-workspace',
    comment: 'shared is used by all and uses none of them.',
    severity: 'error',
    from: { path: '^shared/' },
    to: { path: '^(server|desktop|e2e)/' },
  },
  {
    name: 'server-imports-shared-only',
    comment: 'The server knows shared, and neither the client nor the tests.',
    severity: 'error',
    from: { path: '^server/' },
    to: { path: '^(desktop|e2e)/' },
  },
  {
    name: 'desktop-takes-types-of-the-router-only',
    comment: 'The client takes nothing of the server at run time.',
    severity: 'error',
    from: { path: '^desktop/' },
    to: { path: '^server/', dependencyTypesNot: [...notTypes] },
  },
  {
    name: 'desktop-sees-the-trpc-door-only',
    comment: 'Also as types, the client sees its door and the contracts of operations, and nothing behind them.',
    severity: 'error',
    from: { path: '^desktop/' },
    to: { path: '^server/', pathNot: '^server/(doors/trpc|operations/contract)/' },
  },
  {
    name: 'desktop-imports-no-tests',
    comment: 'No product code knows the end-to-end tests.',
    severity: 'error',
    from: { path: '^desktop/' },
    to: { path: '^e2e/' },
  },
  {
    name: 'renderer-and-main-meet-in-the-preload-list',
    comment: 'The page and the desktop program share the allow-list of preload/bridge.ts, and no code.',
    severity: 'error',
    from: { path: '^desktop/renderer/' },
    to: { path: '^desktop/(main|preload)/', pathNot: '^desktop/preload/bridge\\.ts$' },
  },
  {
    name: 'main-imports-no-renderer',
    comment: 'The desktop program serves the client as files; it imports none of it.',
    severity: 'error',
    from: { path: '^desktop/(main|preload)/' },
    to: { path: '^desktop/renderer/' },
  },
  {
    name: 'engine-is-pure',
    comment: 'The engine imports shared and nothing else of ours: all that is outside comes through ports.',
    severity: 'error',
    from: { path: '^server/engine/', pathNot: '\\.test\\.ts$' },
    to: { path: '^(server|desktop|e2e)/', pathNot: '^server/engine/' },
  },
  {
    name: 'doors-do-not-import-each-other',
    comment: 'A door translates for its own protocol; what two doors need is an operation.',
    severity: 'error',
    from: { path: '^server/doors/([^/]+)/', pathNot: '\\.test\\.ts$' },
    to: { path: '^server/doors/[^/]+/', pathNot: '^server/doors/$1/' },
  },
  {
    name: 'nothing-imports-a-door',
    comment: 'Only the entry points, which open the doors, and the client, for types.',
    severity: 'error',
    from: { path: '^(server|shared)/', pathNot: '^server/(doors/|main\\.ts$|bin/|serve(Worker)?\\.ts$)|\\.test\\.ts$' },
    to: { path: '^server/doors/' },
  },
];

export interface ImportCheck {
  modules: string[];
  violations: { rule: string; from: string; to: string }[];
}

/**
 * Follows all imports below a folder that is laid out like the checkout.
 * TypeScript 7 has no API for other tools, so swc parses: without it no module is found and every rule passes.
 */
export async function checkImports(baseDir: string, folders: string[]): Promise<ImportCheck> {
  const output: IReporterOutput = await cruise(
    folders,
    {
      baseDir,
      parser: 'swc',
      validate: true,
      ruleSet: { forbidden: importRules },
      tsPreCompilationDeps: true,
      combinedDependencies: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '(^|/)(dist|out|generated|\\.turbo)/' },
      includeOnly: { path: '^(shared|server|desktop|e2e)/' },
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['import', 'node', 'default'],
        extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      },
    },
    { symlinks: true },
  );
  const result = output.output as ICruiseResult;
  return {
    modules: result.modules.map((module) => module.source),
    violations: result.summary.violations.map(({ rule, from, to }: IViolation) => ({ rule: rule.name, from, to })),
  };
}
