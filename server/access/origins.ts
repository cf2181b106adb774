import { isIP } from 'node:net';

/** The desktop program's pages. */
const desktopOrigin = 'app://rondo';

/** The addresses that pages of ours come from. */
export function ownOrigins(url: string, port: number): string[] {
  return [
    new URL(url).origin,
    ...['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${port}`),
    desktopOrigin,
  ];
}

/** Is this page ours? The host that the request itself was sent to counts too: the host guard has checked it. */
export function trustedOrigin(origin: string, host: string | undefined, origins: readonly string[]): boolean {
  if (origins.includes(origin)) return true;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}

/**
 * Is the Host header one of ours? A page of another site that points its own name at this address (DNS rebinding)
 * comes with that name. Addresses in numbers cannot be rebound.
 */
export function allowedHost(header: string | undefined, url: string, bound: string): boolean {
  if (header === undefined || !URL.canParse(`http://${header}`)) return false;
  const { hostname } = new URL(`http://${header}`);
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0 || hostname === 'localhost' || hostname.endsWith('.localhost')) return true;
  return hostname === new URL(url).hostname || hostname === bound;
}
