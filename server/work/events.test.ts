import { randomUUID } from 'node:crypto';
import type { WaitAnswer } from '@rondo/shared/runs/events.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../store/inTransaction.ts';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { forgetEvents, type OpenEventWait, registerEventWaits, type SentEvent, sendEventInside } from './events.ts';
import { newRunId } from './runId.ts';
import { tester } from './testWork.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

/** A run whose segment is about to let go of it. */
async function running(): Promise<string> {
  const id = newRunId();
  await database.store.pool.query(
    `INSERT INTO run (id, flow_name, document_hash, state, actor_kind, actor_id, actor_name, trigger, inputs)
     VALUES ($1, 'Test', 'none', 'running', 'person', 'tester', 'Terry', 'test', '{}')`,
    [id],
  );
  return id;
}

function send(name: string, key = '', more: { id?: string; keepSeconds?: number } = {}): Promise<SentEvent> {
  const event = { id: randomUUID(), name, key, payload: { said: name }, actor: tester, ...more };
  return inTransaction(database.store.pool, (client) => sendEventInside(client, event));
}

/** Lets go of a run as a segment does: waits first, then the state that they leave it in. */
function letGo(runId: string, waits: OpenEventWait[]): Promise<boolean> {
  return inTransaction(database.store.pool, async (client) => {
    const found = await registerEventWaits(client, runId, waits);
    await client.query('UPDATE run SET state = $2, waits = $3 WHERE id = $1', [
      runId,
      found ? 'queued' : 'waiting',
      JSON.stringify(waits.map((wait) => ({ id: wait.id, for: 'event', path: wait.id }))),
    ]);
    return found;
  });
}

async function answers(runId: string): Promise<{ wait_id: string; answer: WaitAnswer }[]> {
  const { rows } = await database.store.pool.query<{ wait_id: string; answer: string }>(
    'SELECT wait_id, answer FROM run_answer WHERE run_id = $1 ORDER BY wait_id',
    [runId],
  );
  return rows.map((row) => ({ wait_id: row.wait_id, answer: JSON.parse(row.answer) }));
}

async function waits(runId: string): Promise<number> {
  const { rowCount } = await database.store.pool.query('SELECT 1 FROM event_wait WHERE run_id = $1', [runId]);
  return rowCount ?? 0;
}

describe('named events', () => {
  it('answer all runs that wait for their name and key, and no others', async () => {
    const [one, two, other] = [await running(), await running(), await running()];
    for (const run of [one, two]) await letGo(run, [{ id: 'w!0', name: 'paid', key: 'A-1' }]);
    await letGo(other, [{ id: 'w!0', name: 'paid', key: 'A-2' }]);
    const sent = await send('paid', 'A-1');
    expect(sent.wake.sort()).toEqual([one, two].sort());
    expect(await answers(one)).toMatchObject([
      { wait_id: 'w!0', answer: { kind: 'event', payload: { said: 'paid' } } },
    ]);
    expect(await answers(other)).toEqual([]);
    expect(await waits(other)).toBe(1);
  });

  it('are taken by a run that begins to wait after they came, the oldest first and each once', async () => {
    const run = await running();
    await send('step', 'k');
    await send('step', 'k');
    expect(await letGo(run, [{ id: 'a!0', name: 'step', key: 'k' }])).toBe(true);
    const [first] = await answers(run);
    // As its next segment takes it up: the answer is in the journal, the row stays.
    await database.store.pool.query(
      `INSERT INTO run_journal (run_id, first_seq, count, events) VALUES ($1, 0, 1, $2)`,
      [run, JSON.stringify([{ kind: 'wait_answered', path: 'a', at: '', waitId: 'a!0', answer: first?.answer }])],
    );
    await database.store.pool.query("UPDATE run SET state = 'running' WHERE id = $1", [run]);
    expect(await letGo(run, [{ id: 'b!0', name: 'step', key: 'k' }])).toBe(true);
    const second = (await answers(run)).find((answer) => answer.wait_id === 'b!0');
    expect(second?.answer).not.toEqual(first?.answer);
    await database.store.pool.query("UPDATE run SET state = 'running' WHERE id = $1", [run]);
    expect(await letGo(run, [{ id: 'b!0', name: 'step', key: 'k' }])).toBe(false);
    expect((await send('step', 'k')).wake).toEqual([]);
  });

  it('that came before the run, or whose time is over, are not taken', async () => {
    await send('early');
    const run = await running();
    expect(await letGo(run, [{ id: 'w!0', name: 'early', key: '' }])).toBe(false);
    const late = await running();
    await send('over', '', { keepSeconds: -1 });
    expect(await letGo(late, [{ id: 'w!0', name: 'over', key: '' }])).toBe(false);
  });

  it('with an id that was sent before are one event', async () => {
    const run = await running();
    await letGo(run, [{ id: 'w!0', name: 'once', key: '' }]);
    const id = randomUUID();
    expect(await send('once', '', { id })).toEqual({ created: true, wake: [run] });
    expect(await send('once', '', { id })).toEqual({ created: false, wake: [] });
  });

  it('that two steps of one run wait for answer one of them; the next event answers the other', async () => {
    const run = await running();
    await letGo(run, [
      { id: 'a!0', name: 'both', key: '' },
      { id: 'b!0', name: 'both', key: '' },
    ]);
    await send('both');
    expect(await answers(run)).toHaveLength(1);
    await send('both');
    const all = await answers(run);
    expect(all.map((answer) => answer.wait_id)).toEqual(['a!0', 'b!0']);
    expect(all[0]?.answer).not.toEqual(all[1]?.answer);
  });

  it('are not lost to a wait that its timer has ended', async () => {
    const run = await running();
    await letGo(run, [{ id: 'a!0', name: 'stale', key: '' }]);
    await database.store.pool.query("UPDATE run SET state = 'running' WHERE id = $1", [run]);
    // The timer has answered a!0; the run is on its way to its next wait when the event comes.
    await send('stale');
    expect(await letGo(run, [{ id: 'b!0', name: 'stale', key: '' }])).toBe(true);
    expect((await answers(run)).map((answer) => answer.wait_id)).toContain('b!0');
  });

  it('are not lost when they are sent while a run lets go: 200 races', async () => {
    let atOnce = 0;
    for (let round = 0; round < 200; round += 1) {
      const run = await running();
      const name = `race ${round}`;
      const [found, sent] = await Promise.all([letGo(run, [{ id: 'w!0', name, key: '' }]), send(name)]);
      const given = await answers(run);
      expect(given, `round ${round}`).toHaveLength(1);
      // One of the two saw the other, never both and never neither.
      expect([found, sent.wake.includes(run)].filter(Boolean), `round ${round}`).toHaveLength(1);
      if (found) atOnce += 1;
    }
    expect(atOnce).toBeGreaterThan(0);
    expect(atOnce).toBeLessThan(200);
  });

  it('are forgotten when their time is over, and waits with their run', async () => {
    const run = await running();
    await letGo(run, [{ id: 'w!0', name: 'gone', key: '' }]);
    await send('kept');
    await send('expired', '', { keepSeconds: -1 });
    await database.store.pool.query("UPDATE run SET state = 'cancelled', waits = NULL WHERE id = $1", [run]);
    await forgetEvents(database.store.pool);
    expect(await waits(run)).toBe(0);
    const { rows } = await database.store.pool.query<{ name: string }>(
      "SELECT name FROM named_event WHERE name IN ('kept', 'expired')",
    );
    expect(rows).toEqual([{ name: 'kept' }]);
  });
});
