import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { clock } from '../store/clock.ts';
import { checkCompatibility, TooOldError } from '../store/compatibility.ts';
import type { Timing, WorkOptions } from './options.ts';

/** First half of the advisory locks by which processes show that they live. */
export const lifeLock = 1_380_862_020;

/** What the process tells of the work in it, and what it is told. */
export interface ProcessWatch {
  load(): { live: number; own: number; handed: number };
  /** at each heartbeat: does an admin want it to take no more runs? */
  onDraining(draining: boolean): void;
}

/**
 * This process among those that share the work: a row with a heartbeat, and a session lock that the database frees
 * within milliseconds when the process dies. Liveness belongs to the process, not to each of its runs.
 */
export class ServerProcess {
  readonly #options: WorkOptions;
  readonly #timing: Timing;
  #id = uuidv7();
  #lockKey = 0;
  #client: Client | undefined;
  #beat: NodeJS.Timeout | undefined;
  #stopped = false;

  readonly #seen: ProcessWatch;
  #beats = 0;
  #cpu = process.cpuUsage();
  #cpuAt = performance.now();

  constructor(options: WorkOptions, timing: Timing, seen: ProcessWatch) {
    this.#options = options;
    this.#timing = timing;
    this.#seen = seen;
  }

  /** What runs name as their holder. Changes when others took this process for dead. */
  get id(): string {
    return this.#id;
  }

  async start(): Promise<void> {
    await clock.ask(async () => {
      const { rows } = await this.#options.store.pool.query<{ key: string; at: Date }>(
        "SELECT nextval(pg_get_serial_sequence('server', 'lock_key')) AS key, clock_timestamp() AS at",
      );
      this.#lockKey = Number(rows[0]?.key);
      return rows[0]?.at;
    });
    // The lock first: a row without it would look dead.
    await this.#lock();
    await this.#register();
    this.#beat = setInterval(() => void this.#heartbeat(), this.#timing.heartbeatMs);
  }

  async #lock(): Promise<void> {
    const client = new Client({
      connectionString: this.#options.store.databaseUrl,
      application_name: 'rondo life',
      keepAlive: true,
    });
    client.on('error', (error) => {
      this.#options.log.warn({ error: error.message }, 'The connection that shows this process alive was lost.');
      if (this.#client === client) void this.#lockAgain();
    });
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1, $2)', [lifeLock, this.#lockKey]);
    if (this.#stopped) await client.end();
    else this.#client = client;
  }

  async #lockAgain(): Promise<void> {
    this.#client = undefined;
    while (!this.#stopped && !this.#client) {
      await sleep(300);
      if (this.#stopped) return;
      try {
        await this.#lock();
      } catch (error) {
        this.#options.log.warn({ error: String(error) }, 'The database cannot be reached.');
      }
    }
  }

  async #register(): Promise<void> {
    await this.#options.store.pool.query(
      'INSERT INTO server (id, kind, host, pid, version, lock_key) VALUES ($1, $2, $3, $4, $5, $6)',
      [this.#id, this.#options.kind, hostname(), process.pid, this.#options.version, this.#lockKey],
    );
  }

  async #heartbeat(): Promise<void> {
    try {
      const row = await this.#write();
      if (row) this.#seen.onDraining(row.draining);
      if (this.#beats++ % 5 === 0) await this.#checkFit();
      if (!row && !this.#stopped) {
        // Others declared us dead (a long pause, a lost connection). What we held is theirs now; go on as a new one.
        this.#id = uuidv7();
        await this.#register();
        this.#options.log.warn({ server: this.#id }, 'This process was taken for dead and has joined again.');
      }
    } catch (error) {
      if (!this.#stopped) this.#options.log.warn({ error: String(error) }, 'The heartbeat could not be written.');
    }
  }

  /** Writes the heartbeat, and learns the time. @returns nothing when others declared this process dead */
  async #write(): Promise<{ draining: boolean } | undefined> {
    let row: { draining: boolean; at: Date } | undefined;
    await clock.ask(async () => {
      const { rows } = await this.#options.store.pool.query<{ draining: boolean; at: Date }>({
        name: 'rondo_heartbeat',
        text: `UPDATE server SET heartbeat_at = now(), load = $2 WHERE id = $1 AND stopped_at IS NULL
               RETURNING draining, clock_timestamp() AS at`,
        values: [this.#id, JSON.stringify(this.#load())],
      });
      row = rows[0];
      return row?.at;
    });
    return row;
  }

  /** What the workers page shows of this process. */
  #load(): { [name: string]: number } {
    const used = process.cpuUsage(this.#cpu);
    const elapsed = performance.now() - this.#cpuAt;
    this.#cpu = process.cpuUsage();
    this.#cpuAt = performance.now();
    return {
      ...this.#seen.load(),
      memoryMb: Math.round(process.memoryUsage.rss() / 1_048_576),
      // per cent of one processor
      cpu: elapsed > 0 ? Math.round((used.user + used.system) / elapsed / 10) : 0,
    };
  }

  async #checkFit(): Promise<void> {
    const { version, store, onUnfit } = this.#options;
    try {
      await checkCompatibility(store.pool, version);
    } catch (error) {
      if (!(error instanceof TooOldError)) throw error;
      onUnfit?.(error);
    }
  }

  /** Says goodbye: what this process still holds may be taken over at once. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#beat);
    await this.#options.store.pool.query('UPDATE server SET stopped_at = now() WHERE id = $1', [this.#id]);
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }
}
