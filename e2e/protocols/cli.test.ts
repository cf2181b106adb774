import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@rondo/server/store/embedded.ts';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '../harness/client.ts';
import { checkout, startServer } from '../harness/server.ts';

let data: string;

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the real command to its end, on the data of this test. */
function rondo(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [join(checkout, 'server', 'bin', 'rondo.mjs'), ...args], {
    env: { ...process.env, RONDO_DATA: data, RONDO_MODEL: 'practice', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'rondo-cli-'));
  const server = await startServer({ data });
  const owner = await signIn(server.url);
  const { flows } = await owner.call<{ flows: { id: string; slug: string }[] }>('GET', 'flow.list');
  const report = flows.find((flow) => flow.slug === 'weekly-report');
  await owner.call('POST', 'flow.publish', { flowId: report?.id, baseSeq: 0 });
  await server.stop();
});
afterAll(() => rm(data, { recursive: true, force: true }));

describe('rondo, without its server, on the data that it left', () => {
  it('audit verify: whole, then a row changed behind its back is named, with exit 1', async () => {
    const whole = await rondo(['audit', 'verify', '--json']);
    expect(whole.code).toBe(0);
    expect(JSON.parse(whole.stdout)).toMatchObject({ ok: true, firstBroken: null });
    const database = await startEmbedded({ dataFolder: data, own: true });
    const client = new Client({ connectionString: database.databaseUrl });
    await client.connect();
    await client.query(`UPDATE audit SET actor_name = 'Nobody' WHERE action = 'flow.publish'`);
    await client.end();
    await database.stop();
    const broken = await rondo(['audit', 'verify']);
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/broken at row 2 \(flow\.publish, .*changed/);
  });

  it('import and export give back every byte', async () => {
    const text = readFileSync(join(checkout, 'flows', 'ticket-triage', 'flow.json'), 'utf8').replaceAll('  ', '\t');
    const file = join(data, 'odd spelling.json');
    await writeFile(file, text);
    const imported = await rondo(['import', file, '--json']);
    expect(imported.code).toBe(0);
    const { slug } = JSON.parse(imported.stdout) as { slug: string };
    const exported = await rondo(['export', slug]);
    expect(exported.stdout).toBe(text);
    const nowhere = await rondo(['export', 'no-such-flow']);
    expect(nowhere).toMatchObject({ code: 1, stdout: '' });
    expect(nowhere.stderr).toContain('There is no flow “no-such-flow”.');
  });

  it('runs a published flow by its slug', async () => {
    const run = await rondo(['run', 'weekly-report', '--inputs', '{"orders": [1, 2, 3]}', '--json']);
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ state: 'succeeded', outputs: { total: 6 } });
    const keyed = ['run', 'weekly-report', '--inputs', '{"orders": [4]}', '--key', 'order-17', '--json'];
    const [first, second] = [await rondo(keyed), await rondo(keyed)];
    expect(JSON.parse(second.stdout)).toMatchObject({ runId: JSON.parse(first.stdout).runId, outputs: { total: 4 } });
    const wrong = await rondo(['run', 'weekly-report', '--inputs', '{"orders": "many"}']);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('orders');
  });
});

describe('wrong usage: exit 2 and one line that says what to do, never a stack trace', () => {
  it.each([
    [['nonsense'], /unknown command/],
    [['run'], /missing required argument/],
    [['start', '--nonsense'], /unknown option/],
    [['start', '--port', 'x'], /RONDO_PORT/],
    [['run', 'weekly-report', '--inputs', '{'], /--inputs is not JSON/],
    [['run', 'weekly-report', '--model', 'other'], /practice/],
    [['import', '/no/such/file.json'], /no file/],
    [['validate'], /missing required argument/],
  ])('%j', async (args, words) => {
    const ended = await rondo(args);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(words);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
    expect(ended.stdout).toBe('');
  });

  it('--help everywhere', async () => {
    for (const args of [['--help'], ['run', '--help'], ['audit', 'verify', '--help']]) {
      const ended = await rondo(args);
      expect(ended.code, args.join(' ')).toBe(0);
      expect(ended.stdout).toContain('Usage: rondo');
    }
  });

  it('a database that cannot be reached is said in one line', async () => {
    const ended = await rondo(['audit', 'verify'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    expect(ended.code).toBe(1);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
  });
});
