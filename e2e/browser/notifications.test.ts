import { createServer, type Server } from 'node:http';
import { freePort } from '@rondo/server/testPort.ts';
import { chain, post } from '@rondo/server/work/testFlows.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { rememberFailure } from '../harness/failure.ts';
import { picture, seriousFindings, signInAt, type Visit, visit } from '../harness/pages.ts';
import { type RunningServer, startServer } from '../harness/server.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: notifications in a browser, 3 tests: no Chromium was found.');

describe.skipIf(found === undefined)('notifications in a browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let owner: SignedIn;
  let inside: Visit;
  let page: Page;
  let flowId: string;
  let hook: Server;
  let hookUrl: string;
  let called = 0;

  beforeAll(async () => {
    if (found === undefined) return;
    hook = createServer((_request, response) => {
      called += 1;
      response.end();
    });
    const port = await freePort();
    await new Promise<void>((resolve) => hook.listen(port, '127.0.0.1', resolve));
    hookUrl = `http://127.0.0.1:${port}/told`;
    [server, browser] = await Promise.all([startServer({ env: { RONDO_NOTIFY_SECONDS: '1' } }), launchChromium(found)]);
    owner = await signIn(server.url);
    const steps = [post('pay', `http://127.0.0.1:${await freePort()}/`)];
    const text = JSON.stringify({ ...chain(steps), name: 'Payment' });
    ({ flowId } = await owner.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: 'flow.json' }));
    await owner.call('POST', 'flow.publish', { flowId, baseSeq: 0 });
    inside = await visit(browser, server.url);
    page = inside.page;
    await signInAt(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    hook?.close();
  });

  const remember = (name: string) => rememberFailure(name, () => ({ page, complaints: inside.complaints }));

  async function fail(times: number): Promise<void> {
    const run = { flowId, inputs: {}, waitSeconds: 20 };
    await Promise.all(Array.from({ length: times }, () => owner.call('POST', 'run.start', run)));
  }

  it('the bell says at once that something failed, and leads to it by the keyboard', async () => {
    remember('bell');
    const bell = page.getByRole('banner').getByRole('link', { name: /^Notifications/ });
    await bell.focus();
    expect(await bell.getAttribute('aria-label')).toBe('Notifications');
    await fail(12);
    await page.getByRole('link', { name: 'Notifications, 1 unread' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Unread: Payment failed 12 times' }).waitFor();
    await page.getByText('and 7 more').waitFor();
    await picture(page, 'notifications-light');
    expect(await seriousFindings(page)).toEqual([]);
    await page
      .getByRole('link', { name: /^Run \d+: / })
      .first()
      .click();
    await page.waitForURL(/\/runs\/[0-9a-f-]+/);
    await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Payment failed 12 times', exact: true }).waitFor();
    await page.getByText('Unread', { exact: true }).click();
    await page.getByText('Everything is read').waitFor();
  });

  it('a rule for a flow is made, with a webhook whose secret is shown once, tried out and taken away', async () => {
    remember('rules');
    await page.getByRole('link', { name: 'What I am told of' }).click();
    await page.getByText('Nothing is set: you are told of everything in the app.').waitFor();
    await page.getByRole('button', { name: 'Rule for a flow' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('checkbox', { name: 'E-mail' }).isDisabled()).toBe(true);
    await dialog.getByRole('checkbox', { name: 'Webhook' }).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Choose a flow.').waitFor();
    await dialog.getByText('A webhook needs an address that begins').waitFor();
    await dialog.getByRole('combobox', { name: 'Flow' }).click();
    await page.getByRole('option', { name: 'Payment' }).click();
    await dialog.getByLabel('Address of the webhook').fill(hookUrl);
    await picture(page, 'notification-rule');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Copy the secret now: it is not shown again.').waitFor();
    expect(await page.getByRole('dialog').locator('input').first().inputValue()).toMatch(/^whsec_/);
    await page.getByRole('button', { name: 'Done' }).click();
    await page
      .getByText('A run fails, A review waits too long, A schedule misses its time · In the app, Webhook')
      .waitFor();
    await page.getByRole('button', { name: 'Test the webhook of Payment' }).click();
    await page.getByText('It was sent.').waitFor();
    expect(called).toBe(1);
    await fail(1);
    await until('the call', async () => called === 2);
    await page.getByRole('cell', { name: 'Sent', exact: true }).waitFor();
    await picture(page, 'notification-settings-light');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove the rule of Payment' }).click();
    await page.getByText('The rule is removed.').waitFor();
  });

  it('looks right in dark', async () => {
    remember('dark');
    const dark = await visit(browser, server.url, 'dark');
    await signInAt(dark.page);
    await fail(2);
    await dark.page.getByRole('link', { name: /^Notifications, \d unread/ }).click();
    await dark.page
      .getByRole('heading', { name: /Payment failed/ })
      .first()
      .waitFor();
    await picture(dark.page, 'notifications-dark');
    expect(await seriousFindings(dark.page)).toEqual([]);
    expect(dark.complaints).toEqual([]);
    expect(inside.complaints).toEqual([]);
    await dark.context.close();
  });
});
