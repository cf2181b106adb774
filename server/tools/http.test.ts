import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpRequest } from '../engine/ports.ts';
import { fitsAllowList, isPublicAddress } from './addresses.ts';
import { makeHttp } from './http.ts';

let server: Server;
let origin: string;
/** the same server under another name */
let other: string;
const seen: { method: string; url: string; headers: Record<string, unknown>; body: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      const path = request.url ?? '';
      if (path.startsWith('/away')) response.writeHead(302, { location: '/json' }).end();
      else if (path.startsWith('/inside')) response.writeHead(302, { location: 'http://127.0.0.2:9/secret' }).end();
      else if (path.startsWith('/elsewhere')) response.writeHead(302, { location: `${other}/json` }).end();
      else if (path.startsWith('/round')) response.writeHead(302, { location: '/round' }).end();
      else if (path.startsWith('/large')) response.end('x'.repeat(2000));
      else if (path.startsWith('/slow')) setTimeout(() => response.end('late'), 3000);
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":1}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  other = origin.replace('127.0.0.1', 'localhost');
});
afterAll(() => server.close());

const context = { idempotencyKey: 'k1', signal: new AbortController().signal };
const request = (path: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url: origin + path,
  headers: {},
  query: {},
  allowList: null,
  ...more,
});

describe('outgoing calls', () => {
  it('sends the idempotency key, query and body, and gives back JSON', async () => {
    const http = makeHttp({ allowPrivate: true, allowedOrigins: [] });
    const answer = await http.call(
      request('/x', { method: 'POST', query: { q: 'a b' }, body: { kind: 'json', value: { n: 1 } } }),
      context,
    );
    expect(answer).toMatchObject({ status: 200, body: { a: 1 } });
    expect(seen.at(-1)).toMatchObject({
      method: 'POST',
      url: '/x?q=a+b',
      body: '{"n":1}',
      headers: { 'idempotency-key': 'k1' },
    });
    await http.close();
  });

  it('refuses addresses of this machine and of private networks, but not the server’s own', async () => {
    const guarded = makeHttp({ allowPrivate: false, allowedOrigins: [] });
    await expect(guarded.call(request('/json'), context)).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
    await expect(guarded.call({ ...request(''), url: 'http://localhost:1/' }, context)).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    });
    await expect(guarded.call({ ...request(''), url: 'http://[::ffff:10.0.0.1]/' }, context)).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    });
    await expect(guarded.call({ ...request(''), url: 'file:///etc/passwd' }, context)).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    });
    const own = makeHttp({ allowPrivate: false, allowedOrigins: [origin] });
    expect((await own.call(request('/json'), context)).status).toBe(200);
    await guarded.close();
    await own.close();
  });

  it('checks again after a redirect, and follows a few only', async () => {
    const own = makeHttp({ allowPrivate: false, allowedOrigins: [origin] });
    expect((await own.call(request('/away'), context)).body).toEqual({ a: 1 });
    await expect(own.call(request('/inside'), context)).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
    await expect(own.call(request('/round'), context)).rejects.toMatchObject({ code: 'CALL_FAILED' });
    await own.close();
  });

  it('carries no key to another origin', async () => {
    const http = makeHttp({ allowPrivate: true, allowedOrigins: [] });
    const headers = { Authorization: 'Bearer k', 'X-Api-Key': 'k', 'Accept-Language': 'de' };
    await http.call(request('/away', { headers }), context);
    expect(seen.at(-1)?.headers).toMatchObject({ authorization: 'Bearer k', 'x-api-key': 'k' });
    await http.call(request('/elsewhere', { headers }), context);
    expect(seen.at(-1)).toMatchObject({ url: '/json', headers: { 'accept-language': 'de' } });
    expect(JSON.stringify(seen.at(-1)?.headers)).not.toMatch(/bearer|x-api-key/i);
    await http.close();
  });

  it('limits size and time, and says when nobody answers', async () => {
    const http = makeHttp({ allowPrivate: true, allowedOrigins: [], maxBytes: 1000, timeoutSeconds: 0.2 });
    await expect(http.call(request('/large'), context)).rejects.toMatchObject({ code: 'ANSWER_TOO_LARGE' });
    await expect(http.call(request('/slow'), context)).rejects.toMatchObject({ code: 'TIMED_OUT', retryable: true });
    await expect(http.call({ ...request(''), url: 'http://127.0.0.1:1/' }, context)).rejects.toMatchObject({
      code: 'CALL_FAILED',
      retryable: true,
    });
    await http.close();
  });

  it('is broken off at once', async () => {
    const http = makeHttp({ allowPrivate: true, allowedOrigins: [] });
    const controller = new AbortController();
    const before = seen.length;
    const call = http.call(request('/slow'), { idempotencyKey: 'k', signal: controller.signal });
    const result = call.catch((error: unknown) => error);
    await expect.poll(() => seen.length).toBe(before + 1);
    const began = performance.now();
    controller.abort(new Error('enough'));
    expect(await result).toMatchObject({ message: 'enough' });
    expect(performance.now() - began).toBeLessThan(500);
    await http.close();
  });

  it('goes to the address that was checked, whatever the name answers the next time', async () => {
    const answers = [['127.0.0.1'], ['127.0.0.9'], ['8.8.8.8', '10.0.0.1']];
    const asked: string[] = [];
    const resolver = async (host: string) => {
      asked.push(host);
      return answers[asked.length - 1] ?? [];
    };
    const url = `${origin.replace('127.0.0.1', 'changing.example')}/json`;
    const trusting = makeHttp({ allowPrivate: false, allowedOrigins: [new URL(url).origin], resolver });
    expect((await trusting.call({ ...request(''), url }, context)).status).toBe(200);
    expect(asked).toEqual(['changing.example']);
    await trusting.close();
    const strict = makeHttp({ allowPrivate: false, allowedOrigins: [], resolver });
    // Now it is an address of this machine, and then one of them is of a private network.
    for (let i = 0; i < 2; i += 1)
      await expect(strict.call({ ...request(''), url }, context)).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
    // A name without any address is connected to nothing.
    await expect(strict.call({ ...request(''), url }, context)).rejects.toMatchObject({ code: 'CALL_FAILED' });
    expect(asked).toHaveLength(4);
    await strict.close();
  });

  it('keeps to the step’s own list of addresses, after a redirect too', async () => {
    const http = makeHttp({ allowPrivate: true, allowedOrigins: [] });
    const only = (...allowList: string[]) => ({ allowList: allowList.map((path) => origin + path) });
    expect((await http.call(request('/away', only('/away', '/json')), context)).status).toBe(200);
    const before = seen.length;
    await expect(http.call(request('/away', only('/away')), context)).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    });
    await expect(http.call(request('/elsewhere', only('/elsewhere', '/json')), context)).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
      message: expect.stringContaining('localhost'),
    });
    await expect(http.call(request('/json', { allowList: [] }), context)).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    });
    expect(seen.slice(before).map(({ url }) => url)).toEqual(['/away', '/elsewhere']);
    await http.close();
  });

  it('takes a pattern by its scheme, host and whole parts of its path', () => {
    expect(fitsAllowList(new URL('https://a.example/v1/x'), ['https://a.example/v1'])).toBe(true);
    expect(fitsAllowList(new URL('https://a.example/v10'), ['https://a.example/v1'])).toBe(false);
    expect(fitsAllowList(new URL('https://a.example.evil/v1'), ['https://a.example/v1'])).toBe(false);
  });

  it('tells public addresses from others', () => {
    for (const address of ['8.8.8.8', '2606:4700::1111']) expect(isPublicAddress(address)).toBe(true);
    for (const address of [
      '127.0.0.1',
      '10.1.2.3',
      '169.254.169.254',
      '::1',
      'fd00::1',
      '100.64.0.1',
      '0.0.0.0',
      '::ffff:192.168.0.1',
    ])
      expect(isPublicAddress(address)).toBe(false);
  });
});
