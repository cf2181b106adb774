import { explain, say } from './output.ts';

const lingerMs = 500;

/**
 * Starts something and keeps it until Ctrl-C, SIGTERM, or the end of the program that started us over a channel; then
 * closes it. A second signal ends at once.
 * @returns the exit code; 1 when this version turned out to be too old for its database
 */
export async function runUntilStopped(
  start: (onUnfit: (error: Error) => void) => Promise<{ close(): Promise<void> }>,
): Promise<number> {
  let stop: (why: string) => void = () => undefined;
  const stopped = new Promise<string>((resolve) => {
    stop = resolve;
  });
  let asked = false;
  const onSignal = (signal: string) => {
    if (asked) process.exit(1);
    asked = true;
    stop(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  // `npm start` holds a channel to us: when it is killed, the channel closes, and we must not be left behind.
  if (process.send) {
    process.on('disconnect', () => onSignal('disconnect'));
    // The channel alone must not keep us: npm start waits for our end, and would wait for ever.
    process.channel?.unref();
  }
  process.on('unhandledRejection', (error) => {
    say('rondo: something failed that nobody waited for; the server goes on.');
    explain(error, { json: false, debug: true });
  });
  // This version may not work on its database any more: it says so and goes, what it had under way is handed on.
  let exitCode = 0;
  const running = await start((error) => {
    if (asked) return;
    asked = true;
    exitCode = 1;
    say(`rondo: ${error.message}`);
    stop('unfit');
  });
  const why = await stopped;
  if (why !== 'disconnect') say('Stopping …');
  await running.close();
  // All is closed and written. A timer that a package left behind must not keep the process.
  setTimeout(() => process.exit(exitCode), lingerMs).unref();
  return exitCode;
}
