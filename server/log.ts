import pino, { type Logger } from 'pino';

/** Fields that must never reach a log, wherever they stand (G7). */
const hidden = ['password', 'authorization', 'cookie', 'apiKey', 'api_key', 'token', 'secret', 'value', 'ciphertext'];

/**
 * The server's log: JSON lines on stderr.
 * @param scrub takes the values of secrets out of what is written
 */
export function openLog(level: string, scrub: (text: string) => string): Logger {
  const paths = hidden.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.headers["${name}"]`]);
  return pino(
    {
      level,
      redact: { paths: [...paths, 'headers["set-cookie"]', '*.headers["x-api-key"]'], censor: '[hidden]' },
    },
    { write: (line: string) => void process.stderr.write(scrub(line)) },
  );
}
