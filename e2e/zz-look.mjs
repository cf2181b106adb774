import { mkdirSync } from 'node:fs';
import { findChromium, launchChromium } from '/work/main/e2e/harness/browser.ts';
import { signIn } from '/work/main/e2e/harness/client.ts';
import { owner, startServer } from '/work/main/e2e/harness/server.ts';

const out = '/work/scratch/shell/shots';
mkdirSync(out, { recursive: true });
const server = await startServer();
const browser = await launchChromium(await findChromium());
try {
  const api = await signIn(server.url);
  const mode = process.argv[2] ?? 'all';
  const open = async (scheme, phone) => {
    const ctx = await browser.newContext({
      viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
      colorScheme: scheme,
      ...(phone ? { deviceScaleFactor: 1 } : {}),
    });
    const p = await ctx.newPage();
    p.on(
      'console',
      (m) => (m.type() === 'error' || m.type() === 'warning') && console.log(scheme, m.type(), m.text().slice(0, 400)),
    );
    p.on('pageerror', (e) => console.log(scheme, 'pageerror', e.message.slice(0, 400)));
    await p.goto(server.url + '/');
    await p.waitForTimeout(800);
    await p.screenshot({ path: `${out}/${scheme}${phone ? '-phone' : ''}-signin.png` });
    await p.getByLabel(/e-?mail/i).fill(owner.email);
    await p
      .getByLabel(/password/i)
      .first()
      .fill(owner.password);
    await p.keyboard.press('Enter');
    await p.waitForTimeout(1500);
    return { ctx, p };
  };
  const shot = (p, name) => p.screenshot({ path: `${out}/${name}.png` });
  // fresh home
  for (const scheme of ['light', 'dark']) {
    const { ctx, p } = await open(scheme);
    await shot(p, `${scheme}-welcome`);
    await ctx.close();
  }
  // data
  const { flows } = await api.call('GET', 'flow.list', {});
  console.log(flows.map((f) => `${f.name}:${f.slug}:${f.publishedNumber}:${f.draftSeq}`).join(' | '));
  const exp = flows.find((f) => f.slug === 'expense-approval');
  const seq = exp.draftSeq;
  if (exp.publishedNumber === null) await api.call('POST', 'flow.publish', { flowId: exp.id, baseSeq: seq });
  for (const [claimant, amount] of [
    ['Mara Lindqvist', 1284.5],
    ['Tomás Ortega', 960.2],
    ['Ingrid Solberg', 420],
    ['Leah Brandt', 35],
  ]) {
    const r = await api.call('POST', 'run.start', {
      flowId: exp.id,
      inputs: { claimant, amount, purpose: 'Three days at the client in Lyon' },
      waitSeconds: 5,
    });
    console.log(claimant, r.state, JSON.stringify(r.error ?? r.waits));
  }
  const { p, ctx } = await open('light');
  await p.goto(server.url + '/');
  await p.waitForTimeout(1200);
  await shot(p, 'light-home');
  await p.goto(server.url + '/flows');
  await p.waitForTimeout(1200);
  await shot(p, 'light-flows');
  await p.getByRole('button', { name: 'New flow' }).click();
  await p.waitForTimeout(500);
  await shot(p, 'light-new');
  await p.keyboard.press('Escape');
  await p.goto(server.url + '/library');
  await p.waitForTimeout(800);
  await shot(p, 'light-library');
  await p.goto(server.url + '/inbox');
  await p.waitForTimeout(1500);
  await shot(p, 'light-inbox');
  await p.keyboard.press('j');
  await p.waitForTimeout(600);
  console.log('after j', p.url());
  await p.keyboard.press('Enter');
  await p.waitForTimeout(200);
  console.log('focus', await p.evaluate(() => document.activeElement?.outerHTML.slice(0, 120)));
  await p.keyboard.press('Control+Enter');
  await p.waitForTimeout(1200);
  await shot(p, 'light-inbox-decided');
  const d = await open('dark');
  await d.p.goto(server.url + '/inbox');
  await d.p.waitForTimeout(1500);
  await shot(d.p, 'dark-inbox');
  await d.p.goto(server.url + '/');
  await d.p.waitForTimeout(1000);
  await shot(d.p, 'dark-home');
  await d.p.goto(server.url + '/runs');
  await d.p.waitForTimeout(1000);
  await shot(d.p, 'dark-runs');
  await d.ctx.close();
  const ph = await open('light', true);
  await ph.p.goto(server.url + '/inbox');
  await ph.p.waitForTimeout(1000);
  await shot(ph.p, 'phone-inbox-list');
  await ph.p.locator('.inbox-item').first().click();
  await ph.p.waitForTimeout(1200);
  await shot(ph.p, 'phone-inbox');
  await ph.p.goto(server.url + '/');
  await ph.p.waitForTimeout(1000);
  await shot(ph.p, 'phone-home');
  // axe
  const axeSource = (await import('node:fs')).readFileSync('/work/main/node_modules/axe-core/axe.min.js', 'utf8');
  for (const path of ['/', '/inbox', '/flows', '/library', '/runs', '/schedules', '/admin/people']) {
    await p.goto(server.url + path);
    await p.waitForTimeout(1000);
    const cdp = await ctx.newCDPSession(p);
    await p.evaluate(axeSource).catch(async () => {
      await cdp.send('Runtime.evaluate', { expression: axeSource });
    });
    const res = await p.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    for (const v of res.violations)
      console.log(
        'axe',
        path,
        v.impact,
        v.id,
        v.nodes.length,
        v.nodes[0].html.slice(0, 140),
        v.nodes[0].failureSummary?.slice(0, 160).replace(/\n/g, ' '),
      );
  }
} finally {
  await browser.close();
  await server.stop();
}
process.exit(0);
