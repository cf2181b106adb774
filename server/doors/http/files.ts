import { Readable } from 'node:stream';
import { said } from '@rondo/shared/words/said.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../../access/request.ts';
import type { ByteRange } from '../../blobs/place.ts';
import { OperationError } from '../../operations/errors.ts';
import { openFile, receiveFile } from '../../operations/files.ts';
import type { Services } from '../../operations/services.ts';

/** Kinds that a browser shows by itself and that run nothing. SVG and HTML are not among them. */
const shownTypes =
  /^(image\/(png|jpeg|gif|webp|avif|bmp)|text\/(?!html|xml)[a-z0-9.+-]+|application\/(pdf|json)|(audio|video)\/[a-z0-9.+-]+)$/;

/** Files: `POST /files?name=…` takes one as a stream of bytes, `GET /files/<id>` sends it. */
export function serveFiles(app: FastifyInstance, services: Services, origins: readonly string[]): void {
  app.register(async (files) => {
    // The body stays a stream, whatever it says that it is.
    files.removeAllContentTypeParsers();
    files.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    files.post('/files', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request) => {
      const caller = await callerOf(request, services.access, origins);
      const query = request.query as { name?: unknown; form?: unknown };
      const name = typeof query.name === 'string' ? query.name : decodedHeader(request.headers['x-file-name']);
      const declared = Number(request.headers['content-length'] ?? 0);
      if (declared > services.fileLimit)
        throw new OperationError(
          'TOO_LARGE',
          said('refused.fileTooLarge', { limit: Math.floor(services.fileLimit / 1024 / 1024) }),
        );
      return receiveFile(services, caller, {
        name,
        mediaType: request.headers['content-type'] ?? '',
        ...(typeof query.form === 'string' && { form: query.form }),
        content: request.body instanceof Readable ? request.body : Readable.from([]),
      });
    });
  });
  app.get('/files/:id', async (request, reply) => {
    const caller = await callerOf(request, services.access, origins);
    const { id } = request.params as { id: string };
    const preview = (request.query as { preview?: unknown }).preview === '1';
    const { file, content } = await openFile(services, caller, id);
    reply.header('cache-control', 'private, max-age=0, must-revalidate');
    reply.header('etag', `"${file.hash}"`);
    reply.header('accept-ranges', 'bytes');
    sayKind(reply, file, preview);
    if (request.headers['if-none-match'] === `"${file.hash}"`) return reply.status(304).send();
    const range = rangeOf(request, file.size, `"${file.hash}"`);
    if (range === 'none') return reply.status(416).header('content-range', `bytes */${file.size}`).send();
    const length = range ? range.to - range.from + 1 : file.size;
    reply.header('content-length', length);
    if (range) reply.status(206).header('content-range', `bytes ${range.from}-${range.to}/${file.size}`);
    if (request.method === 'HEAD') return reply.send();
    return reply.send(Readable.from(content.read(range), { objectMode: false }));
  });
}

function sayKind(reply: FastifyReply, file: { name: string; mediaType: string }, preview: boolean): void {
  const shown = preview && shownTypes.test(file.mediaType);
  const isText = file.mediaType.startsWith('text/') || file.mediaType === 'application/json';
  reply.type(shown && isText ? 'text/plain; charset=utf-8' : file.mediaType);
  // A browser's own PDF viewer does not start in a sandbox; it runs nothing of the page.
  const sandboxed = file.mediaType === 'application/pdf' && shown ? '' : '; sandbox';
  reply.header('content-security-policy', `default-src 'none'${sandboxed}; frame-ancestors 'self'`);
  const plain = file.name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  reply.header(
    'content-disposition',
    `${shown ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  );
}

/** The one range that is asked for; undefined = all of it, `none` = one that the file does not have. */
function rangeOf(request: FastifyRequest, size: number, etag: string): ByteRange | undefined | 'none' {
  const { range } = request.headers;
  const only = request.headers['if-range'];
  const match = /^bytes=(\d*)-(\d*)$/.exec(range ?? '');
  if (!match || (match[1] === '' && match[2] === '') || (only !== undefined && only !== etag)) return undefined;
  const from = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const to = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return from > to || from >= size ? 'none' : { from, to };
}

function decodedHeader(given: string | string[] | undefined): string {
  const text = Array.isArray(given) ? (given[0] ?? '') : (given ?? '');
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not encoded: taken as it is
  }
}
