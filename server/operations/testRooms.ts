import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { anonymous, type Caller } from '../access/caller.ts';
import type { Role } from '../access/permissions.ts';
import { readConfig } from '../config.ts';
import { openRooms, type Rooms } from '../rooms.ts';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import type { Contract } from './contract/contract.ts';
import { contracts } from './contract/index.ts';
import { createPerson } from './identity.ts';
import { call } from './registry.ts';

/** A whole installation without doors, on a database of its own, with its owner. For tests. */
export interface TestRooms extends Rooms {
  database: TestDatabase;
  owner: Caller;
  /** makes a person with a role */
  person(name: string, role: Role): Promise<Caller>;
  call<C extends Contract>(contract: C, input: z.input<C['input']>, caller?: Caller): Promise<z.output<C['output']>>;
}

export async function testRooms(env: NodeJS.ProcessEnv = {}): Promise<TestRooms> {
  const database = await testDatabase();
  const data = await mkdtemp(join(tmpdir(), 'rondo-rooms-'));
  const config = readConfig({
    RONDO_DATA: data,
    DATABASE_URL: database.databaseUrl,
    RONDO_MODEL: 'practice',
    RONDO_ALLOW_PRIVATE: '1',
    RONDO_LOG_LEVEL: 'error',
    ...env,
  });
  const rooms = await openRooms(config, { kind: 'server', runsFlows: true });
  const { services } = rooms;
  const person = (name: string, role: Role): Promise<Caller> =>
    services.store.transaction((tx) =>
      createPerson(tx, { name, role, email: `${name.toLowerCase()}@example.com`, password: 'a long password' }),
    );
  const input = {
    name: 'Olivia',
    email: 'olivia@example.com',
    password: 'a long password',
    workspaceName: 'Northwind',
  };
  const { userId } = await call(contracts.setup.createOwner, input, anonymous, services);
  const owner: Caller = {
    actor: { kind: 'person', id: userId, name: input.name },
    user: { id: userId, name: input.name, email: input.email, role: 'owner' },
    by: 'session',
  };
  return {
    ...rooms,
    database,
    owner,
    person,
    call: (contract, given, caller = owner) => call(contract, given, caller, services),
    async close() {
      await rooms.close();
      await database.drop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
