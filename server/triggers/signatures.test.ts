import { createHmac } from 'node:crypto';
import { inEnglish, type Said } from '@rondo/shared/words/said.ts';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { webhookConfig } from '../operations/contract/trigger.ts';
import { checkSignature, equal } from './signatures.ts';

const now = Date.UTC(2026, 0, 1);
const seconds = now / 1000;
const body = Buffer.from([0x7b, 0x7d, 0xff]); // bytes that are no text
const secret = `whsec_${Buffer.from('sixteen bytes or more').toString('base64')}`;
const other = `whsec_${Buffer.from('another secret of then').toString('base64')}`;

const why = (refused: Said | null) => refused && inEnglish(refused);

function standard(at = seconds, secrets = [secret], change: Record<string, string> = {}) {
  const signature = new Webhook(secret).sign('msg', new Date(at * 1000), 'text');
  const headers = { 'webhook-id': 'msg', 'webhook-timestamp': String(at), 'webhook-signature': signature, ...change };
  return checkSignature('standard', webhookConfig.parse({}), secrets, { headers, body: Buffer.from('text') }, now);
}

describe('a signature of Standard Webhooks', () => {
  it('is believed with the present secret and with the one before, and with no other', () => {
    expect(standard().refused).toBeNull();
    expect(standard(seconds, [other, secret]).refused).toBeNull();
    expect(why(standard(seconds, [other]).refused)).toMatch(/does not fit/);
    expect(why(standard(seconds, []).refused)).toMatch(/does not fit/);
  });

  it('is believed among several, of which one fits', () => {
    const signature = new Webhook(secret).sign('msg', new Date(now), 'text');
    expect(standard(seconds, [secret], { 'webhook-signature': `v1a,abc v1,wrong ${signature}` }).refused).toBeNull();
    expect(why(standard(seconds, [secret], { 'webhook-signature': signature.replace('v1,', 'v2,') }).refused)).toMatch(
      /fit/,
    );
  });

  it('is refused when anything that it covers was changed', () => {
    expect(why(standard(seconds, [secret], { 'webhook-id': 'other' }).refused)).toMatch(/does not fit/);
    expect(why(standard(seconds, [secret], { 'webhook-timestamp': String(seconds + 1) }).refused)).toMatch(
      /does not fit/,
    );
    expect(why(standard(seconds, [secret], { 'webhook-timestamp': 'now' }).refused)).toMatch(/not a time/);
  });

  it('is refused outside of its window, on either side', () => {
    expect(standard(seconds - 300).refused).toBeNull();
    expect(why(standard(seconds - 301).refused)).toMatch(/301 seconds ago/);
    expect(why(standard(seconds + 301).refused)).toMatch(/clock/);
  });
});

describe('a plain HMAC', () => {
  const check = (config: object, headers: Record<string, string>) =>
    checkSignature('hmac', webhookConfig.parse({ hmac: config }), ['a secret'], { headers, body }, now).refused;

  it.each([
    ['sha256', 'hex'],
    ['sha256', 'base64'],
    ['sha512', 'hex'],
    ['sha512', 'base64'],
  ] as const)('%s as %s is made over the very bytes', (algorithm, encoding) => {
    const signature = createHmac(algorithm, 'a secret').update(body).digest(encoding);
    const config = { header: 'X-Sig', prefix: 'p=', algorithm, encoding };
    expect(check(config, { 'x-sig': `p=${signature}` })).toBeNull();
    expect(why(check(config, { 'x-sig': signature }))).toMatch(/does not begin/);
    expect(why(check(config, {}))).toMatch(/is missing/);
    const changed = createHmac(algorithm, 'a secret').update(Buffer.from('{}')).digest(encoding);
    expect(why(check(config, { 'x-sig': `p=${changed}` }))).toMatch(/does not fit/);
  });

  it.each([
    ['seconds', String(seconds)],
    ['milliseconds', String(now)],
    ['ISO 8601', new Date(now).toISOString()],
  ])('may cover a time in %s', (_form, time) => {
    const config = { timestampHeader: 'x-time', signed: '{timestamp}|{body}' };
    const signature = createHmac('sha256', 'a secret').update(`${time}|`).update(body).digest('hex');
    expect(check(config, { 'x-time': time, 'x-signature': signature.toUpperCase() })).toBeNull();
    expect(why(check(config, { 'x-signature': signature }))).toMatch(/x-time is missing/);
  });

  it('with a time that is none is refused', () => {
    const config = { timestampHeader: 'x-time', signed: '{timestamp}{body}' };
    const signature = createHmac('sha256', 'a secret').update('soon').update(body).digest('hex');
    expect(why(check(config, { 'x-time': 'soon', 'x-signature': signature }))).toMatch(/no time/);
  });
});

describe('two texts', () => {
  it('are the same only when all of them is', () => {
    expect(equal('abc', 'abc')).toBe(true);
    for (const text of ['abd', 'ab', 'abcd', '']) expect(equal('abc', text)).toBe(false);
  });
});
