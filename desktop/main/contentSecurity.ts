import { randomBytes } from 'node:crypto';

export function newNonce(): string {
  return randomBytes(18).toString('base64');
}

/** What the client may load: its own files and the server behind its own origin; styles also with the page's nonce. */
export function clientPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // React and the canvas set positions as style attributes; an attribute cannot load anything under this policy.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The page that asks for the server's address runs no script at all. */
export function serverPagePolicy(nonce: string): string {
  return `default-src 'none'; style-src 'nonce-${nonce}'; form-action app://server; base-uri 'none'; frame-ancestors 'none'`;
}

/** Puts the nonce where the client looks for it: `<meta name="csp-nonce" content="…">`. */
export function withNonce(html: string, nonce: string): string {
  const meta = `<meta name="csp-nonce" content="${nonce}" />`;
  const existing = /<meta\s+name="csp-nonce"[^>]*>/i;
  return existing.test(html) ? html.replace(existing, meta) : html.replace(/<head>/i, `<head>${meta}`);
}

export const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
} as const;
