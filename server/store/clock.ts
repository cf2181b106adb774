/**
 * The time as the database tells it. What processes must agree on (when a timer or a time limit is due, when a run was
 * made) is not read from the clock of each machine: that one may be wrong, and may be moved while the process runs. In
 * between, time goes on as the machine's steady clock does.
 */
export class DatabaseClock {
  readonly #steady: () => number;
  /** the database's time, less the steady clock's, in ms; undefined = it was never asked */
  #ahead: number | undefined;

  /** @param steady a clock that is never moved, in ms */
  constructor(steady: () => number = () => performance.now()) {
    this.#steady = steady;
  }

  /** The present time; that of this machine while the database was not asked yet. */
  now(): Date {
    return new Date(this.#ahead === undefined ? Date.now() : this.#steady() + this.#ahead);
  }

  /**
   * Asks the database, and from then on tells its time.
   * @param ask gives what `clock_timestamp()` answered; undefined = no answer
   */
  async ask(ask: () => Promise<Date | undefined>): Promise<void> {
    const begun = this.#steady();
    const said = (await ask())?.getTime();
    if (said === undefined) return;
    // It was said at some moment between the question and the answer: more is not known when the way was long.
    const least = said - this.#steady();
    const most = said - begun;
    if (this.#ahead === undefined) this.#ahead = (least + most) / 2;
    else this.#ahead = Math.min(Math.max(this.#ahead, least), most);
  }
}

/** The clock of this process: it has one database. */
export const clock = new DatabaseClock();
