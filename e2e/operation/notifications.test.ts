import { randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { freePort } from '@rondo/server/testPort.ts';
import { chain, post } from '@rondo/server/work/testFlows.ts';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callOperation, type SignedIn, signIn, until } from '../harness/client.ts';
import { owner as ownerAccount, type RunningServer, startServer } from '../harness/server.ts';

const password = randomBytes(9).toString('hex');
const mails: { mail: ParsedMail; to: string[] }[] = [];
/** how often the mail server says that it is busy before it takes a message */
let busy = 0;
let full = false;

const smtp = new SMTPServer({
  authOptional: false,
  disabledCommands: ['STARTTLS'],
  allowInsecureAuth: true,
  onAuth(auth, _session, done) {
    if (auth.username === 'rondo' && auth.password === password) done(null, { user: 'rondo' });
    else done(new Error('wrong password'));
  },
  onRcptTo(_address, _session, done) {
    if (full) done(Object.assign(new Error('5.2.2 mailbox full'), { responseCode: 552 }));
    else if (busy-- > 0) done(Object.assign(new Error('4.3.2 try later'), { responseCode: 451 }));
    else done();
  },
  onData(stream, session, done) {
    simpleParser(stream).then(
      (mail) => {
        mails.push({ mail, to: session.envelope.rcptTo.map((one) => one.address) });
        done();
      },
      (error) => done(error),
    );
  },
});

const hooked: { headers: IncomingHttpHeaders; body: string }[] = [];
let hook: Server;
let hookUrl: string;
let server: RunningServer;
let owner: SignedIn;
let flowId: string;

beforeAll(async () => {
  const port = await freePort();
  await new Promise<void>((resolve) => smtp.listen(port, '127.0.0.1', resolve));
  hook = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    hooked.push({ headers: request.headers, body });
    response.end();
  });
  const hookPort = await freePort();
  await new Promise<void>((resolve) => hook.listen(hookPort, '127.0.0.1', resolve));
  hookUrl = `http://127.0.0.1:${hookPort}/told`;
  server = await startServer({
    env: {
      RONDO_SMTP_URL: `smtp://rondo:${password}@127.0.0.1:${port}`,
      RONDO_MAIL_FROM: 'Rondo <rondo@example.com>',
      RONDO_NOTIFY_SECONDS: '0.5',
      RONDO_LOG_LEVEL: 'debug',
    },
  });
  owner = await signIn(server.url);
  const nobody = `http://127.0.0.1:${await freePort()}/`;
  const text = JSON.stringify({ ...chain([post('pay', nobody)]), name: 'Expense approval' });
  const made = await owner.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: 'flow.json' });
  flowId = made.flowId;
  await owner.call('POST', 'flow.publish', { flowId, baseSeq: 0 });
});
afterAll(async () => {
  await server?.stop();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
  hook?.close();
});

async function fail(times: number): Promise<void> {
  await Promise.all(
    Array.from({ length: times }, async () => {
      const run = await owner.call<{ state: string }>('POST', 'run.start', { flowId, inputs: {}, waitSeconds: 20 });
      expect(run.state).toBe('failed');
    }),
  );
}

interface Listed {
  notifications: { id: string; title: string; count: number; read: boolean; newest: { runId: string }[] }[];
  unread: number;
}
interface Rules {
  email: boolean;
  byDefault: string;
  rules: { id: string }[];
  sendings: { state: string; attempts: number; error: string | null; channel: string }[];
}
const list = () => owner.call<Listed>('GET', 'notification.list');
const rules = () => owner.call<Rules>('GET', 'notification.rules');
const every = { flowId: null, kinds: ['run_failed', 'waiting_long', 'fire_missed'] };

it('failures appear in the app at once, without a rule, and nothing goes out', async () => {
  await fail(3);
  const { notifications, unread } = await until('the message', async () => {
    const now = await list();
    return now.notifications[0]?.count === 3 && now;
  });
  expect(unread).toBe(1);
  expect(notifications).toMatchObject([{ title: 'Expense approval failed 3 times', read: false }]);
  await owner.call('POST', 'notification.read');
  expect(await list()).toMatchObject({ unread: 0, notifications: [{ read: true }] });
  expect(await rules()).toMatchObject({ email: true, byDefault: 'all', rules: [], sendings: [] });
  expect(mails).toEqual([]);
});

it('a test e-mail comes with subject, sender and link; a test webhook is signed', async () => {
  expect(await owner.call('POST', 'notification.test', { channel: 'email' })).toEqual({ sent: true, error: null });
  expect(mails[0]).toMatchObject({
    to: [ownerAccount.email],
    mail: { subject: 'A message from Rondo, to try it out', from: { text: '"Rondo" <rondo@example.com>' } },
  });
  const refused = await callOperation(server.url, owner.cookie, 'POST', 'notification.test', { channel: 'webhook' });
  expect(refused).toMatchObject({ status: 409, body: { error: { message: /has no webhook/ } } });
  const channels = ['email', 'webhook', 'app'];
  const rule = { ...every, channels, webhookUrl: hookUrl };
  const made = await owner.call<{ ruleId: string; secret: string }>('POST', 'notification.setRule', rule);
  expect(made.secret).toMatch(/^whsec_/);
  const again = await owner.call<{ secret: string | null }>('POST', 'notification.setRule', rule);
  expect(again.secret).toBeNull();
  const test = { channel: 'webhook', ruleId: made.ruleId };
  expect(await owner.call('POST', 'notification.test', test)).toEqual({ sent: true, error: null });
  const { headers, body } = hooked[0] ?? { headers: {}, body: '' };
  expect(new Webhook(made.secret).verify(body, headers as Record<string, string>)).toMatchObject({
    type: 'rondo.run_failed',
  });
  expect(server.printed()).not.toContain(made.secret);
});

