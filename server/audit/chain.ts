import { createHash } from 'node:crypto';
import { canonicalJson } from '@rondo/shared/oas/hash.ts';
import type { Json } from '@rondo/shared/oas/json.ts';

/** One line of the audit, as it is hashed. */
export interface AuditRow {
  seq: bigint;
  at: Date;
  actorKind: string;
  actorId: string;
  actorName: string;
  action: string;
  targetKind: string;
  targetId: string;
  targetName: string;
  outcome: string;
  /** canonical JSON text */
  details: string;
  prevHash: string;
  hash: string;
}

/** The hash before the first row. */
export const genesisHash = '0'.repeat(64);

/** SHA-256 (hex) over the row's canonical JSON, the hash of the row before it included. */
export function rowHash(row: Omit<AuditRow, 'hash'>): string {
  const content: Json = {
    seq: row.seq.toString(),
    at: row.at.toISOString(),
    actorKind: row.actorKind,
    actorId: row.actorId,
    actorName: row.actorName,
    action: row.action,
    targetKind: row.targetKind,
    targetId: row.targetId,
    targetName: row.targetName,
    outcome: row.outcome,
    details: row.details,
    prevHash: row.prevHash,
  };
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

/** The first row that breaks the chain, and why, in plain words. */
export interface BrokenRow {
  seq: string;
  at: string | null;
  action: string | null;
  reason: string;
}

/** Checks rows one after the other; `next` gives the first fault, or undefined. */
export class ChainChecker {
  #seq = 0n;
  #hash = genesisHash;

  get seq(): bigint {
    return this.#seq;
  }

  get hash(): string {
    return this.#hash;
  }

  next(row: AuditRow): BrokenRow | undefined {
    const named = { seq: row.seq.toString(), at: row.at.toISOString(), action: row.action };
    if (row.seq !== this.#seq + 1n)
      return {
        seq: (this.#seq + 1n).toString(),
        at: null,
        action: null,
        reason: `Row ${this.#seq + 1n} is missing: row ${row.seq} follows row ${this.#seq}.`,
      };
    if (rowHash(row) !== row.hash)
      return {
        ...named,
        reason: `Row ${row.seq} was changed after it was written: its content does not fit its hash.`,
      };
    if (row.prevHash !== this.#hash)
      return { ...named, reason: `Row ${row.seq} does not continue row ${this.#seq}: a row before it was replaced.` };
    this.#seq = row.seq;
    this.#hash = row.hash;
    return undefined;
  }

  /** Compares the end that was read with the end on record. */
  end(head: { seq: bigint; hash: string }): BrokenRow | undefined {
    if (head.seq === this.#seq && head.hash === this.#hash) return undefined;
    if (head.seq > this.#seq)
      return {
        seq: (this.#seq + 1n).toString(),
        at: null,
        action: null,
        reason: `Row ${this.#seq + 1n} is missing: ${head.seq} rows were written, the last ones are gone.`,
      };
    return {
      seq: this.#seq.toString(),
      at: null,
      action: null,
      reason: `The record of the chain’s end (row ${head.seq}) does not fit its last row (${this.#seq}).`,
    };
  }
}
