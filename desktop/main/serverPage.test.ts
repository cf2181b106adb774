import { describe, expect, it } from 'vitest';
import { type ServerPageOptions, serveServerPage } from './serverPage.ts';

function options(change: Partial<ServerPageOptions> = {}) {
  const chosen: string[] = [];
  const all: ServerPageOptions = {
    current: 'http://127.0.0.1:4310',
    fixed: false,
    reaches: async (origin) => origin === 'https://rondo.example.com',
    choose: (origin) => chosen.push(origin),
    ...change,
  };
  return { all, chosen };
}

function typed(address: string): Request {
  return new Request('app://server/', { method: 'POST', body: new URLSearchParams({ address }) });
}

describe('the page that asks for the server’s address', () => {
  it('shows the present one, and what is typed only as text', async () => {
    const { all } = options({ current: '"><script>alert(1)</script>' });
    const response = await serveServerPage(new Request('app://server/'), all);
    const html = await response.text();
    expect(html).not.toContain('<script>');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('takes an address that answers', async () => {
    const { all, chosen } = options();
    expect((await serveServerPage(typed('rondo.example.com/flows'), all)).status).toBe(200);
    expect(chosen).toEqual(['https://rondo.example.com']);
  });

  it.each([
    ['', 'Type the address'],
    ['nobody.example.com', 'No Rondo server answers at https://nobody.example.com'],
    ['file:///etc/passwd', 'must begin with https://'],
  ])('says what is wrong with %j, and keeps what there was', async (address, words) => {
    const { all, chosen } = options();
    const response = await serveServerPage(typed(address), all);
    expect(response.status).toBe(422);
    expect(await response.text()).toContain(words);
    expect(chosen).toEqual([]);
  });

  it('changes nothing when the address is fixed', async () => {
    const { all, chosen } = options({ fixed: true });
    const response = await serveServerPage(typed('rondo.example.com'), all);
    expect(await response.text()).toContain('RONDO_URL');
    expect(chosen).toEqual([]);
  });
});
