import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../../operations/services.ts';

/** `/healthz`: the process answers. `/readyz`: it can work too, the database included. */
export function serveHealth(app: FastifyInstance, services: Services): void {
  app.get('/healthz', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    try {
      await services.store.pool.query('SELECT 1');
      return { ok: true };
    } catch (error) {
      services.log.warn({ err: error }, 'the database does not answer');
      return reply.status(503).send({ ok: false, reason: 'The database does not answer.' });
    }
  });
}

/** A page that sample flows can call: it says that it has noted what was sent, and keeps nothing. */
export function servePractice(app: FastifyInstance): void {
  app.post('/practice/record', { bodyLimit: 64 * 1024 }, async () => ({ recorded: true, id: randomUUID() }));
}
