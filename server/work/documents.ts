import { isObject, type JsonObject } from '@rondo/shared/oas/json.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { type Said, said, sentence } from '@rondo/shared/words/said.ts';
import type { Pool } from 'pg';
import { keepNewest } from '../newest.ts';

const mostKept = 64;

/** The documents that runs of this process need, by content hash, each parsed once and kept for a while. */
export class RunDocuments {
  readonly #pool: Pool;
  readonly #kept = new Map<string, JsonObject>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Keeps a document that somebody has parsed already. */
  keep(hash: string, tree: JsonObject): void {
    keepNewest(this.#kept, hash, tree, mostKept);
  }

  /**
   * @throws {MissingDocument} when no document has this hash, or what is stored cannot be read
   */
  async get(hash: string): Promise<JsonObject> {
    const known = this.#kept.get(hash);
    if (known) return known;
    const { rows } = await this.#pool.query<{ text: string }>('SELECT text FROM flow_document WHERE hash = $1', [hash]);
    const text = rows[0]?.text;
    if (text === undefined) throw new MissingDocument(said('failure.documentGone'));
    const read = readDocument(text);
    if (!read.ok || !isObject(read.tree)) {
      const [first] = read.problems;
      const reason = first?.said ?? first?.message ?? said('failure.documentNoObject');
      throw new MissingDocument(said('failure.documentUnreadable', { reason }));
    }
    this.keep(hash, read.tree);
    return read.tree;
  }
}

export class MissingDocument extends Error {
  /** the message, to be said in any language */
  readonly said: Said;
  constructor(words: Said) {
    super(sentence(words));
    this.said = words;
  }
}
