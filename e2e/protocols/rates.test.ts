import { type TestDatabase, testDatabase } from '@rondo/server/store/testDatabase.ts';
import { chain, say } from '@rondo/server/work/testFlows.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SignedIn, signIn } from '../harness/client.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

let db: TestDatabase;
let servers: RunningServer[];
let owner: SignedIn;

beforeAll(async () => {
  db = await testDatabase();
  const env = { DATABASE_URL: db.databaseUrl, RONDO_SECRET_KEY: 'a key for tests only' };
  // One after the other: the first makes the owner.
  servers = [await startServer({ env }), await startServer({ env })];
  owner = await signIn(servers[0]?.url ?? '');
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await db.drop();
});

async function published(): Promise<string> {
  const text = JSON.stringify({ ...chain([say('hello')]), name: 'Called' });
  const { flowId } = await owner.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: 'flow.json' });
  await owner.call('POST', 'flow.publish', { flowId, baseSeq: 0 });
  return flowId;
}

/** Makes calls in turn at one server and the other. @returns the states of their answers */
async function statuses(count: number, call: (url: string) => Promise<Response>): Promise<number[]> {
  const answers: number[] = [];
  for (let index = 0; index < count; index += 1)
    answers.push((await call(servers[index % servers.length]?.url ?? '')).status);
  return answers;
}

it('two servers together take as many calls of a webhook in a minute as it allows', async () => {
  const flowId = await published();
  const made = { flowId, name: 'Orders', verify: 'none', config: { perMinute: 5 } };
  const { webhookId } = await owner.call<{ webhookId: string }>('POST', 'webhook.create', made);
  const { webhooks } = await owner.call<{ webhooks: { id: string; address: string; dropped: number }[] }>(
    'GET',
    'webhook.list',
    { flowId },
  );
  const { pathname } = new URL(webhooks[0]?.address ?? '');
  const call = (url: string) =>
    fetch(url + pathname, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  expect(await statuses(8, call)).toEqual([202, 202, 202, 202, 202, 429, 429, 429]);
  const { deliveries } = await owner.call<{ deliveries: { outcome: string }[] }>('GET', 'webhook.deliveries', {
    webhookId,
  });
  // The first one that is too many tells; the others are counted.
  expect(deliveries.filter((one) => one.outcome === 'refused')).toHaveLength(1);
});

it('two servers together take as many submits of a start form from an address as one may make', async () => {
  const flowId = await published();
  const { link } = await owner.call<{ link: string }>('POST', 'startForm.create', { flowId, title: 'Ask' });
  const token = link.split('/').at(-1);
  const submit = (url: string) =>
    fetch(`${url}/api/startForm/submit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ token, inputs: {}, key: 'always the same' }),
    });
  const answers = await statuses(34, submit);
  expect(answers.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 200));
  expect(answers.slice(30)).toEqual([429, 429, 429, 429]);
});
