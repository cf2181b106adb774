import type { ClientBase, Pool } from 'pg';
import { type ByteRange, LostContentError, type Place } from './place.ts';

/** Bytes of one row: small enough to pass through memory, large enough that a file is not a crowd of rows. */
export const chunkBytes = 256 * 1024;

/** Cuts a stream into pieces of `chunkBytes`, the last one shorter. */
export async function* chunked(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of content) {
    let rest = part;
    while (bytes + rest.length >= chunkBytes) {
      const head = rest.subarray(0, chunkBytes - bytes);
      yield Buffer.concat([...parts, head], chunkBytes);
      rest = rest.subarray(head.length);
      parts = [];
      bytes = 0;
    }
    if (rest.length > 0) {
      parts.push(rest);
      bytes += rest.length;
    }
  }
  if (bytes > 0) yield Buffer.concat(parts, bytes);
}

/** Content in PostgreSQL: rows of 256 KiB, written and read one after the other. */
export class DatabasePlace implements Place {
  readonly #pool: Pool | ClientBase;

  constructor(pool: Pool | ClientBase) {
    this.#pool = pool;
  }

  async write(place: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    let n = 0;
    try {
      for await (const data of chunked(content)) {
        await this.#pool.query({
          name: 'rondo_chunk_write',
          text: 'INSERT INTO blob_chunk (place, n, data) VALUES ($1, $2, $3)',
          values: [place, n, data],
        });
        n += 1;
      }
    } catch (error) {
      if (n > 0) await this.remove([place]);
      throw error;
    }
  }

  async *read(place: string, range?: ByteRange): AsyncGenerator<Uint8Array> {
    const first = range ? Math.floor(range.from / chunkBytes) : 0;
    for (let n = first; ; n += 1) {
      if (range && n * chunkBytes > range.to) return;
      const { rows } = await this.#pool.query<{ data: Buffer }>({
        name: 'rondo_chunk_read',
        text: 'SELECT data FROM blob_chunk WHERE place = $1 AND n = $2',
        values: [place, n],
      });
      const data = rows[0]?.data;
      if (!data) {
        if (range) throw new LostContentError(`A part of the content ${place} is missing.`);
        return;
      }
      yield range ? data.subarray(Math.max(0, range.from - n * chunkBytes), range.to + 1 - n * chunkBytes) : data;
      if (data.length < chunkBytes) return;
    }
  }

  async remove(places: readonly string[]): Promise<void> {
    await this.#pool.query('DELETE FROM blob_chunk WHERE place = ANY($1::uuid[])', [places]);
  }
}
