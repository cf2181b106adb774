import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { type RunningServer, serve } from './serve.ts';
import { type TestDatabase, testDatabase } from './store/testDatabase.ts';
import { freePort } from './testPort.ts';

let database: TestDatabase;
let server: RunningServer | undefined;
let data: string;

beforeAll(async () => {
  database = await testDatabase();
  data = await mkdtemp(join(tmpdir(), 'rondo-unattended-'));
});
afterAll(async () => {
  await server?.close();
  await database?.drop();
  await rm(data, { recursive: true, force: true });
});

it('an unattended set-up begins with samples in its language, and the owner is written to in it', async () => {
  server = await serve(
    readConfig({
      RONDO_PORT: String(await freePort()),
      RONDO_DATA: data,
      DATABASE_URL: database.databaseUrl,
      RONDO_OWNER_EMAIL: 'olivia@example.com',
      RONDO_OWNER_PASSWORD: 'a long password',
      RONDO_LANGUAGE: 'de',
    }),
  );
  const { rows: flows } = await database.store.pool.query<{ name: string }>('SELECT name FROM flow ORDER BY name');
  expect(flows.map(({ name }) => name)).toContain('Spesenfreigabe');
  expect(flows.map(({ name }) => name)).not.toContain('Expense approval');
  const { rows: people } = await database.store.pool.query('SELECT email, language FROM "user"');
  expect(people).toEqual([{ email: 'olivia@example.com', language: 'de' }]);
});

it('a language that there is not is refused by name', () => {
  expect(readConfig({}).language).toBeUndefined();
  expect(() => readConfig({ RONDO_LANGUAGE: 'fr' })).toThrow(ConfigError);
  expect(() => readConfig({ RONDO_LANGUAGE: 'fr' })).toThrow('RONDO_LANGUAGE is one of en, de.');
});
