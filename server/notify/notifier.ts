import type { Pool } from 'pg';
import type { SecretStore } from '../secrets/secretStore.ts';
import type { Chore } from '../work/chores.ts';
import type { WorkLog } from '../work/workLog.ts';
import { gather } from './gather.ts';
import { forgetOld, noteLongWaits, noteMissedFires } from './happenings.ts';
import type { Outlets } from './outlets.ts';
import { closeMessages, type SenderParts, sendDue } from './sending.ts';

export interface NotifierOptions {
  pool: Pool;
  secrets: SecretStore;
  outlets: Outlets;
  /** false: it gathers only; what goes out is sent by processes that are configured for it */
  sends: boolean;
  /** how long a message gathers before it goes out */
  windowMs: number;
  log: WorkLog;
  /** somebody has something new to read in the app */
  onTold(userId: string): void;
  onTried?: SenderParts['onTried'];
}

/** Tells people what has happened: gathers it into messages, and sends those that go out. Any number of processes may. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #parts: SenderParts;
  #sending: Promise<void> | undefined;
  #closed = false;

  constructor(options: NotifierOptions) {
    this.#options = options;
    const { pool, secrets, outlets, onTried } = options;
    this.#parts = { pool, secrets, outlets, ...(onTried && { onTried }) };
  }

  chores(): Chore[] {
    const { pool } = this.#options;
    return [
      { name: 'long waits', everyMs: 15_000, run: () => noteLongWaits(pool) },
      { name: 'missed fires', everyMs: 5_000, run: () => noteMissedFires(pool) },
      { name: 'what people are told', everyMs: 1_000, run: () => this.tell() },
      { name: 'old messages', everyMs: 3_600_000, run: () => forgetOld(pool) },
    ];
  }

  /** One round: gathers, closes what has gathered long enough, and begins to send what is due. */
  async tell(): Promise<void> {
    const { pool, windowMs } = this.#options;
    let more = true;
    while (more && !this.#closed) {
      const round = await gather(pool, windowMs);
      for (const userId of round.told) this.#options.onTold(userId);
      more = round.more;
    }
    if (!this.#options.sends) return;
    while ((await closeMessages(this.#parts)) > 0 && !this.#closed);
    // A mail server that is slow must not keep what happens from the app.
    this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined;
    });
  }

  async #send(): Promise<void> {
    try {
      while (!this.#closed && (await sendDue(this.#parts)) > 0);
    } catch (error) {
      this.#options.log.warn({ error: String(error) }, 'Messages could not be sent.');
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#sending;
  }
}
