import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';

/** The first bytes of a backup; what follows is a zstd stream of records: kind (1), length (4, big endian), content. */
const magic = 'RONDO BACKUP 1\n';
const headBytes = 5;
const mostBytes = 64 * 1024 * 1024;

/** M manifest, T table begins, B object begins, D data of either, E either ends, Z the end with the checksum. */
export type RecordKind = 'M' | 'T' | 'B' | 'D' | 'E' | 'Z';

export interface BackupRecord {
  kind: RecordKind;
  content: Buffer;
}

/** A file that is no backup, or not a whole one. */
export class BackupFileError extends Error {}

export interface Manifest {
  format: 1;
  /** of the product */
  version: string;
  at: string;
  /** that the database had */
  migrations: string[];
  tables: { name: string; columns: string[] }[];
  sequences: { name: string; value: string }[];
  /** of run_journal */
  partitions: string[];
  /** tells which secret key the secrets need, without telling the key */
  keyId: string;
  /** hex, only when it was asked for */
  key?: string;
  /** are the contents of objects in S3 in the file? */
  objects: boolean;
}

/** The bytes of a backup file. The last record holds the checksum of all before it. */
export function encode(records: AsyncIterable<{ kind: RecordKind; content: Buffer }>): Readable {
  const sum = createHash('sha256');
  async function* framed(): AsyncGenerator<Buffer> {
    for await (const { kind, content } of records) {
      for (let at = 0; at === 0 || at < content.length; at += mostBytes)
        yield counted(kind, content.subarray(at, at + mostBytes));
    }
    const end = Buffer.from(JSON.stringify({ sha256: sum.copy().digest('hex') }));
    yield frame('Z', end);
  }
  function counted(kind: RecordKind, content: Buffer): Buffer {
    const bytes = frame(kind, content);
    sum.update(bytes);
    return bytes;
  }
  const zipped = createZstdCompress();
  pipeline(Readable.from(framed(), { objectMode: false }), zipped, (error) => {
    if (error) zipped.destroy(error);
  });
  async function* file(): AsyncGenerator<Buffer> {
    yield Buffer.from(magic);
    for await (const part of zipped) yield part as Buffer;
  }
  return Readable.from(file(), { objectMode: false });
}

function frame(kind: RecordKind, content: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(headBytes + content.length);
  bytes.write(kind, 0, 'latin1');
  bytes.writeUInt32BE(content.length, 1);
  content.copy(bytes, headBytes);
  return bytes;
}

/**
 * The records of a backup file, one after the other, the checksum checked at its end.
 * @throws {BackupFileError} also when the file ends too early
 */
export async function* decode(path: string): AsyncGenerator<BackupRecord> {
  const start = await firstBytes(path);
  if (start !== magic) throw new BackupFileError(`${path} is no backup of Rondo.`);
  const broken = new BackupFileError(`${path} is damaged or was cut off: it does not end as a backup does.`);
  const unzipped = createZstdDecompress();
  pipeline(createReadStream(path, { start: magic.length }), unzipped, () => undefined);
  const sum = createHash('sha256');
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const part of unzipped) {
      rest = rest.length === 0 ? (part as Buffer) : Buffer.concat([rest, part as Buffer]);
      while (rest.length >= headBytes) {
        const length = rest.readUInt32BE(1);
        if (length > mostBytes) throw broken;
        if (rest.length < headBytes + length) break;
        const kind = rest.toString('latin1', 0, 1) as RecordKind;
        const content = rest.subarray(headBytes, headBytes + length);
        if (kind === 'Z') {
          const { sha256 } = JSON.parse(content.toString()) as { sha256: string };
          if (sha256 !== sum.digest('hex')) throw broken;
          return;
        }
        sum.update(rest.subarray(0, headBytes + length));
        yield { kind, content };
        rest = rest.subarray(headBytes + length);
      }
    }
  } catch (error) {
    // What zstd itself finds wrong.
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z')) throw broken;
    throw error;
  }
  throw broken;
}

async function firstBytes(path: string): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of createReadStream(path, { end: magic.length - 1 })) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('latin1');
}
