import { type ChildProcessWithoutNullStreams, execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isObject, type Json, type JsonObject } from '@rondo/shared/oas/json.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const rondo = join(root, 'server/bin/rondo.mjs');
const flowFile = (slug: string): string => join(root, 'flows', slug, 'flow.json');

/** A real `rondo` process that one talks to in lines. */
class Talk {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: string[] = [];
  readonly #waiting: ((line: string) => void)[] = [];
  readonly ended: Promise<number | null>;
  stderr = '';

  constructor(args: string[]) {
    this.#child = spawn(process.execPath, [rondo, 'run', ...args, '--session'], { cwd: root });
    talks.push(this);
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      const next = this.#waiting.shift();
      if (next) next(line);
      else this.#lines.push(line);
    });
    this.#child.stderr.on('data', (part: Buffer) => {
      this.stderr += part.toString();
    });
    this.ended = new Promise((resolve) => this.#child.once('exit', resolve));
  }

  send(line: Json | string): void {
    this.#child.stdin.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
  }

  hangUp(): void {
    this.#child.stdin.end();
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async next(): Promise<JsonObject> {
    const line = this.#lines.shift() ?? (await new Promise<string>((resolve) => this.#waiting.push(resolve)));
    const value: unknown = JSON.parse(line);
    if (!isObject(value)) throw new Error(`no object: ${line}`);
    return value;
  }

  /** The id of the only request of a `waiting` line. */
  async request(): Promise<JsonObject> {
    const line = await this.next();
    expect(line.status).toBe('waiting');
    const [request] = line.requests as Json[];
    if (!isObject(request)) throw new Error('no request');
    return request;
  }
}

const talks: Talk[] = [];
afterEach(() => {
  for (const talk of talks.splice(0)) talk.kill();
});

function rondoOnce(args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [rondo, ...args], { cwd: root }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

const ref = (id: string): JsonObject => ({ $component_ref: id });
const text = (title: string): JsonObject => ({ title, type: 'string' });

/** start → the nodes in a row → end, values connected by name. */
function row(nodes: JsonObject[], outputs: JsonObject[] = [], inputs: JsonObject[] = []): JsonObject {
  const all: JsonObject[] = [
    { component_type: 'StartNode', id: 'start', name: 'Start', inputs, outputs: inputs },
    ...nodes,
    { component_type: 'EndNode', id: 'end', name: 'End', inputs: outputs, outputs },
  ];
  return {
    component_type: 'Flow',
    id: 'flow',
    name: 'Row',
    agentspec_version: '26.1.2',
    inputs,
    outputs,
    start_node: ref('start'),
    nodes: all,
    control_flow_connections: all.slice(1).map((node, i) => ({
      component_type: 'ControlFlowEdge',
      id: `c${i}`,
      name: `c${i}`,
      from_node: ref(String(all[i]?.id)),
      to_node: ref(String(node.id)),
    })),
    data_flow_connections: null,
  };
}

function toolNode(tool: JsonObject): JsonObject {
  return { component_type: 'ToolNode', id: `use-${String(tool.id)}`, name: `Use ${String(tool.name)}`, tool };
}

let folder: string;
let service: Server;
let address: string;
let booked: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rondo-run-'));
  service = createServer((request, response) => {
    booked.push(`${request.method} ${request.url} ${request.headers['x-key'] ?? ''}`.trim());
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ recorded: true, id: 'r-1', key: request.headers['x-key'] ?? null }));
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await new Promise<void>((resolve) => service.close(() => resolve()));
});

async function saved(name: string, document: Json): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, JSON.stringify(document));
  return file;
}

