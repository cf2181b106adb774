import { explain, say } from './output.ts';

/**
 * Starts something and keeps it until Ctrl-C, SIGTERM, or the end of the program that started us over a channel; then
 * closes it. A second signal ends at once.
 * @returns the exit code
 */
export async function runUntilStopped(start: () => Promise<{ close(): Promise<void> }>): Promise<number> {
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
  const running = await start();
  const why = await stopped;
  if (why !== 'disconnect') say('Stopping …');
  await running.close();
  return 0;
}
