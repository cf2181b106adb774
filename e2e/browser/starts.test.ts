import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chain, say } from '@rondo/server/work/testFlows.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { rememberFailure } from '../harness/failure.ts';
import { picture, seriousFindings, signInAt, type Visit, visit } from '../harness/pages.ts';
import { checkout, type RunningServer, startServer } from '../harness/server.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: what starts a flow, in a browser, 8 tests: no Chromium was found.');

interface Run {
  id: string;
  number: number;
  actorName: string;
  trigger: string;
}

describe.skipIf(found === undefined)('what starts a flow, in a browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let owner: SignedIn;
  let inside: Visit;
  let page: Page;
  let flowId: string;
  let link = '';

  beforeAll(async () => {
    if (found === undefined) return;
    [server, browser] = await Promise.all([startServer(), launchChromium(found)]);
    owner = await signIn(server.url);
    flowId = await published('Order');
    await published('Shipping');
    inside = await visit(browser, server.url);
    page = inside.page;
    await signInAt(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function published(
    name: string,
    inputs: JsonObject[] = [{ title: 'product', type: 'string' }],
  ): Promise<string> {
    const text = JSON.stringify({ ...chain([say('hello')], inputs, inputs), name });
    const made = await owner.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: 'flow.json' });
    await owner.call('POST', 'flow.publish', { flowId: made.flowId, baseSeq: 0 });
    return made.flowId;
  }

  const runs = async () => (await owner.call<{ runs: Run[] }>('GET', 'run.list', { flowId })).runs;

  const remember = (name: string, of: () => Page = () => page) =>
    rememberFailure(name, () => ({ page: of(), complaints: inside.complaints }));

  it('the flow’s menu leads to a page that says so when nothing does', async () => {
    remember('starts-empty');
    await page.goto(`/flows/${flowId}`);
    await page.getByRole('button', { name: 'More for this flow' }).click();
    await page.getByRole('menuitem', { name: 'What starts it' }).click();
    await page.getByRole('heading', { name: 'What starts “Order”' }).waitFor();
    for (const words of ['It is on no schedule.', 'No webhook yet', 'No start form yet', 'No flow starts this one'])
      await page.getByText(words).waitFor();
    await picture(page, 'starts-empty');
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('a webhook is made; its secret is shown once; a test call of an open one starts a run', async () => {
    remember('webhook');
    await page.getByRole('button', { name: 'New webhook' }).click();
    let dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Create the webhook' }).click();
    await dialog.getByText('Enter a name.').waitFor();
    await dialog.getByLabel('Name', { exact: true }).fill('Shop');
    await picture(page, 'webhook-new');
    await dialog.getByRole('button', { name: 'Create the webhook' }).click();
    await dialog.getByText('Copy the secret now: it is not shown again.').waitFor();
    const secret = await dialog.getByLabel('Secret').inputValue();
    expect(secret).toMatch(/^whsec_/);
    await picture(page, 'webhook-made');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Signed by Standard Webhooks').waitFor();
    expect(await page.content()).not.toContain(secret);

    await page.getByRole('button', { name: 'New webhook' }).click();
    dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Open');
    await dialog.getByRole('combobox', { name: 'Who may call it' }).click();
    await page.getByRole('option', { name: 'Whoever knows the address' }).click();
    await dialog.getByRole('button', { name: 'Create the webhook' }).click();
    await dialog.getByLabel('Body (JSON)').fill('{"product": "Chair"}');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await dialog.getByText('Answer 202').waitFor();
    await dialog.getByLabel('Body (JSON)').fill('{"product": ');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await dialog.getByText('Answer 400').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    expect(await runs()).toMatchObject([{ trigger: 'webhook', actorName: 'Webhook “Open”' }]);
  });

  it('the calls tell why one was refused; once the reason is mended it is sent again', async () => {
    remember('calls');
    await owner.call('POST', 'flow.pause', { flowId });
    const { webhooks } = await owner.call<{ webhooks: { name: string; address: string }[] }>('GET', 'webhook.list', {
      flowId,
    });
    const address = webhooks.find((one) => one.name === 'Open')?.address ?? '';
    const headers = { 'content-type': 'application/json' };
    const refused = await fetch(address, { method: 'POST', headers, body: '{"product": "Table"}' });
    expect(refused.status).toBe(409);
    await page.reload();
    await page.getByText('2 calls were refused today').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The flow “Order” is paused.').waitFor();
    await dialog.getByText('Refused', { exact: true }).first().click();
    await dialog
      .getByRole('button', { name: /^Show what was sent/ })
      .first()
      .click();
    await dialog.getByText('{"product": "Table"}').waitFor();
    await picture(page, 'webhook-calls');
    await owner.call('POST', 'flow.resume', { flowId });
    await dialog.getByRole('button', { name: 'Send again' }).first().click();
    await page.getByText('It was sent again: it started a run.').waitFor();
    expect((await runs())[0]).toMatchObject({ trigger: 'webhook', actorName: 'Olivia Owner' });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('a start form’s link opens for anybody, sends once, and gives a number; taken back, it says so', async () => {
    remember('form-new');
    await page.getByRole('button', { name: 'New start form' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Title', { exact: true }).fill('Order a chair');
    await dialog.getByLabel('What people read above the form', { exact: true }).fill('We deliver within a week.');
    await dialog.getByRole('button', { name: 'Create the link' }).click();
    link = await dialog.getByLabel('Link').inputValue();
    await dialog.getByRole('button', { name: 'Done' }).click();

    const guest = await visit(browser, server.url);
    remember('form', () => guest.page);
    await guest.page.goto(link);
    await guest.page.getByRole('heading', { name: 'Order a chair' }).waitFor();
    await guest.page.getByText('We deliver within a week.').waitFor();
    await guest.page.getByLabel('Product').waitFor();
    await picture(guest.page, 'start-form');
    expect(await seriousFindings(guest.page)).toEqual([]);
    const before = (await runs()).length;
    await guest.page.getByLabel('Product').fill('Stool');
    await guest.page.getByRole('button', { name: 'Send' }).dblclick();
    const reference = await guest.page.getByTestId('reference').textContent();
    await picture(guest.page, 'start-form-thanks');
    const [run] = await runs();
    expect(run).toMatchObject({ number: Number(reference), trigger: 'form', actorName: 'Form “Order a chair”' });
    // The page loaded anew and sent again is the same run.
    await guest.page.reload();
    await guest.page.getByLabel('Product').fill('Stool');
    await guest.page.getByRole('button', { name: 'Send' }).click();
    await guest.page.getByText('it was not sent twice').waitFor();
    expect(await guest.page.getByTestId('reference').textContent()).toBe(reference);
    expect(await runs()).toHaveLength(before + 1);
    await guest.page.getByRole('button', { name: 'Send another one' }).click();
    await guest.page.getByLabel('Product').fill('Bench');
    await guest.page.getByRole('button', { name: 'Send' }).click();
    await guest.page.getByText('We have received what you sent.').waitFor();
    expect(await runs()).toHaveLength(before + 2);

    await page.reload();
    await page.getByText('Used 2 times').waitFor();
    await page.getByRole('button', { name: 'Take back Order a chair' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
    await page.getByText('Taken back', { exact: true }).waitFor();
    await guest.page.goto(link);
    await guest.page.getByText('This link was taken back.').waitFor();
    await guest.context.close();
  });

  it('another flow is added, and its end starts this one', async () => {
    remember('links');
    await page.getByRole('button', { name: 'Add a flow' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'When this flow ends' }).click();
    await page.getByRole('option', { name: 'Shipping' }).click();
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: 'Shipping' }).waitFor();
    const before = (await runs()).length;
    await owner.call('POST', 'run.start', { flowId: 'shipping', inputs: { product: 'Shelf' } });
    await until('the linked run', async () => (await runs()).length === before + 1);
    expect((await runs())[0]).toMatchObject({ trigger: 'flow' });
    await page.reload();
    await page.getByRole('link', { name: 'Started a run' }).waitFor();
    await picture(page, 'starts');
    const dark = await visit(browser, server.url, 'dark');
    await signInAt(dark.page);
    await dark.page.goto(`/flows/${flowId}/starts`);
    await dark.page.getByRole('link', { name: 'Started a run' }).waitFor();
    await picture(dark.page, 'starts-dark');
    expect(await seriousFindings(dark.page)).toEqual([]);
    await dark.context.close();
  });
  describe('with a file', () => {
    const words = 'Twelve euros and fifty cents.';
    const receipt = { name: 'receipt.txt', mimeType: 'text/plain', buffer: Buffer.from(words) };
    let claim = '';

    beforeAll(async () => {
      if (found === undefined) return;
      claim = await published('Claim', [
        { title: 'receipt', type: 'string', format: 'rondo-file', description: 'A photo, or the PDF of the shop.' },
        { title: 'reason', type: 'string' },
      ]);
    });

    async function pictures(of: Page, name: string, around = of.locator('main')): Promise<void> {
      for (const [width, height] of [[1280, 800] as const, [400, 800] as const]) {
        await of.setViewportSize({ width, height });
        await around.evaluate((part) => part.scrollIntoView());
        for (const scheme of ['light', 'dark'] as const) {
          await of.emulateMedia({ colorScheme: scheme });
          await of.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor();
          await picture(of, `${name}-${scheme}-${width}`);
          expect(await seriousFindings(of)).toEqual([]);
          expect(await of.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        }
      }
      await of.setViewportSize({ width: 1440, height: 900 });
      await of.emulateMedia({ colorScheme: 'light' });
    }

    it('somebody who is not signed in uploads it on a start form; the run ends with it', async () => {
      const made = await owner.call<{ link: string }>('POST', 'startForm.create', {
        flowId: claim,
        title: 'Claim your expenses',
      });
      const guest = await visit(browser, server.url);
      remember('form-file', () => guest.page);
      await guest.page.goto(made.link);
      await guest.page.locator('input[type=file]').setInputFiles(receipt);
      await guest.page.getByText('receipt.txt').waitFor();
      await guest.page.getByLabel('Reason').fill('Travel');
      await pictures(guest.page, 'start-form-file');
      await guest.page.getByRole('button', { name: 'Send' }).click();
      const reference = await guest.page.getByTestId('reference').textContent();
      expect(guest.complaints).toEqual([]);
      await guest.context.close();

      const ended = await until('the run to end', async () => {
        const { runs: all } = await owner.call<{ runs: (Run & { state: string })[] }>('GET', 'run.list', {
          flowId: claim,
        });
        return all.find((run) => run.number === Number(reference) && run.state === 'succeeded');
      });
      expect(ended).toMatchObject({ trigger: 'form' });
      await page.goto(`/runs/${ended?.id}`);
      await page.getByRole('tab', { name: 'Values' }).click();
      const values = page.getByRole('tabpanel', { name: 'Values' });
      // it stands among what went in and among what came out
      await until('the file twice', async () => (await values.getByText('receipt.txt').count()) === 2);
    });

    it('it is looked at and downloaded on the page of a run, where a large value is loaded when it is asked for', async () => {
      remember('run-file');
      const before = inside.complaints.length;
      const long = `Because ${'it had to be done '.repeat(5000)}.`;
      await page.goto('/flows');
      await page.getByRole('button', { name: 'More actions for Claim' }).click();
      await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Run', exact: true }).click();
      await dialog.getByText('This is needed.').first().waitFor();
      await dialog.locator('input[type=file]').setInputFiles(receipt);
      await dialog.getByText('receipt.txt').waitFor();
      await dialog.getByLabel('Reason').fill(long);
      await picture(page, 'start-dialog-file');
      // the browser has no room left to remember what was entered: the run starts all the same, once
      await page.evaluate(() => sessionStorage.setItem('full', 'x'.repeat(5 * 1024 * 1024 - 60_000)));
      await dialog.getByRole('button', { name: 'Run', exact: true }).click();
      await page.waitForURL(/\/runs\/[0-9a-f-]+/);
      await page.evaluate(() => sessionStorage.removeItem('full'));
      await page.getByText('Done', { exact: true }).first().waitFor();
      await page.getByRole('tab', { name: 'Values' }).click();
      const values = page.getByRole('tabpanel', { name: 'Values' });
      const file = values.locator('.file-value').first();
      const downloading = page.waitForEvent('download');
      await file.getByRole('link', { name: 'Download' }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toBe('receipt.txt');
      expect(readFileSync(await download.path(), 'utf8')).toBe(words);
      const opening = page.context().waitForEvent('page');
      await file.getByRole('link', { name: 'Look at it' }).click();
      const opened = await opening;
      await opened.getByText(words).waitFor();
      await opened.close();

      await values.getByText('A large value, 90 kB').first().waitFor();
      expect(await page.content()).not.toContain(long);
      await pictures(page, 'run-file', values);
      await values.getByRole('button', { name: 'Show', exact: true }).first().click();
      await values.getByText(long).waitFor();
      await pictures(page, 'run-large-value', values);
      expect(inside.complaints.slice(before)).toEqual([]);
    });

    it('a picture is seen among the values', async () => {
      remember('run-picture');
      const kept = await fetch(`${server.url}/files?name=logo.png`, {
        method: 'POST',
        headers: { cookie: owner.cookie, origin: server.url, 'content-type': 'image/png' },
        body: readFileSync(join(checkout, 'desktop', 'main', 'icons', 'rondo.png')),
      });
      const { ref } = (await kept.json()) as { ref: string };
      const inputs = { receipt: ref, reason: 'Logo' };
      const run = { flowId: claim, inputs, waitSeconds: 20 };
      const { runId } = await owner.call<{ runId: string }>('POST', 'run.start', run);
      await page.goto(`/runs/${runId}`);
      await page.getByRole('tab', { name: 'Values' }).click();
      const values = page.getByRole('tabpanel', { name: 'Values' });
      const shown = values.getByRole('img', { name: 'logo.png' }).first();
      await until('the picture to be there', () =>
        shown.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0),
      );
      await pictures(page, 'run-picture', values);
    });
  });
});
