import type { Client, Connection, Submittable } from 'pg';

/** What `pg` calls on a query that is on its way; COPY is spoken over it without a package of its own. */
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(why: string): void;
}

abstract class Copy implements Submittable {
  readonly done = Promise.withResolvers<number>();
  readonly #text: string;
  #rows = 0;

  constructor(text: string) {
    this.#text = text;
    this.done.promise.catch(() => undefined); // told to whoever waits for the stream
  }

  submit(connection: Connection): void {
    connection.query(this.#text);
  }

  handleCommandComplete(message: { text: string }): void {
    this.#rows = Number(/^COPY (\d+)/.exec(message.text)?.[1] ?? 0);
  }

  /** The last word of a query that failed: `pg` lets go of it here, and calls nothing more. */
  handleError(error: Error): void {
    this.done.reject(error);
  }

  handleReadyForQuery(): void {
    this.done.resolve(this.#rows);
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
  handleCopyInResponse(_connection: Connection): void {}
  handleCopyData(_message: { chunk: Buffer }, _connection: Connection): void {}
}

/** The connection stops reading while so much waits to be taken. */
const mostWaiting = 4 * 1024 * 1024;

class CopyOut extends Copy {
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #connection: Connection | undefined;
  #arrived = Promise.withResolvers<void>();
  #ended = false;

  override handleCopyData({ chunk }: { chunk: Buffer }, connection: Connection): void {
    // The chunk is a piece of the parser's own buffer, which it uses again for what comes next.
    this.#chunks.push(Buffer.from(chunk));
    this.#bytes += chunk.length;
    this.#connection = connection;
    if (this.#bytes > mostWaiting) connection.stream.pause();
    this.#arrived.resolve();
  }

  override handleReadyForQuery(): void {
    super.handleReadyForQuery();
    this.#end();
  }

  override handleError(error: Error): void {
    super.handleError(error);
    this.#end();
  }

  #end(): void {
    this.#ended = true;
    this.#arrived.resolve();
  }

  async *chunks(): AsyncGenerator<Buffer> {
    for (;;) {
      const taken = this.#chunks.splice(0);
      if (taken.length > 0) {
        this.#bytes = 0;
        yield Buffer.concat(taken);
        this.#connection?.stream.resume();
      } else if (this.#ended) {
        return;
      } else {
        await this.#arrived.promise;
        this.#arrived = Promise.withResolvers();
      }
    }
  }
}

class CopyIn extends Copy {
  readonly ready = Promise.withResolvers<CopyConnection>();

  override handleCopyInResponse(connection: Connection): void {
    this.ready.resolve(connection as CopyConnection);
  }

  override handleError(error: Error): void {
    super.handleError(error);
    this.ready.reject(error);
  }
}

/**
 * Streams what a `COPY … TO STDOUT` gives, in pieces of any size.
 * @param onRows told how many rows it were
 */
export async function* copyOut(client: Client, text: string, onRows: (rows: number) => void): AsyncGenerator<Buffer> {
  const copy = client.query(new CopyOut(text));
  yield* copy.chunks();
  onRows(await copy.done.promise);
}

/** Streams into a `COPY … FROM STDIN`. @returns how many rows it were */
export async function copyIn(client: Client, text: string, content: AsyncIterable<Buffer>): Promise<number> {
  const copy = client.query(new CopyIn(text));
  copy.ready.promise.catch(() => undefined);
  const connection = await copy.ready.promise.catch(() => undefined);
  if (connection) {
    try {
      for await (const chunk of content) {
        connection.sendCopyFromChunk(chunk);
        if (connection.stream.writableNeedDrain)
          await new Promise((resolve) => connection.stream.once('drain', resolve));
      }
      connection.endCopyFrom();
    } catch (error) {
      connection.sendCopyFail(error instanceof Error ? error.message : 'the source failed');
      await copy.done.promise.catch(() => undefined);
      throw error;
    }
  }
  return copy.done.promise;
}
