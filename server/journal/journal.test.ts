import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { FencedError } from './fencedError.ts';
import { type Append, Journal, type NewRun } from './journal.ts';
import { readJournal } from './readJournal.ts';

const actor = { kind: 'person' as const, id: 'p', name: 'Pat' };
const at = new Date().toISOString();
const started: RunEvent = { kind: 'run_started', at, actor, trigger: 'test', inputs: {} };
const said = (text: string): RunEvent => ({ kind: 'message', path: 'a', at, role: 'assistant', text });

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

function newRun(more: Partial<NewRun> = {}): NewRun {
  return {
    id: uuidv7(),
    flowId: null,
    flowName: 'Test',
    versionNumber: null,
    documentHash: 'none',
    actor,
    trigger: 'test',
    startKey: null,
    inputs: {},
    createdAt: new Date(),
    ...more,
  };
}

function append(runId: string, holder: string, firstSeq: number, events: RunEvent[]): Append {
  return { runId, holder, firstSeq, events, stepsDone: 0, reviews: [], mayHaveReviews: false };
}

describe('the fence', () => {
  it('lets one of many racing writers win each place: nothing is torn, nothing is missing', async () => {
    const holder = uuidv7();
    const first = new Journal(db.store.pool);
    const runs = Array.from({ length: 8 }, () => newRun());
    await Promise.all(runs.map((run) => first.create(run, holder, [started])));
    const won = new Map<string, { firstSeq: number; words: string[] }[]>();
    let fenced = 0;

    async function writer(name: string): Promise<void> {
      const journal = new Journal(db.store.pool);
      await Promise.all(
        runs.map(async ({ id }) => {
          for (let turn = 0; turn < 15; turn += 1) {
            const next = (await readJournal(db.store.pool, id)).length;
            const words = Array.from({ length: 1 + (turn % 3) }, (_, index) => `${name} ${turn} ${index}`);
            try {
              await journal.append(append(id, holder, next, words.map(said)));
              won.set(id, [...(won.get(id) ?? []), { firstSeq: next, words }]);
            } catch (error) {
              if (!(error instanceof FencedError)) throw error;
              fenced += 1;
            }
          }
        }),
      );
    }
    await Promise.all(['w1', 'w2', 'w3', 'w4'].map(writer));

    expect(fenced).toBeGreaterThan(0);
    for (const { id } of runs) {
      const events = await readJournal(db.store.pool, id); // throws at a gap
      const wins = (won.get(id) ?? []).sort((a, b) => a.firstSeq - b.firstSeq);
      const texts = events.slice(1).map((event) => (event.kind === 'message' ? event.text : event.kind));
      expect(texts).toEqual(wins.flatMap((win) => win.words));
    }
  });

  it('refuses who does not hold the run, and who comes after its end', async () => {
    const journal = new Journal(db.store.pool);
    const run = newRun();
    const holder = uuidv7();
    await journal.create(run, holder, [started]);
    await expect(journal.append(append(run.id, uuidv7(), 1, [said('stranger')]))).rejects.toThrow(FencedError);
    await expect(journal.append(append(run.id, holder, 2, [said('ahead')]))).rejects.toThrow(FencedError);
    await journal.append(append(run.id, holder, 1, [{ kind: 'run_succeeded', at, outputs: { a: 1 }, branch: 'next' }]));
    await expect(journal.append(append(run.id, holder, 2, [said('late')]))).rejects.toThrow(FencedError);
    const { rows } = await db.store.pool.query('SELECT state, outputs, next_seq, holder FROM run WHERE id = $1', [
      run.id,
    ]);
    expect(rows[0]).toEqual({ state: 'succeeded', outputs: '{"a":1}', next_seq: 2, holder: null });
  });
});

describe('grouping', () => {
  it('writes many runs with few statements', async () => {
    const journal = new Journal(db.store.pool);
    const before = Number((await db.store.pool.query('SELECT pg_current_xact_id()::text AS id')).rows[0].id);
    await Promise.all(Array.from({ length: 400 }, () => journal.create(newRun(), uuidv7(), [started])));
    const after = Number((await db.store.pool.query('SELECT pg_current_xact_id()::text AS id')).rows[0].id);
    expect(after - before).toBeLessThan(40);
  });

  it('lets a bad value fail alone', async () => {
    const journal = new Journal(db.store.pool);
    const runs = ['good', 'bad \u0000', 'also good'].map((flowName) => newRun({ flowName }));
    const results = await Promise.allSettled(runs.map((run) => journal.create(run, uuidv7(), [started])));
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const { rows } = await db.store.pool.query('SELECT id FROM run WHERE id = ANY($1)', [runs.map((run) => run.id)]);
    expect(rows).toHaveLength(2);
  });

  it('keeps every text as it is, a NUL and half a surrogate pair included', async () => {
    const journal = new Journal(db.store.pool);
    const run = newRun();
    const holder = uuidv7();
    const odd = 'a\u0000b \ud800 “ü” {"x":1}\\';
    await journal.create(run, holder, [started]);
    await journal.append(append(run.id, holder, 1, [said(odd)]));
    expect((await readJournal(db.store.pool, run.id, 1))[0]).toMatchObject({ seq: 1, text: odd });
  });
});
