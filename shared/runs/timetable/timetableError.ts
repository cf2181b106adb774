/** A time of a schedule that cannot be used, in plain words. */
export class TimetableError extends Error {
  /** what is wrong: `cron`, `timeZone`, … as in the input of an operation */
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}
