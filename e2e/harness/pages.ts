import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { checkout, owner } from './server.ts';

export type Scheme = 'light' | 'dark';

const screens = join(checkout, 'e2e', 'browser', 'screens');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Visit {
  context: BrowserContext;
  page: Page;
  /** What the page wrote to its console as errors, and what it threw. */
  complaints: string[];
}

/** Opens the client in a window of its own, in one colour scheme, with motion reduced so that pictures hold still. */
export async function visit(browser: Browser, url: string, scheme: Scheme = 'light'): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: url,
    colorScheme: scheme,
    reducedMotion: 'reduce',
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
  });
  return { context, page, complaints };
}

/** Signs in as a person does. */
export async function signInAt(page: Page, who: { email: string; password: string } = owner): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel(/e-?mail/i).fill(who.email);
  await page.locator('input[type=password]').fill(who.password);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.getByRole('link', { name: 'Home' }).first().waitFor();
}

/** A picture for people to compare: e2e/browser/screens/<name>.png. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(screens, { recursive: true });
  await page.screenshot({ path: join(screens, `${name}.png`), animations: 'disabled' });
}

interface Finding {
  id: string;
  impact: string | null;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}

/**
 * What axe finds serious or critical on the page, one line each. What is gone at a second and third look was a page
 * between two states (a scheme that is changed, a button that is let go) and does not count.
 */
export async function seriousFindings(page: Page): Promise<string[]> {
  for (let look = 1; ; look += 1) {
    const findings = await foundAt(page);
    if (findings.length === 0 || look === 3) return findings;
    await page.waitForTimeout(400);
  }
}

async function foundAt(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  // The page's own policy forbids foreign scripts, and has to: a debugger's script is not subject to it.
  await session.send('Runtime.evaluate', { expression: axeSource });
  const answer = await session.send('Runtime.evaluate', {
    expression:
      'axe.run(document, { resultTypes: ["violations"] }).then((result) => JSON.stringify(result.violations))',
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  const findings = JSON.parse(String(answer.result.value)) as Finding[];
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.html.slice(0, 200)}`));
}
