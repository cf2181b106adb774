import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFlow, rootFlow } from '@rondo/shared/oas/flow.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { componentsOf } from '@rondo/shared/oas/references.ts';
import { exampleFiles, examplesFolder, hasExamples } from '@rondo/shared/testing/exampleDocuments.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { rememberFailure } from '../harness/failure.ts';
import { signInAt, type Visit, visit } from '../harness/pages.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: the example documents in a browser: no Chromium was found.');

/** How many steps of each document are opened in the inspector. */
const mostOpened = 2;

interface Example {
  name: string;
  text: string;
  flowId: string;
  /** steps of its flow; without one, its components */
  steps: number;
}

describe.skipIf(found === undefined || !hasExamples)('the example documents of the specification, in a browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let owner: SignedIn;
  let inside: Visit;
  const examples: Example[] = [];

  beforeAll(async () => {
    if (found === undefined) return;
    [server, browser] = await Promise.all([startServer(), launchChromium(found)]);
    owner = await signIn(server.url);
    for (const name of exampleFiles()) {
      const text = readFileSync(join(examplesFolder, name), 'utf8');
      // what the specification's own reader does not take (a list of components, say) is no document to draw
      const { ok, tree } = readDocument(text, name);
      if (!ok || !tree) continue;
      const steps = rootFlow(tree) ? openFlow(tree).nodes.length : componentsOf(tree).size;
      const { flowId } = await owner.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: name });
      examples.push({ name, text, flowId, steps });
    }
    inside = await visit(browser, server.url);
    await signInAt(inside.page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('open, are laid out, and leave byte for byte as they came; their steps open in the inspector', {
    timeout: 400_000,
  }, async () => {
    const { page } = inside;
    rememberFailure('examples', () => inside);
    expect(examples.length).toBeGreaterThan(60);
    for (const { name, flowId, steps } of examples) {
      // within the client, and not before the page of the last document is gone
      await page.evaluate((path) => {
        document.querySelector('.flow-page')?.setAttribute('data-last', 'true');
        history.pushState(null, '', path);
      }, `/flows/${flowId}`);
      const cards = page.locator('.flow-page:not([data-last]) .react-flow__node');
      await until(`the steps of ${name}`, async () => (await cards.count()) === steps);
      if (steps === 0) await page.getByText('This document holds no flow.').waitFor();
      const places = await cards.evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).style.transform));
      expect(new Set(places).size, `${name}: no two steps stand on each other`).toBe(places.length);
      for (let index = 0; index < Math.min(mostOpened, places.length); index++) {
        const card = cards.nth(index);
        const step = (await card.locator('.step-name').textContent()) ?? '';
        await card.dispatchEvent('click');
        const inspector = page.getByRole('complementary', { name: 'About the step' });
        await inspector.getByRole('heading', { level: 2, name: step, exact: true }).waitFor();
      }
    }
    for (const { name, text, flowId } of examples) {
      const { seq } = await owner.call<{ seq: number }>('GET', 'flow.get', { flowId });
      expect(seq, `${name}: opening edits nothing`).toBe(0);
      expect((await owner.call<{ text: string }>('GET', 'flow.export', { flowId })).text, name).toBe(text);
    }
    expect(inside.complaints).toEqual([]);
  });
});
