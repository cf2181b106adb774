import type { FastifyInstance } from 'fastify';
import { type Auth, clientAddressHeader } from '../../access/auth.ts';
import { sendWeb, webHeaders } from '../../access/request.ts';
import { bodyLimit } from '../../operations/contract/contract.ts';
import { OperationError } from '../../operations/errors.ts';
import type { Services } from '../../operations/services.ts';

/** What of better-auth is open: everything else of it would go past our operations and their audit rows. */
const open = new Map([
  ['/auth/sign-in/email', 'POST'],
  ['/auth/sign-out', 'POST'],
  ['/auth/get-session', 'GET'],
]);

/** The session's token travels in the HttpOnly cookie; in the body, scripts of the page could read it. */
async function withoutToken(answer: Response): Promise<Response> {
  if (!answer.ok) return answer;
  const { token: _, ...rest } = (await answer.json()) as { token?: string };
  const headers = new Headers(answer.headers);
  headers.delete('content-length');
  return new Response(JSON.stringify(rest), { status: answer.status, headers });
}

/** Sign-in and sign-out, by better-auth itself: it checks the Origin, counts attempts and sets the cookie. */
export function serveSignIn(app: FastifyInstance, auth: Auth, services: Services): void {
  app.all('/auth/*', { bodyLimit }, async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (open.get(path) !== request.method) throw new OperationError('NOT_FOUND', `There is nothing at ${path}.`);
    const headers = webHeaders(request);
    headers.set(clientAddressHeader, request.ip);
    headers.delete('content-length');
    const body = request.method === 'POST' ? JSON.stringify(request.body ?? {}) : undefined;
    const url = new URL(request.url, services.url);
    const answer = await auth.handler(new Request(url, { method: request.method, headers, body }));
    // A session that was ended must not be believed any longer.
    if (path === '/auth/sign-out') services.access.forget();
    return sendWeb(reply, path === '/auth/sign-in/email' ? await withoutToken(answer) : answer);
  });
}
