import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { ConfigError, readConfig } from '../../config.ts';
import { addDocumentCommands } from './documentCommands.ts';
import { explain, type Output, say } from './output.ts';
import { runUntilStopped } from './untilStopped.ts';

// The database's rooms are loaded by the commands that need them: the others work without a server, and at once.
const dataCommands = () => import('./dataCommands.ts');

interface Shared {
  json?: boolean;
  debug?: boolean;
}

/**
 * Runs one command.
 * @param args without the program's own name
 * @returns the exit code: 0 = done, 1 = the answer is no, 2 = wrong usage
 */
export async function runCommand(args: string[]): Promise<number> {
  let exitCode = 0;
  const output: Output = { json: args.includes('--json'), debug: args.includes('--debug') };
  const program = new Command('rondo')
    .description('Draw your team’s work; let a server run, schedule, govern and audit it.')
    .exitOverride()
    .configureOutput({ outputError: () => undefined, writeErr: (text) => process.stderr.write(text) })
    .showSuggestionAfterError();

  /** Every command has `--json` and `--debug`, and its answer is an exit code. */
  function command(parent: Command, name: string, words: string): Command {
    return parent
      .command(name)
      .description(words)
      .option('--json', 'print JSON for programs')
      .option('--debug', 'print stack traces')
      .exitOverride()
      .configureOutput({ outputError: () => undefined });
  }

  command(program, 'start', 'start the server')
    .option('--port <number>', 'port to listen on (RONDO_PORT, 4310)')
    .option('--host <address>', 'address to listen on (RONDO_HOST, 127.0.0.1)')
    .option('--data <folder>', 'folder of the data (RONDO_DATA)')
    .action(async (options: Shared & { port?: string; host?: string; data?: string }) => {
      const config = readConfig({
        ...process.env,
        ...(options.port === undefined ? {} : { RONDO_PORT: options.port }),
        ...(options.host === undefined ? {} : { RONDO_HOST: options.host }),
        ...(options.data === undefined ? {} : { RONDO_DATA: options.data }),
      });
      exitCode = await runUntilStopped(async (onUnfit) => {
        const server = await (await import('../../serve.ts')).serve(config, say, onUnfit);
        if (output.json) process.stdout.write(`${JSON.stringify({ status: 'ready', url: server.address })}\n`);
        else process.stdout.write(`Rondo is ready at ${server.address}\n`);
        return server;
      });
    });

  command(program, 'worker', 'run flows for a server, without doors').action(async () => {
    const config = readConfig();
    exitCode = await runUntilStopped(async (onUnfit) => {
      const worker = await (await import('../../serveWorker.ts')).serveWorker(config, say, onUnfit);
      process.stdout.write(output.json ? '{"status":"ready"}\n' : 'The worker is ready.\n');
      return worker;
    });
  });

  addDocumentCommands(
    (name, words) => command(program, name, words),
    output,
    (code) => {
      exitCode = code;
    },
  );

  command(program, 'run', 'run a flow from a file (without a server), or a published flow by its slug')
    .argument('<file or flow>')
    .option('--inputs <json>', 'JSON, or @FILE')
    .option('--components <file>', 'values that the document leaves open (repeatable)', collect, [])
    .option('--model <name>', '“practice” replaces every model', onlyPractice)
    .option('--allow-private', 'addresses on this machine and private networks may be called')
    .option('--key <key>', 'a published flow: the same key starts one run only')
    .option('--session', 'a conversation in JSON lines')
    .option('--ask-server-tools', 'with --session: ask the caller for tools that nothing here implements')
    .action(async (target: string, options: RunOptions) => {
      const { isFile } = await import('./target.ts');
      if (await isFile(target)) {
        const { runFile } = await import('./runFile.ts');
        exitCode = await runFile(target, { ...options, json: output.json, debug: output.debug });
      } else {
        const { readInputs, runFlow } = await dataCommands();
        exitCode = await runFlow(target, await readInputs(options.inputs), output, options.key);
      }
    });

  const audit = program.command('audit').description('the record of who did what').exitOverride();
  command(audit, 'verify', 'walk the chain; name the first row that was changed').action(async () => {
    exitCode = await (await dataCommands()).auditVerify(output);
  });

  command(program, 'export', 'print the OAS document of a flow')
    .argument('<flow>', 'id or slug')
    .option('-o, --out <file>', 'write it into a file')
    .option('--version <number>', 'a published version (default: the draft)', wholeNumber)
    .action(async (flow: string, options: { out?: string; version?: number }) => {
      exitCode = await (await dataCommands()).exportFlow(flow, options, output);
    });

  command(program, 'import', 'make a flow of an OAS document')
    .argument('<file>')
    .action(async (file: string) => {
      exitCode = await (await dataCommands()).importFlow(file, output);
    });

  command(program, 'backup', 'write all of the installation into a file, also while it works')
    .argument('<file>')
    .option('--with-key', 'the secret key, too: whoever has the file can then read every secret')
    .option('--without-files', 'leave objects in S3 where they are')
    .option('--force', 'overwrite the file')
    .action(async (file: string, options: { withKey?: boolean; withoutFiles?: boolean; force?: boolean }) => {
      const { backupTo } = await import('./backup.ts');
      exitCode = await backupTo(file, { ...options, files: options.withoutFiles !== true }, output);
    });

  command(program, 'restore', 'put a backup into an empty database')
    .argument('<file>')
    .option('--replace', 'overwrite what the database holds')
    .option('--yes', 'do not ask')
    .action(async (file: string, options: { replace?: boolean; yes?: boolean }) => {
      const { restoreFrom } = await import('./backup.ts');
      exitCode = await restoreFrom(file, options, output);
    });

  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      // The help was shown because a command is missing: it says what to do.
      if (error.code === 'commander.help') return 2;
      say(`rondo: ${error.message.replace(/^error: /, '')} (see rondo --help)`);
      return 2;
    }
    explain(error, output);
    const wrongUsage =
      error instanceof ConfigError || (error instanceof Error && 'exitCode' in error && error.exitCode === 2);
    return wrongUsage ? 2 : 1;
  }
}

interface RunOptions {
  key?: string;
  inputs?: string;
  components: string[];
  model?: 'practice';
  allowPrivate?: boolean;
  session?: boolean;
  askServerTools?: boolean;
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function onlyPractice(value: string): 'practice' {
  if (value !== 'practice') throw new InvalidArgumentError('It can only be “practice”.');
  return value;
}

function wholeNumber(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError('It is a whole number from 1 on.');
  return Number(value);
}
