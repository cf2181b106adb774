import { chain, say } from '@rondo/server/work/testFlows.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { picture, seriousFindings, signInAt, type Visit, visit } from '../harness/pages.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: what starts a flow, in a browser, 5 tests: no Chromium was found.');

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

  async function published(name: string): Promise<string> {
    const inputs: JsonObject[] = [{ title: 'product', type: 'string' }];
    const text = JSON.stringify({ ...chain([say('hello')], inputs, inputs), name });
    const made = await owner.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: 'flow.json' });
    await owner.call('POST', 'flow.publish', { flowId: made.flowId, baseSeq: 0 });
    return made.flowId;
  }

  const runs = async () => (await owner.call<{ runs: Run[] }>('GET', 'run.list', { flowId })).runs;

  function remember(name: string, of: () => Page = () => page): void {
    onTestFailed(async () => {
      await picture(of(), `failed-${name}`).catch(() => {});
      console.error(`${of().url()}\n${inside.complaints.join('\n')}`);
    });
  }

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
    await dialog.getByLabel('Title').fill('Order a chair');
    await dialog.getByLabel('What people read above the form').fill('We deliver within a week.');
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
});
