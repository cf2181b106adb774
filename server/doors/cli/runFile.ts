import type { FlowView } from '@rondo/shared/oas/flow.ts';
import { isObject, type JsonObject } from '@rondo/shared/oas/json.ts';
import type { WaitAnswer } from '@rondo/shared/runs/events.ts';
import type { EnginePorts } from '../../engine/ports.ts';
import { makeModels } from '../../models/models.ts';
import { makeHttp } from '../../tools/http.ts';
import { Sandbox } from '../../tools/sandbox/sandbox.ts';
import { type OpenValues, readFlowFile, readOpenValues, textOf } from './fileDocument.ts';
import { CommandError } from './output.ts';
import { MemoryRun, type Question, type Stand } from './runMemory.ts';
import { converse } from './session.ts';
import { type CommandStreams, processStreams } from './streams.ts';
import { askPerson } from './terminal.ts';

export interface RunFileOptions {
  /** JSON, or `@FILE` */
  inputs?: string;
  /** files with values for references that the document leaves open */
  components?: readonly string[];
  /** `practice` overrides every model */
  model?: string;
  allowPrivate?: boolean;
  /** a conversation in JSON lines */
  session?: boolean;
  askServerTools?: boolean;
  json?: boolean;
  debug?: boolean;
}

/**
 * `rondo run FILE`: runs a flow from a file, without a server or a database.
 * @returns the exit code: 0 = succeeded, 1 = invalid or failed
 * @throws {CommandError} for wrong usage, with the exit code in it
 */
export async function runFile(
  file: string,
  options: RunFileOptions,
  streams: CommandStreams = processStreams(),
): Promise<number> {
  const values = await readOpenValues(options.components ?? []);
  const inputs = await inputsOf(options.inputs);
  const document = await readFlowFile(file, values, {
    askServerTools: options.askServerTools ?? false,
    hasServerTool: () => false,
  });
  if (!document.ok) {
    const { problems } = document;
    if (options.session || options.json) streams.print(JSON.stringify({ status: 'invalid', problems }));
    else for (const { code, pointer, message } of problems) streams.error(`${file}${pointer}: ${message} (${code})`);
    return 1;
  }
  const { ports, close } = openPorts(values, options);
  try {
    const run = new MemoryRun(document.tree, ports);
    if (options.session) return await converse(document.flow, run, streams);
    return await runHere(document.flow, run, inputs, options, streams);
  } finally {
    streams.close();
    await close();
  }
}

function openPorts(values: OpenValues, options: RunFileOptions): { ports: EnginePorts; close(): Promise<void> } {
  const override = options.model ?? process.env.RONDO_MODEL;
  const allowPrivate = options.allowPrivate ?? process.env.RONDO_ALLOW_PRIVATE === '1';
  const rules = { allowPrivate, allowedOrigins: [] };
  const http = makeHttp(rules);
  const models = makeModels({ ...rules, ...(override !== undefined && { override }) });
  const sandbox = new Sandbox();
  const ports: EnginePorts = {
    now: () => new Date(),
    models,
    http,
    sandbox,
    serverTool: () => undefined,
    resolve: async (ref) => values.get(ref),
    askServerTools: options.askServerTools ?? false,
  };
  return {
    ports,
    close: async () => {
      await Promise.all([http.close(), models.close(), sandbox.close()]);
    },
  };
}

/** Runs to the end, asking the person at the terminal where there is one. */
async function runHere(
  flow: FlowView,
  run: MemoryRun,
  inputs: JsonObject,
  options: RunFileOptions,
  streams: CommandStreams,
): Promise<number> {
  const messages: string[] = [];
  const hear = (): void => {
    for (const text of run.newMessages()) {
      messages.push(text);
      if (!options.json) streams.print(text);
    }
  };
  let stand: Stand = await run.start(inputs, []);
  hear();
  while (stand.state === 'waiting') {
    if (!streams.interactive) {
      const [first] = stand.questions;
      throw new CommandError(
        `“${flow.name}” asks for ${wordFor(first)}; run it on a terminal, or with --session to answer from a program.`,
        2,
      );
    }
    const answers = new Map<Question, WaitAnswer>();
    for (const question of stand.questions) answers.set(question, await askPerson(question, streams));
    stand = await run.answer(answers);
    hear();
  }
  if (stand.state === 'succeeded') {
    if (options.json) streams.print(JSON.stringify({ status: 'succeeded', outputs: stand.outputs, messages }));
    else
      for (const [name, value] of Object.entries(stand.outputs))
        streams.print(`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
    return 0;
  }
  if (stand.state === 'cancelled') throw new CommandError('The run was cancelled.');
  const { code, step, message } = stand.error;
  if (options.json) streams.print(JSON.stringify({ status: 'failed', error: { code, step, message }, messages }));
  else streams.error(`The run failed${step === null ? '' : ` at ${step}`}: ${message} (${code})`);
  return 1;
}

function wordFor(question: Question | undefined): string {
  switch (question?.for) {
    case 'message':
      return 'a message';
    case 'review':
      return 'a review';
    case 'confirmation':
      return 'a confirmation';
    case 'event':
      return 'an event';
    default:
      return 'a tool’s result';
  }
}

/** The value of `--inputs`. @throws {CommandError} when it is not a JSON object */
async function inputsOf(text: string | undefined): Promise<JsonObject> {
  if (text === undefined) return {};
  const json = text.startsWith('@') ? await textOf(text.slice(1)) : text;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new CommandError(`--inputs is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, 2);
  }
  if (!isObject(value)) throw new CommandError('--inputs must be a JSON object.', 2);
  return value;
}
