import { canonicalJson } from '@rondo/shared/oas/hash.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Actor } from '@rondo/shared/runs/events.ts';
import type { Transaction } from '../store/store.ts';
import { genesisHash, rowHash } from './chain.ts';

export interface AuditEntry {
  actor: Actor;
  /** the operation's name */
  action: string;
  target: { kind: string; id: string; name: string };
  outcome: 'done' | 'refused';
  /** never a secret's value */
  details: JsonObject;
}

/**
 * Appends a row to the chain, in the caller's transaction: both happen or neither (G5). The lock on the head row puts
 * the rows of all processes in one order; it is held until the transaction ends, so append last.
 */
export async function appendAudit(tx: Transaction, entry: AuditEntry): Promise<void> {
  await tx.$executeRaw`INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, ${genesisHash}) ON CONFLICT DO NOTHING`;
  const [head] = await tx.$queryRaw<{ seq: bigint; hash: string }[]>`
    SELECT seq, hash FROM audit_head WHERE id = 1 FOR UPDATE`;
  if (!head) throw new Error('The audit has no head row.');
  const row = {
    seq: head.seq + 1n,
    at: new Date(),
    actorKind: entry.actor.kind,
    actorId: entry.actor.id,
    actorName: entry.actor.name,
    action: entry.action,
    targetKind: entry.target.kind,
    targetId: entry.target.id,
    targetName: entry.target.name,
    outcome: entry.outcome,
    details: canonicalJson(entry.details),
    prevHash: head.hash,
  };
  const hash = rowHash(row);
  await tx.audit.create({ data: { ...row, hash } });
  await tx.auditHead.update({ where: { id: 1 }, data: { seq: row.seq, hash } });
}
