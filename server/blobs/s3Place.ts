import { Readable } from 'node:stream';
import { DeleteObjectsCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { type ByteRange, LostContentError, type Place } from './place.ts';

/** How an S3-compatible store is reached (RONDO_S3_…). */
export interface S3Options {
  bucket: string;
  /** absent = Amazon's own */
  endpoint?: string;
  region: string;
  /** absent = what the machine offers (environment, role) */
  accessKeyId?: string;
  secretAccessKey?: string;
  /** before every object's name, e.g. `rondo/` */
  prefix: string;
}

const partBytes = 5 * 1024 * 1024;
const mostRemoved = 1000;

/** Content in an S3-compatible store: one object each, sent in parts of 5 MiB, two at a time. */
export class S3Place implements Place {
  readonly #options: S3Options;
  readonly #client: S3Client;

  constructor(options: S3Options) {
    this.#options = options;
    const { endpoint, region, accessKeyId, secretAccessKey } = options;
    this.#client = new S3Client({
      region,
      forcePathStyle: true,
      ...(endpoint !== undefined && { endpoint }),
      ...(accessKeyId !== undefined &&
        secretAccessKey !== undefined && { credentials: { accessKeyId, secretAccessKey } }),
    });
  }

  #object(place: string): { Bucket: string; Key: string } {
    return { Bucket: this.#options.bucket, Key: `${this.#options.prefix}${place}` };
  }

  async write(place: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    // A failed upload is aborted by the library, parts that came are removed with it.
    const upload = new Upload({
      client: this.#client,
      params: { ...this.#object(place), Body: Readable.from(content, { objectMode: false }) },
      partSize: partBytes,
      queueSize: 2,
    });
    await upload.done();
  }

  async *read(place: string, range?: ByteRange): AsyncGenerator<Uint8Array> {
    const answer = await this.#client.send(
      new GetObjectCommand({ ...this.#object(place), ...(range && { Range: `bytes=${range.from}-${range.to}` }) }),
    );
    if (!(answer.Body instanceof Readable)) throw new LostContentError(`The object ${place} has no content.`);
    for await (const part of answer.Body) yield part as Uint8Array;
  }

  async remove(places: readonly string[]): Promise<void> {
    for (let first = 0; first < places.length; first += mostRemoved) {
      const Objects = places.slice(first, first + mostRemoved).map((place) => ({ Key: this.#object(place).Key }));
      const { Errors } = await this.#client.send(
        new DeleteObjectsCommand({ Bucket: this.#options.bucket, Delete: { Objects, Quiet: true } }),
      );
      const failed = Errors?.[0];
      if (failed) throw new Error(`An object could not be removed: ${failed.Code ?? ''} ${failed.Message ?? ''}`);
    }
  }

  close(): void {
    this.#client.destroy();
  }
}
