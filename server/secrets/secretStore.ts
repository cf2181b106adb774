import { createHmac, hkdfSync } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { PrismaClient } from '../store/generated/client.ts';
import type { Transaction } from '../store/store.ts';
import { Cipher } from './cipher.ts';

const scope = { scopeKind: 'workspace', scopeId: 'workspace' } as const;
const shortestScrubbed = 4;

/** Keeps secrets encrypted; gives a value only to a call that needs it, and takes values out of texts (G7). */
export class SecretStore {
  readonly #prisma: PrismaClient;
  readonly #cipher: Cipher;
  readonly #key: Buffer;
  /** values that this process has handed out: what may turn up in an error of whoever got them */
  readonly #handedOut = new Set<string>();

  constructor(prisma: PrismaClient, key: Buffer) {
    this.#prisma = prisma;
    this.#cipher = new Cipher(key);
    this.#key = key;
  }

  /** Keeps or replaces a value. */
  async set(tx: Transaction, name: string, value: string, createdBy: string): Promise<string> {
    const old = await tx.secret.findFirst({ where: { ...scope, name }, select: { id: true } });
    const id = old?.id ?? uuid();
    const ciphertext = new Uint8Array(this.#cipher.encrypt(value, id));
    if (old) await tx.secret.update({ where: { id }, data: { ciphertext } });
    else await tx.secret.create({ data: { id, name, ciphertext, createdBy, ...scope } });
    return id;
  }

  /** @returns the name of what was forgotten, undefined when there was nothing */
  async remove(tx: Transaction, id: string): Promise<string | undefined> {
    const old = await tx.secret.findFirst({ where: { id, ...scope }, select: { name: true } });
    if (old) await tx.secret.delete({ where: { id } });
    return old?.name;
  }

  /** The value of a secret, for the call that needs it; undefined when there is none of that name. */
  async resolve(name: string): Promise<string | undefined> {
    const row = await this.#prisma.secret.findFirst({ where: { ...scope, name } });
    if (!row) return undefined;
    const value = this.#cipher.decrypt(row.ciphertext, row.id);
    this.#handedOut.add(value);
    return value;
  }

  /** Encrypts a value that another table keeps. @param context what it belongs to: it opens there only */
  seal(value: string, context: string): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#cipher.encrypt(value, context));
  }

  /** The value that `seal` was given. @throws {Error} in plain words when it cannot be read */
  open(ciphertext: Uint8Array, context: string): string {
    const value = this.#cipher.decrypt(ciphertext, context);
    this.#handedOut.add(value);
    return value;
  }

  /** Signs a text with the installation's key. @returns base64url; another purpose gives another signature */
  sign(purpose: string, text: string): string {
    const key = Buffer.from(hkdfSync('sha256', this.#key, '', `rondo sign ${purpose}`, 32));
    return createHmac('sha256', key).update(text).digest('base64url');
  }

  /**
   * The text without any value that this process has handed out, also where it was written as JSON or in a URL.
   * @param shortest values of fewer characters are left: they may be ordinary words of the text
   */
  scrub(text: string, shortest: number = shortestScrubbed): string {
    let clean = text;
    for (const value of this.#handedOut) {
      if (value.length < shortest) continue;
      for (const form of new Set([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]))
        clean = clean.replaceAll(form, '[secret]');
    }
    return clean;
  }
}
