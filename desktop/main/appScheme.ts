import { net, protocol, type Session } from 'electron';
import { belongsToServer } from './addresses.ts';
import type { CookieStore } from './cookies.ts';
import { forward } from './proxy.ts';
import { type ServerPageOptions, serveServerPage } from './serverPage.ts';
import { serveClient } from './webFiles.ts';

/** Has to be called before the program is ready: makes `app:` a scheme like https, with fetch, streams and an origin. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

function cookieStore(session: Session): CookieStore {
  return {
    get: (filter) => session.cookies.get(filter),
    set: (cookie) => session.cookies.set(cookie),
    remove: (url, name) => session.cookies.remove(url, name),
  };
}

export interface SchemeOptions {
  session: Session;
  /** The folder of the built client. */
  folder: string;
  server(): string;
  serverPage(): ServerPageOptions;
}

/** Answers `app://rondo` with the client's files and its calls to the server, and `app://server` with the address page. */
export function answerScheme({ session, folder, server, serverPage }: SchemeOptions): void {
  const cookies = cookieStore(session);
  protocol.handle('app', (request) => {
    const { host, pathname } = new URL(request.url);
    if (host === 'server') return serveServerPage(request, serverPage());
    if (host !== 'rondo') return new Response('Not found', { status: 404 });
    if (belongsToServer(pathname)) {
      return forward(request, { server: server(), cookies, fetch: (url, init) => net.fetch(url, init) });
    }
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return new Response('Method not allowed', { status: 405 });
    return serveClient(folder, pathname);
  });
}

/** Whether a Rondo server answers at an origin. */
export async function reaches(origin: string): Promise<boolean> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), 5000);
  try {
    const response = await net.fetch(`${origin}/healthz`, {
      credentials: 'omit',
      cache: 'no-store',
      signal: patience.signal,
    });
    return response.ok;
  } catch {
    return false; // refused, unknown host, too slow: in every case nobody to talk to
  } finally {
    clearTimeout(timer);
  }
}
