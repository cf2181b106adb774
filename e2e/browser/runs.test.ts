import { createServer } from 'node:http';
import { chain, post, say, sleep } from '@rondo/server/work/testFlows.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { DrawnFlow } from '../harness/canvas.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { rememberFailure } from '../harness/failure.ts';
import { picture, seriousFindings, signInAt, type Visit, visit } from '../harness/pages.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: runs in a browser, 13 tests: no Chromium was found.');

/** A script that refuses the amount 0. */
function half(): JsonObject {
  const amount = { title: 'amount', type: 'number' };
  const tool: JsonObject = {
    component_type: 'BuiltinTool',
    id: 'half-tool',
    name: 'half',
    tool_type: 'rondo.script',
    configuration: { code: 'if (amount === 0) throw new Error("Nothing to halve."); return amount / 2;' },
    inputs: [amount],
    outputs: [{ title: 'halved', type: 'number' }],
  };
  return { component_type: 'ToolNode', id: 'half', name: 'Halve it', metadata: {}, tool };
}

describe.skipIf(found === undefined)('runs, in a browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let owner: SignedIn;
  let inside: Visit;
  let page: Page;
  let slow: string;
  let halve: string;

  beforeAll(async () => {
    if (found === undefined) return;
    [server, browser] = await Promise.all([startServer(), launchChromium(found)]);
    owner = await signIn(server.url);
    slow = await published('Slow', chain([say('hello'), sleep('nap', 3600), say('bye')]));
    const amount: JsonObject[] = [{ title: 'amount', type: 'number' }];
    halve = await published('Halve', chain([say('hello'), half()], amount, [{ title: 'halved', type: 'number' }]));
    inside = await visit(browser, server.url);
    page = inside.page;
    await signInAt(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function published(name: string, document: JsonObject): Promise<string> {
    const text = JSON.stringify({ ...document, name });
    const made = await owner.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: 'flow.json' });
    await owner.call('POST', 'flow.publish', { flowId: made.flowId, baseSeq: 0 });
    return made.flowId;
  }

  const start = (flowId: string, inputs: JsonObject = {}) =>
    owner.call<{ runId: string; number: number }>('POST', 'run.start', { flowId, inputs });
  const stateOf = async (runId: string) => (await owner.call<{ state: string }>('GET', 'run.get', { runId })).state;
  const inState = (runId: string, state: string) =>
    until(`the run to be ${state}`, async () => (await stateOf(runId)) === state);

  const remember = (name: string) => rememberFailure(name, () => ({ page, complaints: inside.complaints }));

  it('a run is paused, goes on, and is kept', async () => {
    remember('run-pause');
    const { runId, number } = await start(slow);
    await inState(runId, 'waiting');
    await page.goto(`/runs/${runId}`);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByText('Olivia Owner paused this run.').waitFor();
    await picture(page, 'run-paused');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    expect(await page.getByText('Olivia Owner paused this run.').count()).toBe(0);
    await page.getByRole('button', { name: 'More for this run' }).click();
    await page.getByRole('menuitem', { name: 'Keep, whatever retention says' }).click();
    await page.getByText('until let go').waitFor();
    await page.getByRole('tab', { name: 'Audit' }).click();
    await page.getByText('let the run go on').waitFor();
    await page.getByRole('button', { name: 'Cancel the run' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click();
    await page.getByText(`Run ${number} is cancelled.`).waitFor();
    await inState(runId, 'cancelled');
  });

  it('a try that failed, and when the next one comes, stand on the canvas and beside the step', async () => {
    remember('run-tries');
    let broken = true;
    const outside = createServer((request, response) => {
      request.resume();
      response.writeHead(broken ? 503 : 200, { 'content-type': 'application/json' }).end('{}');
    });
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    const address = outside.address();
    const call = post('call', `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`);
    const retry_policy = { max_attempts: 2, initial_retry_delay: 6, max_retry_delay: 6, jitter: null };
    const flowId = await published('Tries', chain([say('hello'), { ...call, retry_policy }]));
    try {
      const { runId } = await start(flowId);
      await page.goto(`/runs/${runId}`);
      const canvas = page.getByRole('region', { name: 'The run on its flow' });
      await canvas.getByText(/^try 2 of 3 at \d+:\d\d/).waitFor();
      await page
        .locator('.step-row')
        .getByText(/try 2 of 3 at/)
        .waitFor();
      await picture(page, 'run-tries');
      expect(await seriousFindings(page)).toEqual([]);
      broken = false;
      await page.locator('.run-title').getByText('Done').waitFor();
      expect(await page.getByText(/try 2 of 3/).count()).toBe(0);
    } finally {
      outside.closeAllConnections();
      outside.close();
    }
  });

  it('a run that failed is tried again from the step that failed, with other inputs', async () => {
    remember('run-retry');
    const { runId, number } = await start(halve, { amount: 0 });
    await inState(runId, 'failed');
    await page.goto(`/runs/${runId}`);
    await page.getByText('Nothing to halve.').first().waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('menuitem', { name: 'From another step, or with other inputs …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('What was done before “Halve it” is taken over').waitFor();
    await dialog.getByRole('checkbox', { name: 'With other inputs' }).check();
    await dialog.getByLabel('Amount').fill('12');
    await picture(page, 'run-retry');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Try again' }).click();
    const links = page.getByRole('region', { name: 'Runs that belong to this one' });
    await links.getByRole('link', { name: `Halve ${number}` }).waitFor();
    const next = page.url().split('/').at(-1) ?? '';
    expect(next).not.toBe(runId);
    await inState(next, 'succeeded');
    const run = await owner.call<{ outputs: JsonObject; trigger: string }>('GET', 'run.get', { runId: next });
    expect(run).toMatchObject({ outputs: { halved: 6 }, trigger: 'retry' });
    await links.getByRole('link').click();
    await page.getByText('Tried again by').waitFor();
  });

  it('“run again from here” stands on the step of the canvas too', async () => {
    remember('run-from-here');
    await page.locator('.run-canvas .react-flow__node', { hasText: 'hello' }).click();
    await page.locator('.card-toolbar').getByRole('button', { name: 'Run again from here' }).click();
    await page.getByRole('dialog').getByText('What was done before “hello”').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('run settings limit a flow; the page of a run that has to wait says why', async () => {
    remember('run-limit');
    await page.goto(`/flows/${slow}`);
    await page.getByRole('button', { name: 'More for this flow' }).click();
    await page.getByRole('menuitem', { name: 'Run settings' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Runs at once', { exact: true }).fill('1');
    await dialog.getByLabel('Key', { exact: true }).fill('1 +');
    await dialog.getByRole('textbox', { name: 'Key', exact: true }).and(page.locator('[aria-invalid=true]')).waitFor();
    await dialog.getByLabel('Key', { exact: true }).fill("'a' & 'b'");
    await dialog.getByText('The key is “ab”.').waitFor();
    await picture(page, 'run-settings');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const first = await start(slow);
    const second = await start(slow);
    await inState(first.runId, 'waiting');
    await page.goto(`/runs/${second.runId}`);
    await page.getByText('It waits in the queue: only 1 run of this flow may be under way.').waitFor();
    await picture(page, 'run-queued');
    await owner.call('POST', 'run.cancel', { runId: first.runId });
    await inState(second.runId, 'waiting');
    await page.getByText('It waits in the queue').waitFor({ state: 'detached' });
  });

  it('a flow is paused and let go on', async () => {
    remember('flow-pause');
    await page.goto(`/flows/${slow}`);
    await page.getByRole('button', { name: 'More for this flow' }).click();
    await page.getByRole('menuitem', { name: 'Pause the flow' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause the flow' }).click();
    await page.getByText('Olivia Owner paused this flow').waitFor();
    await picture(page, 'flow-paused');
    await page.getByRole('button', { name: 'Let it go on' }).click();
    await page.getByText('Olivia Owner paused this flow').waitFor({ state: 'detached' });
  });

  it('the whole queue is paused, and every page says so', async () => {
    remember('queue');
    await page.goto('/admin/queue');
    await page.getByRole('button', { name: 'Pause the queue' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause the queue' }).click();
    const banner = page.getByText('Olivia Owner paused the whole queue');
    await banner.waitFor();
    await picture(page, 'queue');
    expect(await seriousFindings(page)).toEqual([]);
    await page.goto('/runs');
    await banner.waitFor();
    await page.getByRole('link', { name: 'To the queue' }).click();
    await page.getByRole('button', { name: 'Let the queue go on' }).click();
    await banner.waitFor({ state: 'detached' });
  });

  it('failed runs are filtered by the address, and tried again together', async () => {
    remember('bulk-retry');
    const started = await Promise.all(Array.from({ length: 12 }, () => start(halve, { amount: 0 })));
    for (const { runId } of started) await inState(runId, 'failed');
    await page.goto(`/runs?flow=${halve}&state=failed`);
    await page.getByLabel(`Choose Halve ${started[0]?.number}`).check();
    await page.getByText('1 run is chosen').waitFor();
    await page.getByRole('button', { name: 'Choose all 13 that match' }).click();
    await page.getByText('All 13 runs that match are chosen').waitFor();
    await picture(page, 'runs-chosen');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('region', { name: 'Chosen runs' }).getByRole('button', { name: 'Try again' }).click();
    const dialog = page.getByRole('dialog', { name: 'Try 13 runs again?' });
    await dialog.getByRole('button', { name: 'Try 13 again' }).click();
    await page.getByText('Tried again: 13 of 13.').waitFor();
    await picture(page, 'runs-tried-again');
    await page.getByRole('region', { name: 'An action over many runs' }).getByRole('button', { name: 'Close' }).click();
    const retried = await owner.call<{ runs: unknown[] }>('GET', 'run.list', { flowId: halve, trigger: 'retry' });
    expect(retried.runs).toHaveLength(14);
  });

  it('removing says how much goes, and leaves alone what has not ended or is kept', async () => {
    remember('bulk-remove');
    await page.goto(`/runs?flow=${slow}`);
    await page.getByLabel('Choose all runs that are shown').check();
    await page.getByRole('region', { name: 'Chosen runs' }).getByRole('button', { name: 'Remove' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove 1 run?' });
    await dialog.getByText('2 runs are left alone').waitFor();
    expect(await dialog.getByText(/\d+ events, .*B, no files\./).count()).toBe(1);
    await picture(page, 'runs-remove');
    await dialog.getByRole('button', { name: 'Remove 1' }).click();
    await page.getByText('Removed: 1 of 1.').waitFor();
    await until('the run to be gone', async () => {
      const { runs } = await owner.call<{ runs: unknown[] }>('GET', 'run.list', { flowId: slow });
      return runs.length === 2;
    });
  });

  it('a step’s policy is written in plain words, a wait gets its branch on time-out', async () => {
    remember('policy');
    const flow = new DrawnFlow(page);
    await page.goto(`/flows/${halve}`);
    const inspector = await flow.select('Halve it');
    await inspector.getByLabel('Try up to so many times', { exact: true }).fill('4');
    await page.keyboard.press('Enter');
    await inspector.getByText('Tried up to 4 times, after 1 s, 2 s, 4 s.').waitFor();
    await inspector.getByRole('button', { name: 'More about the pauses' }).click();
    await picture(page, 'policy');
    await flow.saved();
    await page.goto(`/flows/${slow}`);
    const wait = await flow.select('nap');
    await wait.getByRole('combobox', { name: 'Wait', exact: true }).click();
    await page.getByRole('option', { name: 'until another system calls' }).click();
    await wait.getByLabel('Give up after', { exact: true }).fill('2');
    await page.keyboard.press('Enter');
    await wait.getByRole('button', { name: 'Branch on time-out' }).click();
    await flow.card('In time?').waitFor();
    await flow.saved();
    await picture(page, 'wait-branch');
    expect(await seriousFindings(page)).toEqual([]);
    const { text } = await owner.call<{ text: string }>('GET', 'flow.get', { flowId: slow });
    expect(Object.values(JSON.parse(text).$referenced_components)).toContainEqual(
      expect.objectContaining({ name: 'In time?', mapping: { received: 'received', timed_out: 'timed_out' } }),
    );
  });

  it('a map over many items says how many are done; only the rows in sight are drawn', async () => {
    remember('run-items');
    const number: JsonObject = { title: 'amount', type: 'number' };
    const alone = JSON.stringify(chain([half()], [number], [{ title: 'halved', type: 'number' }]));
    // every id stands in the document once
    const inner = alone.replaceAll(/"(start|end|flow|edge\d)"/g, '"inner-$1"');
    const { agentspec_version: _version, ...subflow } = JSON.parse(inner) as JsonObject;
    const each: JsonObject = {
      component_type: 'ParallelMapNode',
      id: 'each',
      name: 'Halve all',
      metadata: {},
      subflow,
    };
    const lists: JsonObject[] = [{ title: 'iterated_amount', type: 'array', items: { type: 'number' } }];
    const outputs: JsonObject[] = [{ title: 'collected_halved', type: 'array', items: { type: 'number' } }];
    const mapped = await published('Halve all', chain([each], lists, outputs));
    const { runId } = await start(mapped, { iterated_amount: Array.from({ length: 300 }, (_, i) => i + 1) });
    await inState(runId, 'succeeded');
    await page.goto(`/runs/${runId}`);
    await page.locator('.run-canvas').getByText('300 of 300 items').waitFor();
    const rows = page.locator('.step-list .item-row');
    await rows.first().waitFor();
    expect(await rows.count()).toBeLessThan(60);
    await page.getByRole('button', { name: /^Item 1\b/ }).click();
    await page.locator('.step-list').getByText('Halve it').waitFor();
    await picture(page, 'run-items');
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('the list goes on piece by piece, and is where it was after a look at a run', async () => {
    remember('runs-place');
    await Promise.all(Array.from({ length: 120 }, () => start(halve, { amount: 2 })));
    await page.goto('/runs');
    await page.getByRole('button', { name: 'Show more' }).click();
    const main = page.locator('main');
    await until('the second piece', () => main.evaluate((element) => element.scrollHeight > 4500));
    // a piece that is far from what is in view has no rows
    const row = page.locator('.runs-table').getByRole('link').last();
    await row.scrollIntoViewIfNeeded();
    const before = await main.evaluate((element) => element.scrollTop);
    expect(before).toBeGreaterThan(1000);
    await row.click();
    await page.getByRole('heading', { name: /^Run \d+$/ }).waitFor();
    await page.goBack();
    await until('the place in the list', async () => {
      const now = await main.evaluate((element) => element.scrollTop);
      return Math.abs(now - before) < 200;
    });
  });

  it('run and runs fit a phone, in dark', async () => {
    remember('narrow');
    const phone = await visit(browser, server.url, 'dark');
    await phone.page.setViewportSize({ width: 360, height: 740 });
    await signInAt(phone.page);
    const { runs } = await owner.call<{ runs: { id: string }[] }>('GET', 'run.list', {
      flowId: halve,
      state: 'failed',
    });
    for (const [name, path] of [
      ['runs-narrow-dark', '/runs'],
      ['run-narrow-dark', `/runs/${runs[0]?.id}`],
    ] as const) {
      await phone.page.goto(path);
      await phone.page.getByText('Halve').first().waitFor();
      await picture(phone.page, name);
      const wider = await phone.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider, name).toBeLessThanOrEqual(0);
      expect(await seriousFindings(phone.page)).toEqual([]);
    }
    await phone.context.close();
  });
});
