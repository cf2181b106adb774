import { describe, expect, it } from 'vitest';
import {
  belongsToServer,
  isClientPath,
  isClientUrl,
  opensInBrowser,
  pathOfArguments,
  pathOfLink,
  readServerAddress,
} from './addresses.ts';

const id = '0192f0c1-2b3c-7d4e-8f50-112233445566';

describe('links', () => {
  it('opens reviews, runs and flows', () => {
    expect(pathOfLink(`rondo://review/${id}`)).toBe(`/inbox/${id}`);
    expect(pathOfLink(`rondo://run/${id.toUpperCase()}/`)).toBe(`/runs/${id}`);
    expect(pathOfLink(`RONDO://flow/${id}`)).toBe(`/flows/${id}`);
  });

  it.each([
    'rondo://review/',
    'rondo://review/../admin',
    'rondo://review/1; rm -rf /',
    `rondo://constructor/${id}`,
    `rondo://review/${id}?next=https://evil.example`,
    `https://review/${id}`,
    `rondo://review/${id}/more`,
  ])('takes nothing else: %s', (link) => {
    expect(pathOfLink(link)).toBeUndefined();
  });

  it('finds the link among the arguments of a second start', () => {
    expect(pathOfArguments(['/opt/rondo', '--flag', `rondo://run/${id}`])).toBe(`/runs/${id}`);
    expect(pathOfArguments(['/opt/rondo', 'rondo://nonsense'])).toBeUndefined();
  });
});

describe('paths of the client', () => {
  it.each(['/', '/inbox/1', '/runs?state=failed#x'])('%s stays inside', (path) => {
    expect(isClientPath(path)).toBe(true);
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'inbox', '', 7, null])(
    '%s does not',
    (path) => {
      expect(isClientPath(path)).toBe(false);
    },
  );

  it('knows its own page from all others', () => {
    expect(isClientUrl('app://rondo/inbox')).toBe(true);
    expect(isClientUrl('app://server/')).toBe(false);
    expect(isClientUrl('https://rondo/')).toBe(false);
    expect(isClientUrl('app://rondo.evil/')).toBe(false);
  });

  it('tells the calls to the server from the files of the client', () => {
    expect(belongsToServer('/trpc/flow.list')).toBe(true);
    expect(belongsToServer('/auth/sign-in/email')).toBe(true);
    expect(belongsToServer('/api')).toBe(true);
    expect(belongsToServer('/apiary')).toBe(false);
    expect(belongsToServer('/assets/index.js')).toBe(false);
  });
});

describe('the server’s address', () => {
  it.each([
    ['localhost:4310', 'http://localhost:4310'],
    ['127.0.0.1:4310/flows', 'http://127.0.0.1:4310'],
    ['rondo.example.com', 'https://rondo.example.com'],
    ['http://rondo:4310/', 'http://rondo:4310'],
    [' HTTPS://Rondo.Example.com/x?y ', 'https://rondo.example.com'],
  ])('%s is %s', (typed, origin) => {
    expect(readServerAddress(typed)).toEqual({ ok: true, origin });
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['https://', 'notAnAddress'],
    ['not an address', 'notAnAddress'],
    ['file:///etc/passwd', 'scheme'],
    ['https://anna:secret@rondo.example.com', 'password'],
  ])('%j is refused: %s', (typed, reason) => {
    expect(readServerAddress(typed)).toEqual({ ok: false, reason });
  });
});

describe('links to elsewhere', () => {
  const server = 'http://127.0.0.1:4310';
  it('go to the browser when they are web pages', () => {
    expect(opensInBrowser('https://example.com/', server)).toBe(true);
    expect(opensInBrowser(`${server}/runs/1`, server)).toBe(true);
  });

  it.each(['http://example.com/', 'file:///etc/passwd', 'javascript:alert(1)', 'smb://host/share', 'app://rondo/', ''])(
    '%s does not',
    (url) => {
      expect(opensInBrowser(url, server)).toBe(false);
    },
  );
});
