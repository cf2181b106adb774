import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { findReferenceSdk } from './referenceSdk.ts';

/** What a flow is run with. Answers of client tools and messages of the user are used up in order. */
export interface Scenario {
  document: JsonObject;
  inputs: JsonObject;
  /** what a tool answers, always the same; `{$turns: [value, times, value]}` = the first one so many times, then the other */
  serverTools: { [name: string]: Json };
  clientTools: { [name: string]: Json[] };
  messages: string[];
}

/** What came of it: how it ended, or what it asks next that the scenario has no answer for. */
export interface Answer {
  status: 'finished' | 'tool_request' | 'user_message' | 'error';
  outputs?: JsonObject;
  messages?: string[];
  tool?: string;
  args?: JsonObject;
  error?: string;
  /** what the reference runtime took */
  milliseconds?: { load: number; run: number };
}

const here = fileURLToPath(new URL('.', import.meta.url));
const oracleFolder = fileURLToPath(new URL('../../../shared/oracle/', import.meta.url));

/** Where the reference runtime is: its Python, or why there is none. */
export function findWayflow(): { python: string } | { missing: string } {
  if (!existsSync(join(oracleFolder, 'wayflow_run.py')))
    return { missing: `the script that runs flows is not at ${oracleFolder}` };
  const sdk = findReferenceSdk();
  if ('missing' in sdk) return sdk;
  const question = "import importlib.util, sys; sys.exit(importlib.util.find_spec('wayflowcore') is None)";
  const has = spawnSync(sdk.python, ['-c', question]).status === 0;
  return has ? sdk : { missing: 'the Python with the reference SDK has no runtime (wayflowcore)' };
}

/** The reference runtime in one process of its own; scenarios are run one after the other. */
export class Wayflow {
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;
  readonly #files = new WeakMap<JsonObject, string>();
  #count = 0;
  #said = '';

  private constructor(python: string) {
    this.#folder = mkdtempSync(join(tmpdir(), 'rondo-wayflow-'));
    this.#process = spawn(python, [join(here, 'wayflow_driver.py'), oracleFolder, this.#folder], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#process.stderr?.on('data', (part: Buffer) => {
      this.#said = (this.#said + part.toString()).slice(-2000);
    });
    this.#reader = createInterface({ input: this.#process.stdout as NodeJS.ReadableStream });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  /** @throws {Error} when it does not start */
  static async start(python: string): Promise<Wayflow> {
    const wayflow = new Wayflow(python);
    await wayflow.#next();
    return wayflow;
  }

  /** @throws {Error} when the process died; that a flow is refused or fails is an answer */
  async run(scenario: Scenario): Promise<Answer> {
    const { document, inputs, serverTools, clientTools, messages } = scenario;
    let flow = this.#files.get(document);
    if (flow === undefined) {
      flow = `${this.#count++}.json`;
      this.#files.set(document, flow);
      writeFileSync(join(this.#folder, flow), JSON.stringify(document));
    }
    const asked = { flow, inputs, server_tools: serverTools, client_tools: clientTools, messages };
    this.#process.stdin?.write(`${JSON.stringify(asked)}\n`);
    return (await this.#next()) as unknown as Answer;
  }

  async stop(): Promise<void> {
    this.#reader.close();
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill();
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #next(): Promise<JsonObject> {
    const line = await this.#lines.next();
    if (line.done) throw new Error(`The reference runtime ended: ${this.#said}`);
    return JSON.parse(line.value) as JsonObject;
  }
}
