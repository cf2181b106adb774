import { AsyncLocalStorage } from 'node:async_hooks';
import type { PrismaClient } from '../store/generated/client.ts';
import type { Transaction } from '../store/store.ts';

const current = new AsyncLocalStorage<Transaction>();

/** Runs something whose better-auth calls then belong to this transaction: they are rolled back with it. */
export function inTransaction<T>(tx: Transaction, run: () => Promise<T>): Promise<T> {
  return current.run(tx, run);
}

/**
 * A client that gives the transaction's client to whoever is inside `inTransaction`, else the ordinary one. By itself
 * better-auth writes on a connection of its own, and a change would stay behind when its audit row fails.
 */
export function transactionAwareClient(prisma: PrismaClient): PrismaClient {
  return new Proxy(prisma, {
    get(target, property) {
      const source: object = current.getStore() ?? target;
      return Reflect.get(source, property, source);
    },
  });
}
