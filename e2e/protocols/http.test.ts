import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type SignedIn, signIn } from '../harness/client.ts';
import { checkout, type RunningServer, startServer } from '../harness/server.ts';

let server: RunningServer;
let owner: SignedIn;
let key: string;

beforeAll(async () => {
  server = await startServer();
  owner = await signIn(server.url);
  ({ key } = await owner.call<{ key: string }>('POST', 'apikey.create', { name: 'tests' }));
});
afterAll(() => server?.stop());

/** A call through the HTTP door, by default with the API key. */
async function http(
  path: string,
  body?: unknown,
  headers: Record<string, string> = { 'x-api-key': key },
): Promise<Answer> {
  const response = await fetch(`${server.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** The same call through tRPC: the status, and our error as the client gets it. */
async function trpc(
  name: string,
  input: unknown,
  write: boolean,
  headers: Record<string, string> = { 'x-api-key': key },
) {
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  const query = write ? '' : `?input=${encodeURIComponent(text)}`;
  const response = await fetch(`${server.url}/trpc/${name}${query}`, {
    method: write ? 'POST' : 'GET',
    headers: { ...headers, ...(write ? { 'content-type': 'application/json' } : {}) },
    body: write ? text : undefined,
  });
  const body = (await response.json()) as { error?: { data: { rondo: { code: string; message: string } } } };
  return { status: response.status, rondo: body.error?.data.rondo };
}

const sample = (slug: string) => readFileSync(join(checkout, 'flows', slug, 'flow.json'), 'utf8');
const errorOf = (answer: Answer) =>
  answer.body.error as { code: string; message: string; problems?: { pointer: string }[] };

/** As much of a flow's document as these tests change. */
interface Document {
  start_node: { $component_ref: string };
  nodes: { $component_ref: string }[];
  control_flow_connections: { to_node: { $component_ref: string } }[];
  $referenced_components: Record<string, { component_type: string }>;
}

describe('bad input gets a clear error with the right status, at HTTP and tRPC alike', () => {
  const flow = (change: (document: Document) => void) => {
    const document: Document = JSON.parse(sample('weekly-report'));
    change(document);
    return JSON.stringify(document);
  };
  const cases: [string, unknown, number, string, RegExp][] = [
    ['a file that is not JSON', { text: '{"a": ', fileName: 'a.json' }, 422, 'INVALID', /line 1/i],
    [
      'a file that is not OAS',
      { text: '{"hello": 1}', fileName: 'a.json' },
      422,
      'INVALID',
      /Open Agent Spec|component_type/,
    ],
    [
      'a circular reference',
      {
        text: '{"component_type":"Flow","id":"a","name":"a","$referenced_components":{"x":{"$component_ref":"y"},"y":{"$component_ref":"x"}},"start_node":{"$component_ref":"x"},"nodes":[]}',
        fileName: 'a.json',
      },
      422,
      'INVALID',
      /circ|itself/i,
    ],
    ['a missing field', { text: '{}' }, 422, 'INVALID', /fileName/],
  ];
  it.each(cases)('%s', async (_what, input, status, code, words) => {
    const before = (await http('/api/flow/list')).body.flows as unknown[];
    const overHttp = await http('/api/flow/import', input);
    expect(overHttp.status).toBe(status);
    expect(errorOf(overHttp).code).toBe(code);
    expect(errorOf(overHttp).message).toMatch(words);
    const overTrpc = await trpc('flow.import', input, true);
    expect(overTrpc).toMatchObject({ status, rondo: { code, message: errorOf(overHttp).message } });
    expect((await http('/api/flow/list')).body.flows as unknown[]).toHaveLength(before.length);
  });

  it('a dangling reference and a flow without an end are named, and cannot be published or run', async () => {
    const dangling = flow((document) => {
      document.start_node = { $component_ref: 'nowhere' };
    });
    const imported = await http('/api/flow/import', { text: dangling, fileName: 'a.json' });
    const problems = (imported.body.problems ?? errorOf(imported).problems) as { message: string; pointer: string }[];
    expect(JSON.stringify(problems)).toContain('nowhere');
    const noEnd = flow((d) => {
      const end = Object.entries(d.$referenced_components).find(([, one]) => one.component_type === 'EndNode')?.[0];
      d.nodes = d.nodes.filter((node) => node.$component_ref !== end);
      d.control_flow_connections = d.control_flow_connections.filter((edge) => edge.to_node.$component_ref !== end);
      if (end) delete d.$referenced_components[end];
    });
    const stored = await http('/api/flow/import', { text: noEnd, fileName: 'b.json' });
    if (stored.status === 200) {
      const flowId = stored.body.flowId;
      const refused = await http('/api/flow/publish', { flowId, baseSeq: 0 });
      expect(refused.status).toBe(422);
      expect(JSON.stringify(refused.body)).toMatch(/end/i);
      expect((await http('/api/run/start', { flowId, version: 'draft', inputs: {} })).status).toBe(422);
    } else expect(JSON.stringify(stored.body)).toMatch(/end/i);
  });

  it('inputs of the wrong type, missing and unknown ones are each named', async () => {
    const { body } = await http('/api/flow/create', { name: 'Typed', sample: 'expense-approval' });
    await http('/api/flow/publish', { flowId: body.flowId, baseSeq: 0 });
    const inputs = { amount: 'a lot', colour: 'red' };
    for (const answer of [await http('/api/run/start', { flowId: body.flowId, inputs })]) {
      expect(answer.status).toBe(422);
      expect(
        errorOf(answer)
          .problems?.map((problem) => problem.pointer)
          .sort(),
      ).toEqual(['/inputs/amount', '/inputs/claimant', '/inputs/colour']);
    }
    expect(await trpc('run.start', { flowId: body.flowId, inputs }, true)).toMatchObject({
      status: 422,
      rondo: { code: 'INVALID' },
    });
  });

  it('a body over the limit: 413', async () => {
    const large = 'x'.repeat(1024 * 1024 + 10);
    expect(await http('/api/flow/create', { name: large })).toMatchObject({
      status: 413,
      body: { error: { code: 'TOO_LARGE' } },
    });
    expect(await trpc('flow.create', { name: large }, true)).toMatchObject({
      status: 413,
      rondo: { code: 'TOO_LARGE' },
    });
    const document = { text: `"${'x'.repeat(10 * 1024 * 1024)}"`, fileName: 'a.json' };
    expect((await http('/api/flow/import', document)).status).toBe(413);
    expect(await trpc('flow.import', document, true)).toMatchObject({ status: 413, rondo: { code: 'TOO_LARGE' } });
  });

  it('a body that is not JSON: 400; an unknown operation: 404; the wrong method: 404 with words', async () => {
    expect((await http('/api/flow/create', '{"name": ')).status).toBe(400);
    expect((await trpc('flow.create', '{"name": ', true)).status).toBe(400);
    expect(await http('/api/flow/explode', {})).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
    expect(await trpc('flow.explode', {}, true)).toMatchObject({ status: 404, rondo: { code: 'NOT_FOUND' } });
    expect(errorOf(await http('/api/flow/create')).message).toContain('POST');
  });

  it('a cron that never fires', async () => {
    const cron = new URLSearchParams({ cron: '0 0 31 2 *', timeZone: 'UTC' });
    expect(await http(`/api/schedule/preview?${cron}`)).toMatchObject({
      status: 422,
      body: { error: { code: 'INVALID' } },
    });
    expect(await trpc('schedule.preview', Object.fromEntries(cron), false)).toMatchObject({ status: 422 });
  });

  it('what is not there: 404', async () => {
    const nobody = '00000000-0000-7000-8000-000000000000';
    for (const path of [`flow/get?flowId=${nobody}`, `run/get?runId=${nobody}`, `review/get?reviewId=${nobody}`])
      expect((await http(`/api/${path}`)).status, path).toBe(404);
  });
});

describe('who may come in', () => {
  it('nobody without a session or key; a forged one is no better', async () => {
    const forged: Record<string, string>[] = [
      {},
      { cookie: 'rondo.session_token=forged.signature' },
      { cookie: `${owner.cookie.slice(0, -6)}AAAAAA` },
      { 'x-api-key': 'rondo_forged' },
      { authorization: 'Bearer forged' },
    ];
    for (const headers of forged) {
      expect((await http('/api/flow/list', undefined, headers)).status).toBe(401);
      expect((await trpc('flow.list', {}, false, headers)).status).toBe(401);
      expect((await http('/api/flow/create', { name: 'x' }, { ...headers, origin: server.url })).status).toBe(401);
    }
  });

  it('an expired or revoked key, and a session that was signed out, end at once', async () => {
    const made = await owner.call<{ id: string; key: string }>('POST', 'apikey.create', { name: 'short' });
    expect((await http('/api/flow/list', undefined, { 'x-api-key': made.key })).status).toBe(200);
    await owner.call('POST', 'apikey.revoke', { keyId: made.id });
    expect((await http('/api/flow/list', undefined, { 'x-api-key': made.key })).status).toBe(401);
    const session = await signIn(server.url);
    expect((await http('/api/flow/list', undefined, { cookie: session.cookie })).status).toBe(200);
    await fetch(`${server.url}/auth/sign-out`, {
      method: 'POST',
      headers: { cookie: session.cookie, origin: server.url, 'content-type': 'application/json' },
      body: '{}',
    });
    expect((await http('/api/flow/list', undefined, { cookie: session.cookie })).status).toBe(401);
  });

  it('a write with a session from another site’s page, or from nowhere, is refused', async () => {
    for (const origin of ['https://evil.example', 'null', undefined]) {
      const headers = { cookie: owner.cookie, ...(origin === undefined ? {} : { origin }) };
      expect((await http('/api/flow/create', { name: 'x' }, headers)).status).toBe(403);
      expect((await trpc('flow.create', { name: 'x' }, true, headers)).status).toBe(403);
    }
    const fromDesktop = { cookie: owner.cookie, origin: 'app://rondo' };
    expect((await http('/api/flow/create', { name: 'From the desktop' }, fromDesktop)).status).toBe(200);
  });

  it('the Host header must be ours (DNS rebinding)', async () => {
    const status = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        request({ port: server.port, host: '127.0.0.1', path: '/api/setup/status', headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
          .once('error', reject)
          .end();
      });
    expect(await status('evil.example')).toBe(403);
    expect(await status(`evil.example:${server.port}`)).toBe(403);
    expect(await status(`localhost:${server.port}`)).toBe(200);
  });

  it('better-auth’s own routes that go past the audit are closed', async () => {
    for (const path of [
      'sign-up/email',
      'api-key/create',
      'change-email',
      'delete-user',
      'list-sessions',
      'update-user',
    ])
      expect((await http(`/auth/${path}`, {}, { cookie: owner.cookie, origin: server.url })).status, path).toBe(404);
  });

  it('an invitation makes one person, once, with its role', async () => {
    const { link } = await owner.call<{ link: string }>('POST', 'person.invite', { role: 'viewer' });
    const token = link.split('/').at(-1) ?? '';
    expect((await http(`/api/invite/look?token=${token}`, undefined, {})).body).toMatchObject({
      role: 'viewer',
      workspaceName: 'Northwind',
    });
    const person = { token, name: 'Vic', email: 'vic@example.com', password: 'a long password' };
    expect((await http('/api/invite/accept', person, {})).status).toBe(200);
    expect((await http('/api/invite/accept', { ...person, email: 'again@example.com' }, {})).status).toBe(410);
    const vic = await signIn(server.url, person);
    const headers = { cookie: vic.cookie, origin: server.url };
    expect((await http('/api/flow/list', undefined, headers)).status).toBe(200);
    expect((await http('/api/flow/create', { name: 'x' }, headers)).status).toBe(403);
    const people = (await owner.call<{ people: { id: string; name: string }[] }>('GET', 'person.list')).people;
    await owner.call('POST', 'person.remove', { userId: people.find((one) => one.name === 'Vic')?.id });
    expect((await http('/api/flow/list', undefined, headers)).status).toBe(401);
    await expect(signIn(server.url, person)).rejects.toThrow(/403/);
  });

  it('sign-in is limited', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) {
      const response = await fetch(`${server.url}/auth/sign-in/email`, {
        method: 'POST',
        // a forged address must not help
        headers: {
          'content-type': 'application/json',
          origin: server.url,
          'x-forwarded-for': `10.0.0.${i}`,
          'x-rondo-client-address': `10.0.1.${i}`,
        },
        body: JSON.stringify({ email: 'olivia@example.com', password: 'wrong wrong wrong' }),
      });
      statuses.push(response.status);
    }
    expect(statuses).toContain(401);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('the HTTP door', () => {
  it('describes every operation in an OpenAPI document', async () => {
    const { body } = await http('/api/openapi.json', undefined, {});
    const paths = body.paths as Record<string, Record<string, { operationId: string; responses: object }>>;
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(paths).length).toBeGreaterThan(45);
    expect(paths['/api/run/start']?.post?.operationId).toBe('run.start');
    expect(paths['/api/flow/list']?.get).toBeDefined();
  });

  it('sends its headers of safety', async () => {
    const answer = await fetch(`${server.url}/api/setup/status`);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
  });

  it('answers the sample flows’ calls', async () => {
    expect((await http('/practice/record', { a: 1 }, {})).body).toMatchObject({ recorded: true });
  });
});
