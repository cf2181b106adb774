import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { readConfig } from './config.ts';
import type { LiveRun } from './doors/trpc/context.ts';
import { operations } from './operations/registry.ts';
import { type RunningServer, serve } from './serve.ts';
import { type TestDatabase, testDatabase } from './store/testDatabase.ts';
import { freePort } from './testPort.ts';

let database: TestDatabase;
let server: RunningServer;
let data: string;
let cookie: string;
let logged = '';

beforeAll(async () => {
  database = await testDatabase();
  data = await mkdtemp(join(tmpdir(), 'rondo-serve-'));
  const write = process.stderr.write.bind(process.stderr);
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk, ...rest) => {
    logged += String(chunk);
    return write(chunk, ...(rest as []));
  });
  server = await serve(
    readConfig({
      RONDO_PORT: String(await freePort()),
      RONDO_DATA: data,
      DATABASE_URL: database.databaseUrl,
      RONDO_MODEL: 'practice',
      RONDO_ALLOW_PRIVATE: '1',
      RONDO_LOG_LEVEL: 'debug',
      RONDO_OWNER_EMAIL: 'olivia@example.com',
      RONDO_OWNER_PASSWORD: 'a long password',
      RONDO_OWNER_NAME: 'Olivia',
    }),
  );
  const answer = await fetch(`${server.address}/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.address },
    body: JSON.stringify({ email: 'olivia@example.com', password: 'a long password' }),
  });
  cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
});
afterAll(async () => {
  await server?.close();
  await database?.drop();
  await rm(data, { recursive: true, force: true });
});

async function post<T>(name: string, input: object): Promise<T> {
  const answer = await fetch(`${server.address}/api/${name.replace('.', '/')}`, {
    method: 'POST',
    headers: { cookie, origin: server.address, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function get<T>(name: string, input: Record<string, string>): Promise<{ status: number; body: T; text: string }> {
  const query = new URLSearchParams(input);
  const answer = await fetch(`${server.address}/api/${name.replace('.', '/')}?${query}`, { headers: { cookie } });
  const text = await answer.text();
  return { status: answer.status, body: JSON.parse(text) as T, text };
}

/** All that the database holds, as text, but for the heartbeat of this process. */
async function everything(): Promise<Map<string, string>> {
  const { rows } = await database.store.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ('server', '_prisma_migrations')`,
  );
  const all = new Map<string, string>();
  for (const { name } of rows) {
    const { rows: content } = await database.store.pool.query<{ text: string }>(
      `SELECT coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '') AS text FROM "${name}" t`,
    );
    all.set(name, content[0]?.text ?? '');
  }
  return all;
}

