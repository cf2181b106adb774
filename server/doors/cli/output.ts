/** What a command prints: for people on a terminal, or JSON for programs. Results go to stdout, the rest to stderr. */
export interface Output {
  json: boolean;
  debug: boolean;
}

/** A command that cannot be carried out; the message says what to do. */
export class CommandError extends Error {
  /** 1 = the answer is no, 2 = wrong usage */
  readonly exitCode: 1 | 2;
  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Prints a result in the form that was asked for. */
export function show(output: Output, value: unknown, words: string): void {
  process.stdout.write(output.json ? `${JSON.stringify(value)}\n` : `${words}\n`);
}

/** Progress and hints, which are no result. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** One line on stderr for anything thrown; the stack only with `--debug`. */
export function explain(error: unknown, output: Output): void {
  const message = error instanceof Error ? error.message : String(error);
  if (output.json) process.stdout.write(`${JSON.stringify({ error: { message } })}\n`);
  else say(`rondo: ${message.split('\n')[0] ?? ''}`);
  if (output.debug && error instanceof Error) say(error.stack ?? '');
}
