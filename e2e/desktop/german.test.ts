import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { german } from '@rondo/desktop/renderer/messages/testing/wholeCatalogue.ts';
import { makeWords } from '@rondo/desktop/renderer/messages/words.ts';
import { freePort } from '@rondo/server/testPort.ts';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../harness/client.ts';
import { closeDesktop, findSeat, launchDesktop } from '../harness/electron.ts';
import { checkout, owner, type RunningServer, startServer } from '../harness/server.ts';

const seat = await findSeat('the desktop program in German, 3 tests');

const t = makeWords('de', german);
const screens = join(checkout, 'e2e', 'browser', 'screens');

describe.skipIf(seat === undefined)('the desktop program, on a system in German', () => {
  const folders: string[] = [];
  let server: RunningServer;
  let program: ElectronApplication;
  let page: Page;

  async function start(data: string, url: string): Promise<void> {
    if (seat === undefined) return;
    program = await launchDesktop({ ...seat, data, server: url, args: ['--lang=de'] });
    page = await program.firstWindow();
    page.setDefaultTimeout(20_000);
  }
  function newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'rondo-german-'));
    folders.push(folder);
    return folder;
  }
  /** The words of the menu, from the first level down. */
  const menu = () =>
    program.evaluate(({ Menu }) => {
      const words = (items: Electron.MenuItem[]): string[] =>
        items.flatMap((item) => [item.label, ...(item.submenu ? words(item.submenu.items) : [])]);
      return words(Menu.getApplicationMenu()?.items ?? []).filter((word) => word !== '');
    });
  async function picture(name: string): Promise<void> {
    mkdirSync(screens, { recursive: true });
    await page.screenshot({ path: join(screens, `desktop-${name}.png`) });
  }

  beforeAll(async () => {
    if (seat === undefined) return;
    server = await startServer();
  });
  afterAll(async () => {
    await closeDesktop(program);
    await server?.stop();
    seat?.display.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it('says in German that the server does not answer', async () => {
    await start(newFolder(), `http://127.0.0.1:${await freePort()}`);
    await page.getByText('Rondo arbeitet mit einem Server').waitFor();
    await page.getByText(/antwortet kein Rondo-Server/).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await picture('german-server');
    await closeDesktop(program);
  });

  it('has a menu and a client in German', async () => {
    const data = newFolder();
    await start(data, server.url);
    await page.getByRole('button', { name: t('entry.signIn.button') }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    const words = await menu();
    for (const word of ['Bearbeiten', 'Ansicht', 'Fenster', 'Kopieren', 'Serveradresse …', 'Rondo beenden'])
      expect(words).toContain(word);
    expect(words.filter((word) => /^(Edit|View|Window|Copy|Paste|Quit|Reload|Undo|Zoom)/.test(word))).toEqual([]);
    await page.locator('input[type=email]').fill(owner.email);
    await page.locator('input[type=password]').fill(owner.password);
    await page.getByRole('button', { name: t('entry.signIn.button') }).click();
    await page
      .getByRole('link', { name: t('shell.place.flows') })
      .first()
      .waitFor();
    await picture('german-home');
  });

  it('goes over to English with its menu when that is chosen, and keeps it', async () => {
    await page.getByRole('button', { name: t('shell.person', { name: owner.name }) }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await page.getByRole('link', { name: 'Flows' }).first().waitFor();
    await until('the menu in English', async () => (await menu()).includes('Server address …'));
    const [, data = ''] = folders;
    const settings = () => readFileSync(join(data, 'settings.json'), 'utf8');
    await until('the choice to be kept', async () => /"language": ?"en"/.test(settings()));
    await closeDesktop(program);
    await start(data, server.url);
    await page.getByRole('link', { name: 'Flows' }).first().waitFor();
    expect(await menu()).toContain('Edit');
  });
});
