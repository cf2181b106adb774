import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperationError } from '../operations/errors.ts';
import type { Access } from './access.ts';
import type { Caller } from './caller.ts';
import { trustedOrigin } from './origins.ts';

/** The headers of a request as the web has them. */
export function webHeaders(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (Array.isArray(value)) for (const one of value) headers.append(name, one);
    else if (value !== undefined) headers.set(name, value);
  }
  return headers;
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Who is calling. A call that may change something must not come from another site's page: one with a foreign Origin
 * is refused, and so is one with a session cookie and no Origin at all (browsers always send it).
 * @throws {OperationError} FORBIDDEN
 */
export async function callerOf(request: FastifyRequest, access: Access, origins: readonly string[]): Promise<Caller> {
  const caller = { ...(await access.authenticate(webHeaders(request))), ip: request.ip };
  if (safeMethods.has(request.method) || caller.by === 'api_key') return caller;
  const origin = request.headers.origin;
  if (origin === undefined ? caller.by === 'session' : !trustedOrigin(origin, request.headers.host, origins))
    throw new OperationError(
      'FORBIDDEN',
      origin === undefined
        ? 'This call carries a session but no Origin: send the address of the page it comes from, or use an API key.'
        : `Calls from ${origin} are not allowed here.`,
    );
  return caller;
}

/** Copies a web answer to the reply, each cookie by itself. */
export async function sendWeb(reply: FastifyReply, answer: Response): Promise<FastifyReply> {
  reply.status(answer.status);
  answer.headers.forEach((value, name) => {
    if (name !== 'set-cookie') reply.header(name, value);
  });
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
  return reply.send(Buffer.from(await answer.arrayBuffer()));
}
