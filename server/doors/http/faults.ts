import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OperationError, type ShownError, shownError, statusOf } from '../../operations/errors.ts';

/** What Fastify itself refuses (too large, no JSON, an unknown kind of body) in our words; the rest as it is shown. */
export function faultOf(error: unknown): ShownError {
  if (error instanceof OperationError) return shownError(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || status === 413)
    return { code: 'TOO_LARGE', message: 'The body is larger than this call may carry.' };
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return { code: 'BAD_REQUEST', message: 'Send the body as application/json.' };
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return { code: 'BAD_REQUEST', message: 'The body is empty; send JSON.' };
  if (error instanceof SyntaxError || code === 'FST_ERR_CTP_INVALID_JSON_BODY')
    return { code: 'BAD_REQUEST', message: `The body is not JSON: ${error instanceof Error ? error.message : ''}` };
  if (typeof status === 'number' && status >= 400 && status < 500)
    return { code: 'BAD_REQUEST', message: error instanceof Error ? error.message : 'This request cannot be used.' };
  return shownError(error);
}

/** Every fault leaves as JSON with a status; only what is our own fault is logged. */
export function answerFaults(app: FastifyInstance): void {
  app.setErrorHandler(async (error, request, reply) => {
    const fault = faultOf(error);
    if (fault.code === 'TOO_LARGE') await drained(request.raw);
    if (fault.code === 'INTERNAL') {
      // The pattern of the address: the address itself may hold a secret.
      const { id: requestId, method, routeOptions } = request;
      request.log.error({ err: error, requestId, method, route: routeOptions.url }, 'a request failed');
      reply.header('x-request-id', request.id);
    }
    return reply.status(statusOf[fault.code]).send(faultBody(request, fault));
  });
}

const mostDrained = 64 * 1024 * 1024;
const drainMs = 5_000;

/**
 * Reads the rest of a body that is refused, within limits: a caller that is still sending when the connection closes
 * would see a broken connection and never the answer.
 */
function drained(body: IncomingMessage): Promise<void> {
  if (body.readableEnded || body.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let bytes = 0;
    const timer = setTimeout(resolve, drainMs);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostDrained) done();
    });
    body.once('end', done);
    body.once('close', done);
    body.resume();
  });
}

/** tRPC's clients want a fault in tRPC's own shape, also where the body never reached it. */
function faultBody(request: FastifyRequest, fault: ShownError): object {
  if (!request.url.startsWith('/trpc/')) return { error: fault };
  const status = statusOf[fault.code];
  const one = {
    error: { message: fault.message, code: -32600, data: { code: fault.code, httpStatus: status, rondo: fault } },
  };
  if (!/[?&]batch=1/.test(request.url)) return one;
  const names = new URL(request.url, 'http://localhost').pathname.slice('/trpc/'.length).split(',');
  return names.map(() => one);
}