describe('the five ready flows run to their end with the practice model', { timeout: 90_000 }, () => {
  it('expense approval: a small claim is booked without a person', async () => {
    booked = [];
    const talk = new Talk([flowFile('expense-approval'), '--model', 'practice', '--allow-private']);
    expect(await talk.next()).toMatchObject({ status: 'ready', component_type: 'Flow', name: 'Expense approval' });
    talk.send({ start: { inputs: { claimant: 'Ann', amount: 20, purpose: 'Taxi', server: address } } });
    expect(await talk.next()).toMatchObject({ status: 'succeeded', outputs: { decision: 'approve' } });
    expect(await talk.ended).toBe(0);
    expect(booked).toEqual(['POST /practice/record']);
  });

  it('expense approval: a large claim waits for a manager, whose answer flows on', async () => {
    booked = [];
    const inputs = { claimant: 'Ann', amount: 200, purpose: 'Flight', server: address };
    const talk = new Talk([flowFile('expense-approval'), '--allow-private']);
    await talk.next();
    talk.send({ start: { inputs } });
    const request = await talk.request();
    expect(request).toMatchObject({ for: 'review', arguments: { claimant: 'Ann', amount: 200 } });
    expect(JSON.stringify(request.surface)).toContain('updateDataModel');
    talk.send({ id: request.id ?? null, result: { decision: 'approve', approved_amount: 150, comment: 'less' } });
    expect(await talk.next()).toMatchObject({
      status: 'succeeded',
      outputs: { decision: 'approve', approved_amount: 150 },
    });
    expect(booked).toHaveLength(1);
  });

  it('expense approval: a rejected claim is not booked', async () => {
    booked = [];
    const talk = new Talk([flowFile('expense-approval'), '--allow-private']);
    await talk.next();
    talk.send({ start: { inputs: { claimant: 'Ann', amount: 200, purpose: 'Flight', server: address } } });
    const request = await talk.request();
    talk.send({ id: request.id ?? null, result: { decision: 'reject', approved_amount: 0, comment: 'no' } });
    expect(await talk.next()).toMatchObject({ status: 'succeeded', outputs: { decision: 'reject' } });
    expect(booked).toEqual([]);
  });

  it('contract summary, ticket triage, weekly report, lead intake', async () => {
    const contract = new Talk([flowFile('contract-summary')]);
    await contract.next();
    contract.send({
      start: { inputs: { party: 'Acme', contract: 'The term is 24 months. It renews automatically.' } },
    });
    const check = await contract.request();
    expect(check).toMatchObject({ for: 'review', arguments: { term_months: 24, renews: true } });
    const { summary } = check.arguments as JsonObject;
    const result = { decision: 'approve', summary: summary ?? '', term_months: 36, renews: false, comment: '' };
    contract.send({ id: check.id ?? null, result });
    expect(await contract.next()).toMatchObject({
      status: 'succeeded',
      outputs: { term_months: 36, renews: false },
    });

    const ticket = new Talk([flowFile('ticket-triage')]);
    await ticket.next();
    ticket.send({ start: { inputs: { customer: 'Bo', subject: 'Billing', body: 'My billing is wrong.' } } });
    expect(await ticket.next()).toMatchObject({ status: 'succeeded', outputs: { category: 'billing' } });

    const report = await rondoOnce(['run', flowFile('weekly-report'), '--inputs', '{"orders": [1, 2]}', '--json']);
    expect(report.code).toBe(0);
    expect(JSON.parse(report.stdout)).toMatchObject({ status: 'succeeded', outputs: { total: 3 } });

    booked = [];
    const inputs = JSON.stringify({ name: 'Bo', company: 'Acme', employees: 500, server: address });
    const lead = await rondoOnce(['run', flowFile('lead-intake'), '--inputs', inputs, '--allow-private', '--json']);
    expect(JSON.parse(lead.stdout)).toMatchObject({ status: 'succeeded', outputs: { id: 'r-1' } });
    expect(booked).toEqual(['POST /practice/record']);
  });

  it('and are valid', async () => {
    const slugs = (await readdir(join(root, 'flows'), { withFileTypes: true })).filter((one) => one.isDirectory());
    expect(slugs).toHaveLength(5);
    const checked = await rondoOnce(['validate', ...slugs.map(({ name }) => flowFile(name)), '--json']);
    const { files } = JSON.parse(checked.stdout) as { files: { problems: { severity: string }[] }[] };
    expect(files.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(checked.code).toBe(0);
  });
});

const accepts = fileURLToPath(new URL('../../../../shared/oracle/accepts.py', import.meta.url));
const hasReference =
  existsSync(accepts) && spawnSync('python3', ['-c', 'import pyagentspec'], { stdio: 'ignore' }).status === 0;

describe.skipIf(!hasReference)('the reference SDK', () => {
  it('accepts the five ready flows', async () => {
    const slugs = (await readdir(join(root, 'flows'), { withFileTypes: true })).filter((one) => one.isDirectory());
    const answer = spawnSync('python3', [accepts, ...slugs.map(({ name }) => flowFile(name))], { encoding: 'utf8' });
    expect(answer.stdout).not.toContain('rejects');
    expect(answer.status).toBe(0);
  });
});

describe('a conversation in JSON lines', { timeout: 90_000 }, () => {
  it('rejects lines that cannot be used and goes on as if they had not come', async () => {
    const ask = { component_type: 'InputMessageNode', id: 'ask', name: 'Ask', message: 'Who are you?' };
    const talk = new Talk([await saved('ask.json', row([ask], [text('user_input')]))]);
    await talk.next();
    talk.send('no json');
    expect(await talk.next()).toMatchObject({ status: 'rejected', reason: expect.stringContaining('not JSON') });
    talk.send({ id: 'x', message: 'too early' });
    expect(await talk.next()).toMatchObject({ status: 'rejected' });
    talk.send({ start: { messages: ['Hello'] } });
    const line = await talk.next();
    expect(line).toMatchObject({ status: 'waiting', requests: [{ for: 'message' }], messages: ['Who are you?'] });
    const [request] = line.requests as JsonObject[];
    const id = request?.id ?? null;
    const unusable: Json[] = [{ id: 'other', message: 'a' }, { id, result: 1 }, { id, message: 7 }, { start: {} }];
    for (const wrong of unusable) {
      talk.send(wrong);
      expect(await talk.next()).toMatchObject({ status: 'rejected', reason: expect.any(String) });
    }
    talk.send({ id, message: 'Ann' });
    expect(await talk.next()).toEqual({ status: 'succeeded', outputs: { user_input: 'Ann' }, messages: [] });
    expect(await talk.ended).toBe(0);
  });

  it('asks for a confirmation, then for the tool; a refusal and an error fail the run', async () => {
    const tool = {
      component_type: 'ClientTool',
      id: 'weigh',
      name: 'weigh',
      requires_confirmation: true,
      inputs: [text('what')],
      outputs: [{ title: 'grams', type: 'integer' }],
    };
    const file = await saved('tool.json', row([toolNode(tool)], tool.outputs, tool.inputs));
    const begin = async (): Promise<{ talk: Talk; confirmation: JsonObject }> => {
      const talk = new Talk([file]);
      await talk.next();
      talk.send({ start: { inputs: { what: 'a stone' } } });
      return { talk, confirmation: await talk.request() };
    };
    const yes = await begin();
    expect(yes.confirmation).toMatchObject({ for: 'confirmation', tool: 'weigh', arguments: { what: 'a stone' } });
    yes.talk.send({ id: yes.confirmation.id ?? null, confirm: true });
    const request = await yes.talk.request();
    expect(request).toMatchObject({ for: 'tool', tool: 'weigh', arguments: { what: 'a stone' } });
    yes.talk.send({ id: request.id ?? null, result: { grams: 12 } });
    expect(await yes.talk.next()).toMatchObject({ status: 'succeeded', outputs: { grams: 12 } });

    const no = await begin();
    no.talk.send({ id: no.confirmation.id ?? null, confirm: false, reason: 'too heavy' });
    expect(await no.talk.next()).toMatchObject({
      status: 'failed',
      error: { step: 'use-weigh', message: expect.stringContaining('too heavy') },
    });
    expect(await no.talk.ended).toBe(1);
  });

  it('asks the caller for tools of the server only where that is wanted', async () => {
    const tool = { component_type: 'ServerTool', id: 'add', name: 'add', inputs: [], outputs: [text('sum')] };
    const file = await saved('server-tool.json', row([toolNode(tool)], tool.outputs));
    const without = new Talk([file]);
    expect(await without.next()).toMatchObject({
      status: 'invalid',
      problems: expect.arrayContaining([expect.objectContaining({ code: 'RUN-SERVER-TOOL', severity: 'error' })]),
    });
    expect(await without.ended).toBe(1);
    const talk = new Talk([file, '--ask-server-tools']);
    await talk.next();
    talk.send({ start: {} });
    const request = await talk.request();
    expect(request).toMatchObject({ for: 'server_tool', tool: 'add' });
    talk.send({ id: request.id ?? null, error: 'out of order' });
    expect(await talk.next()).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('out of order') },
    });
  });

  it('the end of input cancels a run that wants an answer', async () => {
    const ask = { component_type: 'InputMessageNode', id: 'ask', name: 'Ask' };
    const talk = new Talk([await saved('hang-up.json', row([ask], [text('user_input')]))]);
    await talk.next();
    talk.send({ start: {} });
    await talk.request();
    talk.hangUp();
    expect(await talk.next()).toMatchObject({ status: 'failed', error: { code: 'CANCELLED' } });
    expect(await talk.ended).toBe(1);
  });

  it('asks the caller for an event, and says what only a server can do', async () => {
    const outputs = [text('outcome'), { title: 'payload' }];
    const builtin = (kind: string, configuration: JsonObject, outs: JsonObject[]) =>
      toolNode({ component_type: 'BuiltinTool', id: 'b', name: 'b', tool_type: kind, configuration, outputs: outs });
    const wait = builtin('rondo.wait', { mode: 'event', event: 'paid', key: 'k1' }, outputs);
    const file = await saved('event.json', row([wait], outputs));
    const talk = new Talk([file]);
    await talk.next();
    talk.send({ start: {} });
    const request = await talk.request();
    expect(request).toMatchObject({ for: 'event', name: 'paid', key: 'k1' });
    talk.send({ id: request.id ?? null, result: { sum: 3 } });
    expect(await talk.next()).toMatchObject({
      status: 'succeeded',
      outputs: { outcome: 'received', payload: { sum: 3 } },
    });
    const without = await rondoOnce(['run', file]);
    expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining('asks for an event') });
    for (const [kind, configuration] of [
      ['rondo.run_flow', { flow: 'other' }],
      ['rondo.wait', { mode: 'webhook' }],
    ] as const) {
      const server = new Talk([await saved('server.json', row([builtin(kind, configuration, [])]))]);
      expect(await server.next()).toMatchObject({
        status: 'invalid',
        problems: expect.arrayContaining([expect.objectContaining({ code: 'RUN-NEEDS-SERVER' })]),
      });
    }
  });

  it('waits by the clock, and fills what the document leaves open, without showing it', async () => {
    booked = [];
    const wait = {
      component_type: 'BuiltinTool',
      id: 'pause',
      name: 'pause',
      tool_type: 'rondo.wait',
      configuration: { seconds: 0.2 },
      inputs: [],
      outputs: [],
    };
    const call = {
      component_type: 'ApiNode',
      id: 'call',
      name: 'Call',
      url: `${address}/open`,
      http_method: 'GET',
      sensitive_headers: { 'x-key': ref('service key') },
      outputs: [{ title: 'key', type: 'string' }],
    };
    const file = await saved('open.json', row([toolNode(wait), call], [text('key')]));
    const values = await saved('values.json', { 'service key': 'very-secret-value' });
    const talk = new Talk([file, '--components', values, '--allow-private']);
    await talk.next();
    talk.send({ start: {} });
    const end = await talk.next();
    expect(end).toMatchObject({ status: 'succeeded', outputs: { key: '•••' } });
    expect(booked).toEqual(['GET /open very-secret-value']);

    const guarded = new Talk([file, '--components', values]);
    await guarded.next();
    guarded.send({ start: {} });
    expect(await guarded.next()).toMatchObject({ status: 'failed', error: { code: 'ADDRESS_REFUSED', step: 'call' } });
  });
});

