import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { OperationError } from '../../operations/errors.ts';

export interface MetricsDoor {
  /** who may read: anybody who reaches the server, or who has this token */
  access: 'open' | { token: string };
  read(): Promise<{ text: string; type: string }>;
}

/** `/metrics` for Prometheus; without a door it does not exist. */
export function serveMetrics(app: FastifyInstance, door: MetricsDoor | undefined): void {
  if (!door) return;
  app.get('/metrics', async (request, reply) => {
    if (door.access !== 'open' && !isToken(request.headers.authorization, door.access.token))
      throw new OperationError('UNAUTHENTICATED', 'Send the token of RONDO_METRICS_TOKEN as a bearer token.');
    const { text, type } = await door.read();
    return reply.header('cache-control', 'no-store').type(type).send(text);
  });
}

function isToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
