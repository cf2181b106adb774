/**
 * `npm run bench -- --lists`: 100,000 rows of each list in a real database behind a real server: how long a call takes
 * over HTTP for the first page, a page deep inside, a search, and each filter, and how long a page takes until its
 * first rows are drawn in Chromium.
 */
import { testDatabase } from '@rondo/server/store/testDatabase.ts';
import { chain, say } from '@rondo/server/work/testFlows.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Pool } from 'pg';
import { findChromium, launchChromium } from '../harness/browser.ts';
import { type SignedIn, signIn } from '../harness/client.ts';
import { signInAt, visit } from '../harness/pages.ts';
import { startServer } from '../harness/server.ts';
import { callsTool, formulaTool, webTool } from '../harness/toolSteps.ts';
import { median } from './load.ts';
import { line } from './table.ts';

const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const aim = '150 ms';
const rows = 100_000;

/** Steps that use a tool and a secret: which ones differs from flow to flow. */
const using: JsonObject[] = [
  callsTool('tool-@'),
  { ...callsTool('own'), tool: { ...webTool('own', 'secret-@'), id: 'tool-own' } },
];

/**
 * Fills the lists: flows in 40 folders, each with a last run and a tool and a secret that it uses, reviews of which a
 * third is open, an audit, schedules, tools, secrets, people, invitations, API keys.
 */
async function fill(pool: Pool, userId: string): Promise<void> {
  const text = JSON.stringify(chain([say('hello'), ...using, say('bye')]));
  await pool.query(
    `INSERT INTO flow_folder (id, name) SELECT uuidv7(), 'Folder ' || n FROM generate_series(1, 40) AS n`,
  );
  await pool.query(
    `INSERT INTO flow (id, slug, name, description, draft_text, source_text, created_by, created_at, updated_at, folder_id,
       archived_at)
     SELECT uuidv7(), 'bench-' || n, 'Order ' || md5(n::text), 'Takes orders of region ' || n % 500,
       replace($1, '-@', '-' || n % 5000), $1, $2,
       now() - n * interval '1 minute', now() - n * interval '1 minute',
       CASE WHEN n % 3 = 0 THEN (SELECT id FROM flow_folder WHERE name = 'Folder ' || 1 + n % 40) END,
       CASE WHEN n % 20 = 0 THEN now() END
     FROM generate_series(1, $3::int) AS n`,
    [text, userId, rows],
  );
  await pool.query(
    `INSERT INTO run (id, flow_id, flow_name, document_hash, state, actor_kind, actor_id, actor_name, trigger, inputs,
       created_at)
     SELECT uuidv7(-n * interval '20 seconds'), f.id, f.name, 'h',
       CASE WHEN n % 97 = 0 THEN 'failed' WHEN n % 1009 = 0 THEN 'cancelled' ELSE 'succeeded' END,
       'person', $1, 'Olivia Owner', 'http', '{}', now() - n * interval '20 seconds'
     FROM (SELECT id, name, row_number() OVER (ORDER BY id) AS n FROM flow) AS f WHERE n % 10 <> 0`,
    [userId],
  );
  await pool.query(
    `INSERT INTO review (id, run_id, wait_id, path, kind, title, flow_id, flow_name, surface, arguments, form_hash,
       values_hash, outputs, state, decision, decided_by, decided_by_name, decided_at, created_at)
     SELECT uuidv7(), r.id, 'w', 'p', 'review', 'Expense of ' || md5(n::text), r.flow_id, r.flow_name, '[]', '{}', 'h',
       'h', '[]', CASE WHEN n % 3 = 0 THEN 'open' ELSE 'decided' END, CASE WHEN n % 3 = 0 THEN NULL ELSE 'approve' END,
       CASE WHEN n % 3 = 0 THEN NULL ELSE 'person ' || n % 50 END, 'Person', now(), now() - n * interval '1 minute'
     FROM (SELECT id, flow_id, flow_name, row_number() OVER (ORDER BY id) AS n FROM run) AS r`,
  );
  await pool.query(
    `INSERT INTO audit (seq, at, actor_kind, actor_id, actor_name, action, target_kind, target_id, target_name, outcome,
       details, prev_hash, hash)
     SELECT (SELECT max(seq) FROM audit) + n, now() + n * interval '1 ms', 'person', 'person ' || n % 50,
       'Person ' || n % 50, CASE WHEN n % 7 = 0 THEN 'flow.publish' ELSE 'flow.edit' END, 'flow', md5(n::text),
       'Order ' || md5(n::text), 'done', '{}', 'p', 'h' FROM generate_series(1, $1::int) AS n`,
    [rows],
  );
  await pool.query(
    `INSERT INTO schedule (id, flow_id, name, kind, every_seconds, anchor_at, time_zone, next_fire_at, enabled,
       created_by, created_at, updated_at)
     SELECT uuidv7(), f.id, 'Every day ' || n, 'every', 86400, now(), 'UTC', now() + interval '1 day', false, $1,
       now() - n * interval '1 minute', now()
     FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM flow) AS f`,
    [userId],
  );
  await pool.query(
    `INSERT INTO tool (id, name, description, kind, component, created_by, updated_at)
     SELECT uuidv7(), 'tool-' || n, 'Works out ' || md5(n::text), (ARRAY['formula', 'script', 'web', 'flow'])[1 + n % 4],
       $1, $2, now() FROM generate_series(1, $3::int) AS n`,
    [JSON.stringify(formulaTool('tool', 'Works something out')), userId, rows],
  );
  await pool.query(
    `INSERT INTO secret (id, name, ciphertext, created_by, updated_at)
     SELECT uuidv7(), 'secret-' || n, '\\x00', $1, now() FROM generate_series(1, $2::int) AS n`,
    [userId, rows],
  );
  await pool.query(
    `INSERT INTO "user" (id, name, email, email_verified, role, created_at, updated_at, removed_at)
     SELECT uuidv7(), 'Person ' || md5(n::text), 'p' || n || '@example.com', true,
       CASE WHEN n % 1000 = 0 THEN 'admin' WHEN n % 3 = 0 THEN 'builder' ELSE 'viewer' END,
       now() + n * interval '1 second', now(), CASE WHEN n % 50 = 0 THEN now() END
     FROM generate_series(1, $1::int) AS n`,
    [rows],
  );
  await pool.query(
    `INSERT INTO invite (id, token_hash, email, role, created_by, created_at, expires_at)
     SELECT uuidv7(), md5(n::text), 'i' || n || '@example.com', 'viewer', $1, now() - n * interval '1 second',
       now() + interval '7 days' FROM generate_series(1, $2::int) AS n`,
    [userId, rows],
  );
  await pool.query(
    `INSERT INTO apikey (id, name, start, reference_id, key, created_at, updated_at, expires_at)
     SELECT md5(n::text), 'Robot ' || n, 'rondo', $1, md5('key' || n), now() - n * interval '1 second', now(),
       CASE WHEN n % 4 = 0 THEN now() - interval '1 day' END FROM generate_series(1, $2::int) AS n`,
    [userId, rows],
  );
  await pool.query('VACUUM ANALYZE');
}

