import type { Json } from '@rondo/shared/oas/json.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { documentLimit } from '../../operations/contract/contract.ts';
import { OperationError } from '../../operations/errors.ts';
import { receiveCallback } from '../../operations/events.ts';
import type { Services } from '../../operations/services.ts';
import { receiveWebhook } from '../../operations/webhookCalls.ts';

/** `/hooks/<token>`: webhooks. `/hooks/run/<run>/<name>/<signature>`: what a run itself waits for. */
export function serveHooks(app: FastifyInstance, services: Services): void {
  app.register(async (scope) => {
    // Signatures are made over the very bytes: nothing is parsed before they are checked.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: documentLimit }, (_request, body, done) =>
      done(null, body),
    );
    scope.all<{ Params: { token: string } }>('/hooks/:token', async (request, reply) => {
      const [, query = ''] = request.url.split(/\?(.*)/s);
      const { status, headers, body } = await receiveWebhook(services, {
        token: request.params.token,
        method: request.method,
        ip: request.ip,
        headers: headersOf(request),
        query,
        body: bytesOf(request),
      });
      return reply
        .status(status)
        .headers(headers ?? {})
        .send(body);
    });
    scope.all<{ Params: { runId: string; name: string; signature: string } }>(
      '/hooks/run/:runId/:name/:signature',
      async (request, reply) => {
        // Previews and caches follow links by themselves: only what is sent on purpose lets a run go on.
        if (request.method !== 'POST')
          return reply
            .status(405)
            .header('allow', 'POST')
            .send({ error: { code: 'BAD_REQUEST', message: 'Call this address with POST.' } });
        const headers = headersOf(request);
        const payload = payloadOf(bytesOf(request));
        const id = headers['idempotency-key'] || headers['webhook-id'] || undefined;
        return receiveCallback(services, { ...request.params, payload, id });
      },
    );
  });
}

function headersOf(request: FastifyRequest): { [name: string]: string | undefined } {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

function bytesOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** Nothing is null. @throws {OperationError} BAD_REQUEST */
function payloadOf(body: Buffer): Json {
  if (body.length === 0) return null;
  try {
    return JSON.parse(body.toString('utf8')) as Json;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new OperationError('BAD_REQUEST', `Send the body as JSON: ${error.message}.`);
  }
}
