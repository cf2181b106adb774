import { runCommand } from './doors/cli/main.ts';

/** The entry point: every command, the server included, begins here. */
process.exitCode = await runCommand(process.argv.slice(2));
