import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BlobStore } from '../blobs/blobStore.ts';
import { sweepBlobs } from '../blobs/blobSweep.ts';
import { keepFileOfRun } from '../blobs/storedFiles.ts';
import { chain, say, storeDocument } from '../work/testFlows.ts';
import { until } from '../work/testWork.ts';
import { contracts as c } from './contract/index.ts';
import { dropEmptyMonths, sweepRetention } from './retentionSweep.ts';
import { type TestRooms, testRooms } from './testRooms.ts';

let rooms: TestRooms;
const pool = () => rooms.services.store.pool;
const text = { title: 'text', type: 'string' };

beforeAll(async () => {
  rooms = await testRooms();
});
afterAll(() => rooms.close());

/** A run that ended so many days ago. */
async function oldRun(
  days: number,
  value: string,
  flowId: string | null = null,
  document = chain([say('one', value)], [text]),
): Promise<string> {
  const documentHash = await storeDocument(pool(), document);
  const start = rooms.services.runs.start as (request: object) => Promise<{ runId: string }>;
  const { runId } = await start({
    flowId,
    flowName: 'Test',
    versionNumber: null,
    documentHash,
    actor: rooms.owner.actor,
    trigger: 'test',
    inputs: { text: value },
    startKey: null,
  });
  await until('it ended', async () => {
    const { rows } = await pool().query('SELECT state FROM run WHERE id = $1', [runId]);
    return rows[0]?.state === 'succeeded' || rows[0]?.state === 'failed';
  });
  const content = (async function* () {
    yield randomBytes(1000);
  })();
  const blobs = new BlobStore(pool());
  await keepFileOfRun(pool(), blobs, { runId, name: 'a.bin', mediaType: 'x/y', content, limit: 10_000 });
  // Moved into the past: its id says when it began.
  const { rows } = await pool().query<{ id: string }>(
    `SELECT (left(rondo_first_uuid(now() - $1 * interval '1 day')::text, 14) || right($2::text, 22))::uuid AS id`,
    [days, runId],
  );
  const id = rows[0]?.id ?? '';
  for (const table of ['run_journal', 'run_blob', 'stored_file'])
    await pool().query(`UPDATE ${table} SET run_id = $2 WHERE run_id = $1`, [runId, id]);
  await pool().query(
    `UPDATE run SET id = $2, finished_at = now() - $3 * interval '1 day', created_at = now() - $3 * interval '1 day'
     WHERE id = $1`,
    [runId, id, days],
  );
  return id;
}

