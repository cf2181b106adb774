/** Bytes of a piece of content, both ends included. */
export interface ByteRange {
  from: number;
  to: number;
}

/** Where the bytes of content are kept, by a name (UUIDv7) that is given to them when they come. */
export interface Place {
  /** Streams content in; what was written is gone again when this throws. */
  write(place: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Streams content, or a part of it, out. */
  read(place: string, range?: ByteRange): AsyncIterable<Uint8Array>;
  remove(places: readonly string[]): Promise<void>;
}

/** A file, or the text of a large value, cannot be read: its bytes are not where they should be. */
export class LostContentError extends Error {}
