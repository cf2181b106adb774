import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
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
  #opened: Promise<S3Client> | undefined;

  constructor(options: S3Options) {
    this.#options = options;
  }

  /** The client; its library takes thirty megabytes, and is loaded by who uses it. */
  #client(): Promise<S3Client> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async #open(): Promise<S3Client> {
    const { S3Client } = await import('@aws-sdk/client-s3');
    const { endpoint, region, accessKeyId, secretAccessKey } = this.#options;
    return new S3Client({
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
    const { Upload } = await import('@aws-sdk/lib-storage');
    const upload = new Upload({
      client: await this.#client(),
      params: { ...this.#object(place), Body: Readable.from(content, { objectMode: false }) },
      partSize: partBytes,
      queueSize: 2,
    });
    await upload.done();
  }

  async *read(place: string, range?: ByteRange): AsyncGenerator<Uint8Array> {
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const client = await this.#client();
    const answer = await client.send(
      new GetObjectCommand({ ...this.#object(place), ...(range && { Range: `bytes=${range.from}-${range.to}` }) }),
    );
    if (!(answer.Body instanceof Readable)) throw new LostContentError(`The object ${place} has no content.`);
    for await (const part of answer.Body) yield part as Uint8Array;
  }

  async remove(places: readonly string[]): Promise<void> {
    const { DeleteObjectsCommand } = await import('@aws-sdk/client-s3');
    const client = await this.#client();
    for (let first = 0; first < places.length; first += mostRemoved) {
      const Objects = places.slice(first, first + mostRemoved).map((place) => ({ Key: this.#object(place).Key }));
      const { Errors } = await client.send(
        new DeleteObjectsCommand({ Bucket: this.#options.bucket, Delete: { Objects, Quiet: true } }),
      );
      const failed = Errors?.[0];
      if (failed) throw new Error(`An object could not be removed: ${failed.Code ?? ''} ${failed.Message ?? ''}`);
    }
  }

  close(): void {
    void this.#opened?.then((client) => client.destroy());
  }
}
