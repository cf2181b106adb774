/**
 * `npm run bench -- --page`: the page of a run whose journal has more than 10,000 events, in a real Chromium, beside
 * the page of a run of one step: until its steps stand there, how long the window was blocked, and the memory.
 */
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { signIn } from '../harness/client.ts';
import { signInAt, visit } from '../harness/pages.ts';
import { startServer } from '../harness/server.ts';
import { mapFlow } from './flows.ts';
import { median } from './load.ts';
import { line } from './table.ts';

const items = 700;
const looks = 5;

const found = await findChromium();
if (!found) {
  console.log('There is no Chromium on this machine: the page of a run was not measured.');
  process.exit(0);
}
const server = await startServer({ env: { RONDO_LOG_LEVEL: 'error' } });
const browser = await launchChromium(found);
try {
  const session = await signIn(server.url);
  const run = async (flow: JsonObject, inputs: JsonObject) => {
    const imported = { text: JSON.stringify(flow), fileName: 'bench.json' };
    const { flowId } = await session.call<{ flowId: string }>('POST', 'flow.import', imported);
    await session.call('POST', 'flow.publish', { flowId, baseSeq: 0 });
    const started = { flowId, inputs, waitSeconds: 60 };
    const { runId } = await session.call<{ runId: string }>('POST', 'run.start', started);
    const { events } = await session.call<{ events: unknown[] }>('GET', 'run.events', { runId });
    return { runId, count: events.length };
  };
  const small = await run(mapFlow(1), { iterated_n: [1] });
  const large = await run(mapFlow(items), { iterated_n: Array.from({ length: items }, (_, index) => index) });
  const { page, context } = await visit(browser, server.url);
  await signInAt(page);
  const devtools = await context.newCDPSession(page);
  const look = async (runId: string) => {
    await page.goto('/runs');
    await page.getByRole('heading', { name: 'Runs' }).waitFor();
    const begun = performance.now();
    await page.goto(`/runs/${runId}`);
    await page.locator('.step-row').first().waitFor();
    const took = performance.now() - begun;
    const { result } = await devtools.send('Runtime.evaluate', { expression: 'performance.memory.usedJSHeapSize' });
    return { took, memory: Number(result.value) / 1_048_576 };
  };
  for (const [what, { runId, count }] of [
    ['the page of a small run', small],
    ['the page of a long run', large],
  ] as const) {
    const all: { took: number; memory: number }[] = [];
    for (let turn = 0; turn < looks; turn += 1) all.push(await look(runId));
    line(`${what}, ${count} events: its steps stand there`, '', `${median(all.map((one) => one.took)).toFixed(0)} ms`);
    line('  memory of the page', '', `${median(all.map((one) => one.memory)).toFixed(0)} MB`);
  }
  const begun = performance.now();
  await session.call('GET', 'run.events', { runId: large.runId });
  line('  the events alone, as a program gets them', '', `${(performance.now() - begun).toFixed(0)} ms`);
} finally {
  await browser.close();
  await server.stop();
}
