import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@rondo/server/testPort.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { until } from '../harness/client.ts';
import { checkout } from '../harness/server.ts';

interface Started {
  child: ChildProcess;
  printed(): string;
  ended: Promise<number | null>;
}

const data = mkdtempSync(join(tmpdir(), 'rondo-start-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

/** `npm start` without npm around it: the same script in the same environment. */
function start(port: number, env: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, [join(checkout, 'start.mjs')], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', RONDO_PORT: String(port), RONDO_DATA: data, ...env },
  });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return { child, printed: () => text, ended };
}

function ready(started: Started, port: number, patienceMs: number): Promise<true> {
  const words = `http://127.0.0.1:${port}`;
  return until(
    `the address, after: ${started.printed()}`,
    async () => started.printed().includes(words) || undefined,
    patienceMs,
  );
}

async function listens(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(1000) });
    return true;
  } catch {
    return false; // refused: nobody there
  }
}

/** The processes that hold the data folder: the server itself and its database. */
async function holders(): Promise<string[]> {
  const { execFileSync } = await import('node:child_process');
  const list = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' });
  return list.split('\n').filter((line) => line.includes(data));
}

describe.skipIf(process.platform === 'win32')('npm start', () => {
  it('prints the address when it is ready, and Ctrl-C stops everything, the database too', async () => {
    const port = await freePort();
    const first = start(port);
    await ready(first, port, 120_000);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    await until('the server to be gone', async () => !(await listens(port)), 10_000);
    await until('the database to be gone', async () => (await holders()).length === 0, 10_000);
  });

  it('is ready within 6 seconds the next time', async () => {
    const port = await freePort();
    const began = performance.now();
    const second = start(port);
    await ready(second, port, 30_000);
    const seconds = (performance.now() - began) / 1000;
    second.child.kill('SIGTERM');
    await second.ended;
    expect(seconds).toBeLessThan(6);
  });

  it('says in one line that the port is taken, and how to choose another', async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) =>
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port)),
    );
    const third = start(port);
    expect(await third.ended).toBe(1);
    taken.close();
    expect(third.printed()).toContain(String(port));
    expect(third.printed()).toContain('RONDO_PORT');
    expect(third.printed()).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    await until('the database to be gone', async () => (await holders()).length === 0, 10_000);
  });

  it('just works again after kill -9', async () => {
    const port = await freePort();
    const crashed = start(port);
    await ready(crashed, port, 30_000);
    crashed.child.kill('SIGKILL');
    await crashed.ended;
    await until('the server to notice', async () => !(await listens(port)), 10_000);
    const again = start(port);
    await ready(again, port, 30_000);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    again.child.kill('SIGINT');
    expect(await again.ended).toBe(0);
  });
});
