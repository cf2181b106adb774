import { type CookieStore, cookieHeader, keepCookies } from './cookies.ts';

/** Headers of one hop, and those that a browser's page must not speak for. */
const notSent = new Set(['host', 'connection', 'content-length', 'cookie', 'origin', 'referer', 'accept-encoding']);
/** The body arrives unpacked, and cookies stay on this side. */
const notReturned = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'set-cookie',
  'transfer-encoding',
]);

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface ProxyOptions {
  /** The server's origin. */
  server: string;
  cookies: CookieStore;
  fetch: Fetch;
}

function requestHeaders(request: Request, server: string, cookie: string | undefined): Headers {
  const headers = new Headers();
  request.headers.forEach((value, name) => {
    if (!notSent.has(name.toLowerCase()) && !name.toLowerCase().startsWith('sec-')) headers.set(name, value);
  });
  // The page is this program's own, and only it can reach this proxy: to the server it is the server's own page.
  headers.set('origin', server);
  if (cookie !== undefined) headers.set('cookie', cookie);
  return headers;
}

/**
 * Sends a request of the client on to the server, with the session's cookies, and streams the answer back.
 * @returns 502 with a sentence as JSON when the server cannot be reached
 */
export async function forward(request: Request, { server, cookies, fetch }: ProxyOptions): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const url = server + pathname + search;
  const body = request.method === 'GET' || request.method === 'HEAD' ? undefined : await request.arrayBuffer();
  let response: Response;
  try {
    response = await fetch(url, {
      method: request.method,
      headers: requestHeaders(request, server, await cookieHeader(cookies, server)),
      body: body !== undefined && body.byteLength > 0 ? body : undefined,
      // Cookies are handled here, in one way for every Electron: its fetch neither adds nor keeps any.
      credentials: 'omit',
      redirect: 'manual',
      cache: 'no-store',
      signal: request.signal,
    });
  } catch (error) {
    if (request.signal?.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return Response.json(
      { error: { code: 'UNREACHABLE', message: `The server at ${server} does not answer (${reason}).` } },
      { status: 502 },
    );
  }
  await keepCookies(cookies, server, setCookieLines(response.headers));
  const headers = new Headers();
  response.headers.forEach((value, name) => {
    if (!notReturned.has(name.toLowerCase())) headers.append(name, value);
  });
  const empty = response.status === 204 || response.status === 304 || request.method === 'HEAD';
  return new Response(empty ? null : response.body, { status: response.status, headers });
}

function setCookieLines(headers: Headers): string[] {
  if (typeof headers.getSetCookie === 'function') return headers.getSetCookie();
  const joined = headers.get('set-cookie');
  return joined === null ? [] : [joined];
}
