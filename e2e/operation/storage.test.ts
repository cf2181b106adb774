import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ReadableStream } from 'node:stream/web';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callOperation, type SignedIn, signIn } from '../harness/client.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

let server: RunningServer;
let owner: SignedIn;

beforeAll(async () => {
  server = await startServer({ env: { RONDO_FILE_LIMIT_MB: '450' } });
  owner = await signIn(server.url);
});
afterAll(() => server?.stop());

interface Kept {
  id: string;
  ref: string;
  name: string;
  size: number;
  mediaType: string;
}

async function upload(
  content: BodyInit,
  { name = 'note.txt', type = 'text/plain', headers = {} }: { name?: string; type?: string; headers?: object } = {},
): Promise<{ status: number; body: Kept & { error?: { code: string; message: string } } }> {
  const response = await fetch(`${server.url}/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': type, cookie: owner.cookie, origin: server.url, ...headers },
    body: content,
    duplex: 'half',
  } as RequestInit);
  return { status: response.status, body: await response.json() };
}

function file(id: string, headers: Record<string, string> = {}, query = ''): Promise<Response> {
  return fetch(`${server.url}/files/${id}${query}`, { headers: { cookie: owner.cookie, ...headers } });
}

it('a file goes up and comes down, whole and in part, and is never run by a browser', async () => {
  const { status, body } = await upload('Hello, world', { name: 'Grüße <1>.txt' });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ref: `rondo:file/${body.id}`,
    name: 'Grüße <1>.txt',
    size: 12,
    mediaType: 'text/plain',
  });
  const whole = await file(body.id);
  expect(await whole.text()).toBe('Hello, world');
  expect(whole.headers.get('content-disposition')).toMatch(/^attachment;.*filename\*=UTF-8''Gr%C3%BC%C3%9Fe/);
  expect(whole.headers.get('x-content-type-options')).toBe('nosniff');
  expect(whole.headers.get('content-security-policy')).toContain('sandbox');
  const part = await file(body.id, { range: 'bytes=7-' });
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 7-11/12', 'world']);
  expect((await file(body.id, { range: 'bytes=40-' })).status).toBe(416);
  const preview = await file(body.id, {}, '?preview=1');
  expect(preview.headers.get('content-disposition')).toMatch(/^inline/);
  for (const type of ['image/svg+xml', 'text/html']) {
    const other = await upload('<svg onload="alert(1)"/>', { name: 'x.svg', type });
    const shown = await file(other.body.id, {}, '?preview=1');
    expect(shown.headers.get('content-disposition')).toMatch(/^attachment/);
  }
});

it('who may not, and what is too large, is refused; an unused upload is only for whoever sent it', async () => {
  const strange = await upload('x', { headers: { cookie: '' } });
  expect([strange.status, strange.body.error?.code]).toEqual([401, 'UNAUTHENTICATED']);
  const foreign = await upload('x', { headers: { origin: 'https://evil.example' } });
  expect(foreign.status).toBe(403);
  const large = await upload(Buffer.alloc(451 * 1024 * 1024));
  expect([large.status, large.body.error?.code]).toEqual([413, 'TOO_LARGE']);
  const { body } = await upload('mine');
  expect((await file(body.id, { cookie: '' })).status).toBe(401);
  const invite = await owner.call<{ link: string }>('POST', 'person.invite', { role: 'admin' });
  const token = invite.link.split('/').at(-1);
  const account = { name: 'Ada', email: 'ada@example.com', password: 'another long password' };
  await callOperation(server.url, '', 'POST', 'invite.accept', { token, ...account });
  const ada = await signIn(server.url, account);
  expect((await file(body.id, { cookie: ada.cookie })).status).toBe(404);
  const { rows } = await owner.call<{ rows: { action: string; targetId: string }[] }>('GET', 'audit.list', {
    action: 'file.keep',
  });
  expect(rows.map((row) => row.targetId)).toContain(body.id);
});

function residentMb(): number {
  const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

it.skipIf(process.platform !== 'linux')('400 MB pass through without staying in memory', async () => {
  const piece = randomBytes(1024 * 1024);
  const sum = createHash('sha256');
  let peak = 0;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (let n = 0; n < 400; n += 1) {
      piece.writeUInt32BE(n, 0);
      sum.update(piece);
      peak = Math.max(peak, residentMb());
      yield Buffer.from(piece);
    }
  }
  // Warm: what a first upload and download load is no growth.
  const warm = await upload(Buffer.alloc(16 * 1024 * 1024, 1), { name: 'warm.bin', type: 'application/octet-stream' });
  await (await file(warm.body.id)).arrayBuffer();
  const before = residentMb();
  const { body } = await upload(ReadableStream.from(bytes()) as unknown as BodyInit, {
    name: 'large.bin',
    type: 'application/octet-stream',
  });
  expect(body.size).toBe(400 * 1024 * 1024);
  const up = peak - before;
  const back = createHash('sha256');
  let size = 0;
  const response = await file(body.id);
  for await (const part of response.body ?? []) {
    back.update(part);
    size += part.length;
    if (size % (1024 * 1024) < part.length) peak = Math.max(peak, residentMb());
  }
  expect(size).toBe(body.size);
  expect(back.digest('hex')).toBe(sum.digest('hex'));
  console.info(`400 MB: ${before.toFixed(0)} MB before, +${up.toFixed(0)} up, +${(peak - before).toFixed(0)} at most`);
  // What V8 lets lie until it tidies up was 30 to 135 MB in ten passes; held whole it would be more than 400.
  expect(peak - before).toBeLessThan(200);
});
