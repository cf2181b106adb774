import { runCommand } from './doors/cli/main.ts';

const args = process.argv.slice(2);
const serves = args[0] === 'start' || args[0] === 'worker';

// Whoever reads the output may have enough of it (`| head`): a command then ends at once, a server works on unheard.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  if (!serves) process.exit();
});

/** The entry point: every command, the server included, begins here. */
process.exitCode = await runCommand(args);