describe('usage', { timeout: 90_000 }, () => {
  it('says what is wrong with a file, and exits with 1', async () => {
    const talk = new Talk([await saved('none.json', { hello: 1 })]);
    expect(await talk.next()).toMatchObject({ status: 'invalid', problems: [{ code: 'OAS-NOT-OAS', pointer: '' }] });
    expect(await talk.ended).toBe(1);
    const invalid = await rondoOnce(['validate', join(folder, 'none.json')]);
    expect(invalid).toMatchObject({ code: 1, stdout: expect.stringContaining('OAS-NOT-OAS') });
  });

  it('exits with 2 and one line for a file that is not there, bad inputs, and a question nobody can answer', async () => {
    const ask = { component_type: 'InputMessageNode', id: 'ask', name: 'Ask' };
    const file = await saved('question.json', row([ask], [text('user_input')]));
    for (const args of [
      ['run', join(folder, 'nowhere.json')],
      ['validate', join(folder, 'nowhere.json')],
      ['run', file, '--inputs', '{'],
      ['run', file, '--inputs', '[]'],
      ['run', file],
    ]) {
      const { code, stderr } = await rondoOnce(args);
      expect({ args, code }).toEqual({ args, code: 2 });
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(stderr).not.toContain('    at ');
    }
  });
});
