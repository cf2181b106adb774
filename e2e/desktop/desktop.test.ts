import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { DrawnFlow, fillStartForm } from '../harness/canvas.ts';
import { until } from '../harness/client.ts';
import { clientWindow, closeDesktop, findSeat, launchDesktop } from '../harness/electron.ts';
import { checkout, owner, type RunningServer, startServer } from '../harness/server.ts';

const seat = await findSeat('the desktop program, 9 tests');

const screens = join(checkout, 'e2e', 'browser', 'screens');

interface Recorded {
  notices: { title: string; body: string }[];
  opened: string[];
}

describe.skipIf(seat === undefined)('the desktop program', () => {
  const data = mkdtempSync(join(tmpdir(), 'rondo-desktop-'));
  let server: RunningServer;
  let program: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    if (seat === undefined) return;
    server = await startServer();
    program = await launchDesktop({ ...seat, data, server: server.url });
    page = await clientWindow(program);
    page.setDefaultTimeout(20_000);
    // The system's own surfaces cannot be seen from here: what is handed to them is written down instead.
    await program.evaluate(({ Notification, shell }) => {
      const recorded: Recorded = { notices: [], opened: [] };
      (globalThis as unknown as { recorded: Recorded }).recorded = recorded;
      // `show` belongs to each notification, `on` to all of them: whoever is listened to gets a `show` that writes.
      const { on } = Notification.prototype;
      Notification.prototype.on = function (this: Electron.Notification, ...args: Parameters<typeof on>) {
        this.show = () => {
          recorded.notices.push({ title: this.title, body: this.body });
          (globalThis as unknown as { last: Electron.Notification }).last = this;
        };
        return on.apply(this, args);
      } as typeof on;
      shell.openExternal = async (url: string) => {
        recorded.opened.push(url);
      };
    });
  });
  afterAll(async () => {
    await closeDesktop(program);
    await server?.stop();
    seat?.display.close();
    rmSync(data, { recursive: true, force: true });
  });

  const recorded = () => program.evaluate(() => (globalThis as unknown as { recorded: Recorded }).recorded);
  const title = () => program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());

  async function picture(name: string): Promise<void> {
    mkdirSync(screens, { recursive: true });
    await page.screenshot({ path: join(screens, `desktop-${name}.png`) });
  }
  function remember(name: string): void {
    onTestFailed(() => picture(`failed-${name}`).catch(() => {}));
  }

  it('shows the client at an origin of its own, under a policy', async () => {
    remember('start');
    await page.locator('input[type=password]').waitFor();
    expect(new URL(page.url()).protocol).toBe('app:');
    const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("default-src 'none'");
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.intruder = true';
      document.head.append(script);
      return 'intruder' in window;
    });
    expect(ran).toBe(false);
  });

  it('gives the page no Node, and exactly the allow-list', async () => {
    const seen = await page.evaluate(() => ({
      node: ['require', 'process', 'module', 'Buffer', '__dirname'].filter((name) => name in globalThis),
      bridge: Object.keys((window as unknown as { rondo: object }).rondo).sort(),
      platform: (window as unknown as { rondo: { platform: string } }).rondo.platform,
    }));
    expect(seen.node).toEqual([]);
    expect(seen.bridge).toEqual([
      'chooseServer',
      'notify',
      'onNavigate',
      'platform',
      'server',
      'setInboxCount',
      'setLanguage',
    ]);
    expect(seen.platform).toBe('desktop');
    const preferences = await program.evaluate(({ webContents }) => {
      const contents = webContents.getAllWebContents().find((each) => each.getURL().startsWith('app://rondo'));
      const found = (
        contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
      ).getLastWebPreferences();
      return {
        isolated: found.contextIsolation,
        node: found.nodeIntegration,
        sandbox: found.sandbox,
        web: found.webSecurity,
      };
    });
    expect(preferences).toEqual({ isolated: true, node: false, sandbox: true, web: true });
  });

  it('signs in, and keeps the session out of the page’s reach', async () => {
    remember('sign-in');
    await page.getByLabel(/e-?mail/i).fill(owner.email);
    await page.locator('input[type=password]').fill(owner.password);
    await page.getByRole('button', { name: /sign in/i }).click();
    await page.getByRole('link', { name: 'Flows' }).first().waitFor();
    await picture('home');
    expect(await page.evaluate(() => document.cookie)).toBe('');
    const kept = await program.evaluate(({ session }, url) => session.defaultSession.cookies.get({ url }), server.url);
    expect(kept.some((cookie) => cookie.name.includes('session') && cookie.httpOnly)).toBe(true);
  });

  it('opens a flow on the canvas and starts it', async () => {
    remember('flow');
    await page.getByRole('link', { name: 'Flows' }).first().click();
    await page.getByRole('link', { name: 'Expense approval' }).first().click();
    const flow = new DrawnFlow(page);
    await flow.drawn(9);
    await page.getByRole('button', { name: 'Test', exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await fillStartForm(dialog, { claimant: 'Anna', amount: '1250', server: server.url });
    await dialog.getByRole('button', { name: 'Start the test' }).click();
    await page.locator('.step-card[data-run="waiting"]').waitFor();
    await picture('run');
  });

  it('tells that a review has come, and how many wait', async () => {
    remember('notice');
    const { notices } = await until('the notification', async () => {
      const now = await recorded();
      return now.notices.length > 0 ? now : undefined;
    });
    expect(notices[0]).toMatchObject({
      title: expect.stringContaining('Anna'),
      body: expect.stringContaining('Expense approval'),
    });
    await until('the count on the window', async () => (await title()) === 'Rondo (1)');
  });

  it('opens the review when the notification is clicked, and decides it', async () => {
    remember('review');
    await program.evaluate(() => (globalThis as unknown as { last: Electron.Notification }).last.emit('click'));
    await page.waitForURL(/\/inbox\/[0-9a-f-]{36}/);
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    await picture('review');
    await page.getByRole('button', { name: 'Approve' }).click();
    await until('the count to go', async () => (await title()) === 'Rondo');
    await picture('decided');
  });

  it('follows a rondo:// link of a second start', async () => {
    remember('link');
    const run = await page.evaluate(async () => {
      const { runs } = (await (await fetch('/api/run/list')).json()) as { runs: { id: string; state: string }[] };
      return runs[0];
    });
    await program.evaluate(
      ({ app }, link) => app.emit('second-instance', {}, ['rondo', link], '/', {}),
      `rondo://run/${run?.id}`,
    );
    await page.waitForURL(`**/runs/${run?.id}`);
    await page.getByText('Manager approves').locator('visible=true').first().waitFor();
  });

  // The driver takes a navigation that never comes for one under way, so what drives the page comes before this.
  it('stays where it is: no other page, no other window, no permission', async () => {
    const before = page.url();
    expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
    await page.evaluate(() => {
      location.href = 'https://example.org/';
    });
    await page.evaluate(() => {
      location.href = 'file:///etc/passwd';
    });
    await page.waitForTimeout(400);
    expect(page.url()).toBe(before);
    expect(program.windows()).toHaveLength(1);
    expect((await recorded()).opened).toEqual(['https://example.com/', 'https://example.org/']);
    expect(await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state)).toBe(
      'denied',
    );
  });

  it('hides when its window is closed, and comes back', async () => {
    const shown = () =>
      program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()));
    await program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    expect(await shown()).toEqual([false]);
    await program.evaluate(({ app }) => app.emit('second-instance', {}, ['rondo'], '/', {}));
    expect(await shown()).toEqual([true]);
  });
});
