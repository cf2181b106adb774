import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { signInAt, visit } from './pages.ts';

/** What a device loads, with an empty cache, until the inbox can be used. Sizes are in bytes. */
export interface InboxLoad {
  scripts: { gzip: number; brotli: number };
  styles: { gzip: number };
  /** the names of the scripts */
  names: string[];
}

/** Opens the inbox as somebody whose browser knows the session and nothing else. @param language of the texts */
export async function inboxLoad(browser: Browser, url: string, language: 'en' | 'de' = 'en'): Promise<InboxLoad> {
  const { page, context } = await visit(browser, url);
  await signInAt(page);
  const state = await context.storageState();
  await context.close();
  const fresh = await browser.newContext({ baseURL: url, storageState: state });
  const looking = await fresh.newPage();
  const pieces: { name: string; body: Buffer }[] = [];
  const reading: Promise<void>[] = [];
  looking.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!/\.(js|css)$/.test(pathname)) return;
    reading.push(response.body().then((body) => void pieces.push({ name: pathname, body })));
  });
  await looking.goto(`/inbox?locale=${language}`);
  await looking
    .getByRole('heading', { name: language === 'de' ? 'Posteingang' : 'Inbox' })
    .first()
    .waitFor();
  await looking.waitForTimeout(1_000);
  await Promise.all(reading);
  await fresh.close();
  const scripts = pieces.filter(({ name }) => name.endsWith('.js'));
  const gzip = (body: Buffer) => gzipSync(body, { level: 6 }).length;
  const sum = (of: typeof pieces, size: (body: Buffer) => number) => of.reduce((all, { body }) => all + size(body), 0);
  return {
    scripts: { gzip: sum(scripts, gzip), brotli: sum(scripts, (body) => brotliCompressSync(body).length) },
    styles: { gzip: sum(pieces, gzip) - sum(scripts, gzip) },
    names: scripts.map(({ name }) => name),
  };
}
