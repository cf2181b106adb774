import { createHash, randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OperationError } from '../../operations/errors.ts';
import { pagePolicy } from './security.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};
const zip = promisify(gzip);
const brotli = promisify(brotliCompress);
const smallestZipped = 1024;
/** The best, where that takes less than a second. */
const brotliQuality = (bytes: number) => (bytes < 1_000_000 ? 11 : 9);

interface Kept {
  modified: number;
  body: Buffer;
  gzip: Buffer | undefined;
  /** smaller, and slower to make: there some time after the first who asked */
  br: Buffer | undefined;
  type: string;
  etag: string;
}

/** The client: its files, and its page for every address that it draws by itself. */
export function serveClient(app: FastifyInstance, folder: string): void {
  const kept = new Map<string, Kept>();
  /** one after the other, so that answers do not wait for a processor */
  let later: Promise<void> = Promise.resolve();

  app.get('/*', async (request, reply) => {
    const path = decoded(request.url.split('?')[0] ?? '/');
    const file = path === '/' || path === '/index.html' ? undefined : await fileAt(join(folder, normalize(path)));
    if (file) return sendFile(request, reply, file, path.startsWith('/assets/'));
    if (extname(path) !== '' && path !== '/index.html')
      throw new OperationError('NOT_FOUND', `There is nothing at ${path}.`);
    return sendPage(reply);
  });

  async function fileAt(path: string): Promise<Kept | undefined> {
    if (!path.startsWith(folder + sep)) return undefined;
    const info = await stat(path).catch(absent);
    if (!info?.isFile()) return undefined;
    const known = kept.get(path);
    if (known?.modified === info.mtimeMs) return known;
    const body = await readFile(path);
    const type = types[extname(path)] ?? 'application/octet-stream';
    const zips = body.length >= smallestZipped && /text|json|svg|javascript|wasm/.test(type);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    const fresh: Kept = {
      modified: info.mtimeMs,
      body,
      gzip: zips ? await zip(body) : undefined,
      br: undefined,
      type,
      etag,
    };
    kept.set(path, fresh);
    if (zips) later = later.then(() => zipBetter(fresh));
    return fresh;
  }

  async function sendPage(reply: FastifyReply): Promise<FastifyReply> {
    const page = await fileAt(join(folder, 'index.html'));
    if (!page) throw new OperationError('UNAVAILABLE', 'The client has not been built yet: run “npm start”.');
    const nonce = randomBytes(16).toString('base64');
    return reply
      .header('content-security-policy', pagePolicy(nonce))
      .header('cache-control', 'no-store')
      .type(page.type)
      .send(page.body.toString('utf8').replaceAll('__CSP_NONCE__', nonce));
  }
}

async function zipBetter(file: Kept): Promise<void> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: brotliQuality(file.body.length),
    [constants.BROTLI_PARAM_SIZE_HINT]: file.body.length,
  };
  file.br = await brotli(file.body, { params });
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'ENAMETOOLONG') return undefined;
  throw error;
}

function decoded(path: string): string {
  try {
    const text = decodeURIComponent(path);
    if (!text.includes('\0')) return text;
  } catch {
    // a broken escape is a bad address, said below
  }
  throw new OperationError('BAD_REQUEST', 'This address cannot be read.');
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: Kept, immutable: boolean): FastifyReply {
  reply.header('etag', file.etag).header('vary', 'accept-encoding');
  reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (request.headers['if-none-match'] === file.etag) return reply.status(304).send();
  reply.type(file.type);
  const accepted = request.headers['accept-encoding'] ?? '';
  if (file.br && /\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(file.br);
  if (file.gzip && /\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(file.gzip);
  return reply.send(file.body);
}
