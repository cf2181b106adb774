import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const version = 1;
const nonceLength = 12;
const tagLength = 16;

/** AES-256-GCM with one key. The stored bytes are: version, 4 bytes of the key's id, nonce, tag, ciphertext. */
export class Cipher {
  readonly #key: Buffer;
  readonly #keyId: Buffer;

  /** @param key 32 bytes */
  constructor(key: Buffer) {
    if (key.length !== 32) throw new Error('The key for secrets must be 32 bytes.');
    this.#key = key;
    this.#keyId = createHash('sha256').update('rondo key id').update(key).digest().subarray(0, 4);
  }

  /** @param context what the value belongs to; a value moved to another row does not decrypt */
  encrypt(text: string, context: string): Buffer {
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([version]), this.#keyId, nonce, cipher.getAuthTag(), body]);
  }

  /** @throws {Error} in plain words when the key is another one or the bytes were changed */
  decrypt(bytes: Uint8Array, context: string): string {
    const stored = Buffer.from(bytes);
    if (stored[0] !== version) throw new Error('This secret was stored in a form that this version does not know.');
    if (!stored.subarray(1, 5).equals(this.#keyId))
      throw new Error(
        'This secret was encrypted with another key. Start the server with the RONDO_SECRET_KEY of then.',
      );
    const nonce = stored.subarray(5, 5 + nonceLength);
    const tag = stored.subarray(5 + nonceLength, 5 + nonceLength + tagLength);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(context)).setAuthTag(tag);
    try {
      const body = stored.subarray(5 + nonceLength + tagLength);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new Error('This secret cannot be read: its stored bytes were changed.', { cause });
    }
  }
}
