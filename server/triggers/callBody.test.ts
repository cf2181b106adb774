import type { Json } from '@rondo/shared/oas/json.ts';
import { inLanguage, type Language } from '@rondo/shared/words/inLanguage.ts';
import { said } from '@rondo/shared/words/said.ts';
import { describe, expect, it } from 'vitest';
import { allowedIp, wrongRange } from './allowList.ts';
import { misfit, readBody, withoutCredentials, wrongSchema } from './callBody.ts';
import { Rate } from './rate.ts';

const all = ['json', 'form', 'text'] as const;
const read = (type: string | undefined, text: string | Buffer, allowed: readonly (typeof all)[number][] = all) =>
  readBody(type, Buffer.from(text), [...allowed]);

describe('the body of a call', () => {
  it('is read as its content type says', () => {
    expect(read('application/json; charset=utf-8', '{"a":[1]}')).toEqual({ ok: true, body: { a: [1] } });
    expect(read('application/vnd.api+json', '5')).toEqual({ ok: true, body: 5 });
    expect(read('application/x-www-form-urlencoded', 'a=1&b=2&b=3+4')).toEqual({
      ok: true,
      body: { a: '1', b: ['2', '3 4'] },
    });
    expect(read('text/plain', 'words')).toEqual({ ok: true, body: 'words' });
    expect(read(undefined, '')).toEqual({ ok: true, body: null });
  });

  it('of another kind, or broken, is refused with what to do', () => {
    expect(read('application/xml', '<a/>')).toMatchObject({ status: 415 });
    expect(read('text/plain', 'words', ['json'])).toMatchObject({
      reason: said('call.type', { type: 'text/plain', wanted: 'application/json' }),
    });
    expect(read('application/json', '{')).toMatchObject({ status: 400 });
    expect(read('application/json', Buffer.from([0xff, 0xfe]))).toMatchObject({
      reason: said('call.noText'),
    });
  });

  it('does not reach the prototype through a field’s name', () => {
    const form = read('application/x-www-form-urlencoded', '__proto__=x&a=1');
    expect(form.ok && Object.getPrototypeOf(form.body)).toBe(Object.prototype);
  });

  it('is checked against a schema', () => {
    const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
    expect(misfit(schema, { n: 1 })).toBeNull();
    const words = (body: Json, language: Language = 'en') =>
      inLanguage(language, misfit(schema, body) ?? undefined, '');
    expect(words({ n: 'x' })).toBe('“n” must be of the type whole number.');
    expect(words({ n: 'x' }, 'de')).toBe('„n“ muss vom Typ ganze Zahl sein.');
    expect(words({})).toBe('the body lacks “n”.');
    expect(words({}, 'de')).toBe('der Inhalt enthält kein „n“.');
    expect(wrongSchema(schema)).toBeNull();
    expect(wrongSchema({ type: 'nothing' })).toMatch(/type/);
  });
});

describe('headers that are kept', () => {
  it('hold no credentials', () => {
    const headers = { authorization: 'a', cookie: 'b', 'x-api-key': 'c', 'x-my-proof': 'd', 'x-kind': 'e' };
    expect(withoutCredentials(headers, ['x-my-proof'])).toEqual({
      authorization: '[removed]',
      cookie: '[removed]',
      'x-api-key': '[removed]',
      'x-my-proof': '[removed]',
      'x-kind': 'e',
    });
  });
});

describe('a list of addresses', () => {
  it('allows what lies in its ranges, and all when it is empty', () => {
    expect(allowedIp('203.0.113.7', [])).toBe(true);
    expect(allowedIp('203.0.113.7', ['203.0.113.0/24'])).toBe(true);
    expect(allowedIp('203.0.114.7', ['203.0.113.0/24', '10.0.0.1'])).toBe(false);
    expect(allowedIp('::ffff:203.0.113.7', ['203.0.113.7'])).toBe(true);
    expect(allowedIp('2001:db8::5', ['203.0.113.0/24', '2001:db8::/32'])).toBe(true);
    expect(allowedIp('somewhere', ['0.0.0.0/0'])).toBe(false);
  });

  it('names what is no address', () => {
    expect(wrongRange(['10.0.0.0/8', '::1', '192.168.1.5'])).toBeUndefined();
    for (const wrong of ['10.0.0.0/33', 'example.com', '300.1.1.1', '10']) expect(wrongRange([wrong])).toBe(wrong);
  });
});

describe('calls in a minute', () => {
  it('are counted by key, and anew in the next minute', () => {
    const rate = new Rate();
    expect([rate.count('a', 0).calls, rate.count('a', 30_000).calls, rate.count('b', 30_000).calls]).toEqual([1, 2, 1]);
    expect(rate.count('a', 59_000)).toEqual({ calls: 3, secondsLeft: 1 });
    expect(rate.count('a', 60_000).calls).toBe(1);
  });
});
