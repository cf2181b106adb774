import { createInterface, type Interface } from 'node:readline';

/** Where a command reads and prints; a test hands in its own. */
export interface CommandStreams {
  /** one line on stdout */
  print(line: string): void;
  /** a text on stdout, as it is */
  printText(text: string): void;
  /** one line on stderr */
  error(line: string): void;
  /** the next line of stdin; null at its end */
  readLine(): Promise<string | null>;
  /** asks on a terminal and gives the line; null at the end of input */
  ask(question: string): Promise<string | null>;
  /** is somebody there to be asked? */
  readonly interactive: boolean;
  close(): void;
}

/** The streams of this process. Stdin is opened when it is first read. */
export function processStreams(): CommandStreams {
  let input: Interface | undefined;
  const waiting: ((line: string | null) => void)[] = [];
  const lines: string[] = [];
  let ended = false;
  const open = (): void => {
    if (input) return;
    input = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
    input.on('line', (line) => {
      const next = waiting.shift();
      if (next) next(line);
      else lines.push(line);
    });
    input.on('close', () => {
      ended = true;
      for (const next of waiting.splice(0)) next(null);
    });
  };
  const readLine = (): Promise<string | null> => {
    open();
    const line = lines.shift();
    if (line !== undefined) return Promise.resolve(line);
    if (ended) return Promise.resolve(null);
    return new Promise((resolve) => waiting.push(resolve));
  };
  return {
    print: (line) => process.stdout.write(`${line}\n`),
    printText: (text) => process.stdout.write(text),
    error: (line) => process.stderr.write(`${line}\n`),
    readLine,
    ask(question) {
      process.stderr.write(question);
      return readLine();
    },
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true,
    close: () => input?.close(),
  };
}