describe('G7 no secret’s value leaves', () => {
  const value = 'sk-live-"quoted"/4711';
  let service: Server;
  const received: unknown[] = [];
  let address: string;

  beforeAll(async () => {
    // A service that does what it should not: it repeats the key in its answers.
    service = createServer((request, response) => {
      received.push(request.headers['x-service-key']);
      response.writeHead(request.url === '/fail' ? 500 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: `bad key ${request.headers['x-service-key']}`, all: request.headers }));
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(service.address() as { port: number }).port}`;
  });
  afterAll(() => new Promise((resolve) => service.close(resolve)));

  function document(path: string) {
    const reference = (id: string) => ({ $component_ref: id });
    const edge = (from: string, to: string) => ({
      component_type: 'ControlFlowEdge',
      id: `${from}-${to}`,
      name: `${from}-${to}`,
      from_node: reference(from),
      to_node: reference(to),
    });
    return JSON.stringify({
      component_type: 'Flow',
      id: `call${path}`,
      name: `Call ${path}`,
      agentspec_version: '26.1.2',
      start_node: reference('start'),
      nodes: ['start', 'call', 'say', 'end'].map(reference),
      control_flow_connections: [edge('start', 'call'), edge('call', 'say'), edge('say', 'end')],
      data_flow_connections: null,
      outputs: [{ title: 'response', default: '' }],
      $referenced_components: {
        start: { component_type: 'StartNode', id: 'start', name: 'Start' },
        call: {
          component_type: 'ApiNode',
          id: 'call',
          name: 'Call the service',
          url: `${address}${path}`,
          http_method: 'GET',
          sensitive_headers: { 'x-service-key': reference('service-key') },
          outputs: [{ title: 'response' }],
        },
        say: { component_type: 'OutputMessageNode', id: 'say', name: 'Say', message: 'It said {{ response }}' },
        end: { component_type: 'EndNode', id: 'end', name: 'End', outputs: [{ title: 'response', default: '' }] },
      },
    });
  }

  it('not in a journal, a log, an audit row, an error or an export', async () => {
    await post('secret.set', { name: 'service-key', value });
    const outcomes: string[] = [];
    for (const path of ['/fail', '/ok']) {
      const { flowId } = await post<{ flowId: string }>('flow.import', { text: document(path), fileName: 'f.json' });
      const run = await post<{ runId: string; state: string }>('run.start', {
        flowId,
        version: 'draft',
        inputs: {},
        waitSeconds: 10,
      });
      outcomes.push(run.state);
      const shown = [
        JSON.stringify(run),
        (await get('run.events', { runId: run.runId })).text,
        (await get('run.get', { runId: run.runId })).text,
        (await get('flow.export', { flowId })).text,
        (await get('audit.list', {})).text,
        (await get('secret.list', {})).text,
      ].join('\n');
      for (const form of [value, JSON.stringify(value).slice(1, -1), JSON.stringify(JSON.stringify(value)), 'sk-live'])
        expect(shown).not.toContain(form);
    }
    expect(outcomes).toEqual(['failed', 'succeeded']);
    expect(received).toContain(value);
    for (const [table, text] of await everything()) expect(text, table).not.toContain('sk-live');
    server.rooms.services.log.error({ err: new Error(`call with ${value} failed`), apiKey: value }, `it was ${value}`);
    expect(logged).toContain('it was [secret]');
    expect(logged).not.toContain('sk-live');
  });
});

describe('G8 nothing changes on GET', () => {
  it('every read leaves every table as it was', async () => {
    const flows = (await get<{ flows: { id: string; slug: string }[] }>('flow.list', {})).body.flows;
    const flow = flows.find((one) => one.slug === 'contract-summary');
    await post('flow.publish', { flowId: flow?.id, baseSeq: 0 });
    const largeText = 'B'.repeat(70_000);
    const run = await post<{ runId: string; waits: { reviewId: string }[] }>('run.start', {
      flowId: 'contract-summary',
      inputs: { party: 'A', contract: largeText },
      waitSeconds: 10,
    });
    const uploaded = await fetch(`${server.address}/files?name=a.txt`, {
      method: 'POST',
      headers: { cookie, origin: server.address, 'content-type': 'text/plain' },
      body: 'A file',
    });
    const { id: fileId } = (await uploaded.json()) as { id: string };
    const { scheduleId } = await post<{ scheduleId: string }>('schedule.create', {
      flowId: flow?.id,
      cron: '0 0 1 1 *',
      timeZone: 'UTC',
      inputs: { party: 'A', contract: 'B' },
    });
    const { webhookId } = await post<{ webhookId: string }>('webhook.create', {
      flowId: flow?.id,
      name: 'Orders',
      verify: 'none',
    });
    const { address } = (await get<{ webhooks: { address: string }[] }>('webhook.list', { flowId: flow?.id ?? '' }))
      .body.webhooks[0] ?? { address: '' };
    await fetch(`${server.address}${new URL(address).pathname}`, { method: 'PUT', body: '{}' });
    const { deliveries } = (await get<{ deliveries: { id: string }[] }>('webhook.deliveries', { webhookId })).body;
    const other = flows.find((one) => one.id !== flow?.id);
    const link = { sourceFlowId: other?.id, targetFlowId: flow?.id };
    const { linkId } = await post<{ linkId: string }>('flowLink.create', link);
    const form = await post<{ link: string }>('startForm.create', { flowId: flow?.id, title: 'Ask' });
    const { toolId } = await post<{ toolId: string }>('tool.save', {
      component: {
        component_type: 'BuiltinTool',
        id: 'one',
        name: 'one',
        metadata: {},
        tool_type: 'rondo.formula',
        configuration: { expression: '1' },
        inputs: [],
        outputs: [{ title: 'result', type: 'integer' }],
      },
    });
    const filter = { runIds: [run.runId] };
    const stray = await post<{ runId: string }>('run.start', {
      flowId: flow?.id,
      inputs: { party: 'A', contract: 'C' },
      waitSeconds: 10,
    });
    const { bulkId } = await post<{ bulkId: string }>('bulk.start', {
      kind: 'cancel',
      filter: { runIds: [stray.runId] },
    });
    await vi.waitFor(
      async () => {
        const { state } = (await get<{ state: string }>('bulk.get', { bulkId })).body;
        expect(state).toBe('done');
      },
      { timeout: 10_000, interval: 100 },
    );
    const known: Record<string, string> = {
      from: '2026-03-01',
      to: '2026-03-31',
      webhookId,
      deliveryId: deliveries[0]?.id ?? '',
      linkId,
      toolId,
      bulkId,
      kind: 'cancel',
      filter: JSON.stringify(filter),
      key: 'party',
      inputs: '{}',

      flowId: flow?.id ?? '',
      runId: run.runId,
      fileId,
      hash: createHash('sha256').update(JSON.stringify(largeText)).digest('hex'),
      reviewId: run.waits[0]?.reviewId ?? '',
      scheduleId,
      number: '1',
      cron: '0 9 * * *',
      timeZone: 'UTC',
      token: form.link.split('/').at(-1) ?? '',
      state: 'open',
      sample: 'contract-summary',
    };
    // What was done before is read and swept up first.
    let before = await everything();
    await vi.waitFor(
      async () => {
        const last = before;
        await new Promise((resolve) => setTimeout(resolve, 1500));
        before = await everything();
        expect(Object.fromEntries(before)).toEqual(Object.fromEntries(last));
      },
      { timeout: 20_000, interval: 10 },
    );
    const statuses: Record<string, number> = {};
    for (const { contract } of operations.values()) {
      if (contract.kind !== 'read') continue;
      const required = z.toJSONSchema(contract.input, { io: 'input', unrepresentable: 'any' }).required ?? [];
      // A preview needs one of its ways to say when, none of which is required by itself.
      const wanted = contract.name === 'schedule.preview' ? [...required, 'cron'] : required;
      const input = {
        ...Object.fromEntries(wanted.map((name) => [name, known[name] ?? ''])),
        ...(contract.name === 'usage.list' && { kind: 'tool', name: 'one' }),
      };
      statuses[contract.name] = (await get(contract.name, input)).status;
    }
    for (const path of [
      '/',
      '/healthz',
      '/readyz',
      '/api/openapi.json',
      '/auth/get-session',
      '/mcp',
      `/files/${fileId}`,
    ])
      await fetch(`${server.address}${path}`, { headers: { cookie } });
    expect(statuses).toEqual({
      ...Object.fromEntries(Object.keys(statuses).map((name) => [name, 200])),
      'invite.look': 404,
    });
    expect(Object.fromEntries(await everything())).toEqual(Object.fromEntries(before));
  });

  it('a write is no GET', async () => {
    for (const { contract } of operations.values())
      if (contract.kind === 'write') {
        expect((await get(contract.name, {})).status, contract.name).toBe(404);
        const trpc = await fetch(`${server.address}/trpc/${contract.name}?input=%7B%7D`, { headers: { cookie } });
        expect(trpc.status, contract.name).toBeGreaterThanOrEqual(400);
      }
  });
});

describe('sessions', () => {
  it('an expired one is none any more', async () => {
    const answer = await fetch(`${server.address}/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.address },
      body: JSON.stringify({ email: 'olivia@example.com', password: 'a long password' }),
    });
    const old = answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const token = decodeURIComponent(old.split('=')[1] ?? '').split('.')[0];
    const { rowCount } = await database.store.pool.query(
      `UPDATE session SET expires_at = now() - interval '1 second' WHERE token = $1`,
      [token],
    );
    expect(rowCount).toBe(1);
    expect((await fetch(`${server.address}/api/me/get`, { headers: { cookie: old } })).status).toBe(401);
    expect((await fetch(`${server.address}/api/me/get`, { headers: { cookie } })).status).toBe(200);
  });
});