test('values go first, journals later, held runs stay, and the audit says how many', async () => {
  const young = await oldRun(2, 'young value');
  const middle = await oldRun(10, 'middle value');
  const old = await oldRun(40, 'old value');
  const held = await oldRun(50, 'held value');
  const own = await rooms.call(c.flow.create, { name: 'Keeps for ever' });
  const kept = await oldRun(60, 'kept value', own.flowId);
  await rooms.call(c.flow.configure, {
    flowId: own.flowId,
    settings: { retention: { valuesDays: null, journalDays: null } },
  });
  await rooms.call(c.run.hold, { runId: held, hold: true });

  const preview = await rooms.call(c.retention.preview, { valuesDays: 5, journalDays: 30 });
  expect(preview).toMatchObject({ values: { runs: 1, files: 1 }, runs: { runs: 1, files: 1 }, held: 1 });
  expect(preview.runs.events).toBeGreaterThan(2);
  expect(preview.runs.bytes).toBeGreaterThan(1000);
  expect((await pool().query('SELECT 1 FROM run WHERE values_removed_at IS NOT NULL')).rows).toEqual([]);

  await rooms.call(c.retention.set, { retention: { valuesDays: 5, journalDays: 30 } });
  // The installation sweeps by itself, too: whoever of the two comes first, each run is swept once.
  const removals = async () => (await rooms.call(c.audit.list, { action: 'retention.remove' })).rows;
  await until('both were swept', async () => {
    await sweepRetention(rooms.services);
    return (await removals()).length >= 2;
  });
  expect(await sweepRetention(rooms.services)).toEqual({ runs: 0, values: 0 });

  await expect(rooms.call(c.run.get, { runId: old })).rejects.toThrow('no such run');
  const gone = await rooms.call(c.run.get, { runId: middle });
  expect(gone.valuesRemovedAt).not.toBeNull();
  expect(gone).toMatchObject({ state: 'succeeded', inputs: {} });
  const { events } = await rooms.call(c.run.events, { runId: middle });
  expect(events.map((event) => event.kind)).toContain('run_succeeded');
  expect(JSON.stringify(events)).not.toContain('middle value');
  expect((await pool().query('SELECT 1 FROM stored_file WHERE run_id = $1', [middle])).rows).toEqual([]);
  for (const [runId, value] of [
    [young, 'young value'],
    [held, 'held value'],
    [kept, 'kept value'],
  ] as const) {
    const journal = await rooms.call(c.run.events, { runId });
    expect(JSON.stringify(journal.events)).toContain(value);
  }
  expect((await removals()).map((row) => [row.action, row.details])).toEqual(
    expect.arrayContaining([
      ['retention.removeValues', { days: 5, runs: 1 }],
      ['retention.removeRuns', { days: 30, runs: 1 }],
    ]),
  );
  expect(await removals()).toHaveLength(2);
  expect((await rooms.call(c.audit.verify, {})).ok).toBe(true);
  const blobs = new BlobStore(pool());
  expect(await sweepBlobs(pool(), blobs, new Date(Date.now() + 2 * 3_600_000))).toBe(2);
});

test('what led to an old failure goes, what failed stays', async () => {
  const tool = { component_type: 'ServerTool', id: 't', name: 'nobody knows it', inputs: [text], outputs: [] };
  const step = { component_type: 'ToolNode', id: 'use', name: 'Use', tool, inputs: [text], outputs: [] };
  const failed = await oldRun(10, 'private matter', null, chain([step], [text]));
  const error = async () => (await rooms.call(c.run.get, { runId: failed })).error;
  expect(await error()).toMatchObject({ code: 'TOOL_MISSING', context: { inputs: { text: 'private matter' } } });
  await sweepRetention(rooms.services);
  expect(await error()).toMatchObject({ code: 'TOOL_MISSING', step: 'use' });
  const { events } = await rooms.call(c.run.events, { runId: failed });
  expect(events.at(-1)).toMatchObject({ kind: 'run_failed', error: { code: 'TOOL_MISSING' } });
  expect(JSON.stringify([events, await error()])).not.toMatch(/private matter|context/);
});

test('values cannot be kept longer than journals, and only admins may say', async () => {
  await expect(rooms.call(c.retention.set, { retention: { valuesDays: 10, journalDays: 5 } })).rejects.toThrow(
    'longer',
  );
  const builder = await rooms.person('Bea', 'builder');
  await expect(rooms.call(c.retention.set, { retention: {} }, builder)).rejects.toThrow('may not');
});

test('months of the journal that are over and empty are dropped, others stay', async () => {
  const make = (name: string, month: string, next: string) =>
    pool().query(
      `DO $$ BEGIN EXECUTE format('CREATE TABLE ${name} PARTITION OF run_journal FOR VALUES FROM (%L) TO (%L)',
         rondo_first_uuid('${month}-01Z'), rondo_first_uuid('${next}-01Z')); END $$`,
    );
  await make('run_journal_2020_01', '2020-01', '2020-02');
  await make('run_journal_2020_02', '2020-02', '2020-03');
  await pool().query(
    `INSERT INTO run_journal (run_id, first_seq, count, events) VALUES (rondo_first_uuid('2020-02-10Z'), 0, 1, '[]')`,
  );
  expect(await dropEmptyMonths(pool())).toEqual(['run_journal_2020_01']);
});
