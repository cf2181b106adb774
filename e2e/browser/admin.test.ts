import { type TestDatabase, testDatabase } from '@rondo/server/store/testDatabase.ts';
import { chain } from '@rondo/server/work/testFlows.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn, until } from '../harness/client.ts';
import { rememberFailure } from '../harness/failure.ts';
import { picture, seriousFindings, signInAt, type Visit, visit } from '../harness/pages.ts';
import { type RunningServer, startServer } from '../harness/server.ts';
import { callsTool, webTool } from '../harness/toolSteps.ts';

const found = await findChromium();
if (found === undefined) console.warn('SKIPPED: the lists of Admin in a browser, 9 tests: no Chromium was found.');

const patience = { timeout: 10_000 };
const people = 130;

describe.skipIf(found === undefined)('the lists of Admin, in a browser', () => {
  let database: TestDatabase;
  let server: RunningServer;
  let browser: Browser;
  let owner: SignedIn;
  let inside: Visit;
  let page: Page;

  beforeAll(async () => {
    if (found === undefined) return;
    database = await testDatabase();
    const env = { DATABASE_URL: database.databaseUrl };
    [server, browser] = await Promise.all([startServer({ env }), launchChromium(found)]);
    owner = await signIn(server.url);
    await database.store.pool.query(
      `INSERT INTO "user" (id, name, email, email_verified, role, created_at, updated_at)
       SELECT uuidv7(), 'Person ' || lpad(n::text, 3, '0'), 'person' || n || '@example.com', true,
         CASE WHEN n % 10 = 0 THEN 'builder' ELSE 'viewer' END, now() + n * interval '1 second', now()
       FROM generate_series(1, $1::int) AS n`,
      [people],
    );
    inside = await visit(browser, server.url);
    page = inside.page;
    await signInAt(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await database?.drop();
  });

  const remember = (name: string) => rememberFailure(name, () => ({ page, complaints: inside.complaints }));
  const cells = (column: number) => page.locator(`.table tbody tr td:nth-child(${column})`).allTextContents();
  const chosenBar = () => page.getByRole('region', { name: 'What is chosen' });
  const dialog = () => page.getByRole('dialog');
  async function choose(filter: string, option: string): Promise<void> {
    await page.getByRole('combobox', { name: filter, exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  }
  async function audited(action: string): Promise<string[]> {
    const { rows } = await owner.call<{ rows: { targetName: string }[] }>('GET', 'audit.list', { action });
    return rows.map((row) => row.targetName).sort();
  }

  it('people are searched, filtered and read piece by piece; the address keeps it', async () => {
    remember('admin-people');
    await page.goto('/admin/people');
    await page.getByText('Person 049').waitFor();
    expect((await cells(2)).length).toBe(50);
    await picture(page, 'admin-people-light');
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('Person 099').waitFor();
    await choose('Role', 'Builder');
    await page.waitForURL(/role=builder/);
    await expect.poll(async () => (await cells(2)).length, patience).toBe(13);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Name or address' }).fill('person12');
    await page.waitForURL(/search=person12/);
    await page.reload();
    await expect.poll(() => cells(2), patience).toEqual(['P1Person 120person120@example.com']);
    await page.getByRole('textbox', { name: 'Name or address' }).fill('nobody of that name');
    await page.getByText('Nobody matches').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).first().click();
    await page.getByText('Person 049').waitFor();
  });

  it('several people are removed at once, by the keyboard, and each stands in the audit', async () => {
    remember('admin-people-removed');
    await page.goto('/admin/people?search=Person+00');
    await page.getByText('Person 009').waitFor();
    for (const name of ['Person 003', 'Person 007']) {
      await page.getByRole('checkbox', { name: `Choose ${name}` }).focus();
      await page.keyboard.press('Space');
    }
    await chosenBar().getByText('2 chosen').waitFor();
    await chosenBar().getByRole('button', { name: 'Remove' }).click();
    await dialog().getByText('Person 003, Person 007').waitFor();
    await picture(page, 'admin-people-remove');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Remove' }).click();
    await page.getByText('2 people are removed.').waitFor();
    await expect.poll(() => audited('person.remove'), patience).toEqual(['Person 003', 'Person 007']);
    await choose('Here or removed', 'Removed');
    await expect.poll(async () => (await cells(2)).length, patience).toBe(2);
    expect(await page.getByRole('checkbox', { name: /^Choose Person/ }).count()).toBe(0);
  });

  it('who forgot their password chooses a new one by a link, and who was removed is invited again', async () => {
    remember('admin-people-password');
    await page.goto('/admin/people?search=Person+015');
    await page.getByRole('button', { name: 'New password for Person 015' }).click();
    await dialog().getByRole('button', { name: 'Make the link' }).click();
    const link = await dialog().getByRole('textbox', { name: 'Link' }).inputValue();
    await picture(page, 'admin-people-password');
    expect(await seriousFindings(page)).toEqual([]);
    const { page: theirs, context } = await visit(browser, server.url);
    await theirs.goto(new URL(link).pathname);
    await theirs.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    await theirs.getByText('Person 015, person15@example.com').waitFor();
    await theirs.getByRole('textbox', { name: 'Password', exact: true }).fill('a new long password');
    await picture(theirs, 'admin-new-password');
    expect(await seriousFindings(theirs)).toEqual([]);
    await theirs.getByRole('button', { name: 'Use this password' }).click();
    await theirs.getByRole('heading', { name: /Person/ }).waitFor();
    await context.close();
    await signIn(server.url, { email: 'person15@example.com', password: 'a new long password' });

    await page.goto('/admin/people?search=Person+003');
    await page.getByRole('button', { name: 'Invite again: Person 003' }).click();
    expect(await dialog().getByRole('textbox', { name: 'E-mail address' }).inputValue()).toBe('person3@example.com');
    await dialog().getByRole('button', { name: 'Make the link' }).click();
    await dialog().getByRole('textbox', { name: 'Link' }).waitFor();
  });

  it('open invitations are listed, and several are taken back', async () => {
    remember('admin-invites');
    for (const name of ['ada', 'ben', 'cleo'])
      await owner.call('POST', 'person.invite', { role: 'viewer', email: `${name}@example.com` });
    await page.goto('/admin/people?search=example.com');
    const open = page.getByRole('region', { name: 'Open invitations' });
    await open.getByText('cleo@example.com').waitFor();
    await open.getByRole('checkbox', { name: 'Choose ada@example.com' }).check();
    await open.getByRole('checkbox', { name: 'Choose ben@example.com' }).check();
    await open.getByRole('region', { name: 'What is chosen' }).getByRole('button', { name: 'Take back' }).click();
    await page.getByText('2 invitations do not work any more.').waitFor();
    await open.getByText('ada@example.com').waitFor({ state: 'hidden' });
    expect(await open.getByText('cleo@example.com').count()).toBe(1);
  });

  it('API keys are found by whether they work, and several are revoked', async () => {
    remember('admin-keys');
    for (const name of ['robot', 'mill', 'lathe'])
      await owner.call('POST', 'apikey.create', { name, expiresInDays: 30 });
    await database.store.pool.query(`UPDATE apikey SET expires_at = now() - interval '1 day' WHERE name = 'mill'`);
    await page.goto('/admin/keys');
    await expect.poll(() => cells(2), patience).toEqual(['lathe', 'mill', 'robot']);
    await choose('State', 'Has ended');
    await expect.poll(() => cells(2), patience).toEqual(['mill']);
    await page.goto('/admin/keys');
    await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check();
    await chosenBar().getByText('3 chosen').waitFor();
    await page.getByRole('checkbox', { name: 'Choose robot' }).uncheck();
    await chosenBar().getByRole('button', { name: 'Revoke' }).click();
    await dialog().getByText('Revoke 2 keys?').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('2 keys are revoked.').waitFor();
    await expect.poll(() => cells(2), patience).toEqual(['robot']);
    expect(await audited('apikey.revoke')).toEqual(['lathe', 'mill']);
  });

  it('a secret says where it is used, and what uses it is named before it goes', async () => {
    remember('admin-secrets');
    for (const name of ['warehouse', 'idle']) await owner.call('POST', 'secret.set', { name, value: 'hush hush' });
    await owner.call('POST', 'tool.save', { component: webTool('stock', 'warehouse') });
    const step = { ...callsTool('stock'), tool: { ...webTool('own', 'warehouse'), id: 'own' } };
    const text = JSON.stringify({ ...chain([step]), name: 'Asks for stock' });
    await owner.call('POST', 'flow.import', { text, fileName: 'f.json' });
    await until('what uses the secret to be read', async () => {
      const { users } = await owner.call<{ users: object[] }>('GET', 'usage.list', {
        kind: 'secret',
        name: 'warehouse',
      });
      return users.length === 2;
    });
    await page.goto('/admin/secrets');
    await page.getByRole('button', { name: 'warehouse: 2 places' }).click();
    await dialog()
      .getByRole('link', { name: /Asks for stock.*in the draft/ })
      .waitFor();
    await dialog()
      .getByRole('link', { name: /stock.*a tool/ })
      .last()
      .waitFor();
    await picture(page, 'admin-secret-used');
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    await choose('Used or not', 'Not used');
    await expect.poll(() => cells(2), patience).toEqual(['idle']);
    await page.goto('/admin/secrets?search=ware');
    await page.getByRole('button', { name: 'Remove warehouse' }).click();
    await dialog()
      .getByText(/Asks for stock, stock|stock, Asks for stock/)
      .waitFor();
    await dialog().getByRole('button', { name: 'Remove' }).click();
    await page.getByText('The secret is removed.').waitFor();
    await page.getByText('No secret matches').waitFor();
    expect(await audited('secret.remove')).toEqual(['warehouse']);
  });

  it('the audit is found by who and what, and of its many rows those out of sight are not drawn', async () => {
    remember('admin-audit');
    const many = Array.from({ length: 150 }, (_, n) => n);
    await Promise.all(many.map((n) => owner.call('POST', 'secret.set', { name: `many-${n}`, value: 'hush hush' })));
    await page.goto('/admin/audit?what=secret.set');
    const rows = page.getByRole('button', { name: /^Show row/ });
    await expect.poll(() => rows.count(), patience).toBe(50);
    for (const shown of [2, 3]) {
      await page.getByRole('button', { name: 'Show more' }).click();
      await expect.poll(() => page.locator('.table tbody').count(), patience).toBe(shown);
      await page.getByRole('button', { name: 'Show more' }).scrollIntoViewIfNeeded();
    }
    await expect.poll(() => rows.count(), patience).toBeLessThan(150);
    await page.locator('.table thead').scrollIntoViewIfNeeded();
    const first = page
      .locator('.table tbody')
      .first()
      .getByRole('button', { name: /^Show row/ });
    await expect.poll(() => first.count(), patience).toBe(50);
    await page.getByRole('combobox', { name: 'Who', exact: true }).fill('Person 012');
    await page.getByRole('option', { name: 'Person 012' }).click();
    await page.waitForURL(/who=/);
    await page.getByText('No row fits').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('a list that stands does not draw itself again and again', async () => {
    remember('admin-still');
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const busy = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.find((metric) => metric.name === 'ScriptDuration')?.value ?? 0;
    };
    for (const place of ['/admin/audit', '/flows']) {
      await page.goto(place);
      await page.locator('.table tbody tr').first().waitFor();
      await page.waitForLoadState('networkidle');
      const before = await busy();
      await page.waitForTimeout(1000);
      expect([place, (await busy()) - before < 0.25]).toEqual([place, true]);
    }
    await session.detach();
  });

  it('queue and workers are searched, too; all lists stand in dark and on a phone', async () => {
    remember('admin-others');
    await page.goto('/admin/workers?state=working');
    await page.getByRole('checkbox', { name: /^Choose Server/ }).check();
    await chosenBar().getByRole('button', { name: 'Drain', exact: true }).click();
    await page.getByText('It takes no more runs.').waitFor();
    await page.getByText('No process matches').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).first().click();
    await page.getByRole('cell', { name: 'Draining' }).waitFor();
    await picture(page, 'admin-workers-light');
    await page.getByRole('button', { name: /take runs again$/ }).click();
    await page.goto('/admin/queue?search=nothing');
    await page.getByText('No flow in the queue matches').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'Failed runs' }).click();
    await page.waitForURL(/runs\?state=failed/);
    await page.emulateMedia({ colorScheme: 'dark' });
    for (const tab of ['people', 'keys', 'secrets', 'queue', 'workers']) {
      await page.goto(`/admin/${tab}`);
      await page.locator('.table, .empty').first().waitFor();
      await page.setViewportSize({ width: 1440, height: 900 });
      await picture(page, `admin-${tab}-dark`);
      expect([tab, await seriousFindings(page)]).toEqual([tab, []]);
      await page.setViewportSize({ width: 360, height: 740 });
      expect([tab, await page.evaluate(() => document.documentElement.scrollWidth <= 360)]).toEqual([tab, true]);
      await picture(page, `admin-${tab}-phone`);
    }
  });
});
