import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CookieDetails, CookieStore } from './cookies.ts';
import { forward } from './proxy.ts';

/** A cookie store as Electron's session has one, in memory. */
class MemoryCookies implements CookieStore {
  readonly kept = new Map<string, CookieDetails>();
  async get() {
    return [...this.kept.values()];
  }
  async set(cookie: CookieDetails) {
    this.kept.set(cookie.name, cookie);
  }
  async remove(_url: string, name: string) {
    this.kept.delete(name);
  }
}

let server: Server;
let origin: string;
let cookies: MemoryCookies;
const seen: { request: IncomingMessage; body: string }[] = [];
let streamClosed: Promise<void>;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push({ request, body });
      if (request.url === '/trpc/stream') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('data: first\n\n');
        streamClosed = new Promise((resolve) => response.once('close', resolve));
        return;
      }
      if (request.url === '/auth/sign-out') response.setHeader('set-cookie', 'session=; Max-Age=0; Path=/');
      else response.setHeader('set-cookie', ['session=abc; Path=/; HttpOnly; Max-Age=60', 'other=1']);
      response.writeHead(request.url === '/api/none' ? 204 : 201, { 'content-type': 'application/json' });
      response.end(request.url === '/api/none' ? undefined : '{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  cookies = new MemoryCookies();
  seen.length = 0;
});

const send = (path: string, init?: RequestInit) =>
  forward(new Request(`app://rondo${path}`, init), {
    server: origin,
    cookies,
    fetch: (url, options) => fetch(url, options),
  });

describe('calls to the server', () => {
  it('go on as the server’s own page, with the session that was kept', async () => {
    const first = await send('/auth/sign-in/email?x=1', {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json', 'x-trpc-source': 'client' },
    });
    expect(first.status).toBe(201);
    expect(await first.json()).toEqual({ ok: true });
    expect(first.headers.get('set-cookie')).toBeNull();
    expect(cookies.kept.get('session')).toMatchObject({ value: 'abc', httpOnly: true });
    expect(seen[0]?.request.url).toBe('/auth/sign-in/email?x=1');
    expect(seen[0]?.body).toBe('{"a":1}');
    expect(seen[0]?.request.headers).toMatchObject({
      origin,
      'x-trpc-source': 'client',
      'content-type': 'application/json',
    });

    await send('/trpc/me.get');
    expect(seen[1]?.request.headers.cookie).toBe('session=abc; other=1');
  });

  it('forget a cookie that the server ends', async () => {
    await send('/api/x');
    await send('/auth/sign-out', { method: 'POST' });
    expect([...cookies.kept.keys()]).toEqual(['other']);
  });

  it('stream, and end at the server when the page stops listening', async () => {
    const response = await send('/trpc/stream');
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toBe('data: first\n\n');
    await reader?.cancel();
    await streamClosed;
  });

  it('answer without a body where there is none', async () => {
    const response = await send('/api/none');
    expect(response.status).toBe(204);
    expect(response.body).toBeNull();
  });

  it('say in words that the server does not answer', async () => {
    const response = await forward(new Request('app://rondo/api/x'), {
      server: 'http://127.0.0.1:1',
      cookies,
      fetch: (url, options) => fetch(url, options),
    });
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('http://127.0.0.1:1') } });
  });
});
