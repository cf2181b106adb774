import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { contracts as c } from '../../operations/contract/index.ts';
import { call } from '../../operations/registry.ts';
import { flowIdOf, withRooms } from './direct.ts';
import { CommandError, type Output, say, show } from './output.ts';

/** `rondo audit verify`: exit 0 when the chain holds, 1 when a row breaks it. */
export function auditVerify(output: Output): Promise<number> {
  return withRooms(output, false, async ({ services }, caller) => {
    const result = await call(c.audit.verify, {}, caller, services);
    const broken = result.firstBroken;
    const words = broken
      ? `The audit is broken at row ${broken.seq}${broken.action ? ` (${broken.action}, ${broken.at})` : ''}: ${broken.reason}`
      : `The audit is whole: ${result.checked} ${result.checked === 1 ? 'row' : 'rows'}, head ${result.headHash}.`;
    show(output, result, words);
    return result.ok ? 0 : 1;
  });
}

/** `rondo export FLOW`: the document to stdout, or into a file. */
export function exportFlow(flow: string, options: { out?: string; version?: number }, output: Output): Promise<number> {
  return withRooms(output, false, async (rooms, caller) => {
    const flowId = await flowIdOf(rooms, flow);
    const input = { flowId, ...(options.version === undefined ? {} : { version: options.version }) };
    const { text, fileName } = await call(c.flow.export, input, caller, rooms.services);
    if (options.out !== undefined) {
      await writeFile(options.out, text);
      show(output, { file: options.out }, `Written to ${options.out}.`);
    } else if (output.json) show(output, { fileName, text }, '');
    else process.stdout.write(text);
    return 0;
  });
}

/** `rondo import FILE`: a new flow of the document, as it is. */
export async function importFlow(file: string, output: Output): Promise<number> {
  const text = await readText(file);
  return withRooms(output, false, async ({ services }, caller) => {
    const { flowId, problems } = await call(c.flow.import, { text, fileName: basename(file) }, caller, services);
    const flow = await call(c.flow.get, { flowId }, caller, services);
    for (const problem of problems) if (!output.json) say(`${problem.severity} ${problem.pointer}: ${problem.message}`);
    show(output, { flowId, slug: flow.slug, problems }, `“${flow.name}” is here as ${flow.slug}.`);
    return 0;
  });
}

/**
 * `rondo run FLOW`: starts the published version and waits for its end, or for what it waits for.
 * @param key the same one starts one run only
 */
export function runFlow(flow: string, inputs: JsonObject, output: Output, key?: string): Promise<number> {
  return withRooms(output, true, async ({ services }, caller) => {
    let run = await call(c.run.start, { flowId: flow, inputs, key, waitSeconds: 60 }, caller, services);
    while (run.state === 'running' || run.state === 'queued') {
      await services.runs.settled(run.runId, 60_000);
      const now = await call(c.run.get, { runId: run.runId }, caller, services);
      run = { ...run, state: now.state, outputs: now.outputs, error: now.error };
    }
    const words = {
      succeeded: JSON.stringify(run.outputs, null, 2),
      failed: `Run ${run.number} failed: ${run.error?.message ?? ''}`,
      cancelled: `Run ${run.number} was cancelled.`,
      waiting: `Run ${run.number} waits for: ${run.waits.map((wait) => wait.title ?? wait.for).join(', ')}. See ${run.link}`,
    }[run.state];
    show(output, run, words);
    return run.state === 'succeeded' || run.state === 'waiting' ? 0 : 1;
  });
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    throw new CommandError(
      code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${String(code)}).`,
      2,
    );
  }
}

/** The value of `--inputs`: JSON, or `@FILE`. @throws {CommandError} */
export async function readInputs(given: string | undefined): Promise<JsonObject> {
  if (given === undefined) return {};
  const text = given.startsWith('@') ? await readText(given.slice(1)) : given;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CommandError(`--inputs is not JSON: ${error instanceof Error ? error.message : ''}`, 2);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new CommandError('--inputs must be a JSON object such as {"amount": 10}.', 2);
  return value as JsonObject;
}
