import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { DrawnFlow } from '../harness/canvas.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { rememberFailure } from '../harness/failure.ts';
import { picture, seriousFindings, signInAt, type Visit, visit } from '../harness/pages.ts';
import { owner, type RunningServer, startServer } from '../harness/server.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: groups and whose reviews, in a browser: no Chromium was found.');

const rita = { email: 'rita@example.com', password: 'a reviewer has one too' };

describe.skipIf(found === undefined)('groups, and whose a review is, in a browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let session: SignedIn;
  let first: Visit;
  let page: Page;
  let flowId = '';

  beforeAll(async () => {
    if (found === undefined) return;
    [server, browser] = await Promise.all([startServer(), launchChromium(found)]);
    session = await signIn(server.url);
    const { link } = await session.call<{ link: string }>('POST', 'person.invite', { role: 'reviewer' });
    const token = link.split('/').at(-1) ?? '';
    await session.call('POST', 'invite.accept', { token, name: 'Rita Reviewer', ...rita });
    const { flows } = await session.call<{ flows: { id: string; name: string }[] }>('GET', 'flow.list');
    flowId = flows.find(({ name }) => name === 'Expense approval')?.id ?? '';
    first = await visit(browser, server.url);
    page = first.page;
    await signInAt(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  const remember = (name: string) => rememberFailure(name, () => ({ page, complaints: first.complaints }));
  const main = () => page.getByRole('main');

  it('an admin puts people into a group', async () => {
    remember('groups-admin');
    await page.goto('/admin/groups');
    await main().getByText('No groups yet').waitFor();
    await picture(page, 'groups-empty');
    await main().getByRole('button', { name: 'New group' }).last().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Finance');
    await dialog.getByRole('combobox', { name: 'Members' }).fill('rita');
    await page.getByRole('option', { name: /Rita Reviewer/ }).click();
    await picture(page, 'groups-dialog');
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await main()
      .getByRole('row', { name: /Finance.*Rita Reviewer/ })
      .waitFor();
    await picture(page, 'groups');
    const { rows } = await session.call<{ rows: { details: JsonObject }[] }>('GET', 'audit.list', {
      action: 'group.save',
    });
    expect(rows[0]?.details).toMatchObject({ joined: ['rita@example.com'] });
  });

  it('whoever draws says who decides and by when; one gesture each, taken back by one undo', async () => {
    remember('groups-inspector');
    await page.goto(`/flows/${flowId}`);
    const flow = new DrawnFlow(page);
    await flow.card('Manager approves').locator('.step-name').click();
    const inspector = flow.inspector();
    await inspector.getByLabel('Groups', { exact: true }).fill('Fin');
    await page.getByRole('option', { name: 'Finance' }).click();
    await inspector.getByLabel('People', { exact: true }).fill('nobody@example.com');
    await page.keyboard.press('Enter');
    await inspector.getByText(/Nobody here goes by nobody@example.com/).waitFor();
    await inspector.getByLabel('People', { exact: true }).scrollIntoViewIfNeeded();
    await picture(page, 'groups-inspector');
    expect(await seriousFindings(page)).toEqual([]);
    await page.locator('.canvas').focus();
    await page.keyboard.press('Control+z');
    await inspector.getByText(/Nobody here goes by/).waitFor({ state: 'detached' });
    await inspector.getByLabel('Due after', { exact: true }).fill('2');
    await page.keyboard.press('Tab');
    const settings = async () => {
      const { text } = await session.call<{ text: string }>('GET', 'flow.export', { flowId });
      return { assign: /"assign":\s*(\{[^}]*\})/.exec(text)?.[1], due: /"dueSeconds":\s*(\d+)/.exec(text)?.[1] };
    };
    await until('the draft to hold both', async () => (await settings()).due === '172800');
    expect(JSON.parse((await settings()).assign ?? '{}')).toEqual({ people: [], groups: ['Finance'] });
  });

  it('whoever publishes says who may run it, and the list of flows shows it', async () => {
    remember('groups-publish');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Groups', { exact: true }).fill('Fin');
    await page.getByRole('option', { name: 'Finance' }).click();
    await dialog.getByLabel('Note', { exact: true }).click();
    await picture(page, 'groups-publish');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Publish version 1' }).click();
    await page.getByText('Version 1 published').first().waitFor();
    await page.goto('/flows');
    await main()
      .getByRole('row', { name: /Expense approval.*Finance/ })
      .waitFor();
    await picture(page, 'flows-runners');
    const { runners } = await session
      .call<{ flows: { id: string; runners: object }[] }>('GET', 'flow.list')
      .then(({ flows }) => flows.find(({ id }) => id === flowId) ?? { runners: null });
    expect(runners).toEqual({ people: [], groups: ['Finance'] });
  });

  it('who is in the group finds it as theirs; an owner sees whose it is, and stands in', async () => {
    remember('groups-inbox');
    const inputs = { claimant: 'Anna', amount: 1250, purpose: 'Two nights in Lyon', server: server.url };
    for (let count = 0; count < 2; count += 1) await session.call('POST', 'run.start', { flowId, inputs });
    await until('two reviews', async () => {
      const { reviews } = await session.call<{ reviews: object[] }>('GET', 'review.list', { state: 'open' });
      return reviews.length === 2;
    });
    await page.goto('/inbox');
    await main().getByText('Nothing waits for you').waitFor();
    await main().getByRole('combobox', { name: 'For whom' }).click();
    await page.getByRole('option', { name: 'For anybody' }).click();
    await until('the address to say it', async () => page.url().includes('whose=all'));
    await main()
      .getByText(/This is for Finance/)
      .waitFor();
    await main().getByText('due').first().waitFor();
    await picture(page, 'inbox-whose');
    expect(await seriousFindings(page)).toEqual([]);

    const other = await visit(browser, server.url, 'dark');
    await signInAt(other.page, rita);
    await other.page.goto('/inbox?whose=groups');
    await other.page.getByRole('button', { name: 'Approve' }).waitFor();
    expect(await other.page.getByText(/This is for Finance/).count()).toBe(0);
    await picture(other.page, 'inbox-groups-dark');
    expect(await seriousFindings(other.page)).toEqual([]);
    await other.page.getByRole('combobox', { name: 'When it is due' }).click();
    await other.page.getByRole('option', { name: 'Overdue' }).click();
    await other.page.getByText('No review matches').waitFor();
    await other.page.goto('/inbox');
    await other.page.getByRole('button', { name: 'Approve' }).click();
    await other.page.getByText(/decided by Rita Reviewer/).waitFor();
    await other.context.close();

    const items = main().getByRole('link', { name: /Expense of Anna/ });
    await until('the decided one to be gone', async () => (await items.count()) === 1);
    await items.click();
    await page.getByText(/This is for Finance/).waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText(new RegExp(`decided by ${owner.name}`)).waitFor();
    const { rows } = await session.call<{ rows: { actorName: string; details: JsonObject }[] }>('GET', 'audit.list', {
      action: 'review.decide',
    });
    expect(rows.find(({ actorName }) => actorName === owner.name)?.details).toMatchObject({ insteadOf: 'Finance' });
    expect(rows.find(({ actorName }) => actorName === 'Rita Reviewer')?.details.insteadOf).toBeUndefined();
  });
});
