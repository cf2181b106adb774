import type { FastifyInstance } from 'fastify';
import { allowedHost } from '../../access/origins.ts';
import { OperationError } from '../../operations/errors.ts';

/** Headers of every answer, and the guard of the Host header. */
export function secure(app: FastifyInstance, options: { url: string; host: string }): void {
  // The last name that was allowed: nearly every call comes by the same one.
  let allowed: string | undefined;
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'same-origin');
    reply.header('x-frame-options', 'DENY');
    reply.header('cross-origin-opener-policy', 'same-origin');
    reply.header('cross-origin-resource-policy', 'same-origin');
    reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    const { host } = request.headers;
    if (host !== undefined && host === allowed) return;
    if (!allowedHost(host, options.url, options.host))
      throw new OperationError(
        'FORBIDDEN',
        `This server is not known as “${host ?? ''}”. Set RONDO_URL to its public address.`,
      );
    allowed = host;
  });
}

/** The policy of our own page: nothing from elsewhere, no inline script, styles by nonce. */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
