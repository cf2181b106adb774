import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SecretStore } from '../secrets/secretStore.ts';
import { inTransaction } from '../store/inTransaction.ts';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { makeHttp } from '../tools/http.ts';
import { handleRunEnds } from '../work/runEnds.ts';
import { publishedFlow } from '../work/testFlowRow.ts';
import { chain } from '../work/testFlows.ts';
import { until } from '../work/testWork.ts';
import { gather } from './gather.ts';
import { forgetOld, noteFailedRun, noteLongWaits, noteMissedFires } from './happenings.ts';
import { Notifier } from './notifier.ts';
import { openOutlets } from './openOutlets.ts';
import { ruleContext } from './sending.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const minute = 60_000;

let db: TestDatabase;
let secrets: SecretStore;
let flowId: string;
let hook: Server;
let hookUrl: string;
let answers: number[] = [];
let received: { headers: IncomingHttpHeaders; body: string }[] = [];
const http = makeHttp({ allowPrivate: true, allowedOrigins: [] });
const opened: Notifier[] = [];

beforeAll(async () => {
  db = await testDatabase();
  secrets = new SecretStore(db.store.prisma, Buffer.alloc(32, 7));
  await db.store.pool.query(`INSERT INTO workspace (id, name) VALUES ('workspace', 'Test')`);
  flowId = (await publishedFlow(db.store.pool, chain([]), { name: 'Expense approval' })).flowId;
  hook = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.statusCode = answers.shift() ?? 204;
      response.end();
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  const address = hook.address();
  hookUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/told`;
  await person('olivia', 'owner');
  await person('ben', 'builder');
  await person('gone', 'owner', true);
});
// what a test leaves at work would hold rows that the next one takes away
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});
afterAll(async () => {
  await http.close();
  hook.close();
  await db.drop();
});
beforeEach(async () => {
  await sql('TRUNCATE happening, notification, notification_sending, notification_rule, run, review, schedule CASCADE');
  received = [];
  answers = [];
});

async function sql<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
  return (await db.store.pool.query<T>(text, values)).rows;
}

function person(id: string, role: string, removed = false): Promise<object[]> {
  return sql(
    `INSERT INTO "user" (id, name, email, role, removed_at, updated_at) VALUES ($1, $1, $1 || '@example.com', $2,
       CASE WHEN $3 THEN now() END, now())`,
    [id, role, removed],
  );
}

function rule(userId: string, more: { flow?: string; kinds?: string; channels?: string } = {}): Promise<object[]> {
  const id = randomUUID();
  return sql(
    `INSERT INTO notification_rule (id, user_id, flow_id, kinds, channels, webhook_url, webhook_ciphertext)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      userId,
      more.flow ?? null,
      more.kinds ?? 'run_failed,waiting_long,fire_missed',
      more.channels ?? 'webhook',
      hookUrl,
      secrets.seal(secret, ruleContext(id)),
    ],
  );
}
const secret = `whsec_${Buffer.from('sixteen bytes or more').toString('base64')}`;

/** Runs that have ended, with their rows in the outbox. */
async function ended(count: number, more: { state?: string; version?: number | null; parent?: string } = {}) {
  await sql(
    `WITH made AS (
       INSERT INTO run (id, flow_id, flow_name, version_number, document_hash, state, actor_kind, actor_id, actor_name,
         trigger, inputs, error, parent_run_id)
       SELECT gen_random_uuid(), $1, 'Expense approval', $2, 'x', $3, 'person', 'x', 'x', 'http', '{}',
         '{"code":"HTTP_STATUS","message":"The service answered with 500.","step":"post"}', $4
       FROM generate_series(1, $5) RETURNING id, flow_id, state
     ) INSERT INTO run_end (run_id, flow_id, state) SELECT id, flow_id, state FROM made`,
    [flowId, more.version === undefined ? 1 : more.version, more.state ?? 'failed', more.parent ?? null, count],
  );
}

async function takeEnds(): Promise<void> {
  while ((await handleRunEnds(db.store.pool, [noteFailedRun], quiet)).more);
}

async function notifier(windowMs = 0): Promise<Notifier> {
  const made = new Notifier({
    pool: db.store.pool,
    secrets,
    outlets: await openOutlets({ http, url: 'https://rondo.example', mail: undefined }),
    sends: true,
    windowMs,
    log: quiet,
    onTold: () => undefined,
  });
  opened.push(made);
  return made;
}

