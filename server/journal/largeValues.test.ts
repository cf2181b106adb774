import { randomBytes } from 'node:crypto';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { largeValueBytes, largeValueOf } from '@rondo/shared/runs/largeValue.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BlobStore } from '../blobs/blobStore.ts';
import { sweepBlobs } from '../blobs/blobSweep.ts';
import { inTransaction } from '../store/inTransaction.ts';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { answerInside } from '../work/answers.ts';
import { ask, chain } from '../work/testFlows.ts';
import { openTestWork, type TestWork, tester, until } from '../work/testWork.ts';
import { isLarge } from './largeValues.ts';

let database: TestDatabase;
let work: TestWork;
const pool = () => database.store.pool;
const text = { title: 'text', type: 'string' };
const passes = chain([], [text], [text]);
const asks = chain([ask('question')], [text], [text]);
for (const document of [passes, asks]) {
  const ref = (id: string): JsonObject => ({ $component_ref: id });
  document.data_flow_connections = [
    {
      component_type: 'DataFlowEdge',
      id: 'data',
      name: 'data',
      source_node: ref('start'),
      source_output: 'text',
      destination_node: ref('end'),
      destination_input: 'text',
    },
  ];
}
const big = () => randomBytes(80 * 1024).toString('hex');

beforeAll(async () => {
  database = await testDatabase();
  work = await openTestWork(database.databaseUrl);
});
afterAll(async () => {
  await work.close();
  await database.drop();
});

async function row(runId: string) {
  const { rows } = await pool().query('SELECT state, inputs, outputs FROM run WHERE id = $1', [runId]);
  return rows[0];
}

test('the size test is exact at the limit, whatever the characters', () => {
  expect(isLarge('x'.repeat(largeValueBytes - 2))).toBe(false);
  expect(isLarge('x'.repeat(largeValueBytes - 1))).toBe(true);
  expect(isLarge('\u0000'.repeat(11_000))).toBe(true);
  expect(isLarge('ä'.repeat(33_000))).toBe(true);
  expect(isLarge(Array.from({ length: 40_000 }, () => 1))).toBe(true);
  expect(isLarge({ a: [1, 2, { b: null }] })).toBe(false);
});

test('a large value is stored once, and the journal and the row refer to it', async () => {
  const value = big();
  const one = await work.start(passes, { inputs: { text: value } });
  const two = await work.start(passes, { inputs: { text: value } });
  for (const runId of [one, two]) {
    await until('it ended', async () => (await work.state(runId)) === 'succeeded');
    const { inputs, outputs } = await row(runId);
    const reference = largeValueOf(JSON.parse(inputs).text);
    expect(reference).toMatchObject({ type: 'text', size: value.length + 2 });
    expect(largeValueOf(JSON.parse(outputs).text)).toEqual(reference);
    const journal = JSON.stringify(await work.work.events(runId));
    expect(journal).not.toContain(value.slice(0, 100));
    expect(journal.length).toBeLessThan(10_000);
    const { rows } = await pool().query('SELECT hash FROM run_blob WHERE run_id = $1', [runId]);
    expect(rows).toEqual([{ hash: reference?.hash }]);
  }
  const { rows } = await pool().query('SELECT count(*)::int AS n FROM blob WHERE size = $1', [value.length + 2]);
  expect(rows[0].n).toBe(1);
});

test('a run that waited goes on with the real value, and what nobody uses is removed after the grace', async () => {
  const value = big();
  const runId = await work.start(asks, { inputs: { text: value } });
  await until('it waits', async () => (await work.state(runId)) === 'waiting');
  const waitId = JSON.parse((await pool().query('SELECT waits FROM run WHERE id = $1', [runId])).rows[0].waits)[0].id;
  const answer = { kind: 'message', text: big() } as const;
  await inTransaction(pool(), (client) => answerInside(client, { runId, waitId, answer, actor: tester }));
  await work.work.wake(runId);
  await until('it ended', async () => (await work.state(runId)) === 'succeeded');
  const reference = largeValueOf(JSON.parse((await row(runId)).outputs).text);
  const blobs = new BlobStore(pool());
  expect(JSON.parse((await blobs.bytes(reference?.hash ?? '')).toString())).toBe(value);
  const journal = JSON.stringify(await work.work.events(runId));
  expect(journal).not.toContain(answer.text.slice(0, 100));

  const later = new Date(Date.now() + 2 * 3_600_000);
  await sweepBlobs(pool(), blobs, later);
  expect(await blobs.open(reference?.hash ?? '')).toBeDefined();
  await pool().query('DELETE FROM run_blob WHERE run_id = $1', [runId]);
  await sweepBlobs(pool(), blobs);
  expect(await blobs.open(reference?.hash ?? '')).toBeDefined();
  expect(await sweepBlobs(pool(), blobs, later)).toBeGreaterThan(0);
  expect(await blobs.open(reference?.hash ?? '')).toBeUndefined();
});

test('a forged reference to what the run does not have stays literal', async () => {
  const foreign = await new BlobStore(pool()).putBytes(Buffer.from('"a secret of another run"'));
  const any = { title: 'text' };
  const document: JsonObject = { ...asks, inputs: [any], outputs: [any] };
  const nodes = document.nodes as JsonObject[];
  document.nodes = nodes.map((node) =>
    node.component_type === 'StartNode'
      ? { ...node, inputs: [any], outputs: [any] }
      : node.component_type === 'EndNode'
        ? { ...node, inputs: [any], outputs: [any] }
        : node,
  );
  const forged = { $rondo_value: { hash: foreign.hash, size: foreign.size, type: 'text' } };
  const runId = await work.start(document, { inputs: { text: forged } });
  await until('it waits', async () => (await work.state(runId)) === 'waiting');
  const waitId = JSON.parse((await pool().query('SELECT waits FROM run WHERE id = $1', [runId])).rows[0].waits)[0].id;
  const answer = { kind: 'message', text: 'go on' } as const;
  await inTransaction(pool(), (client) => answerInside(client, { runId, waitId, answer, actor: tester }));
  await work.work.wake(runId);
  await until('it ended', async () => (await work.state(runId)) === 'succeeded');
  expect(JSON.parse((await row(runId)).outputs).text).toEqual(forged);
});
