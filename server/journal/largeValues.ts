import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { byName, type ValueChange, withValues } from '@rondo/shared/runs/eventValues.ts';
import {
  fileIdOf,
  type LargeValue,
  largeValueBytes,
  largeValueOf,
  referenceTo,
} from '@rondo/shared/runs/largeValue.ts';
import type { Pool, PoolClient } from 'pg';
import { BlobStore } from '../blobs/blobStore.ts';
import { type FileUser, linkContent, shareContent, takeFiles } from './runContent.ts';

/**
 * Is the JSON of a value longer than `limit` bytes? Small values are told by a walk that ends with them; a large one
 * ends the walk early and is then measured.
 */
export function isLarge(value: unknown, limit = largeValueBytes): boolean {
  if (typeof value !== 'object' && typeof value !== 'string') return false;
  // A character takes one byte at least, and six at most (\u0000).
  if (characters(value, limit / 6) <= limit / 6) return false;
  return Buffer.byteLength(JSON.stringify(value)) > limit;
}

/** At least as many characters as the walk has seen when it had seen more than `enough`. */
function characters(value: unknown, enough: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 24;
  let seen = 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      seen += 1 + characters(item, enough - seen);
      if (seen > enough) return seen;
    }
    return seen;
  }
  for (const key in value) {
    seen += key.length + 4 + characters((value as JsonObject)[key], enough - seen);
    if (seen > enough) return seen;
  }
  return seen;
}

function typeOf(value: Json): LargeValue['type'] {
  if (typeof value === 'string') return 'text';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' && value !== null ? 'object' : 'value';
}

/** Collects the large values of what it is walked over; every value stays as it is. */
function collector(found: Set<Json>): ValueChange {
  return {
    value(value) {
      if (isLarge(value)) found.add(value);
      return value;
    },
    text(text) {
      if (isLarge(text)) found.add(text);
      return text;
    },
  };
}

/** Puts something else in the place of some values. */
function replacer(known: ReadonlyMap<Json, Json>): ValueChange {
  return {
    value: (value) => known.get(value) ?? value,
    text(text) {
      const found = known.get(text);
      return found === undefined ? text : JSON.stringify(found);
    },
  };
}

/** Large values of runs: kept once by their hash, referred to in the journal, given back to the engine as they were. */
export class LargeValues {
  readonly #pool: Pool | PoolClient;
  readonly #blobs: BlobStore;

  constructor(pool: Pool | PoolClient, blobs: BlobStore = new BlobStore(pool)) {
    this.#pool = pool;
    this.#blobs = blobs;
  }

  /**
   * The events as the journal keeps them. What they refer to is durable, and linked to the run, when this resolves.
   * The very same list where nothing is large.
   */
  async stored(runId: string, events: readonly RunEvent[]): Promise<readonly RunEvent[]> {
    const found = new Set<Json>();
    const look = collector(found);
    for (const event of events) withValues(event, look);
    if (found.size === 0) return events;
    const known = await this.#keep(runId, found);
    const change = replacer(known);
    return events.map((event) => withValues(event, change));
  }

  /** Values by name as a run's row keeps them; see `stored`. */
  async storedValues(runId: string, values: { [name: string]: Json }): Promise<{ [name: string]: Json }> {
    const found = new Set<Json>();
    byName(values, collector(found));
    return found.size === 0 ? values : byName(values, replacer(await this.#keep(runId, found)));
  }

  /** A run is started with files; one that another run starts may use the files of that one. */
  async takeFiles(user: FileUser, files: readonly string[], parentRunId?: string): Promise<void> {
    if (parentRunId !== undefined) await shareContent(this.#pool, parentRunId, user.runId, { hashes: [], files });
    else await takeFiles(this.#pool, user, files);
  }

  /** A run that tries another one again takes over what the values of that one refer to. */
  async takeOver(fromRunId: string, runId: string): Promise<void> {
    await shareContent(this.#pool, fromRunId, runId);
  }

  async #keep(runId: string, values: ReadonlySet<Json>): Promise<Map<Json, Json>> {
    const known = new Map<Json, Json>();
    const hashes: string[] = [];
    for (const value of values) {
      const { hash, size } = await this.#blobs.putBytes(Buffer.from(JSON.stringify(value)));
      hashes.push(hash);
      known.set(value, referenceTo({ hash, size, type: typeOf(value) }));
    }
    await linkContent(this.#pool, runId, hashes);
    return known;
  }

  /** The events with the values that their references mean. A reference to what the run does not have stays as it is. */
  async restored<E extends RunEvent>(runId: string, events: readonly E[]): Promise<readonly E[]> {
    const found = new Map<string, Json>();
    const look = referenceFinder(found);
    for (const event of events) withValues(event, look);
    if (found.size === 0) return events;
    const change = restorer(await this.#read(runId, [...found.keys()]));
    return events.map((event) => withValues(event, change));
  }

  /** Values by name with those that references mean in their place; see `restored`. */
  async restoredValues(runId: string, values: { [name: string]: Json }): Promise<{ [name: string]: Json }> {
    const found = new Map<string, Json>();
    byName(values, referenceFinder(found));
    return found.size === 0 ? values : byName(values, restorer(await this.#read(runId, [...found.keys()])));
  }

  async #read(runId: string, hashes: readonly string[]): Promise<Map<string, Json>> {
    const { rows } = await this.#pool.query<{ hash: string }>(
      'SELECT hash FROM run_blob WHERE run_id = $1 AND hash = ANY($2::text[])',
      [runId, hashes],
    );
    const values = new Map<string, Json>();
    for (const { hash } of rows) values.set(hash, JSON.parse((await this.#blobs.bytes(hash)).toString('utf8')) as Json);
    return values;
  }
}

function referenceFinder(found: Map<string, Json>): ValueChange {
  const look = (value: Json): void => {
    const reference = largeValueOf(value);
    if (reference) found.set(reference.hash, value);
  };
  return {
    value(value) {
      look(value);
      return value;
    },
    text(text) {
      look(text);
      return text;
    },
  };
}

function restorer(known: ReadonlyMap<string, Json>): ValueChange {
  const find = (value: Json): Json | undefined => {
    const reference = largeValueOf(value);
    return reference && known.get(reference.hash);
  };
  return {
    // A text of the flow that looks like a reference is a text: only messages and questions stand as texts.
    value: (value) => (typeof value === 'string' ? value : (find(value) ?? value)),
    text(text) {
      const found = find(text);
      return typeof found === 'string' ? found : text;
    },
  };
}

/** What values refer to: hashes of large values, and ids of files (also in lists). */
export function contentOf(values: { [name: string]: Json }): { hashes: string[]; files: string[] } {
  const hashes = new Set<string>();
  const files = new Set<string>();
  for (const name of Object.keys(values)) {
    const value = values[name] ?? null;
    for (const one of Array.isArray(value) ? value : [value]) {
      const file = fileIdOf(one);
      if (file) files.add(file);
    }
    const reference = typeof value === 'string' ? undefined : largeValueOf(value);
    if (reference) hashes.add(reference.hash);
  }
  return { hashes: [...hashes], files: [...files] };
}
