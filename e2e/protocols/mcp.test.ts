import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, signIn } from '../harness/client.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

let server: RunningServer;
let owner: SignedIn;
let key: string;
let client: Client;

async function connect(token: string): Promise<Client> {
  const made = new Client({ name: 'independent', version: '1.0.0' });
  const transport = new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  });
  await made.connect(transport);
  return made;
}

async function publish(sample: string, mcpTool: string): Promise<string> {
  const { flowId } = await owner.call<{ flowId: string }>('POST', 'flow.create', { name: sample, sample });
  await owner.call('POST', 'flow.publish', { flowId, baseSeq: 0, mcpTool });
  return flowId;
}

beforeAll(async () => {
  server = await startServer();
  owner = await signIn(server.url);
  ({ key } = await owner.call<{ key: string }>('POST', 'apikey.create', { name: 'mcp' }));
  await publish('weekly-report', 'weekly_report');
  await publish('expense-approval', 'expense_approval');
  await publish('lead-intake', 'lead_intake');
  client = await connect(key);
});
afterAll(async () => {
  await client?.close();
  await server?.stop();
});

describe('an independent MCP client', () => {
  it('lists the published flows as tools, with schemas from their start and their outputs', async () => {
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(['expense_approval', 'lead_intake', 'weekly_report']);
    const expense = tools.find((tool) => tool.name === 'expense_approval');
    expect(expense?.inputSchema).toMatchObject({
      type: 'object',
      properties: { claimant: { type: 'string' }, amount: { type: 'number' } },
      required: ['claimant', 'amount'],
    });
    expect(expense?.outputSchema?.properties).toHaveProperty('decision');
  });

  it('calls one and gets a structured result that fits the schema', async () => {
    const result = await client.callTool({
      name: 'weekly_report',
      arguments: { team: 'Sales', orders: [100, 200, 30] },
    });
    expect(result.isError).toBeFalsy();
    expect(result.structuredContent).toMatchObject({ total: 330 });
    expect(result.content).toEqual([{ type: 'text', text: expect.stringContaining('330') }]);
    const { runs } = await owner.call<{ runs: { trigger: string; state: string; actorName: string }[] }>(
      'GET',
      'run.list',
    );
    expect(runs[0]).toMatchObject({ trigger: 'mcp', state: 'succeeded', actorName: expect.stringContaining('mcp') });
  });

  it('a flow that needs a person answers with the run’s id and its link', async () => {
    const call = client.callTool({
      name: 'expense_approval',
      arguments: { claimant: 'Ann', amount: 500, purpose: 'Train', server: server.url },
    });
    const error = await call.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: -32021,
      data: { runId: expect.any(String), state: 'waiting', link: expect.stringContaining(`${server.url}/runs/`) },
    });
    const { reviews } = await owner.call<{ reviews: { runId: string }[] }>('GET', 'review.list', { state: 'open' });
    expect(reviews.map((review) => review.runId)).toContain((error as { data: { runId: string } }).data.runId);
  });

  it('bad arguments come back as a result that says what is wrong', async () => {
    const result = await client.callTool({ name: 'expense_approval', arguments: { amount: 'much' } });
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result.content)).toMatch(/claimant.*missing/);
  });

  it('an unknown tool is the protocol’s error', async () => {
    await expect(client.callTool({ name: 'nothing', arguments: {} })).rejects.toMatchObject({ code: -32602 });
  });

  it('without a key, or with a forged or revoked one, nobody comes in', async () => {
    const plain = await fetch(`${server.url}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(plain.status).toBe(401);
    expect(plain.headers.get('www-authenticate')).toContain('Bearer');
    await expect(connect('rondo_forged')).rejects.toThrow();
    const made = await owner.call<{ id: string; key: string }>('POST', 'apikey.create', { name: 'revoked' });
    await owner.call('POST', 'apikey.revoke', { keyId: made.id });
    await expect(connect(made.key)).rejects.toThrow();
  });
});