it('60 failures are one e-mail and one call, tried again while the mail server is busy, sent once', async () => {
  // What was told before goes out first.
  await fail(1);
  await until('it has gone out', async () => mails.length > 1 && hooked.length > 1);
  await owner.call('POST', 'notification.read');
  mails.length = 0;
  hooked.length = 0;
  busy = 1;
  await fail(60);
  const sendings = await until('the refusal', async () => {
    const now = (await rules()).sendings;
    return now.some((one) => one.error !== null) && now;
  });
  expect(sendings.find((one) => one.channel === 'email')).toMatchObject({
    state: 'waits',
    attempts: 1,
    error: expect.stringMatching(/The mail server refused the message: 451 .*try later/),
  });
  await until('the second try', async () => mails.length > 0, 60_000);
  await until('it is on record', async () => (await rules()).sendings.every((one) => one.state === 'sent'));
  const unread = (await list()).notifications.filter((one) => !one.read);
  expect(unread).toMatchObject([{ title: 'Expense approval failed 60 times', count: 60 }]);
  expect([mails.length, hooked.length]).toEqual([1, 1]);
  expect(hooked[0]?.body).toContain('failed 60 times');
  const { mail } = mails[0] ?? expect.fail('no mail');
  expect(mail.subject).toBe('Expense approval failed 60 times');
  expect(mail.messageId).toMatch(/@127\.0\.0\.1>$/);
  expect(mail.text).toContain(`${server.url}/runs/`);
  expect(mail.text).toContain('and 55 more');
  expect(String(mail.html)).toContain('href=');
}, 120_000);

it('who reads German gets the e-mail in German, down to why the run failed', async () => {
  await owner.call('POST', 'me.speak', { language: 'de' });
  expect(await owner.call('GET', 'me.get')).toMatchObject({ user: { language: 'de' } });
  mails.length = 0;
  await owner.call('POST', 'notification.test', { channel: 'email' });
  expect(mails[0]?.mail.subject).toBe('Eine Nachricht von Rondo, zum Ausprobieren');
  mails.length = 0;
  await owner.call('POST', 'notification.read');
  // messages that follow each other gather for ten times the usual while
  await fail(6);
  const { mail } = await until('the e-mail', async () => mails[0], 60_000);
  expect(mail.subject).toBe('Expense approval ist 6-mal gescheitert');
  expect(mail.text).toMatch(/- Lauf \d+: http:\/\/127\.0\.0\.1:\d+\/ ist nicht erreichbar \(ECONNREFUSED\)\./);
  expect(mail.text).toContain('und 1 weitere');
  expect(mail.text).toContain(`Worüber Sie benachrichtigt werden: ${server.url}/notifications/settings`);
  expect(mail.headers.get('content-language')).toBe('de');
  // programs and the list of who reads English stay as they are
  expect(hooked.at(-1)?.body).toContain('Expense approval failed 6 times');
  const [newest] = (await list()).notifications;
  expect(newest).toMatchObject({
    title: 'Expense approval failed 6 times',
    said: { text: 'told.failed.times', values: { subject: 'Expense approval', count: 6 } },
  });
  await owner.call('POST', 'me.speak', { language: 'en' });
}, 120_000);

it('what the mail server refuses for good is given up, and said in the settings', async () => {
  full = true;
  await owner.call('POST', 'notification.setRule', { ...every, channels: ['email'] });
  await fail(1);
  const given = await until('it is given up', async () =>
    (await rules()).sendings.find((one) => one.state === 'gave_up'),
  );
  expect(given).toMatchObject({ attempts: 1, error: expect.stringMatching(/552 .*mailbox full/) });
  full = false;
}, 120_000);

it('rules and messages are one’s own, and no secret is in log or audit', async () => {
  const key = await owner.call<{ ruleId: string }>('POST', 'notification.setRule', {
    ...every,
    channels: ['webhook'],
    webhookUrl: `${hookUrl}?key=very-secret-key`,
  });
  const invite = await owner.call<{ link: string }>('POST', 'person.invite', { role: 'viewer' });
  const other = { name: 'Vera', email: 'vera@example.com', password: 'correct horse battery' };
  await callOperation(server.url, '', 'POST', 'invite.accept', { token: invite.link.split('/').at(-1), ...other });
  const vera = await signIn(server.url, other);
  expect(await vera.call('GET', 'notification.list')).toEqual({ notifications: [], unread: 0, nextCursor: null });
  expect(await vera.call('GET', 'notification.rules')).toMatchObject({ rules: [], sendings: [], byDefault: 'own' });
  for (const input of [{ ruleId: key.ruleId }])
    expect((await callOperation(server.url, vera.cookie, 'POST', 'notification.removeRule', input)).status).toBe(404);
  const mine = (await list()).notifications[0]?.id;
  await owner.call('POST', 'notification.read');
  await vera.call('POST', 'notification.read', { ids: [mine] });
  const audit = JSON.stringify(await owner.call('GET', 'audit.list'));
  expect(audit).toContain('notification.setRule');
  for (const text of [audit, server.printed()]) {
    expect(text).not.toContain('very-secret-key');
    expect(text).not.toContain(password);
    expect(text).not.toContain('whsec_');
  }
});
