import { chromium } from 'playwright-core';

const base = process.argv[2] ?? 'http://127.0.0.1:4411';
const out = '/tmp/shots';
import { mkdirSync } from 'node:fs';
mkdirSync(out, { recursive: true });
const b = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-gpu',
  ],
});
for (const scheme of (process.argv[3] ?? 'light,dark').split(',')) {
  const ctx = await b.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: scheme });
  const p = await ctx.newPage();
  p.on('console', (m) => m.type() === 'error' && console.log(scheme, 'console', m.text().slice(0, 300)));
  p.on('response', (r) => r.status() >= 400 && console.log(scheme, r.status(), r.url().slice(0, 200)));
  p.on('pageerror', (e) => console.log(scheme, 'pageerror', e.message.slice(0, 300)));
  await p.goto(base + '/');
  await p.waitForTimeout(1500);
  await p.screenshot({ path: `${out}/${scheme}-signin.png` });
  await p.getByLabel(/e-?mail/i).fill('ada@example.com');
  await p
    .getByLabel(/password/i)
    .first()
    .fill('correct-horse-battery');
  await p.keyboard.press('Enter');
  await p.waitForTimeout(2500);
  const pages = {
    home: '/',
    inbox: '/inbox',
    flows: '/flows',
    runs: '/runs',
    schedules: '/schedules',
    library: '/library',
    admin: '/admin',
    audit: '/admin/audit',
  };
  for (const [name, path] of Object.entries(pages)) {
    await p.goto(base + path);
    await p.waitForTimeout(1500);
    await p.screenshot({ path: `${out}/${scheme}-${name}.png` });
  }
  await p.goto(base + '/flows');
  await p.waitForTimeout(1000);
  await p.getByText('Expense approval').first().click();
  await p.waitForTimeout(2500);
  await p.screenshot({ path: `${out}/${scheme}-canvas.png` });
  await p.goto(base + '/runs');
  await p.waitForTimeout(1000);
  await p.locator('tbody').getByText('Expense approval').first().click();
  await p.waitForTimeout(2500);
  await p.screenshot({ path: `${out}/${scheme}-run.png` });
  await ctx.close();
}
await b.close();