describe('live updates over tRPC', () => {
  /** The events of a subscription as they come over the wire: id and data. */
  async function* subscribe(name: string, input: object, signal: AbortSignal, lastEventId?: string) {
    const query = new URLSearchParams({ input: JSON.stringify(input) });
    const answer = await fetch(`${server.address}/trpc/${name}?${query}`, {
      headers: { cookie, accept: 'text/event-stream', ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
      signal,
    });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        const field = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(block)?.[1];
        const given = field('data');
        if (field('event') === undefined && given) yield { id: field('id'), data: JSON.parse(given) };
      }
    }
  }

  async function watched(runId: string, after: number, lastEventId?: string) {
    const stop = new AbortController();
    const seen: { cursor: number; value: LiveRun }[] = [];
    for await (const { id, data: value } of subscribe('live.run', { runId, after }, stop.signal, lastEventId)) {
      seen.push({ cursor: Number(id), value: value as LiveRun });
      if ((value as LiveRun).state === 'succeeded') break;
    }
    stop.abort();
    return seen;
  }

  it('a watched run tells its journal to the end, goes on after a cut without a gap, and changes are told', async () => {
    const changes: { id: string }[] = [];
    const stop = new AbortController();
    const listening = (async () => {
      for await (const { data: change } of subscribe('live.changes', {}, stop.signal)) changes.push(change);
    })().catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
    const { flows } = (await get<{ flows: { id: string }[] }>('flow.list', { search: 'Weekly report' })).body;
    await post('flow.publish', { flowId: flows[0]?.id, baseSeq: 0 });
    const run = await post<{ runId: string }>('run.start', { flowId: 'weekly-report', inputs: {} });
    const seen = await watched(run.runId, 0);
    const events = seen.flatMap(({ value }) => value.events ?? []);
    expect(events[0]?.kind).toBe('run_started');
    expect(events.at(-1)?.kind).toBe('run_succeeded');
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index));
    const rest = (await watched(run.runId, 0, '3')).flatMap(({ value }) => value.events ?? []);
    expect(rest.map((event) => event.seq)).toEqual(events.map((event) => event.seq).slice(3));
    await expect.poll(() => changes.map((change) => change.id)).toContain(run.runId);
    stop.abort();
    await listening;
  });

  it('nobody watches without being signed in', async () => {
    for (const path of [
      'live.changes',
      `live.run?input=${encodeURIComponent('{"runId":"00000000-0000-7000-8000-000000000000"}')}`,
    ]) {
      const text = await (await fetch(`${server.address}/trpc/${path}`)).text();
      expect(text, path).toContain('"UNAUTHORIZED"');
      expect(text, path).toContain('Sign in first');
    }
  });
});