interface Row {
  user_id: string;
  title: string;
  count: number;
  details: string;
  in_app: boolean;
}
const messages = () => sql<Row>('SELECT * FROM notification ORDER BY user_id, first_at');

describe('500 failures', () => {
  it('are one message to each person, with the newest few named', async () => {
    await ended(500);
    await takeEnds();
    await gather(db.store.pool, minute);
    const [message, ...others] = await messages();
    expect(others).toEqual([]);
    expect(message).toMatchObject({ user_id: 'olivia', title: 'Expense approval failed 500 times', count: 500 });
    const newest = JSON.parse(message?.details ?? '[]');
    expect(newest).toHaveLength(5);
    expect(newest[0].words).toMatch(/^Run \d+: The service answered with 500\.$/);
    expect(newest[0].runId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('that come one after the other, gathered by three processes at once, are one message that goes out once', async () => {
    await rule('olivia', { channels: 'app,webhook' });
    const processes = await Promise.all([notifier(1500), notifier(1500), notifier(1500)]);
    for (let part = 0; part < 10; part += 1) {
      await ended(50);
      await takeEnds();
      await Promise.all(processes.map((one) => one.tell()));
    }
    await until('it has gone out', async () => {
      await Promise.all(processes.map((one) => one.tell()));
      return (await sql('SELECT FROM notification_sending WHERE sent_at IS NOT NULL')).length > 0;
    });
    for (const one of processes) await one.tell();
    expect(await messages()).toMatchObject([{ count: 500, title: 'Expense approval failed 500 times' }]);
    expect(received).toHaveLength(1);
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      type: 'rondo.run_failed',
      data: { count: 500, flowId, title: 'Expense approval failed 500 times' },
    });
  });

  it('of a message that was closed begin another one, which gathers longer', async () => {
    const one = await notifier(0);
    await ended(1);
    await takeEnds();
    await one.tell();
    await ended(1);
    await takeEnds();
    await gather(db.store.pool, minute);
    const rows = await sql<{ title: string; ms: number }>(
      `SELECT title, extract(epoch FROM closes_at - first_at)::float * 1000 AS ms FROM notification ORDER BY first_at`,
    );
    expect(rows.map((row) => row.title)).toEqual(['Expense approval failed', 'Expense approval failed']);
    expect(rows[1]?.ms).toBe(10 * minute);
  });
});

describe('who is told', () => {
  const told = async () => {
    await ended(1);
    await takeEnds();
    await gather(db.store.pool, minute);
    return (await messages()).map((row) => [row.user_id, row.in_app]);
  };

  it('without a rule: owners and admins, and who made the flow; nobody who has gone', async () => {
    expect(await told()).toEqual([['olivia', true]]);
    await sql('TRUNCATE notification');
    await sql(`UPDATE flow SET created_by = 'ben' WHERE id = $1`, [flowId]);
    expect(await told()).toEqual([
      ['ben', true],
      ['olivia', true],
    ]);
    await sql(`UPDATE flow SET created_by = 'tester' WHERE id = $1`, [flowId]);
  });

  it('a rule for the flow goes before one for all; one that names nothing is silence', async () => {
    await rule('olivia', { channels: 'app' });
    await rule('olivia', { flow: flowId, kinds: '' });
    await rule('ben', { channels: 'webhook' });
    expect(await told()).toEqual([['ben', false]]);
  });

  it('only of the kinds that the rule names', async () => {
    await rule('olivia', { kinds: 'fire_missed' });
    expect(await told()).toEqual([]);
  });

  it('not of test runs, of runs that a step started, and of runs that did well', async () => {
    await ended(1, { version: null });
    await ended(1, { parent: randomUUID() });
    await ended(1, { state: 'succeeded' });
    await ended(1, { state: 'cancelled' });
    await takeEnds();
    expect(await sql('SELECT FROM happening')).toHaveLength(0);
    expect(await sql('SELECT FROM run_end')).toHaveLength(0);
  });

  it('nothing when the transaction that takes the end is rolled back', async () => {
    await ended(1);
    const [end] = await sql<{ run_id: string }>('SELECT run_id FROM run_end');
    const failing = inTransaction(db.store.pool, async (client) => {
      await noteFailedRun(client, { runId: end?.run_id ?? '', flowId, state: 'failed', at: new Date() });
      throw new Error('the process died');
    });
    await expect(failing).rejects.toThrow('the process died');
    expect(await sql('SELECT FROM happening')).toHaveLength(0);
  });
});

describe('a long wait', () => {
  async function review(hours: number, state = 'open'): Promise<void> {
    const [run] = await sql<{ id: string }>(
      `INSERT INTO run (id, flow_id, flow_name, version_number, document_hash, state, actor_kind, actor_id, actor_name,
         trigger, inputs) VALUES (gen_random_uuid(), $1, 'Expense approval', 1, 'x', 'waiting', 'person', 'x', 'x',
         'http', '{}') RETURNING id`,
      [flowId],
    );
    await sql(
      `INSERT INTO review (id, run_id, wait_id, path, kind, title, flow_id, flow_name, surface, arguments, form_hash,
         values_hash, outputs, state, created_at)
       VALUES (gen_random_uuid(), $1, 'w', 'p', 'review', 'Approve?', $2, 'Expense approval', '', '', '', '', '', $3,
         now() - interval '1 hour' * $4)`,
      [run?.id, flowId, state, hours],
    );
  }

  it('is told once, after a day or what the flow or the workspace says', async () => {
    await review(25);
    await review(23);
    await review(30, 'decided');
    await Promise.all([noteLongWaits(db.store.pool), noteLongWaits(db.store.pool)]);
    await gather(db.store.pool, minute);
    await noteLongWaits(db.store.pool);
    await gather(db.store.pool, minute);
    expect(await messages()).toMatchObject([{ title: 'Expense approval has waited long for a person', count: 1 }]);
    await sql(`UPDATE workspace SET settings = '{"waitingLongSeconds": 60}'`);
    await sql(`UPDATE flow SET settings = '{"waitingLongSeconds": 86400}' WHERE id = $1`, [flowId]);
    await noteLongWaits(db.store.pool);
    expect(await sql('SELECT FROM happening')).toHaveLength(1);
    await sql(`UPDATE flow SET settings = '{}' WHERE id = $1`, [flowId]);
    await noteLongWaits(db.store.pool);
    await gather(db.store.pool, minute);
    expect(await messages()).toMatchObject([{ title: '2 reviews of Expense approval have waited long', count: 2 }]);
    await sql(`UPDATE workspace SET settings = '{}'`);
  });

  it('is not told again after what was told is forgotten, while it still waits', async () => {
    await review(25);
    await noteLongWaits(db.store.pool);
    await sql(`UPDATE happening SET gathered_at = now() - interval '31 days'`);
    await forgetOld(db.store.pool);
    await noteLongWaits(db.store.pool);
    expect(await sql('SELECT FROM happening WHERE gathered_at IS NULL')).toHaveLength(0);
    await sql(`UPDATE review SET state = 'decided'`);
    await forgetOld(db.store.pool);
    expect(await sql('SELECT FROM happening')).toHaveLength(0);
  });
});

it('a fire that was skipped or caught up is told once, one that was made is not', async () => {
  const scheduleId = randomUUID();
  await sql(
    `INSERT INTO schedule (id, flow_id, name, cron, time_zone, created_by, updated_at)
     VALUES ($1, $2, 'Every morning', '0 8 * * *', 'Europe/Berlin', 'x', now())`,
    [scheduleId, flowId],
  );
  await sql(
    `INSERT INTO schedule_fire (schedule_id, due_at, outcome, kind, reason) VALUES
       ($1, '2026-01-01T07:00:00Z', 'skipped', 'due', 'an earlier run has not ended'),
       ($1, '2026-01-02T07:00:00Z', 'caught_up', 'due', 'the server was off when it was due'),
       ($1, '2026-01-03T07:00:00Z', 'run', 'due', NULL),
       ($1, '2026-01-03T09:00:00Z', 'skipped', 'manual', 'x')`,
    [scheduleId],
  );
  await Promise.all([noteMissedFires(db.store.pool), noteMissedFires(db.store.pool)]);
  await gather(db.store.pool, minute);
  await noteMissedFires(db.store.pool);
  await gather(db.store.pool, minute);
  const [message] = await messages();
  expect(message).toMatchObject({ title: 'Every morning missed its time 2 times', count: 2 });
  const words = JSON.parse(message?.details ?? '[]').map((told: { words: string }) => told.words);
  expect(words.sort()).toEqual([
    'Caught up later (due 2026-01-02 08:00 Europe/Berlin): the server was off when it was due',
    'Skipped (due 2026-01-01 08:00 Europe/Berlin): an earlier run has not ended',
  ]);
});

describe('a webhook', () => {
  async function sendOne(): Promise<Notifier> {
    await rule('olivia');
    const one = await notifier(0);
    await ended(1);
    await takeEnds();
    await one.tell();
    return one;
  }
  interface Sending {
    attempts: number;
    sent_at: Date | null;
    gave_up_at: Date | null;
    last_error: string | null;
    seconds: number;
  }
  const sending = async () =>
    (
      await sql<Sending>('SELECT *, extract(epoch FROM next_at - now())::float AS seconds FROM notification_sending')
    )[0];

  it('is signed as Standard Webhooks want it', async () => {
    await sendOne();
    await until('it came', () => received.length > 0);
    const { headers, body } = received[0] ?? { headers: {}, body: '' };
    expect(headers['content-type']).toBe('application/json');
    const read = new Webhook(secret).verify(body, headers as Record<string, string>);
    expect(read).toMatchObject({
      data: { newest: [{ url: expect.stringMatching(/^https:\/\/rondo\.example\/runs\//) }] },
    });
    const forged = body.replace('failed', 'worked');
    expect(() => new Webhook(secret).verify(forged, headers as Record<string, string>)).toThrow();
  });

  it('that is refused is tried again, later each time, with the same id, until it is taken', async () => {
    answers = [500, 503];
    const one = await sendOne();
    for (const [attempts, seconds] of [
      [1, 10],
      [2, 60],
    ] as const) {
      await until('the refusal is on record', async () => (await sending())?.last_error !== null);
      const row = await sending();
      expect(row).toMatchObject({ attempts, sent_at: null, last_error: expect.stringMatching(/answered with 50/) });
      expect(row?.seconds).toBeGreaterThan(seconds - 5);
      expect(row?.seconds).toBeLessThanOrEqual(seconds);
      await one.tell();
      expect(received).toHaveLength(attempts);
      await sql('UPDATE notification_sending SET next_at = now(), last_error = NULL');
      await one.tell();
    }
    await until('it was taken', async () => (await sending())?.sent_at !== null);
    expect(new Set(received.map((call) => call.headers['webhook-id'])).size).toBe(1);
    expect(received).toHaveLength(3);
  });

  it('that is gone, or was refused six times, is given up', async () => {
    answers = [410];
    await sendOne();
    await until('it is given up', async () => (await sending())?.gave_up_at !== null);
    expect(await sending()).toMatchObject({ attempts: 1, last_error: 'The address says that it is gone (410).' });
    await sql(`UPDATE notification_sending SET gave_up_at = NULL, attempts = 5, next_at = now()`);
    answers = [500];
    await (await notifier()).tell();
    await until('it is given up', async () => (await sending())?.gave_up_at !== null);
    expect(await sending()).toMatchObject({ attempts: 6 });
  });

  it('of a process that died while it sent goes out by another one, after a while', async () => {
    await rule('olivia');
    await ended(1);
    await takeEnds();
    const dead = await notifier(0);
    await dead.tell();
    await until('it was taken', async () => (await sending())?.sent_at !== null);
    // As if the process had died before it could say so.
    await sql(`UPDATE notification_sending SET sent_at = NULL, next_at = now() + interval '1 minute'`);
    const other = await notifier(0);
    await other.tell();
    expect(received).toHaveLength(1);
    await sql('UPDATE notification_sending SET next_at = now()');
    await other.tell();
    await until('it came again', () => received.length === 2);
    expect(received[1]?.headers['webhook-id']).toBe(received[0]?.headers['webhook-id']);
  });

  it('whose rule was taken away is not called', async () => {
    await rule('olivia');
    await ended(1);
    await takeEnds();
    const one = await notifier(0);
    await gather(db.store.pool, 0);
    await sql('DELETE FROM notification_rule');
    await one.tell();
    expect(await sending()).toBeUndefined();
    expect(received).toEqual([]);
  });
});
