import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { curlExample, type Webhook as Shown } from './examples.ts';

const config = {
  methods: ['POST'],
  hmac: {
    header: 'x-signature',
    prefix: 'sha256=',
    encoding: 'hex',
    algorithm: 'sha256',
    timestampHeader: 'x-time',
    signed: '{timestamp}.{body}',
  },
} as unknown as Shown['config'];

/** Runs an example in a shell whose `curl` prints what it was called with. */
function called(example: string): string[] {
  const script = `curl() { printf '%s\\n' "$@"; }\n${example}`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n');
}

const header = (lines: string[], name: string) =>
  lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
const address = 'https://example.com/hooks/abc';
const body = `{"name": "it's"}`;

describe('the example of a call', () => {
  it('signs as Standard Webhooks are signed', () => {
    const secret = `whsec_${Buffer.from('an example of a secret').toString('base64')}`;
    const lines = called(curlExample({ address, verify: 'standard', config }, secret, body));
    const headers = Object.fromEntries(
      ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, header(lines, name)]),
    );
    expect(new Webhook(secret).verify(body, headers)).toEqual({ name: "it's" });
    expect(lines).toContain(address);
  });

  it('signs with HMAC as the webhook is set up', () => {
    const lines = called(curlExample({ address, verify: 'hmac', config }, 'a secret', body));
    const time = header(lines, 'x-time');
    const signature = createHmac('sha256', 'a secret').update(`${time}.${body}`).digest('hex');
    expect(header(lines, 'x-signature')).toBe(`sha256=${signature}`);
  });

  it('of an unsigned webhook only sends the body', () => {
    const lines = called(curlExample({ address, verify: 'none', config }, null, body));
    expect(lines).toContain(body);
    expect(lines.join('\n')).not.toContain('signature');
  });
});
