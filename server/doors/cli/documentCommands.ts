import type { TextFormat } from '@rondo/shared/oas/convert/text.ts';
import { type Command, Option } from 'commander';
import { CommandError, type Output } from './output.ts';
import { processStreams } from './streams.ts';
import type { ReportFormat } from './validateFiles.ts';

/** Makes a command of the program; every one has `--json` and `--debug`. */
export type MakeCommand = (name: string, words: string) => Command;

/**
 * The commands on documents: they need neither a server nor its rooms, so that they start at once.
 * @param ended is told the exit code
 */
export function addDocumentCommands(command: MakeCommand, output: Output, ended: (exitCode: number) => void): void {
  command('validate', 'say what is wrong with OAS documents')
    .argument('<file...>', 'OAS files (JSON, YAML, JSON5)')
    .addOption(
      new Option('--format <format>', 'how it is said (--json is the same as json)').choices(['text', 'json', 'sarif']),
    )
    .action(async (files: string[], options: { format?: ReportFormat }) => {
      const { validateFiles } = await import('./validateFiles.ts');
      const format = options.format ?? (output.json ? 'json' : 'text');
      const version = format === 'sarif' ? await (await import('./productVersion.ts')).productVersion() : '';
      ended(await validateFiles(files, { format, version }, processStreams()));
    });

  command('schema', 'print a JSON Schema of OAS documents').action(async () => {
    const { documentSchema } = await import('@rondo/shared/oas/schema/documentSchema.ts');
    processStreams().print(JSON.stringify(documentSchema(), null, output.json ? 0 : 2));
    ended(0);
  });

  command('diff', 'say how two OAS documents differ')
    .argument('<before>', 'OAS file (JSON, YAML, JSON5)')
    .argument('[after]', 'another one, in any of these formats')
    .argument('[more...]', 'what git hands over with --git')
    .option('--layout', 'where steps stand on the canvas counts as a difference')
    .option('--git', 'as git calls it: GIT_EXTERNAL_DIFF or diff.<driver>.command')
    .action(async (before: string, after: string | undefined, more: string[], options: DiffOptions) => {
      const { diffFiles, diffForGit } = await import('./diffFiles.ts');
      const streams = processStreams();
      if (options.git)
        return ended(await diffForGit([before, ...(after === undefined ? [] : [after, ...more])], streams));
      if (after === undefined || more.length > 0) throw new CommandError('“rondo diff” compares two files.', 2);
      ended(await diffFiles(before, after, { json: output.json, layout: options.layout === true }, streams));
    });

  command('merge', 'merge two changes of one OAS document, component by component')
    .argument('<base>', 'the document that both began with')
    .argument('<ours>', 'one change of it; the result is spelled as this one')
    .argument('<theirs>', 'the other one')
    .option('--write', 'write the result into the file of ours (default: print it)')
    .option('--name <path>', 'what the file is called: tells the format of copies without an ending')
    .action(async (base: string, ours: string, theirs: string, options: { write?: boolean; name?: string }) => {
      const { mergeFiles } = await import('./mergeFiles.ts');
      const chosen = { json: output.json, write: options.write === true, name: options.name };
      ended(await mergeFiles({ base, ours, theirs }, chosen, processStreams()));
    });

  command('split', 'put components of an OAS document into files of their own')
    .argument('<file>')
    .argument('<folder>', 'where the main file and those of the components go')
    .option('--component <id>', 'this one (repeatable; default: every tool, model and agent)', collect, [])
    .option('--force', 'overwrite files')
    .action(async (file: string, folder: string, options: { component: string[]; force?: boolean }) => {
      const { splitFile } = await import('./splitFile.ts');
      const chosen = { json: output.json, force: options.force === true, components: options.component };
      ended(await splitFile(file, folder, chosen, processStreams()));
    });

  command('bundle', 'put a main file and files of components together')
    .argument('<file...>', 'the main file and the others, in any order')
    .option('-o, --out <file>', 'write it into a file (default: print it)')
    .option('--force', 'overwrite the file')
    .action(async (files: string[], options: { out?: string; force?: boolean }) => {
      const { bundleFiles } = await import('./bundleFiles.ts');
      const chosen = { json: output.json, out: options.out, force: options.force === true };
      ended(await bundleFiles(files, chosen, processStreams()));
    });

  command('convert', 'write an OAS document in another format, or for another version')
    .argument('<file>')
    .addOption(new Option('--to <format>', 'default: YAML for JSON, JSON for any other').choices(['json', 'yaml']))
    .option('--version <version>', 'of the specification; lowest = the lowest that its content needs')
    .option('-o, --out <file>', 'write it into a file (default: print it)')
    .option('--force', 'overwrite the file')
    .action(async (file: string, options: ConvertOptions) => {
      const { convertFile } = await import('./convertFile.ts');
      const chosen = { ...options, json: output.json, force: options.force === true };
      ended(await convertFile(file, chosen, processStreams()));
    });

  command('format', 'lay out OAS documents as their types say')
    .argument('<file...>', 'OAS files (JSON, YAML)')
    .option('--check', 'write nothing; exit 1 when one is laid out otherwise')
    .option('--write', 'write into the files (default: print)')
    .action(async (files: string[], options: { check?: boolean; write?: boolean }) => {
      const { formatFiles } = await import('./formatFiles.ts');
      const chosen = { json: output.json, check: options.check === true, write: options.write === true };
      ended(await formatFiles(files, chosen, processStreams()));
    });
}

interface ConvertOptions {
  to?: TextFormat;
  version?: string;
  out?: string;
  force?: boolean;
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

interface DiffOptions {
  layout?: boolean;
  git?: boolean;
}
