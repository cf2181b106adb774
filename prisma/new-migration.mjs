/**
 * Writes a new migration: `node prisma/new-migration.mjs <name>`.
 *
 * The SQL is the difference between the schema text that the newest migration keeps (`schema.prisma` in its folder)
 * and `prisma/schema.prisma` as it is now. Prisma's own `migrate dev` wants to download an engine and to read a live
 * database; the same engine as WebAssembly compares two texts without either. What Prisma has no words for
 * (partitions, triggers, partial indexes) is added to the migration by hand afterwards.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';

const folder = dirname(fileURLToPath(import.meta.url));
const migrations = join(folder, 'migrations');
const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('Give the migration a name of small letters, digits and underscores: new-migration.mjs add_teams');
  process.exit(2);
}

const wasmModule = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message() {} };
const engineCode = await import(wasmModule);
const wasm = await WebAssembly.instantiate(readFileSync(wasmModule.replace(/\.js$/, '.wasm')), {
  './schema_engine_bg.js': engineCode,
});
engineCode.__wbg_set_wasm(wasm.instance.exports);
wasm.instance.exports.__wbindgen_start();

/** Comparing two texts asks a database nothing but its version; this answers in its place. */
const noDatabase = bindMigrationAwareSqlAdapterFactory({
  provider: 'postgres',
  adapterName: 'none',
  connect: async () => versionOnly,
  connectToShadowDb: async () => versionOnly,
});
const versionOnly = {
  provider: 'postgres',
  adapterName: 'none',
  getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
  queryRaw: async (query) => {
    if (/version/i.test(query.sql)) {
      return { columnNames: ['version'], columnTypes: [ColumnTypeEnum.Text], rows: [['PostgreSQL 18.0']] };
    }
    throw new Error(`comparing schemas needs no database, but asked: ${query.sql}`);
  },
  executeRaw: async () => 0,
  executeScript: async () => {},
  dispose: async () => {},
};

const before = readdirSync(migrations, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(migrations, entry.name, 'schema.prisma')))
  .map((entry) => entry.name)
  .sort()
  .at(-1);
const after = readFileSync(join(folder, 'schema.prisma'), 'utf8');
const datamodel = (content) => ({
  tag: 'schemaDatamodel',
  files: [{ path: 'schema.prisma', content }],
  configDir: folder,
});

const engine = await engineCode.SchemaEngine.new({ datamodels: [['schema.prisma', after]] }, () => {}, noDatabase);
const { stdout } = await engine.diff({
  from: before ? datamodel(readFileSync(join(migrations, before, 'schema.prisma'), 'utf8')) : { tag: 'empty' },
  to: datamodel(after),
  script: true,
  shadowDatabaseUrl: null,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
});
if (!stdout || stdout.includes('This is an empty migration')) {
  console.log(`Nothing has changed since ${before}.`);
  process.exit(0);
}
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const target = join(migrations, `${stamp}_${name}`);
mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'migration.sql'), stdout);
writeFileSync(join(target, 'schema.prisma'), after);
console.log(`Wrote ${join('prisma', 'migrations', `${stamp}_${name}`)}. Read it before you commit it.`);
