import { contentHash } from '@rondo/shared/oas/hash.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { hasErrors, type Problem } from '@rondo/shared/oas/problems.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { WriteError, writeDocument } from '@rondo/shared/oas/write.ts';
import type { Assignment } from '@rondo/shared/runs/assignment.ts';
import { type FlowSettings, runnersOf } from '@rondo/shared/runs/settings.ts';
import { type Said, said } from '@rondo/shared/words/said.ts';
import { keepNewest } from '../newest.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { Store, Transaction } from '../store/store.ts';
import { OperationError } from './errors.ts';

/** A version that may be started, ready to run. */
export interface Startable {
  flowId: string;
  flowName: string;
  slug: string;
  versionNumber: number;
  documentHash: string;
  document: JsonObject;
  /** who alone may run it; undefined = everyone whose role lets them */
  runners: Assignment | undefined;
}

const mostKept = 64;
/** How long another process may still start the version before the newest. In this process publishing counts at once. */
const publishedBelievedFor = 500;

/** Documents by content, drafts by number, published versions by flow: each parsed once and kept for a while. */
export class Documents {
  readonly #store: Store;
  readonly #prisma: PrismaClient;
  readonly #byHash = new Map<string, JsonObject>();
  readonly #drafts = new Map<string, JsonObject>();
  readonly #published = new Map<string, { value: Startable; until: number }>();

  constructor(store: Store) {
    this.#store = store;
    this.#prisma = store.prisma;
  }

  /**
   * The tree of a draft; kept by flow and number of the edit, so that the next edit need not parse it again.
   * @throws {OperationError} INVALID
   */
  draft(flow: { id: string; draftSeq: number; draftText: string }): JsonObject {
    const key = `${flow.id} ${flow.draftSeq}`;
    const known = this.#drafts.get(key);
    if (known) return known;
    return keepNewest(this.#drafts, key, parsed(flow.draftText).tree, mostKept);
  }

  keepDraft(flowId: string, seq: number, tree: JsonObject): void {
    this.#drafts.delete(`${flowId} ${seq - 1}`);
    keepNewest(this.#drafts, `${flowId} ${seq}`, tree, mostKept);
  }

  /** A draft whose transaction was rolled back must not be believed. */
  forgetDrafts(flowId: string): void {
    for (const key of this.#drafts.keys()) if (key.startsWith(`${flowId} `)) this.#drafts.delete(key);
  }

  /** The text and tree of a stored document. @throws {OperationError} NOT_FOUND */
  async byHash(hash: string): Promise<JsonObject> {
    const known = this.#byHash.get(hash);
    if (known) return known;
    const row = await this.#prisma.flowDocument.findUnique({ where: { hash } });
    if (!row) throw new OperationError('NOT_FOUND', said('refused.versionGone'));
    return keepNewest(this.#byHash, hash, parsed(row.text).tree, mostKept);
  }

  /** Stores a text under the hash of its bytes; the same text is stored once. */
  async put(tx: Transaction | PrismaClient, text: string): Promise<string> {
    const hash = await contentHash(text);
    await tx.$executeRaw`INSERT INTO flow_document (hash, text) VALUES (${hash}, ${text}) ON CONFLICT DO NOTHING`;
    return hash;
  }

  /**
   * The published version of a flow, by the flow's id or slug. Undefined when there is no such flow or it has not been
   * published. On the hot path: one statement, and none while the last answer is fresh.
   */
  async published(idOrSlug: string): Promise<Startable | undefined> {
    const known = this.#published.get(idOrSlug);
    if (known && known.until > performance.now()) return known.value;
    const { rows } = await this.#store.pool.query<{
      id: string;
      name: string;
      slug: string;
      number: number;
      hash: string;
      settings: string;
    }>({
      name: 'rondo_published',
      text: `SELECT f.id, f.name, f.slug, v.number, v.document_hash AS hash, f.settings FROM flow f
             JOIN flow_version v ON v.flow_id = f.id AND v.number = f.published_number
             WHERE (f.id::text = $1 OR f.slug = $1) AND f.archived_at IS NULL`,
      values: [idOrSlug],
    });
    const row = rows[0];
    if (!row) return undefined;
    const value: Startable = {
      flowId: row.id,
      flowName: row.name,
      slug: row.slug,
      versionNumber: row.number,
      documentHash: row.hash,
      document: await this.byHash(row.hash),
      runners: runnersOf(JSON.parse(row.settings) as FlowSettings),
    };
    keepNewest(this.#published, idOrSlug, { value, until: performance.now() + publishedBelievedFor }, mostKept);
    return value;
  }

  forgetPublished(): void {
    this.#published.clear();
  }
}

/**
 * Reads a document that is to be stored.
 * @throws {OperationError} INVALID with every problem, TOO_LARGE
 */
export function parsed(text: string, fileName?: string): { tree: JsonObject; problems: Problem[] } {
  const result = readDocument(text, fileName);
  if (result.ok) return { tree: result.tree, problems: result.problems };
  const first = result.problems[0];
  const tooLarge = result.problems.some((problem) => problem.code === 'OAS-TOO-LARGE');
  throw new OperationError(
    tooLarge ? 'TOO_LARGE' : 'INVALID',
    first?.said ?? first?.message ?? said('refused.documentUnreadable'),
    result.problems,
  );
}

/**
 * The text of an edited tree: only what differs from the source is written anew, in the language that it came in. What
 * cannot be written so becomes JSON, and that JSON is its source from then on.
 */
export function written(tree: JsonObject, sourceText: string): { text: string; sourceText: string } {
  try {
    return { text: writeDocument(tree, sourceText), sourceText };
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    const text = writeDocument(tree);
    return { text, sourceText: text };
  }
}

/** @throws {OperationError} INVALID when one of the problems keeps the document from working */
export function refuseErrors(problems: Problem[], what: Said): void {
  if (!hasErrors(problems)) return;
  const first = problems.find((problem) => problem.severity === 'error');
  const words = first === undefined ? what : said('sentences', { before: what, last: first.said ?? first.message });
  throw new OperationError('INVALID', words, problems);
}
