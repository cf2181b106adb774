import { describe, expect, it } from 'vitest';
import { readSetCookie, splitSetCookie } from './cookies.ts';

const url = 'http://127.0.0.1:4310';

describe('Set-Cookie', () => {
  it('is taken apart where several were joined by commas', () => {
    const joined = 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/, b=2; HttpOnly,c=3';
    expect(splitSetCookie([joined])).toEqual([
      'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/',
      'b=2; HttpOnly',
      'c=3',
    ]);
    expect(splitSetCookie(['a=1; Path=/', 'b=2'])).toEqual(['a=1; Path=/', 'b=2']);
  });

  it('keeps what the session needs', () => {
    const line = 'better-auth.session_token=abc.d%3D; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax';
    expect(readSetCookie(line, url, 1_000_000)).toEqual({
      url,
      name: 'better-auth.session_token',
      value: 'abc.d%3D',
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      expirationDate: 1000 + 604800,
    });
  });

  it('lets Max-Age win over Expires, and ends a cookie with Max-Age=0', () => {
    const cookie = readSetCookie('a=; Max-Age=0; Expires=Wed, 21 Oct 2099 07:28:00 GMT', url, 5000);
    expect(cookie?.expirationDate).toBe(5);
  });

  it('takes no line without a name', () => {
    expect(readSetCookie('=x', url)).toBeUndefined();
    expect(readSetCookie('nothing', url)).toBeUndefined();
  });
});
