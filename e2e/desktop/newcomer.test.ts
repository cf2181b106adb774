import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import type { ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { signIn, until } from '../harness/client.ts';
import { clientWindow, closeDesktop, findSeat, launchDesktop } from '../harness/electron.ts';
import { Newcomer } from '../harness/newcomer.ts';
import { newcomersFlow, shapeOf } from '../harness/newcomersFlow.ts';
import { checkout, type RunningServer, startServer } from '../harness/server.ts';

const seat = await findSeat('the newcomer at the desktop');

const screens = join(checkout, 'e2e', 'browser', 'screens');
const anna = { customer: 'Anna', complaint: 'The parcel came late' };
const bert = { customer: 'Bert', complaint: 'The lamp is broken' };

describe.skipIf(seat === undefined)('a newcomer, in the desktop program', () => {
  const data = mkdtempSync(join(tmpdir(), 'rondo-desktop-'));
  let server: RunningServer;
  let program: ElectronApplication;

  beforeAll(async () => {
    if (seat === undefined) return;
    server = await startServer();
    program = await launchDesktop({ ...seat, data, server: server.url });
  });
  afterAll(async () => {
    await closeDesktop(program);
    await server?.stop();
    seat?.display.close();
    rmSync(data, { recursive: true, force: true });
  });

  it('draws, tests, reviews, publishes and runs the same flow with the mouse', async () => {
    const page = await clientWindow(program);
    page.setDefaultTimeout(20_000);
    mkdirSync(screens, { recursive: true });
    onTestFailed(async () => {
      console.error(`The desktop stood at ${program.windows().map((window) => window.url())}.`);
      await page.screenshot({ path: join(screens, 'failed-desktop-newcomer.png') }).catch(() => undefined);
    });
    const newcomer = new Newcomer(page);
    await newcomer.signIn();
    await newcomer.begin('Answer complaints');
    await newcomer.draw();
    await page.screenshot({ path: join(screens, 'desktop-newcomer.png') });
    const owner = await signIn(server.url);
    const { flows } = await owner.call<{ flows: { id: string; name: string }[] }>('GET', 'flow.list');
    const flowId = flows.find(({ name }) => name === 'Answer complaints')?.id ?? '';
    const { text } = await owner.call<{ text: string }>('GET', 'flow.export', { flowId });
    expect(shapeOf(openFlow(readDocument(text).tree as JsonObject))).toEqual(newcomersFlow);
    await newcomer.test(anna);
    await newcomer.decide(anna, 'Approve');
    await newcomer.open('Answer complaints');
    await newcomer.publish();
    await newcomer.run(bert);
    await newcomer.decide(bert, 'Reject');
    await until('both runs to end', async () => {
      const { runs } = await owner.call<{ runs: { state: string }[] }>('GET', 'run.list', { flowId });
      return runs.length === 2 && runs.every(({ state }) => state === 'succeeded');
    });
    console.info(`The newcomer at the desktop: ${newcomer.effort.clicks} clicks, ${newcomer.effort.keys} keys.`);
  }, 120_000);
});
