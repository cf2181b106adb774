/** More redirects than these are not followed. */
export const maxRedirects = 5;

const redirects = new Set([301, 302, 303, 307, 308]);
const ofBody = new Set(['content-type', 'content-length']);
/** The headers that are carried to another origin. Any other may be a key that is meant for the first one only. */
const forAnyOrigin = new Set(['accept', 'accept-language', 'content-type', 'idempotency-key', 'user-agent']);

/** A call as it goes from one address to the next. */
export interface Hop {
  url: URL;
  method: string;
  /** by their names in small letters */
  headers: Record<string, string>;
  hasBody: boolean;
}

/**
 * The call that an answer of redirection asks for.
 * @param location of the answer
 * @returns undefined when the answer is none, or names no address
 */
export function redirected(hop: Hop, status: number, location: string | null | undefined): Hop | undefined {
  if (!redirects.has(status) || location === undefined || location === null) return undefined;
  if (!URL.canParse(location, hop.url.href)) return undefined;
  const url = new URL(location, hop.url);
  const asGet = status === 303 || (status < 303 && hop.method === 'POST');
  const sameOrigin = url.origin === hop.url.origin;
  const headers = Object.entries(hop.headers).filter(
    ([name]) => (sameOrigin || forAnyOrigin.has(name)) && !(asGet && ofBody.has(name)),
  );
  return {
    url,
    method: asGet ? 'GET' : hop.method,
    headers: Object.fromEntries(headers),
    hasBody: hop.hasBody && !asGet,
  };
}
