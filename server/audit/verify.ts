import type { PrismaClient } from '../store/generated/client.ts';
import { type BrokenRow, ChainChecker, genesisHash } from './chain.ts';

export interface Verification {
  ok: boolean;
  /** rows that were read and found right */
  checked: number;
  firstBroken: BrokenRow | null;
  headHash: string;
}

const batch = 1000;

/**
 * Walks the whole chain from its first row and compares its end with the head. Read in one repeatable-read snapshot,
 * so that rows appended meanwhile do not look like a fault.
 */
export async function verifyAudit(prisma: PrismaClient, onProgress?: (checked: number) => void): Promise<Verification> {
  return prisma.$transaction(
    async (tx) => {
      const checker = new ChainChecker();
      const head = (await tx.auditHead.findUnique({ where: { id: 1 } })) ?? { seq: 0n, hash: genesisHash };
      let checked = 0;
      let cursor: bigint | undefined;
      for (;;) {
        const rows = await tx.audit.findMany({
          where: cursor === undefined ? {} : { seq: { gt: cursor } },
          orderBy: { seq: 'asc' },
          take: batch,
        });
        for (const row of rows) {
          const firstBroken = checker.next(row);
          if (firstBroken) return { ok: false, checked, firstBroken, headHash: head.hash };
          checked++;
        }
        cursor = rows.at(-1)?.seq;
        onProgress?.(checked);
        if (rows.length < batch) break;
      }
      const firstBroken = checker.end(head) ?? null;
      return { ok: firstBroken === null, checked, firstBroken, headHash: head.hash };
    },
    { isolationLevel: 'RepeatableRead', timeout: 600_000 },
  );
}
