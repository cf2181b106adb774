import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Said, said } from '@rondo/shared/words/said.ts';
import type { WebhookConfig, WebhookVerify } from '../operations/contract/trigger.ts';

/** Headers by their names in small letters. */
export type HeaderValues = { readonly [name: string]: string | undefined };

/** A call whose signature is to be checked. */
export interface SignedCall {
  headers: HeaderValues;
  /** the very bytes that came */
  body: Buffer;
}

/** Why a call is not believed; null = it is. `signature`: the text that told it apart. */
export interface SignatureCheck {
  refused: Said | null;
  signature: string;
}

/**
 * Checks who sent a call. Signatures are compared in constant time, and every secret is tried, so that the time that it
 * takes tells nothing.
 *
 * @param secrets those that are taken now: the present one and, for a while, the one before
 * @param now milliseconds since 1970
 */
export function checkSignature(
  verify: WebhookVerify,
  config: Pick<WebhookConfig, 'hmac' | 'replaySeconds'>,
  secrets: readonly string[],
  call: SignedCall,
  now: number,
): SignatureCheck {
  if (verify === 'none') return { refused: null, signature: '' };
  return verify === 'standard' ? checkStandard(config, secrets, call, now) : checkHmac(config, secrets, call, now);
}

/** Standard Webhooks: `webhook-id`, `webhook-timestamp`, and `webhook-signature` with one or more `v1,<base64>`. */
function checkStandard(
  { replaySeconds }: Pick<WebhookConfig, 'replaySeconds'>,
  secrets: readonly string[],
  { headers, body }: SignedCall,
  now: number,
): SignatureCheck {
  const id = headers['webhook-id'] ?? '';
  const timestamp = headers['webhook-timestamp'] ?? '';
  const signature = headers['webhook-signature'] ?? '';
  const missing = (['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const).find((name) => !headers[name]);
  if (missing) return { refused: said('call.headerMissing', { header: missing }), signature };
  if (!/^\d{1,12}$/.test(timestamp))
    return { refused: said('call.headerSeconds', { header: 'webhook-timestamp' }), signature };
  const given = signature.split(' ').flatMap((part) => (part.startsWith('v1,') ? [part.slice(3)] : []));
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const expected = secrets.map((secret) => createHmac('sha256', standardKey(secret)).update(signed).digest('base64'));
  if (!anyEqual(given, expected)) return { refused: said('call.signature'), signature };
  return { refused: tooOld(Number(timestamp) * 1000, replaySeconds, now), signature };
}

/** The bytes of a secret of Standard Webhooks: base64 after `whsec_`. */
function standardKey(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}

function checkHmac(
  { hmac, replaySeconds }: Pick<WebhookConfig, 'hmac' | 'replaySeconds'>,
  secrets: readonly string[],
  { headers, body }: SignedCall,
  now: number,
): SignatureCheck {
  const header = headers[hmac.header] ?? '';
  if (header === '') return { refused: said('call.headerMissing', { header: hmac.header }), signature: '' };
  if (!header.startsWith(hmac.prefix))
    return { refused: said('call.headerPrefix', { header: hmac.header, prefix: hmac.prefix }), signature: header };
  const timestamp = hmac.timestampHeader === '' ? '' : (headers[hmac.timestampHeader] ?? '');
  if (hmac.timestampHeader !== '' && timestamp === '')
    return { refused: said('call.headerMissing', { header: hmac.timestampHeader }), signature: header };
  const signed = signedBytes(hmac.signed, timestamp, body);
  const bytes = header.slice(hmac.prefix.length);
  // Hex is written in capitals by some.
  const given = hmac.encoding === 'hex' ? bytes.toLowerCase() : bytes;
  const expected = secrets.map((secret) => createHmac(hmac.algorithm, secret).update(signed).digest(hmac.encoding));
  if (!anyEqual([given], expected)) return { refused: said('call.signature'), signature: header };
  if (hmac.timestampHeader === '') return { refused: null, signature: header };
  const sent = timeOf(timestamp);
  if (sent === undefined)
    return { refused: said('call.headerTime', { header: hmac.timestampHeader }), signature: header };
  return { refused: tooOld(sent, replaySeconds, now), signature: header };
}

/** The template with the time and the body put in; the body as the bytes that came. */
function signedBytes(template: string, timestamp: string, body: Buffer): Buffer {
  const parts = template.split('{body}').map((part) => Buffer.from(part.replaceAll('{timestamp}', timestamp)));
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [body, part])));
}

/** Milliseconds since 1970; from seconds or milliseconds since then, or ISO 8601. */
function timeOf(text: string): number | undefined {
  if (/^\d{1,15}$/.test(text)) {
    const number = Number(text);
    return number < 100_000_000_000 ? number * 1000 : number;
  }
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function tooOld(sentAt: number, replaySeconds: number, now: number): Said | null {
  if (replaySeconds === 0) return null;
  const age = (now - sentAt) / 1000;
  if (Math.abs(age) <= replaySeconds) return null;
  return age > 0
    ? said('call.old', { age: Math.round(age), most: replaySeconds })
    : said('call.ahead', { age: Math.round(-age), most: replaySeconds });
}

function anyEqual(given: readonly string[], expected: readonly string[]): boolean {
  let found = false;
  for (const one of given) for (const other of expected) if (equal(one, other)) found = true;
  return found;
}

/** Are two texts the same? Takes as long for a wrong one as for the right one. */
export function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
