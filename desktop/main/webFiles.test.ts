import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileOfPath, serveClient } from './webFiles.ts';

let folder: string;

beforeAll(() => {
  const outer = mkdtempSync(join(tmpdir(), 'rondo-web-'));
  folder = join(outer, 'web');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(outer, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<head><meta name="csp-nonce" content=""></head>');
  writeFileSync(join(folder, 'assets', 'a.js'), 'export {}');
});
afterAll(() => rmSync(join(folder, '..'), { recursive: true }));

describe('files of the client', () => {
  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/a/..\\..\\secret.txt', '/%00', '/%E0%A4%A'])(
    'never leave the folder: %s',
    async (path) => {
      expect(fileOfPath(folder, path)).toBeUndefined();
      expect((await serveClient(folder, path)).status).toBe(404);
    },
  );

  it('serves a file with its type', async () => {
    const response = await serveClient(folder, '/assets/a.js');
    expect(response.headers.get('content-type')).toContain('text/javascript');
    expect(await response.text()).toBe('export {}');
  });

  it('serves the page for every path of the client, with a nonce of its own each time', async () => {
    const [first, second] = await Promise.all([serveClient(folder, '/'), serveClient(folder, '/inbox/1')]);
    const nonce = /content="([^"]+)"/.exec(await first.text())?.[1];
    expect(first.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    expect(second.headers.get('content-security-policy')).not.toContain(`'nonce-${nonce}'`);
  });

  it('has no page in place of a missing file', async () => {
    expect((await serveClient(folder, '/assets/gone.js')).status).toBe(404);
    expect((await serveClient(folder, '/assets')).headers.get('content-type')).toContain('text/html');
  });
});
