import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testDatabase } from '@rondo/server/store/testDatabase.ts';
import { freePort } from '@rondo/server/testPort.ts';
import { chain, post, say } from '@rondo/server/work/testFlows.ts';
import { openTestWork } from '@rondo/server/work/testWork.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ended } from '../harness/children.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { type RunningServer, startServer } from '../harness/server.ts';
import { startWorker } from '../recovery/processes.ts';

const token = 'a-token-for-prometheus';
const secret = 'very-secret-value-of-a-key';

interface Span {
  name: string;
  traceId: string;
}

let spans: Span[] = [];
/** Refuses calls, and gives away the key that came with them. */
let echo: Server;
let echoUrl: string;
let echoed: unknown;
let collector: Server;
let server: RunningServer;
let owner: SignedIn;

beforeAll(async () => {
  collector = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    for (const resource of JSON.parse(body).resourceSpans)
      for (const scope of resource.scopeSpans) spans = [...spans, ...scope.spans];
    response.setHeader('content-type', 'application/json');
    response.end('{}');
  });
  const port = await freePort();
  await new Promise<void>((resolve) => collector.listen(port, '127.0.0.1', resolve));
  echo = createServer((request, response) => {
    echoed = request.headers['x-key'];
    response.statusCode = 403;
    response.end(`The key ${echoed} may not do this.`);
  });
  const echoPort = await freePort();
  await new Promise<void>((resolve) => echo.listen(echoPort, '127.0.0.1', resolve));
  echoUrl = `http://127.0.0.1:${echoPort}/`;
  server = await startServer({
    env: {
      RONDO_METRICS_TOKEN: token,
      RONDO_LOG_LEVEL: 'info,work=error',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_BSP_SCHEDULE_DELAY: '200',
      RONDO_OTEL_VALUES: '1',
    },
  });
  owner = await signIn(server.url);
});
afterAll(async () => {
  await server?.stop();
  collector?.close();
  echo?.close();
});

async function ran(name: string, steps: Parameters<typeof chain>[0]): Promise<string> {
  const text = JSON.stringify({ ...chain(steps), name });
  const { flowId } = await owner.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: 'flow.json' });
  await owner.call('POST', 'flow.publish', { flowId, baseSeq: 0 });
  const run = { flowId, inputs: {}, waitSeconds: 20 };
  return (await owner.call<{ runId: string }>('POST', 'run.start', run)).runId;
}

it('figures, traces and log lines of runs come out of a real server, without a secret', async () => {
  await owner.call('POST', 'secret.set', { name: 'key', value: secret });
  const good = await ran('Greeting', [say('hello')]);
  const pay = { ...post('pay', echoUrl), sensitive_headers: { 'x-key': { $component_ref: 'key' } } };
  const bad = await ran('Payment', [pay]);
  expect(echoed).toBe(secret);

  expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
  expect((await fetch(`${server.url}/metrics`, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
  const answer = await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.headers.get('content-type')).toContain('text/plain');
  const figures = await answer.text();
  expect(figures).toContain('rondo_runs_total{flow="greeting",state="succeeded"} 1');
  expect(figures).toContain('rondo_runs_total{flow="payment",state="failed"} 1');
  expect(figures).toMatch(/rondo_journal_appends_total [1-9]/);
  expect(figures).toContain('nodejs_eventloop_lag_seconds');

  await until('the traces', async () => spans.filter((span) => span.name.startsWith('FlowExecution - ')).length >= 2);
  expect(new Set(spans.map((span) => span.traceId))).toEqual(
    new Set([good, bad].map((runId) => runId.replaceAll('-', ''))),
  );

  const lines = server
    .printed()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { [name: string]: unknown });
  expect(lines.find((line) => line.runId === good)).toMatchObject({ room: 'runs', level: 30, state: 'succeeded' });
  const ofBad = lines.filter((line) => line.runId === bad);
  expect(ofBad).toMatchObject([
    { level: 40, path: 'pay', msg: 'A step failed.' },
    { level: 30, path: 'pay', state: 'failed', code: ofBad[0]?.code },
  ]);
  for (const text of [figures, JSON.stringify(spans), server.printed()]) expect(text).not.toContain(secret);
});

it('figures of a worker come from the port that it is given, to whoever has the token', async () => {
  const db = await testDatabase();
  // Hands its run over, so that the worker takes it.
  const starter = await openTestWork(db.databaseUrl, { limits: { own: 0, handed: 0 } });
  const port = await freePort();
  const worker = startWorker(db.databaseUrl, undefined, {
    RONDO_METRICS_PORT: String(port),
    RONDO_METRICS_TOKEN: token,
  });
  try {
    await worker.ready;
    const url = `http://127.0.0.1:${port}`;
    const runId = await starter.start(chain([say('hello')]));
    await until('the run', async () => (await starter.state(runId)) === 'succeeded');
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    const authorization = `Bearer ${token}`;
    const answer = await fetch(`${url}/metrics`, { headers: { authorization } });
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const figures = await answer.text();
    expect(figures).toContain('rondo_runs_total{flow="none",state="succeeded"} 1');
    expect(figures).toContain('rondo_pick_up_seconds_count 1');
    expect((await fetch(`${url}/readyz`, { headers: { authorization } })).status).toBe(404);
  } finally {
    worker.child.kill('SIGTERM');
    await ended(worker.child);
    await starter.close();
    await db.drop();
  }
  await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
});

it('a worker says that the port of its figures is taken; without anybody who may read it opens none', async () => {
  const db = await testDatabase();
  const { port } = collector.address() as AddressInfo;
  const taken = { RONDO_METRICS_PORT: String(port) };
  await expect(startWorker(db.databaseUrl, undefined, { ...taken, RONDO_METRICS: '1' }).ready).rejects.toThrow(
    `Port ${port} is taken by another program. Choose another one: RONDO_METRICS_PORT=${port + 1} rondo worker`,
  );
  const unread = startWorker(db.databaseUrl, undefined, taken);
  await unread.ready;
  unread.child.kill('SIGTERM');
  await ended(unread.child);
  await db.drop();
});
