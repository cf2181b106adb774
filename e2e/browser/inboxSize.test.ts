import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { inboxLoad } from '../harness/inboxScripts.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: the size of the inbox: no Chromium was found.');

describe.skipIf(found === undefined)('what a reviewer loads for the inbox', () => {
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    if (found === undefined) return;
    server = await startServer();
    browser = await launchChromium(found);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it.each(['en', 'de'] as const)('is less than 250 KB of scripts, and nothing of the canvas (%s)', async (language) => {
    const { scripts, names } = await inboxLoad(browser, server.url, language);
    expect(names.length).toBeGreaterThan(3);
    expect(scripts.gzip).toBeGreaterThan(100 * 1024);
    expect(scripts.gzip).toBeLessThan(250 * 1024);
    expect(names.filter((name) => /FlowPage|elk|Diagram|xyflow|editor-/i.test(name))).toEqual([]);
  });
});
