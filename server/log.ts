import pino, { type Logger } from 'pino';
import type { LogLevels, LogRoom } from './logLevels.ts';

/** Fields that must never reach a log, wherever they stand (G7). */
const hidden = ['password', 'authorization', 'cookie', 'apiKey', 'api_key', 'token', 'secret', 'value', 'ciphertext'];
const hiddenHeaders = ['authorization', 'cookie', 'set-cookie', 'x-api-key'];

export interface Logs {
  /** of what belongs to no room */
  all: Logger;
  /** each line names its room */
  room(name: LogRoom): Logger;
}

/**
 * The server's log: JSON lines.
 * @param scrub takes the values of secrets out of what is written
 * @param write takes a line; default: to stderr
 */
export function openLog(
  { level, rooms }: LogLevels,
  scrub: (text: string) => string,
  write: (line: string) => void = (line) => void process.stderr.write(line),
): Logs {
  const paths = [
    ...hidden.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
    ...hiddenHeaders.flatMap((name) => [`headers["${name}"]`, `*.headers["${name}"]`]),
  ];
  const all = pino(
    {
      level,
      redact: { paths, censor: '[hidden]' },
    },
    { write: (line: string) => write(scrub(line)) },
  );
  return { all, room: (room) => all.child({ room }, { level: rooms[room] ?? level }) };
}
