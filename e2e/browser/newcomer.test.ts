import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { rememberFailure } from '../harness/failure.ts';
import { Newcomer } from '../harness/newcomer.ts';
import { KeyboardNewcomer } from '../harness/newcomerKeys.ts';
import { newcomersFlow, shapeOf } from '../harness/newcomersFlow.ts';
import { picture, type Visit, visit } from '../harness/pages.ts';
import { type RunningServer, startServer } from '../harness/server.ts';
import { askSdk, findReferenceSdk } from '../oracle/referenceSdk.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: the newcomer, in a browser: no Chromium was found.');

const anna = { customer: 'Anna', complaint: 'The parcel came late' };
const bert = { customer: 'Bert', complaint: 'The lamp is broken' };

describe.skipIf(found === undefined).each([
  { by: 'mouse', make: (page: Page) => new Newcomer(page) },
  { by: 'keyboard', make: (page: Page) => new KeyboardNewcomer(page) },
])('a newcomer, by $by', ({ by, make }) => {
  let server: RunningServer;
  let browser: Browser;
  let inside: Visit;
  let page: Page;
  let newcomer: Newcomer;
  let owner: SignedIn;

  beforeAll(async () => {
    if (found === undefined) return;
    [server, browser] = await Promise.all([startServer(), launchChromium(found)]);
    owner = await signIn(server.url);
    inside = await visit(browser, server.url);
    page = inside.page;
    newcomer = make(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  const remember = (name: string) => rememberFailure(name, () => ({ page, complaints: inside.complaints }));

  it('draws, tests, reviews, publishes and runs a flow with a branch, an AI step and a review', async ({ skip }) => {
    remember(`newcomer-${by}`);
    await page.goto('/');
    await newcomer.signIn();
    // that nobody is signed in yet is an answer of its own
    inside.complaints.length = 0;
    await newcomer.begin('Answer complaints');
    await newcomer.draw();
    await picture(page, `newcomer-${by}-drawn`);
    const { flows } = await owner.call<{ flows: { id: string; name: string }[] }>('GET', 'flow.list');
    const flowId = flows.find(({ name }) => name === 'Answer complaints')?.id ?? '';
    const { text } = await owner.call<{ text: string }>('GET', 'flow.export', { flowId });
    const { tree } = readDocument(text);
    expect(validate(tree as JsonObject)).toEqual([]);
    expect(shapeOf(openFlow(tree as JsonObject))).toEqual(newcomersFlow);

    await newcomer.test(anna);
    await picture(page, `newcomer-${by}-tested`);
    await newcomer.decide(anna, 'Approve');
    await newcomer.open('Answer complaints');
    await newcomer.publish();
    await newcomer.run(bert);
    await newcomer.decide(bert, 'Reject');
    const runs = await until('both runs to end', async () => {
      const { runs } = await owner.call<{ runs: { id: string; state: string }[] }>('GET', 'run.list', { flowId });
      return runs.length === 2 && runs.every(({ state }) => state === 'succeeded') ? runs : undefined;
    });
    // the one that was approved has told the customer, the other has not
    const told = await Promise.all(
      runs.map(async ({ id }) =>
        JSON.stringify(await owner.call('GET', 'run.events', { runId: id })).includes('To Anna: '),
      ),
    );
    expect(told.sort()).toEqual([false, true]);
    if (by === 'keyboard') expect(newcomer.effort.clicks).toBe(0);
    expect(inside.complaints).toEqual([]);
    console.info(`The newcomer by ${by}: ${newcomer.effort.clicks} clicks, ${newcomer.effort.keys} keys.`);
    const sdk = findReferenceSdk();
    if ('python' in sdk)
      expect(askSdk(sdk.python, [{ text, ending: 'json' }])).toEqual([{ accepted: true, reason: '' }]);
    else skip(`The reference SDK is not asked: ${sdk.missing}.`);
  }, 120_000);
});
