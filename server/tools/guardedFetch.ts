import { said } from '@rondo/shared/words/said.ts';
import { fetch as send } from 'undici';
import { StepError } from '../engine/ports.ts';
import type { Guard } from './guard.ts';
import { type Hop, maxRedirects, redirected } from './redirect.ts';

/**
 * `fetch` for the libraries of others, with the guard of all outgoing calls: each hop is checked, redirects included.
 * A body must be a text.
 * @throws {StepError} ADDRESS_REFUSED, ADDRESS_UNKNOWN, CALL_FAILED; {TypeError} when nobody answers
 */
export function guardedFetch(guard: Guard): typeof fetch {
  return async (input, init = {}) => {
    const body = init.body ?? null;
    if (input instanceof Request || (body !== null && typeof body !== 'string'))
      throw new TypeError('Calls of libraries have an address, and a text as their body.');
    let hop: Hop = {
      url: new URL(input),
      method: init.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init.headers)),
      hasBody: body !== null,
    };
    for (let hops = 0; hops <= maxRedirects; hops += 1) {
      await guard.check(hop.url);
      const { url, method, headers, hasBody } = hop;
      const answer = await send(url, {
        method,
        headers,
        body: hasBody ? body : null,
        redirect: 'manual',
        signal: init.signal ?? null,
        dispatcher: guard.dispatcher,
      });
      const next = redirected(hop, answer.status, answer.headers.get('location'));
      // Of the same kind as Node's own, which the types do not know.
      if (!next) return answer as unknown as Response;
      await answer.body?.cancel();
      hop = next;
    }
    throw new StepError('CALL_FAILED', said('failure.redirects', { address: hop.url.origin, count: maxRedirects }));
  };
}
