import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openGuard } from './guard.ts';

let server: Server;
let url: URL;
beforeAll(async () => {
  server = createServer((_request, response) => response.end('here'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = new URL(`http://localhost:${(server.address() as AddressInfo).port}/`);
});
afterAll(() => server.close());

it('a name is connected to the addresses that were checked for it, and is not looked up again', async () => {
  const guard = openGuard({ allowPrivate: true, allowedOrigins: [] });
  const { dispatcher } = guard;
  await expect(request(url, { dispatcher })).rejects.toThrow('localhost was not checked');
  await guard.check(url);
  expect(await (await request(url, { dispatcher })).body.text()).toBe('here');
  await guard.close();
});

it('an address that is refused is not remembered as checked', async () => {
  const guard = openGuard({ allowPrivate: false, allowedOrigins: [] });
  await expect(guard.check(url)).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
  await expect(request(url, { dispatcher: guard.dispatcher })).rejects.toThrow('localhost was not checked');
  await guard.close();
});
