/** Cookies of the server, read from and kept in the program's own store; the page never sees them. No Electron in here. */

/** The part of Electron's cookie store that is needed. */
export interface CookieStore {
  get(filter: { url: string }): Promise<{ name: string; value: string }[]>;
  set(details: CookieDetails): Promise<void>;
  remove(url: string, name: string): Promise<void>;
}

export interface CookieDetails {
  url: string;
  name: string;
  value: string;
  path?: string;
  secure?: boolean;
  httpOnly?: boolean;
  expirationDate?: number;
  sameSite?: 'unspecified' | 'no_restriction' | 'lax' | 'strict';
}

/** Some fetches join several Set-Cookie headers by commas, which dates contain as well: split only before a `name=`. */
export function splitSetCookie(headers: readonly string[]): string[] {
  return headers.flatMap((header) => header.split(/,\s*(?=[^;,=\s]+=[^;,]*(?:;|$|,))/)).filter((line) => line !== '');
}

/**
 * Reads one Set-Cookie line for the store.
 * @returns undefined for a line without a name; `expirationDate` in seconds, in the past for a cookie that is to go
 */
export function readSetCookie(line: string, url: string, now: number = Date.now()): CookieDetails | undefined {
  const [pair = '', ...attributes] = line.split(';');
  const at = pair.indexOf('=');
  if (at <= 0) return undefined;
  const cookie: CookieDetails = { url, name: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim(), path: '/' };
  let maxAge: number | undefined;
  for (const attribute of attributes) {
    const [name = '', ...rest] = attribute.split('=');
    const value = rest.join('=').trim();
    switch (name.trim().toLowerCase()) {
      case 'path':
        if (value.startsWith('/')) cookie.path = value;
        break;
      case 'httponly':
        cookie.httpOnly = true;
        break;
      case 'secure':
        cookie.secure = true;
        break;
      case 'samesite':
        cookie.sameSite = value.toLowerCase() === 'strict' ? 'strict' : 'lax';
        break;
      case 'max-age':
        if (/^-?\d+$/.test(value)) maxAge = Number(value);
        break;
      case 'expires':
        if (!Number.isNaN(Date.parse(value))) cookie.expirationDate = Date.parse(value) / 1000;
        break;
    }
  }
  // Max-Age wins over Expires (RFC 6265, 5.3).
  if (maxAge !== undefined) cookie.expirationDate = now / 1000 + maxAge;
  return cookie;
}

/** The Cookie header for a request to the server, or undefined when there is none. */
export async function cookieHeader(store: CookieStore, url: string): Promise<string | undefined> {
  const cookies = await store.get({ url });
  return cookies.length === 0 ? undefined : cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** Keeps what a response sets, and forgets what it expires. */
export async function keepCookies(store: CookieStore, url: string, headers: readonly string[]): Promise<void> {
  for (const line of splitSetCookie(headers)) {
    const cookie = readSetCookie(line, url);
    if (cookie === undefined) continue;
    if (cookie.expirationDate !== undefined && cookie.expirationDate <= Date.now() / 1000) {
      await store.remove(url, cookie.name);
    } else {
      await store.set(cookie);
    }
  }
}
