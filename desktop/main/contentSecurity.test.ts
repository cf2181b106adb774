import { expect, it } from 'vitest';
import { clientPolicy, newNonce, serverPagePolicy, withNonce } from './contentSecurity.ts';

function directives(policy: string): Map<string, string> {
  return new Map(policy.split('; ').map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1).join(' ')]));
}

it('lets the client run its own scripts only', () => {
  const policy = directives(clientPolicy('abc'));
  expect(policy.get('default-src')).toBe("'none'");
  expect(policy.get('script-src')).toBe("'self'");
  expect(policy.get('connect-src')).toBe("'self'");
  expect(policy.get('style-src')).toBe("'self' 'nonce-abc'");
  expect(policy.get('frame-ancestors')).toBe("'none'");
  expect(clientPolicy('abc')).not.toMatch(/unsafe-eval|https?:|\*/);
});

it('lets the address page run no script', () => {
  const policy = directives(serverPagePolicy('abc'));
  expect(policy.has('script-src')).toBe(false);
  expect(policy.get('default-src')).toBe("'none'");
});

it('makes a new nonce each time', () => {
  expect(newNonce()).not.toBe(newNonce());
  expect(newNonce()).toMatch(/^[A-Za-z0-9+/]{24}$/);
});

it('fills the nonce in, whether the page has the place for it or not', () => {
  expect(withNonce('<head><meta name="csp-nonce" content="" /></head>', 'n')).toBe(
    '<head><meta name="csp-nonce" content="n" /></head>',
  );
  expect(withNonce('<html><head><title>x</title></head>', 'n')).toContain(
    '<head><meta name="csp-nonce" content="n" />',
  );
});
