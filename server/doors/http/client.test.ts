import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { serveClient } from './client.ts';

const script = `export const text = '${'a long piece of text '.repeat(200)}';\n`;
let app: FastifyInstance;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rondo-client-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets', 'piece.js'), script);
  app = fastify();
  serveClient(app, folder);
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (accepted: string) =>
  app.inject({ url: '/assets/piece.js', headers: accepted === '' ? {} : { 'accept-encoding': accepted } });

it('serves a piece as the browser can read it: at once with gzip, soon after smaller', async () => {
  const plain = await ask('');
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(plain.body).toBe(script);
  const gzipped = await ask('gzip');
  expect(gzipped.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(gzipped.rawPayload).toString()).toBe(script);
  const better = await vi.waitFor(async () => {
    const answer = await ask('gzip, deflate, br');
    expect(answer.headers['content-encoding']).toBe('br');
    return answer;
  });
  expect(brotliDecompressSync(better.rawPayload).toString()).toBe(script);
  expect(better.headers.etag).toBe(plain.headers.etag);
  expect((await ask('gzip')).headers['content-encoding']).toBe('gzip');
});

it('says when a piece is not there', async () => {
  const answer = await app.inject('/assets/other.js');
  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
});