type Page = { nextCursor: string | null };

/** The median of several calls. */
async function timed(session: SignedIn, name: string, input: Record<string, unknown>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < 9; turn++) {
    const begun = performance.now();
    await session.call('GET', name, input);
    times.push(performance.now() - begun);
  }
  return median(times);
}

/** Asks on and on for the next page, and gives where the last one begins. */
async function deep(session: SignedIn, name: string, input: Record<string, unknown>): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < 20; page++) {
    const answer = await session.call<Page>('GET', name, { ...input, limit: 200, ...(cursor && { cursor }) });
    if (!answer.nextCursor) break;
    cursor = answer.nextCursor;
  }
  return cursor;
}

const db = await testDatabase();
const server = await startServer({ env: { DATABASE_URL: db.databaseUrl } });
let failed = false;
try {
  const session = await signIn(server.url);
  const { user } = await session.call<{ user: { id: string } }>('GET', 'me.get');
  const begun = performance.now();
  await fill(db.store.pool, user.id);
  line(`${rows.toLocaleString('en')} rows of each list were made in`, '', ms(performance.now() - begun));
  const { folders } = await session.call<{ folders: { id: string }[] }>('GET', 'folder.list');
  const flow = await session.call<{ flows: { id: string }[] }>('GET', 'flow.list', { limit: 1 });
  const flowId = flow.flows[0]?.id;
  const lists: Record<string, { input: Record<string, unknown>; filters: Record<string, Record<string, unknown>> }> = {
    'flow.list': {
      input: {},
      filters: {
        'by name': { sort: 'name' },
        'a search': { search: 'c4ca42' },
        'a search with no match': { search: 'zzzqqq' },
        'a short search': { search: 'or' },
        'a folder': { folderId: folders[7]?.id },
        'in no folder': { folderId: 'none' },
        archive: { show: 'archived' },
        'last run failed': { lastRun: 'failed' },
        'last run done': { lastRun: 'succeeded' },
        'never run': { lastRun: 'never' },
        published: { published: 'yes' },
        'made by': { createdBy: user.id },
        'made by nobody': { createdBy: 'nobody' },
      },
    },
    'flow.names': { input: {}, filters: { 'a search': { search: 'c4ca42' } } },
    'folder.list': { input: {}, filters: {} },
    'run.list': {
      input: {},
      filters: {
        failed: { state: 'failed' },
        'a flow': { flowId },
        'a search': { search: 'c4ca42' },
        'a search with no match': { search: 'zzzqqq' },
        'a number': { search: '#777' },
      },
    },
    'review.list': {
      input: { state: 'open' },
      filters: {
        all: { state: 'all' },
        'a flow': { flowId },
        'a search': { search: 'c4ca42' },
        'a search with no match': { search: 'zzzqqq' },
        'decided by': { state: 'decided', decidedBy: 'person 7' },
        'over a week': { before: new Date(Date.now() - 604_800_000).toISOString() },
      },
    },
    'audit.list': {
      input: {},
      filters: {
        'an action': { action: 'flow.publish' },
        'a search': { search: 'c4ca42' },
        'a search with no match': { search: 'zzzqqq' },
        'by somebody': { actorId: 'person 7' },
      },
    },
    'schedule.list': {
      input: {},
      filters: { 'a search': { search: 'day 777' }, 'a flow': { flowId }, on: { enabled: true } },
    },
    'tool.list': {
      input: {},
      filters: {
        'a search': { search: 'c4ca42' },
        'a search with no match': { search: 'zzzqqq' },
        'a kind': { kind: 'web' },
        used: { used: 'yes' },
        'not used': { used: 'no' },
        'used in a flow': { flowId },
      },
    },
    'usage.list': {
      input: { kind: 'tool', name: 'tool-777' },
      filters: { 'of a secret': { kind: 'secret', name: 'secret-7' }, 'of a model': { kind: 'model', name: 'none' } },
    },
    'model.list': { input: {}, filters: { 'a search': { search: 'practice' } } },
    'secret.list': {
      input: {},
      filters: {
        'a search': { search: '7777' },
        used: { used: 'yes' },
        'not used': { used: 'no' },
        'used in a flow': { flowId },
      },
    },
    'person.list': {
      input: {},
      filters: {
        'a search': { search: 'c4ca42' },
        'a search with no match': { search: 'zzzqqq' },
        'a role': { role: 'admin' },
        removed: { state: 'removed' },
      },
    },
    'invite.list': { input: {}, filters: { 'a search': { search: 'i777' }, 'a role': { role: 'viewer' } } },
    'apikey.list': { input: {}, filters: { 'a search': { search: 'robot 777' }, ended: { state: 'ended' } } },
    'queue.get': { input: {}, filters: { 'a search': { search: 'c4ca42' } } },
    'worker.list': { input: {}, filters: { working: { state: 'working' } } },
    'home.get': { input: {}, filters: {} },
  };
  const unpaged = new Set(['flow.names', 'folder.list', 'queue.get', 'worker.list', 'home.get']);
  const read = performance.now();
  await session.call('GET', 'usage.list', { kind: 'tool', name: 'tool-777' });
  line(`what ${rows.toLocaleString('en')} flows use is read once in`, '', ms(performance.now() - read));
  for (const [name, { input, filters }] of Object.entries(lists)) {
    const page = unpaged.has(name) ? {} : { limit: 50 };
    const measured: [string, Record<string, unknown>][] = [['first page', { ...input, ...page }]];
    if (!unpaged.has(name)) {
      const cursor = await deep(session, name, input);
      if (cursor !== undefined) measured.push(['deep page', { ...input, ...page, cursor }]);
    }
    for (const [what, filter] of Object.entries(filters)) measured.push([what, { ...input, ...page, ...filter }]);
    for (const [what, asked] of measured) {
      const took = await timed(session, name, asked);
      if (took > 150) failed = true;
      line(`${name}: ${what}`, aim, ms(took));
    }
  }
  const found = await findChromium();
  if (found !== undefined) {
    const browser = await launchChromium(found);
    const { page } = await visit(browser, server.url);
    await signInAt(page);
    const drawn: Record<string, string> = {
      '/flows': '.flow-name a',
      '/runs': '.runs-table tbody td a',
      '/inbox': '.inbox-item',
      '/schedules': '.table tbody td a',
      '/admin/audit': '.table tbody tr',
      '/library': '.tool-cell',
      '/admin/people': '.person-cell',
      '/admin/secrets': '.table tbody tr',
      '/admin/keys': '.table tbody tr',
    };
    for (const [place, row] of Object.entries(drawn)) {
      const times: number[] = [];
      for (let turn = 0; turn < 5; turn++) {
        await page.goto('/notifications');
        await page.waitForLoadState('networkidle');
        const start = performance.now();
        await page.goto(place);
        await page.locator(row).first().waitFor();
        times.push(performance.now() - start);
      }
      line(`${place}: from the address to its first rows`, '', ms(median(times)));
    }
    await browser.close();
  }
} finally {
  await server.stop();
  await db.drop();
}
process.exit(failed ? 1 : 0);
