import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { Prisma, PrismaClient } from './generated/client.ts';
import { Turns } from './turns.ts';

/** Prisma's client inside a transaction. */
export type Transaction = Prisma.TransactionClient;

/** The database as the rooms use it: Prisma for use cases, the pool for the journal's hot path; one set of connections. */
export interface Store {
  databaseUrl: string;
  pool: Pool;
  prisma: PrismaClient;
  /**
   * Runs `work` in one transaction: all of it is kept, or nothing.
   * A conflict of two transactions is tried again (three times in all), so `work` must do nothing outside of it.
   * @throws whatever `work` throws; a `StoreError` in place of Prisma's own errors
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export type StoreErrorCode = 'DUPLICATE' | 'MISSING' | 'REFERENCED' | 'CONFLICT' | 'UNAVAILABLE' | 'REFUSED';

/** What the database refused, without its dialect. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

const meanings: Record<string, [StoreErrorCode, string]> = {
  P2002: ['DUPLICATE', 'There is such a row already.'],
  P2003: ['REFERENCED', 'Another row refers to this one, or the one referred to is missing.'],
  P2025: ['MISSING', 'There is no such row (any more).'],
  P2034: ['CONFLICT', 'Two changes met at the same place.'],
  P2028: ['UNAVAILABLE', 'The database did not give a connection in time.'],
  P1001: ['UNAVAILABLE', 'The database cannot be reached.'],
  P1017: ['UNAVAILABLE', 'The database closed the connection.'],
};

/** Codes of PostgreSQL that come through raw statements. `RN…` are raised by our own triggers. */
const sqlStates: Record<string, [StoreErrorCode, string]> = {
  '23505': ['DUPLICATE', 'There is such a row already.'],
  '23503': ['REFERENCED', 'Another row refers to this one, or the one referred to is missing.'],
  '40001': ['CONFLICT', 'Two changes met at the same place.'],
  '40P01': ['CONFLICT', 'Two changes waited for each other.'],
  RN002: ['REFUSED', 'A published version never changes.'],
  RN003: ['REFUSED', 'A run that has ended never changes its state.'],
};

/** The code of PostgreSQL inside an error of `pg` or of Prisma, else undefined. */
export function sqlStateOf(error: unknown): string | undefined {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const cause = error.meta?.['driverAdapterError'];
    const nested = cause instanceof Error ? cause.cause : undefined;
    if (nested && typeof nested === 'object' && 'originalCode' in nested) return String(nested.originalCode);
    return undefined;
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.length === 5) {
    return error.code;
  }
  return undefined;
}

/** An error of Prisma or `pg` as a `StoreError`; any other comes back as it was. */
export function readStoreError(error: unknown): unknown {
  if (error instanceof StoreError) return error;
  const state = sqlStateOf(error);
  const bySql = state === undefined ? undefined : sqlStates[state];
  if (bySql) return new StoreError(bySql[0], bySql[1], error);
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const meaning = meanings[error.code];
    if (meaning) return new StoreError(meaning[0], meaning[1], error);
  }
  return error;
}

export interface StoreOptions {
  databaseUrl: string;
  /** connections at most; default 10 */
  poolSize?: number;
  /** told of errors on idle connections (the pool replaces them) */
  onIdleError?: (error: Error) => void;
}

/**
 * Connections that transactions of operations leave to others: one that reads something beside its own connection would
 * else wait for those that wait for it.
 */
const keptFree = 2;

/** Opens the database. Nothing is connected until the first query. */
export function openStore({ databaseUrl, poolSize = 10, onIdleError }: StoreOptions): Store {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: poolSize,
    application_name: 'rondo',
    connectionTimeoutMillis: 15_000,
  });
  // Without a listener an idle connection that the database closes would end the process.
  pool.on('error', (error) => onIdleError?.(error));
  // The pool listens only while a connection is idle. One that is lost between two statements of a transaction would
  // end the process, too; whoever has it is told by the next statement.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: 10_000, timeout: 30_000 },
  });
  const turns = new Turns(Math.max(1, poolSize - keptFree));
  return {
    databaseUrl,
    pool,
    prisma,
    transaction: (work) => turns.take(() => inTurn(work)),
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };

  async function inTurn<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await prisma.$transaction(work);
      } catch (error) {
        const read = readStoreError(error);
        if (read instanceof StoreError && read.code === 'CONFLICT' && attempt < 3) continue;
        throw read;
      }
    }
  }
}
