import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** Something that whoever watches may want to read again. */
export interface Change {
  /** `notification`: of the person with this id */
  kind: 'run' | 'review' | 'flow' | 'schedule' | 'inbox' | 'notification';
  id: string;
  flowId?: string;
  state?: string;
}

/** A piece of text as a model writes it; shown live, never stored. */
export interface Token {
  runId: string;
  path: string;
  text: string;
}

/** Words between processes that are no changes. */
type Signal = { cancel: string };

type Listener<T> = (value: T) => void;

const channel = 'rondo_live';
/** A payload of NOTIFY holds 8000 bytes at most. */
const payloadBytes = 7500;
/** Changes of this long are told to other processes together. */
const gatherMs = 25;

export interface HubOptions {
  databaseUrl: string;
  onError: (error: Error) => void;
}

/**
 * Live changes: an emitter inside the process, and between processes one NOTIFY for many changes on a connection of
 * its own, without waiting for the disk (a NOTIFY in each commit halves the throughput). A change says only what to
 * read again; who misses one reads it later.
 */
export class Hub {
  readonly #options: HubOptions;
  readonly #self = randomUUID();
  readonly #changes = new Set<Listener<Change>>();
  readonly #tokens = new Set<Listener<Token>>();
  readonly #signals = new Set<Listener<Signal>>();
  #outgoing = new Map<string, Change | Signal>();
  #timer: NodeJS.Timeout | undefined;
  #client: Client | undefined;
  #closed = false;
  /** false while no other process lives: then nothing is sent */
  othersLive = true;

  constructor(options: HubOptions) {
    this.#options = options;
  }

  /** Listens for other processes, and goes on doing so when the connection is lost. */
  async open(): Promise<void> {
    const client = new Client({ connectionString: this.#options.databaseUrl, application_name: 'rondo live' });
    client.on('notification', (message) => this.#receive(message.payload ?? ''));
    client.on('error', (error) => {
      this.#options.onError(error);
      if (this.#client === client) void this.#reopen();
    });
    await client.connect();
    await client.query(`SET synchronous_commit = off; LISTEN ${channel}`);
    if (this.#closed) await client.end();
    else this.#client = client;
  }

  async #reopen(): Promise<void> {
    this.#client = undefined;
    while (!this.#closed && !this.#client) {
      await sleep(500);
      if (this.#closed) return;
      try {
        await this.open();
      } catch (error) {
        this.#options.onError(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }

  /** @returns takes the listener away */
  on(listener: Listener<Change>): () => void {
    this.#changes.add(listener);
    return () => this.#changes.delete(listener);
  }

  onToken(listener: Listener<Token>): () => void {
    this.#tokens.add(listener);
    return () => this.#tokens.delete(listener);
  }

  onSignal(listener: Listener<Signal>): () => void {
    this.#signals.add(listener);
    return () => this.#signals.delete(listener);
  }

  /** Tells everybody, here at once and elsewhere soon. */
  tell(change: Change): void {
    for (const listener of this.#changes) listener(change);
    this.#send(`${change.kind} ${change.id}`, change);
  }

  signal(signal: Signal): void {
    this.#send(`cancel ${signal.cancel}`, signal);
  }

  /** Tells listeners of this process. */
  token(token: Token): void {
    for (const listener of this.#tokens) listener(token);
  }

  #send(key: string, word: Change | Signal): void {
    if (!this.othersLive || this.#closed) return;
    this.#outgoing.set(key, word);
    this.#timer ??= setTimeout(() => this.#flush(), gatherMs);
  }

  #flush(): void {
    this.#timer = undefined;
    const words = [...this.#outgoing.values()];
    this.#outgoing = new Map();
    const client = this.#client;
    if (!client) return; // no connection: others catch up by reading
    let part: (Change | Signal)[] = [];
    const send = () => {
      const payload = JSON.stringify({ from: this.#self, words: part });
      client.query('SELECT pg_notify($1, $2)', [channel, payload]).catch((error) => this.#options.onError(error));
      part = [];
    };
    let bytes = 0;
    for (const word of words) {
      const size = Buffer.byteLength(JSON.stringify(word)) + 1;
      if (bytes + size > payloadBytes) {
        send();
        bytes = 0;
      }
      part.push(word);
      bytes += size;
    }
    if (part.length > 0) send();
  }

  #receive(payload: string): void {
    const { from, words }: { from: string; words: (Change | Signal)[] } = JSON.parse(payload);
    if (from === this.#self) return;
    for (const word of words) {
      if ('cancel' in word) for (const listener of this.#signals) listener(word);
      else for (const listener of this.#changes) listener(word);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }
}
