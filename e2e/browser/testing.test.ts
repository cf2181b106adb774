import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chain, post, say } from '@rondo/server/work/testFlows.ts';
import { openFlow, rondoOf, rootFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { testsOf } from '@rondo/shared/runs/pinnedTests.ts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { DrawnFlow } from '../harness/canvas.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { rememberFailure } from '../harness/failure.ts';
import { fieldsWithoutHelp } from '../harness/fieldHelp.ts';
import { picture, seriousFindings, signInAt, type Visit, visit } from '../harness/pages.ts';
import { type RunningServer, startServer } from '../harness/server.ts';
import { askSdk, findReferenceSdk } from '../oracle/referenceSdk.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: testing a flow in a browser: no Chromium was found.');

describe.skipIf(found === undefined)('a flow is tried out on its canvas', () => {
  let server: RunningServer;
  let browser: Browser;
  let owner: SignedIn;
  let inside: Visit;
  let page: Page;
  let drawn: DrawnFlow;
  let outside: Server;
  let calls: string[] = [];
  let rate = 2;
  let flowId: string;

  beforeAll(async () => {
    if (found === undefined) return;
    outside = createServer((request, response) => {
      calls.push(request.url ?? '');
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ rate }));
    });
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    [server, browser] = await Promise.all([startServer({ env: { RONDO_ALLOW_PRIVATE: '1' } }), launchChromium(found)]);
    owner = await signIn(server.url);
    ({ flowId } = await owner.call<{ flowId: string }>('POST', 'flow.import', {
      text: JSON.stringify({ ...exchange(), name: 'Exchange' }),
      fileName: 'flow.json',
    }));
    inside = await visit(browser, server.url);
    page = inside.page;
    drawn = new DrawnFlow(page);
    await signInAt(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    outside?.close();
  });

  /** Asks for a rate over HTTP, multiplies by it, decides by the result. */
  function exchange(): JsonObject {
    const number = (title: string): JsonObject => ({ title, type: 'number' });
    const { port } = outside.address() as AddressInfo;
    const ask = {
      ...post('rate', `http://127.0.0.1:${port}/rate/{{ amount }}`),
      name: 'Get the rate',
      inputs: [number('amount')],
      outputs: [number('rate')],
    };
    const tool: JsonObject = {
      component_type: 'BuiltinTool',
      id: 'times-tool',
      name: 'times',
      tool_type: 'rondo.formula',
      configuration: { expression: 'amount * rate' },
      inputs: [number('amount'), number('rate')],
      outputs: [number('total')],
    };
    const times: JsonObject = { component_type: 'ToolNode', id: 'times', name: 'Multiply', metadata: {}, tool };
    return referenced(chain([ask, times, { ...say('tell'), name: 'Tell' }], [number('amount')], [number('total')]));
  }

  const remember = (name: string) => rememberFailure(name, () => ({ page, complaints: inside.complaints }));
  const treeOf = async () => {
    const { text } = await owner.call<{ text: string }>('GET', 'flow.export', { flowId });
    const { tree } = readDocument(text);
    if (!tree) throw new Error('unreadable');
    return tree;
  };
  const drawer = () => page.getByRole('region', { name: 'Problems, test runs and data' });
  const dialog = () => page.getByRole('dialog');
  const newestRun = async () =>
    (await owner.call<{ runs: { id: string; trigger: string; state: string }[] }>('GET', 'run.list', { flowId }))
      .runs[0];
  const newestOf = async (trigger: string) =>
    (await owner.call<{ runs: { id: string }[] }>('GET', 'run.list', { flowId, trigger })).runs[0]?.id;
  async function ended(trigger: string): Promise<string> {
    return until(`a run by ${trigger} to end`, async () => {
      const run = await newestRun();
      return run?.trigger === trigger && run.state === 'succeeded' && run.id;
    });
  }
  async function pathsOf(runId: string): Promise<string[]> {
    const { events } = await owner.call<{ events: { kind: string; path: string; given?: boolean }[] }>(
      'GET',
      'run.events',
      { runId },
    );
    return events.flatMap((event) => (event.kind === 'step_succeeded' && !event.given ? [event.path] : []));
  }
  async function testTab(name: string): Promise<Locator> {
    const inspector = await drawn.select(name);
    await inspector.getByRole('tab', { name: 'Test' }).click();
    return inspector;
  }

  it('up to a step, one step, and from a step on: what happens outside is said before', async () => {
    remember('testing-parts');
    await page.goto(`/flows/${flowId}`);
    await drawn.drawn(5);
    await (await testTab('Get the rate')).getByRole('button', { name: 'Run up to here' }).click();
    await dialog().getByText('“Get the rate” will call 127.0.0.1').waitFor();
    await dialog().getByLabel('Amount').fill('3');
    await picture(page, 'testing-to-here');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Run up to here' }).click();
    expect(await pathsOf(await ended('part'))).toEqual(['start', 'rate']);
    expect(calls).toEqual(['/rate/3']);

    // one step by its key, on what that run gave
    await drawn.card('Multiply').locator('.step-name').click();
    await page.keyboard.press('r');
    await dialog().getByText('Nothing outside of this flow is reached.').waitFor();
    expect(await dialog().getByLabel('Amount').inputValue()).toBe('3');
    expect(await dialog().getByLabel('Rate').inputValue()).toBe('2');
    const before = (await newestRun())?.id;
    await dialog().getByRole('button', { name: 'Run this step' }).click();
    const one = await until('another run', async () => {
      const run = await newestRun();
      return run?.id !== before && run?.state === 'succeeded' && run.id;
    });
    expect(await pathsOf(one)).toEqual(['times']);
    await drawer().getByText('A test of a part of the draft: only “Multiply”').waitFor();

    // from here on, from the menu of the card; the Test button has it, too
    await page.getByRole('button', { name: 'More ways to test' }).click();
    await page.getByRole('menuitem', { name: /Run from here on/ }).waitFor();
    await page.keyboard.press('Escape');
    await drawn.card('Multiply').click({ button: 'right' });
    await page.getByRole('menuitem', { name: /Run from here on/ }).click();
    await until('the keys to be in the dialog', () =>
      page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null),
    );
    await dialog().getByLabel('Rate').fill('5');
    await dialog().getByRole('button', { name: 'Run from here' }).click();
    const from = await until('the run from here', async () => {
      const run = await newestRun();
      return run?.id !== one && run?.state === 'succeeded' && run.id;
    });
    expect(await pathsOf(from)).toEqual(['times', 'tell', 'end']);
    const { outputs } = await owner.call<{ outputs: unknown }>('GET', 'run.get', { runId: from });
    expect(outputs).toEqual({ total: 15 });
    expect(calls).toHaveLength(1);
    await drawn.card('Multiply').hover();
    const peek = page.getByRole('region', { name: 'Values of “Multiply”' });
    await peek.getByText('15').waitFor();
    await picture(page, 'testing-peek');
  });

  it('a sample stands for a step in tests, and never when the flow is published', async () => {
    remember('testing-samples');
    const inspector = await testTab('Get the rate');
    await inspector.getByRole('button', { name: 'Type a sample' }).click();
    await dialog().getByLabel('Rate').fill('7');
    await dialog().getByRole('button', { name: 'Pin', exact: true }).click();
    await drawn.saved();
    await drawn.card('Get the rate').getByTitle('Pinned sample of “Get the rate”').waitFor();
    await picture(page, 'testing-sample');
    const node = openFlow(await treeOf()).nodeById.get('rate');
    expect(rondoOf(node?.component ?? {}).sample).toEqual({ outputs: { rate: 7 } });
    calls = [];
    await page.getByRole('button', { name: 'Test', exact: true }).first().click();
    await dialog().getByText('Use the pinned sample of 1 step').waitFor();
    await dialog().getByLabel('Amount').fill('4');
    await picture(page, 'testing-all');
    await dialog().getByRole('button', { name: 'Start the test' }).click();
    await drawer().getByText('28').waitFor();
    expect(calls).toEqual([]);
    const pinned = async () => rondoOf(openFlow(await treeOf()).nodeById.get('rate')?.component ?? {}).sample;
    await inspector.getByRole('button', { name: 'Unpin' }).click();
    await until('the sample to be gone', async () => (await pinned()) === undefined);
    await page.keyboard.press('Control+z');
    await until('the sample to be back', async () => (await pinned()) !== undefined);
    const { seq } = await owner.call<{ seq: number }>('GET', 'flow.get', { flowId });
    await owner.call('POST', 'flow.publish', { flowId, baseSeq: seq });
    const run = await owner.call<{ outputs: unknown }>('POST', 'run.start', {
      flowId,
      inputs: { amount: 4 },
      waitSeconds: 20,
    });
    expect(run.outputs).toEqual({ total: 8 });
    expect(calls).toEqual(['/rate/4']);
  });

  it('a run is kept as a test, which publishing runs', async () => {
    remember('testing-tests');
    await page.reload();
    await drawn.drawn(5);
    await drawer()
      .getByRole('button', { name: /^Test runs/ })
      .click();
    await drawer()
      .getByRole('button', { name: /Finished/ })
      .first()
      .click();
    await drawer().getByRole('button', { name: 'Keep as a test' }).click();
    await drawn.saved();
    const [test] = testsOf(rootFlow(await treeOf()) ?? {});
    expect(test).toMatchObject({
      inputs: { amount: 4 },
      given: { rate: { outputs: { rate: 7 } } },
      expect: { state: 'succeeded', outputs: { total: 28 } },
    });
    calls = [];
    await drawer().getByRole('button', { name: 'Run all tests' }).click();
    await drawer().getByText('Passed').waitFor();
    expect(calls).toEqual([]);

    // by form: another answer from outside, so that the expected total does not come out any more
    await drawer().getByRole('button', { name: /^Edit/ }).click();
    await dialog().getByRole('textbox', { name: /^Name/ }).fill('Four francs');
    await dialog().getByRole('textbox', { name: /^Rate/ }).fill('8');
    // of the fields of the flow itself, whoever drew it tells
    expect(await fieldsWithoutHelp(dialog())).toEqual([expect.stringContaining('Amount')]);
    await picture(page, 'testing-form');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Keep the test' }).click();
    await drawn.saved();
    await drawer().getByRole('button', { name: 'Run “Four francs”' }).click();
    await drawer().getByRole('row', { name: 'total 28 32' }).waitFor();
    await picture(page, 'testing-failed');
    expect(await seriousFindings(page)).toEqual([]);

    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await dialog().getByText('1 pinned test has not passed.').waitFor();
    await picture(page, 'testing-publish');
    expect(await seriousFindings(page)).toEqual([]);
    const publish = dialog().getByRole('button', { name: /Publish version/ });
    expect(await publish.isDisabled()).toBe(true);
    await dialog().getByLabel('Publish although tests have not passed').check();
    await publish.click();
    await dialog().waitFor({ state: 'detached' });
    const { versions } = await owner.call<{ versions: { number: number; note: string }[] }>('GET', 'flow.versions', {
      flowId,
    });
    expect(versions[0]).toMatchObject({ number: 2, note: expect.stringContaining('“Four francs”') });

    await drawer().getByRole('button', { name: 'Edit “Four francs”' }).click();
    await dialog()
      .getByRole('textbox', { name: /^Total/ })
      .fill('32');
    await dialog().getByRole('button', { name: 'Keep the test' }).click();
    await drawn.saved();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await dialog().getByText('The pinned test has passed.').waitFor();
    await dialog()
      .getByRole('button', { name: /Publish version/ })
      .click();
    await dialog().waitFor({ state: 'detached' });
    expect(inside.complaints).toEqual([]);
  });

  it('a flow with samples and tests is accepted by the reference SDK', async ({ skip }) => {
    const sdk = findReferenceSdk();
    if (!('python' in sdk)) skip(`The reference SDK is not asked: ${sdk.missing}.`);
    else {
      const { text } = await owner.call<{ text: string }>('GET', 'flow.export', { flowId });
      expect(text).toContain('"sample"');
      expect(text).toContain('"tests"');
      expect(askSdk(sdk.python, [{ text, ending: 'json' }])).toEqual([{ accepted: true, reason: '' }]);
    }
  });

  it('two runs are compared step by step, and a past run is played on its version', async () => {
    remember('testing-compare');
    rate = 3;
    const started = async (amount: number) =>
      (
        await owner.call<{ runId: string; number: number }>('POST', 'run.start', {
          flowId,
          version: 1,
          inputs: { amount },
          waitSeconds: 20,
        })
      ).runId;
    const a = await started(4);
    rate = 5;
    const b = await started(4);
    await page.goto(`/runs?flow=${flowId}`);
    const boxes = page.getByRole('row').getByRole('checkbox');
    await until('the rows', async () => (await boxes.count()) > 3);
    await boxes.nth(1).check();
    await boxes.nth(2).check();
    await page.getByRole('link', { name: 'Compare' }).click();
    await page.getByText('The first difference is at “Get the rate”: what came out.').waitFor();
    expect(new URL(page.url()).search).toBe(`?a=${a}&b=${b}`);
    const rows = page.getByRole('region', { name: 'Steps' }).getByRole('button');
    expect((await rows.allTextContents()).length).toBe(4);
    await page.getByRole('row', { name: 'rate 3 5' }).waitFor();
    await rows.filter({ hasText: 'Multiply' }).click();
    await page.getByRole('row', { name: 'total 12 20' }).waitFor();
    await picture(page, 'compare-light');
    expect(await seriousFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'compare-dark');
    expect(await seriousFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    const test = await newestOf('check');
    await page.goto(`/runs/compare?a=${a}&b=${test}`);
    await page.getByText(/^The runs are of different versions of the flow: version 1 and a draft/).waitFor();

    await page.goto(`/runs/${a}`);
    await page.getByRole('button', { name: 'More for this run' }).click();
    await page.getByRole('menuitem', { name: 'Compare with…' }).click();
    await dialog().getByRole('link').first().waitFor();
    await page.keyboard.press('Escape');
    // the run is of version 1, which had no pinned test; the draft of today is another one
    const bar = page.getByRole('slider', { name: 'Moment of the run' });
    await page.getByLabel('Speed').selectOption('0.5');
    await bar.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    const seen = new Set<string>();
    await until('the run to be played', async () => {
      seen.add((await bar.getAttribute('aria-valuetext')) ?? '');
      return seen.size > 3;
    });
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Play the run' }).waitFor();
    expect([...seen].some((words) => words.includes('Get the rate: '))).toBe(true);
    await picture(page, 'run-played');
    expect(await seriousFindings(page)).toEqual([]);
    expect(inside.complaints).toEqual([]);
  });

  it('a step of a flow inside is run by itself; large inputs stand in the form again', async () => {
    remember('testing-inside');
    const text = (title: string): JsonObject => ({ title, type: 'string' });
    const length: JsonObject = { title: 'length', type: 'number' };
    const tool: JsonObject = {
      component_type: 'BuiltinTool',
      id: 'count-tool',
      name: 'count',
      tool_type: 'rondo.formula',
      configuration: { expression: '$length(text)' },
      inputs: [text('text')],
      outputs: [length],
    };
    const count: JsonObject = { component_type: 'ToolNode', id: 'count', name: 'Count', metadata: {}, tool };
    const { agentspec_version: _version, ...inner } = renamed(chain([count], [text('text')], [length]), 'in-');
    const step: JsonObject = { component_type: 'FlowNode', id: 'inside', name: 'Nested', metadata: {}, subflow: inner };
    const document = { ...chain([step], [text('text')], [length]), name: 'Lengths' };
    const made = await owner.call<{ flowId: string }>('POST', 'flow.import', {
      text: JSON.stringify(document),
      fileName: 'flow.json',
    });
    const inputs = { text: 'x'.repeat(100_000) };
    await owner.call('POST', 'run.start', { flowId: made.flowId, version: 'draft', inputs, waitSeconds: 20 });
    await page.goto(`/flows/${made.flowId}`);
    await drawn.drawn(3);
    await page.getByRole('button', { name: 'Test', exact: true }).first().click();
    expect((await dialog().getByRole('textbox', { name: /^Text/ }).inputValue()).length).toBe(100_000);
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await (await drawn.select('Nested')).getByRole('button', { name: 'Open flow' }).click();
    await drawn.card('Count').waitFor();
    await (await testTab('Count')).getByRole('button', { name: 'Run this step only' }).click();
    await dialog().getByRole('textbox', { name: /^Text/ }).fill('four');
    await dialog().getByRole('button', { name: 'Run this step' }).click();
    await drawn.inspector().getByText('4', { exact: true }).waitFor();
    await drawn.card('Count').getByTitle('Done').waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'testing-inside-dark');
    expect(await seriousFindings(page)).toEqual([]);
    expect(inside.complaints).toEqual([]);
  });
});

/** The same flow with its steps among the referenced components, as the reference SDK writes them. */
function referenced(flow: JsonObject): JsonObject {
  const nodes = (flow.nodes as JsonObject[]).map((node): [string, JsonObject] => [String(node.id), node]);
  return {
    ...flow,
    nodes: nodes.map(([id]) => ({ $component_ref: id })),
    $referenced_components: Object.fromEntries(nodes),
  };
}

/** The same flow with other ids for its flow, ends and edges, so that it can stand inside another one. */
function renamed(flow: JsonObject, prefix: string): JsonObject {
  const ids = /"(id|\$component_ref)":"(flow|start|end|edge\d+)"/g;
  return JSON.parse(JSON.stringify(flow).replaceAll(ids, `"$1":"${prefix}$2"`));
}
