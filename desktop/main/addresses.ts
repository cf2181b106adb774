/** Addresses that come from outside: links, the server's address, paths of the client. No Electron in here. */

export const clientOrigin = 'app://rondo';
/** The page that asks for the server's address; another host, so that neither can reach into the other. */
export const serverPageUrl = 'app://server/';
export const defaultServer = 'http://127.0.0.1:4310';

/** Takes an address apart; undefined when it is none. */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined; // that is what the caller asks
  }
}

const identifier = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const linkTargets = new Map([
  ['review', '/inbox/'],
  ['run', '/runs/'],
  ['flow', '/flows/'],
]);

/**
 * The client's path for `rondo://review/<id>`, `rondo://run/<id>` or `rondo://flow/<id>`.
 * Anybody may put such a link on a page, so anything else than a kind and an id gives undefined.
 */
export function pathOfLink(link: string): string | undefined {
  const match = /^rondo:\/\/([a-z]+)\/([^/?#]+)\/?$/i.exec(link.trim());
  const target = match?.[1] === undefined ? undefined : linkTargets.get(match[1].toLowerCase());
  const id = match?.[2];
  return target !== undefined && id !== undefined && identifier.test(id) ? target + id.toLowerCase() : undefined;
}

/** The first `rondo://` link among a program's arguments, as its path. */
export function pathOfArguments(args: readonly string[]): string | undefined {
  for (const argument of args) {
    const path = argument.toLowerCase().startsWith('rondo://') ? pathOfLink(argument) : undefined;
    if (path !== undefined) return path;
  }
  return undefined;
}

/** Whether a path sent by the page stays inside the client: `/inbox/1` does, `//host` and `https:` do not. */
export function isClientPath(path: unknown): path is string {
  if (typeof path !== 'string' || path.length > 2000 || !/^\/(?![/\\])/.test(path)) return false;
  return parseUrl(path, `${clientOrigin}/`)?.host === 'rondo';
}

export type ServerAddress =
  | { ok: true; origin: string }
  | { ok: false; reason: 'empty' | 'notAnAddress' | 'scheme' | 'password' };

/** Reads what somebody typed as the server's address; a missing scheme means https, on this machine http. */
export function readServerAddress(typed: string): ServerAddress {
  const text = typed.trim();
  if (text === '') return { ok: false, reason: 'empty' };
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/i.test(text);
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${local ? 'http' : 'https'}://${text}`;
  const url = parseUrl(full);
  if (url === undefined) return { ok: false, reason: 'notAnAddress' };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { ok: false, reason: 'scheme' };
  if (url.username !== '' || url.password !== '') return { ok: false, reason: 'password' };
  return { ok: true, origin: url.origin };
}

/** Whether the window may show an address itself. */
export function isClientUrl(url: string): boolean {
  // `origin` of a scheme that is not special is "null" in Node, so host and protocol are compared.
  const parsed = parseUrl(url);
  return parsed?.protocol === 'app:' && parsed.host === 'rondo';
}

/** Whether a link may be handed to the system's browser: web pages only, never files or programs. */
export function opensInBrowser(url: string, server: string): boolean {
  const parsed = parseUrl(url);
  return parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && parsed.origin === server);
}

const served = ['/trpc', '/auth', '/api', '/mcp', '/practice', '/files'];

/** Whether a path of `app://rondo` belongs to the server and not to the client's files. */
export function belongsToServer(path: string): boolean {
  return served.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}
