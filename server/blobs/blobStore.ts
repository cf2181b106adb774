import { createHash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { DatabasePlace } from './databasePlace.ts';
import { type ByteRange, LostContentError, type Place } from './place.ts';
import { type S3Options, S3Place } from './s3Place.ts';

/** Content that was stored: its SHA-256 (hex) and its bytes. */
export interface StoredContent {
  hash: string;
  size: number;
}

/** Content that is larger than allowed; what had come of it is gone again. */
export class TooLargeError extends Error {
  /** bytes */
  readonly limit: number;
  constructor(limit: number) {
    super(`It is larger than the limit of ${Math.floor(limit / 1024 / 1024)} MB.`);
    this.limit = limit;
  }
}

/** A piece of content, to be read. */
export interface OpenContent {
  size: number;
  /** streams it, or the bytes `range` of it */
  read(range?: ByteRange): AsyncIterable<Uint8Array>;
}

/**
 * Content by its hash, each piece stored once: large values of runs, and files. New content goes to S3 where that is
 * configured, else into PostgreSQL; what was stored in either can be read at any time. Nothing is ever whole in memory,
 * apart from values that were there anyway. On a connection in a transaction, what is stored stands or falls with it.
 */
export class BlobStore {
  readonly #pool: Pool | ClientBase;
  readonly #database: DatabasePlace;
  readonly #s3: S3Place | undefined;

  constructor(pool: Pool | ClientBase, s3?: S3Options) {
    this.#pool = pool;
    this.#database = new DatabasePlace(pool);
    this.#s3 = s3 && new S3Place(s3);
  }

  /**
   * Streams content in. Durable when it resolves; whoever needs it for longer than an hour must link it (`run_blob`,
   * `stored_file`) by then.
   * @param limit most bytes
   * @throws {TooLargeError}
   */
  async put(content: AsyncIterable<Uint8Array>, limit = Number.POSITIVE_INFINITY): Promise<StoredContent> {
    const sum = createHash('sha256');
    let size = 0;
    async function* measured(): AsyncGenerator<Uint8Array> {
      for await (const part of content) {
        size += part.length;
        if (size > limit) throw new TooLargeError(limit);
        sum.update(part);
        yield part;
      }
    }
    const place = uuid();
    const into: Place = this.#s3 ?? this.#database;
    await into.write(place, measured());
    const hash = sum.digest('hex');
    const { rows } = await this.#pool.query<{ place: string }>(
      `INSERT INTO blob (hash, size, storage, place) VALUES ($1, $2, $3, $4)
       ON CONFLICT (hash) DO UPDATE SET created_at = now() RETURNING place`,
      [hash, size, this.#s3 ? 's3' : 'database', place],
    );
    // The same content was there already: what has just come is not needed.
    if (rows[0]?.place !== place) await into.remove([place]);
    return { hash, size };
  }

  /** Stores content that is in memory; nothing is written when it is there already. */
  async putBytes(bytes: Uint8Array): Promise<StoredContent> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    // Used again, it is new again: the sweep leaves it alone for an hour.
    const { rowCount } = await this.#pool.query({
      name: 'rondo_blob_touch',
      text: 'UPDATE blob SET created_at = now() WHERE hash = $1',
      values: [hash],
    });
    if (rowCount === 1) return { hash, size: bytes.length };
    return this.put(only(bytes));
  }

  /** Writes bytes whose row the caller sees to, to where new content goes. */
  async writeAt(place: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    await (this.#s3 ?? this.#database).write(place, content);
  }

  /** @returns undefined when there is no such content */
  async open(hash: string): Promise<OpenContent | undefined> {
    const { rows } = await this.#pool.query<{ size: string; storage: string; place: string }>({
      name: 'rondo_blob_open',
      text: 'SELECT size, storage, place FROM blob WHERE hash = $1',
      values: [hash],
    });
    const row = rows[0];
    if (!row) return undefined;
    const from = this.#placeOf(row.storage);
    return { size: Number(row.size), read: (range) => from.read(row.place, range) };
  }

  /** The whole content, for what fits into memory. @throws {LostContentError} */
  async bytes(hash: string): Promise<Buffer> {
    const content = await this.open(hash);
    if (!content) throw new LostContentError(`The content ${hash} is not there any more.`);
    const parts: Uint8Array[] = [];
    for await (const part of content.read()) parts.push(part);
    const whole = Buffer.concat(parts);
    if (whole.length !== content.size) throw new LostContentError(`The content ${hash} is not whole.`);
    return whole;
  }

  /** Removes the bytes of content whose rows are gone. */
  async forget(gone: readonly { storage: string; place: string }[]): Promise<void> {
    for (const storage of new Set(gone.map((one) => one.storage))) {
      const places = gone.filter((one) => one.storage === storage).map((one) => one.place);
      await this.#placeOf(storage).remove(places);
    }
  }

  #placeOf(storage: string): Place {
    if (storage === 'database') return this.#database;
    if (this.#s3) return this.#s3;
    throw new LostContentError('This content is in S3, and no S3 is configured (RONDO_S3_BUCKET).');
  }

  close(): void {
    this.#s3?.close();
  }
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
