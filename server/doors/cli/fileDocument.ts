import { readFile } from 'node:fs/promises';
import { type FlowView, openFlow, rootFlow } from '@rondo/shared/oas/flow.ts';
import { isObject, type Json, type JsonObject, own, ownObject, ownText } from '@rondo/shared/oas/json.ts';
import { parseAs } from '@rondo/shared/oas/parse.ts';
import { errorAt, hasErrors, type Problem } from '@rondo/shared/oas/problems.ts';
import { fileFormat, propertiesOf } from '@rondo/shared/oas/properties.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { componentsOf, indexOf } from '@rondo/shared/oas/references.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { reasonOf } from './fileReasons.ts';
import { CommandError } from './output.ts';

/** A flow from a file that may run, or what keeps it from running. */
export type FileDocument =
  | { ok: true; tree: JsonObject; flow: FlowView; problems: Problem[] }
  | { ok: false; problems: Problem[] };

/** Values for references that a document leaves open, by what the document calls them. */
export type OpenValues = ReadonlyMap<string, Json>;

/** @throws {CommandError} when the file cannot be read */
export async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new CommandError(`${file} cannot be read: ${reasonOf(cause)}`, 2);
  }
}

/**
 * Reads the files of `--components`: each is an OAS document with `$referenced_components`, one component, or an object
 * of values by name. @throws {CommandError} naming the file
 */
export async function readOpenValues(files: readonly string[]): Promise<OpenValues> {
  const values = new Map<string, Json>();
  for (const file of files) {
    const parsed = parseAs(
      await textOf(file),
      /\.ya?ml$/i.test(file) ? 'yaml' : /\.json5$/i.test(file) ? 'json5' : 'json',
    );
    if (!parsed.ok) throw new CommandError(`${file}: ${parsed.problems[0]?.message ?? 'it cannot be read.'}`, 2);
    const { value } = parsed;
    if (!isObject(value)) throw new CommandError(`${file} must hold an object: values by name, or components.`, 2);
    const id = ownText(value, 'id');
    const entries = ownObject(value, '$referenced_components');
    if (ownText(value, 'component_type') !== undefined && id !== undefined) values.set(id, value);
    const named = entries ?? (ownText(value, 'component_type') === undefined ? value : {});
    for (const [name, entry] of Object.entries(named)) values.set(name, entry);
  }
  return values;
}

/**
 * Reads a flow from a file and looks for everything that would keep it from running. Components that the document
 * leaves open are put among its referenced components; other open values (secrets) stay outside of it.
 * @throws {CommandError} when the file cannot be read
 */
export async function readFlowFile(
  file: string,
  open: OpenValues,
  options: { askServerTools: boolean; hasServerTool(name: string): boolean },
): Promise<FileDocument> {
  const read = readDocument(await textOf(file), file, { known: new Set(open.keys()) });
  if (!read.ok) return { ok: false, problems: read.problems };
  const tree = withComponents(read.tree, open);
  const problems = [...read.problems, ...validate(tree).filter((problem) => !isFilled(problem, open))];
  const root = rootFlow(tree);
  if (root === undefined) {
    problems.push(errorAt('RUN-NOT-A-FLOW', ''));
  }
  problems.push(...serverSteps(tree));
  if (!options.askServerTools) problems.push(...missingServerTools(tree, options.hasServerTool));
  if (hasErrors(problems) || root === undefined) return { ok: false, problems };
  return { ok: true, tree, flow: openFlow(tree), problems };
}

/** A reference that looks dangling in the document, but whose value was handed in. */
function isFilled(problem: Problem, open: OpenValues): boolean {
  return problem.code === 'OAS-DANGLING' && open.has(String(problem.said?.values?.id));
}

/** The document with the components that it refers to and does not hold. */
function withComponents(tree: JsonObject, open: OpenValues): JsonObject {
  const held = ownObject(tree, '$referenced_components') ?? {};
  const added: [string, Json][] = [];
  let current = tree;
  for (;;) {
    const { references, targets } = indexOf(current);
    const wanted = references.map(({ ref }) => ref).filter((ref) => !targets.has(ref));
    const more = [...new Set(wanted)].flatMap((ref): [string, Json][] => {
      const value = open.get(ref);
      return isObject(value) && own(value, 'component_type') !== undefined ? [[ref, value]] : [];
    });
    if (more.length === 0) return current;
    added.push(...more);
    current = { ...tree, $referenced_components: { ...held, ...Object.fromEntries(added) } };
  }
}

const serverBuiltins = new Set(['rondo.run_flow', 'rondo.callback_address', 'rondo.read_file', 'rondo.write_file']);

/** Steps that need a server: other flows, files, and an address of the run's own. A file runs by itself. */
function serverSteps(tree: JsonObject): Problem[] {
  return [...componentsOf(tree).entries()].flatMap(([id, { component, pointer }]) => {
    const kind = ownText(component, 'tool_type') ?? '';
    const configuration = ownObject(component, 'configuration') ?? {};
    const isCallback = kind === 'rondo.wait' && ownText(configuration, 'mode') === 'webhook';
    const isFile = propertiesOf(own(component, 'outputs')).some((output) => ownText(output, 'format') === fileFormat);
    if (!serverBuiltins.has(kind) && !isCallback && !isFile) return [];
    return [errorAt('RUN-NEEDS-SERVER', pointer, { name: ownText(component, 'name') ?? '' }, id)];
  });
}

function missingServerTools(tree: JsonObject, has: (name: string) => boolean): Problem[] {
  return [...componentsOf(tree).entries()].flatMap(([id, { component, pointer }]) => {
    const name = ownText(component, 'name') ?? '';
    if (ownText(component, 'component_type') !== 'ServerTool' || has(name)) return [];
    return [errorAt('RUN-SERVER-TOOL', pointer, { name }, id)];
  });
}
