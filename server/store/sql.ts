import type { PoolClient } from 'pg';
import type { Transaction } from './store.ts';

/**
 * One statement with `$1` … for its values, inside somebody's transaction; answers with its rows. Values that are no
 * text name their type in the statement (`$1::uuid`): Prisma sends them all as text.
 */
export type Sql = <T extends object = object>(text: string, values?: readonly unknown[]) => Promise<T[]>;

/** Statements on a connection that is in a transaction. */
export function sqlOn(client: PoolClient): Sql {
  return async <T extends object>(text: string, values: readonly unknown[] = []) =>
    (await client.query<T>(text, [...values])).rows;
}

/** Statements in a transaction of an operation, beside what it does through Prisma. */
export function sqlIn(tx: Transaction): Sql {
  return <T extends object>(text: string, values: readonly unknown[] = []) => tx.$queryRawUnsafe<T[]>(text, ...values);
}
