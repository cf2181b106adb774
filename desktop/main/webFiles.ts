import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { clientPolicy, commonHeaders, newNonce, withNonce } from './contentSecurity.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * The file below `folder` that a path of the client names, or undefined when it leads out of the folder.
 * @param path as it stands in the address, still percent-encoded
 */
export function fileOfPath(folder: string, path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined; // not valid percent-encoding: no file has such a name
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
  const base = resolve(folder);
  const file = resolve(base, `.${decoded.startsWith('/') ? '' : '/'}${decoded}`);
  return file === base || file.startsWith(base + sep) ? file : undefined;
}

async function read(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/**
 * Serves the built client: a file as it is, any other path without an extension as the page itself, so that the
 * client's own paths survive a reload. The page gets a fresh nonce and its policy.
 */
export async function serveClient(folder: string, path: string): Promise<Response> {
  const file = fileOfPath(folder, path);
  if (file === undefined) return new Response('Not found', { status: 404, headers: commonHeaders });
  const extension = extname(file).toLowerCase();
  if (extension !== '' && extension !== '.html') {
    const content = await read(file);
    if (content === undefined) return new Response('Not found', { status: 404, headers: commonHeaders });
    return new Response(new Uint8Array(content), {
      headers: { ...commonHeaders, 'content-type': types[extension] ?? 'application/octet-stream' },
    });
  }
  const page = await read(resolve(folder, 'index.html'));
  if (page === undefined) {
    return new Response('The client is not built: run "npm run desktop".', { status: 500, headers: commonHeaders });
  }
  const nonce = newNonce();
  return new Response(withNonce(page.toString('utf8'), nonce), {
    headers: {
      ...commonHeaders,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': clientPolicy(nonce),
      'cache-control': 'no-store',
    },
  });
}
