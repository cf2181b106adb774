import { createServer } from 'node:http';
import { operations } from '@rondo/server/operations/registry.ts';
import { ask, chain, post, say } from '@rondo/server/work/testFlows.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { callOperation, until } from '../harness/client.ts';
import { hasRedis } from '../harness/redis.ts';
import { type JournalRow, lookAtJournal } from '../recovery/journalFaults.ts';
import { type House, openHouse } from './house.ts';

/** What every installation is promised, tried on a server and a worker that share each of the two queues. */
describe.each([
  { queue: 'in PostgreSQL', redis: false, there: true },
  { queue: 'in Redis (skipped without redis-server)', redis: true, there: hasRedis },
])('with the queue $queue', ({ redis, there }) => {
  let house: House;
  beforeAll(async () => {
    if (there) house = await openHouse(redis);
  });
  afterAll(() => house?.stop());
  const guarantee = it.skipIf(!there);

  const call = <T = Record<string, unknown>>(kind: 'GET' | 'POST', name: string, input: object = {}) =>
    house.owner.call<T>(kind, name, { ...input });
  const answer = (kind: 'GET' | 'POST', name: string, input: object = {}) =>
    callOperation(house.url, house.owner.cookie, kind, name, { ...input });
  const sql = async <T extends object>(text: string, ...values: unknown[]) =>
    (await house.database.store.pool.query<T>(text, values)).rows;

  async function imported(name: string, document: JsonObject | string): Promise<string> {
    const text = typeof document === 'string' ? document : JSON.stringify({ ...document, name });
    return (await call<{ flowId: string }>('POST', 'flow.import', { text, fileName: 'flow.json' })).flowId;
  }
  async function published(name: string, document: JsonObject): Promise<string> {
    const flowId = await imported(name, document);
    await call('POST', 'flow.publish', { flowId, baseSeq: 0 });
    return flowId;
  }
  const start = async (flowId: string, more: object = {}) =>
    (await call<{ runId: string }>('POST', 'run.start', { flowId, inputs: {}, ...more })).runId;
  const stateOf = async (runId: string) => (await call<{ state: string }>('GET', 'run.get', { runId })).state;
  const reach = (runId: string, state: string) =>
    until(`run ${runId} is ${state}`, async () => (await stateOf(runId)) === state);
  const journalOf = (runId: string) =>
    sql<JournalRow>('SELECT first_seq, count, events FROM run_journal WHERE run_id = $1 ORDER BY first_seq', runId);
  const eventsOf = async (runId: string): Promise<RunEvent[]> => (await journalOf(runId)).flatMap((row) => row.events);

  /** A run of a flow that asks, and what a person would send. */
  async function asked(flowId: string) {
    const runId = await start(flowId);
    await reach(runId, 'waiting');
    const [{ id: reviewId } = { id: '' }] = await sql<{ id: string }>('SELECT id FROM review WHERE run_id = $1', runId);
    const { formHash, valuesHash } = await call('GET', 'review.get', { reviewId });
    return { runId, decision: { reviewId, formHash, valuesHash, decision: 'send', values: { text: 'Yes' } } };
  }

  guarantee('G1: a step whose end is in the journal never runs again, whatever is killed', async () => {
    const flowId = await published(
      'Six calls',
      chain(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => post(id, house.outside.url))),
    );
    const nextCall = () =>
      new Promise<void>((resolve) => {
        house.outside.onCall = () => resolve();
      });
    let inCall = nextCall();
    const runs = await Promise.all(Array.from({ length: 6 }, () => start(flowId)));
    for (let crashes = 0; crashes < 2; crashes += 1) {
      await inCall;
      await house.crash();
      inCall = nextCall();
      await house.rise();
    }
    let cutOff = 0;
    for (const runId of runs) {
      await reach(runId, 'succeeded');
      const look = lookAtJournal(runId, await journalOf(runId), house.outside);
      expect(look.faults).toEqual([]);
      cutOff += look.cutOff;
    }
    // A call that was cut off in the middle is made again with the same key.
    expect(cutOff).toBeGreaterThan(0);
    expect(house.outside.calls.size).toBe(runs.length * 6);
    const events = (await Promise.all(runs.map(eventsOf))).flat();
    expect(events).toContainEqual(expect.objectContaining({ kind: 'run_resumed', why: 'holder_lost' }));
  });

  guarantee('G2: a run keeps the flow version that it started with', async () => {
    const flowId = await published('Keeps', chain([ask('question'), say('last', 'first version')]));
    const { runId, decision } = await asked(flowId);
    const commands = [{ type: 'set', component: 'last', pointer: '/message', value: 'second version' }];
    await call('POST', 'flow.edit', { flowId, baseSeq: 0, label: 'Say another thing', commands });
    await call('POST', 'flow.publish', { flowId, baseSeq: 1 });
    const later = await asked(flowId);
    // Whoever takes the run up again has never seen it.
    await house.crash();
    await house.rise();
    for (const one of [decision, later.decision]) await call('POST', 'review.decide', one);
    const said = async (id: string) => {
      await reach(id, 'succeeded');
      return (await eventsOf(id)).flatMap((event) =>
        event.kind === 'message' && event.path === 'last' ? event.text : [],
      );
    };
    expect(await said(runId)).toEqual(['first version']);
    expect(await said(later.runId)).toEqual(['second version']);
  });

  guarantee('G3: a terminal state never changes', async () => {
    const flowId = await published('Ends', chain([ask('question')]));
    const ends: Record<string, string> = {};
    const { runId: cancelled, decision } = await asked(flowId);
    await call('POST', 'run.cancel', { runId: cancelled });
    ends[cancelled] = 'cancelled';
    const answered = await asked(flowId);
    await call('POST', 'review.decide', answered.decision);
    ends[answered.runId] = 'succeeded';
    const failing = chain([{ ...post('call', 'http://127.0.0.1:1/nobody') }]);
    ends[await start(await published('Fails', failing))] = 'failed';
    for (const [runId, state] of Object.entries(ends)) await reach(runId, state);
    const before = await Promise.all(Object.keys(ends).map(eventsOf));

    expect((await answer('POST', 'review.decide', decision)).status).toBe(410);
    for (const runId of Object.keys(ends)) {
      await answer('POST', 'run.cancel', { runId });
      await answer('POST', 'run.pause', { runId });
      await answer('POST', 'run.resume', { runId });
    }
    await house.crash();
    await house.rise();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    for (const [runId, state] of Object.entries(ends)) expect(await stateOf(runId)).toBe(state);
    expect(await Promise.all(Object.keys(ends).map(eventsOf))).toEqual(before);
  });

  guarantee('G4: every fire of a schedule is on record exactly once', async () => {
    const flowId = await published('Fires', chain([say('hello')]));
    const every = { kind: 'every', everySeconds: 1, timeZone: 'UTC', missed: 'all', missedMost: 1000 };
    const { scheduleId } = await call<{ scheduleId: string }>('POST', 'schedule.create', {
      flowId,
      ...every,
      inputs: {},
    });
    const fires = () =>
      sql<{ due_at: Date; outcome: string; run_id: string; state: string | null }>(
        `SELECT due_at, outcome, run_id, run.state FROM schedule_fire LEFT JOIN run ON run.id = run_id
         WHERE schedule_id = $1 ORDER BY due_at`,
        scheduleId,
      );
    await until('it fires', async () => (await fires()).length >= 2);
    await house.crash();
    const away = (await fires()).length;
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await house.rise();
    await until('it has caught up', async () => (await fires()).length >= away + 4);
    await call('POST', 'schedule.update', { scheduleId, enabled: false });
    await until('their runs end', async () =>
      (await fires()).every((fire) => fire.state !== 'queued' && fire.state !== 'running'),
    );
    const all = await fires();
    const first = all[0]?.due_at.getTime() ?? 0;
    expect(all.map((fire) => fire.due_at.getTime())).toEqual(all.map((_, index) => first + index * 1000));
    for (const fire of all)
      expect(['run succeeded', 'caught_up succeeded', 'skipped null']).toContain(`${fire.outcome} ${fire.state}`);
    const made = all.filter((fire) => fire.outcome !== 'skipped').map((fire) => fire.run_id);
    expect(made.length).toBeGreaterThanOrEqual(5);
    const runs = await sql<{ id: string }>("SELECT id FROM run WHERE flow_id = $1 AND trigger = 'schedule'", flowId);
    expect(runs.map((run) => run.id).sort()).toEqual([...new Set(made)].sort());
  });

  guarantee('G5: every privileged change has its audit row in the same transaction, refusals included', async () => {
    const flowId = await imported('Audited', chain([say('hello')]));
    expect((await answer('POST', 'flow.publish', { flowId, baseSeq: 7 })).status).toBe(409);
    await call('POST', 'flow.publish', { flowId, baseSeq: 0 });
    const { rows } = await call<{ rows: object[] }>('GET', 'audit.list', { limit: 3 });
    expect(rows).toMatchObject([
      { action: 'flow.publish', targetId: flowId, outcome: 'done', actorName: 'Olivia Owner' },
      { action: 'flow.publish', targetId: flowId, outcome: 'refused' },
      { action: 'flow.import', targetId: flowId, outcome: 'done' },
    ]);
    // Where the row cannot be written, the change is not made.
    await sql('ALTER TABLE audit ADD CONSTRAINT refuse_all CHECK (seq < 0) NOT VALID');
    expect((await answer('POST', 'flow.create', { name: 'Alone' })).status).toBe(500);
    await sql('ALTER TABLE audit DROP CONSTRAINT refuse_all');
    expect(await call('GET', 'flow.list', { search: 'Alone' })).toMatchObject({ flows: [] });
    expect(await call('GET', 'audit.verify')).toMatchObject({ ok: true, firstBroken: null });
    const [{ actor_name: name } = { actor_name: '' }] = await sql<{ actor_name: string }>(
      'SELECT actor_name FROM audit WHERE seq = 3',
    );
    await sql("UPDATE audit SET actor_name = 'Mallory' WHERE seq = 3");
    expect(await call('GET', 'audit.verify')).toMatchObject({ ok: false, firstBroken: { seq: 3 } });
    await sql('UPDATE audit SET actor_name = $1 WHERE seq = 3', name);
    expect(await call('GET', 'audit.verify')).toMatchObject({ ok: true });
  });

  guarantee('G6: what was not edited leaves as it came, byte for byte', async () => {
    const document = { ...chain([say('one'), say('two')]), name: 'Bytes', ours: [1.5, null] };
    // Written as nobody else writes it.
    const text = `${JSON.stringify(document, null, 3).replace(/": /g, '"  : ').replace('1.5', '1.50e0')}\n\n`;
    const flowId = await imported('Bytes', text);
    const exported = async (version?: number) =>
      (await call<{ text: string }>('GET', 'flow.export', { flowId, ...(version && { version }) })).text;
    await call('POST', 'flow.publish', { flowId, baseSeq: 0 });
    await reach(await start(flowId), 'succeeded');
    expect([await exported(), await exported(1)]).toEqual([text, text]);
    const commands = [{ type: 'set', component: 'two', pointer: '/message', value: 'Another' }];
    await call('POST', 'flow.edit', { flowId, baseSeq: 0, label: 'Say another thing', commands });
    expect(await exported()).toBe(text.replace('"This is two."', '"Another"'));
    await house.crash();
    await house.rise();
    await call('POST', 'flow.undo', { flowId });
    expect([await exported(), await exported(1)]).toEqual([text, text]);
  });

  guarantee('G7: no secret’s value in a journal, a log, an audit row, an error or an export', async () => {
    const value = `sk-live-"quoted"/${redis ? 4712 : 4711}`;
    const received: unknown[] = [];
    // A service that does what it should not: it repeats the key in its answers.
    const service = createServer((request, response) => {
      received.push(request.headers['x-service-key']);
      response.writeHead(request.url === '/fail' ? 500 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: `bad key ${request.headers['x-service-key']}`, all: request.headers }));
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = service.address() as { port: number };
      await call('POST', 'secret.set', { name: 'service-key', value });
      const shown: unknown[] = [];
      for (const [path, end] of [
        ['fail', 'failed'],
        ['ok', 'succeeded'],
      ] as const) {
        const key = { 'x-service-key': { $component_ref: 'service-key' } };
        const service = {
          ...post('call', `http://127.0.0.1:${port}/${path}`),
          sensitive_headers: key,
          outputs: [{ title: 'response' }],
        };
        const tell = { ...say('tell', 'It said {{ response }}'), inputs: [{ title: 'response' }] };
        // The question lets go of the run: who goes on reads the journal.
        const flowId = await published(path, chain([ask('question'), service, tell]));
        const { runId, decision } = await asked(flowId);
        await call('POST', 'review.decide', decision);
        await reach(runId, end);
        for (const name of ['run.get', 'run.events']) shown.push(await call('GET', name, { runId }));
        shown.push(await call('GET', 'flow.export', { flowId }));
      }
      for (const name of ['audit.list', 'secret.list']) shown.push(await call('GET', name));
      expect(received).toContain(value);
      expect(JSON.stringify(shown)).toContain('bad key');
      expect(JSON.stringify(shown)).not.toContain('sk-live');
      for (const [table, text] of await house.everything()) expect(text, table).not.toContain('sk-live');
      expect(house.printed().length).toBeGreaterThan(0);
      expect(house.printed()).not.toContain('sk-live');
    } finally {
      service.closeAllConnections();
      service.close();
    }
  });

  guarantee('G8: nothing changes on GET', async () => {
    const flowId = await published('Read only', chain([ask('question')]));
    const { runId, decision } = await asked(flowId);
    const known: Record<string, string> = { flowId, runId, reviewId: decision.reviewId, number: '1' };
    // What was done before is told of and swept up first.
    let before = await house.everything();
    await until('the house is quiet', async () => {
      const last = before;
      await new Promise((resolve) => setTimeout(resolve, 1000));
      before = await house.everything();
      return JSON.stringify([...before]) === JSON.stringify([...last]);
    });
    let read = 0;
    for (const { contract } of operations.values()) {
      if (contract.kind === 'write') {
        expect((await answer('GET', contract.name)).status, contract.name).toBe(404);
        continue;
      }
      const required = z.toJSONSchema(contract.input, { io: 'input', unrepresentable: 'any' }).required ?? [];
      const input = Object.fromEntries(required.map((name) => [name, known[name] ?? 'x']));
      const { status } = await answer('GET', contract.name, input);
      expect(status, contract.name).toBeLessThan(500);
      if (status === 200) read += 1;
    }
    for (const path of ['/', '/healthz', '/readyz', '/api/openapi.json', '/auth/get-session', '/mcp'])
      await fetch(`${house.url}${path}`, { headers: { cookie: house.owner.cookie } });
    expect(read).toBeGreaterThan(20);
    expect(Object.fromEntries(await house.everything())).toEqual(Object.fromEntries(before));
  });

  guarantee(
    'G9: a decision is bound to the form and the values shown, and sending it twice is one decision',
    async () => {
      const { runId, decision } = await asked(await published('Decides', chain([ask('question')])));
      for (const other of [{ formHash: '0'.repeat(64) }, { valuesHash: '0'.repeat(64) }])
        expect((await answer('POST', 'review.decide', { ...decision, ...other })).status).toBe(409);
      expect(await stateOf(runId)).toBe('waiting');
      const twice = await Promise.all([
        answer('POST', 'review.decide', decision),
        answer('POST', 'review.decide', decision),
      ]);
      expect(twice.map(({ status, body }) => [status, body.runId])).toEqual([
        [200, runId],
        [200, runId],
      ]);
      await reach(runId, 'succeeded');
      await house.crash();
      await house.rise();
      expect((await answer('POST', 'review.decide', { ...decision, values: { text: 'No' } })).status).toBe(410);
      expect((await eventsOf(runId)).filter((event) => event.kind === 'wait_answered')).toHaveLength(1);
    },
  );

  guarantee('G10: a save never overwrites newer work', async () => {
    const flowId = await imported('Shared', chain([say('one'), say('two')]));
    const edit = (baseSeq: number, component: string, name: string) =>
      answer('POST', 'flow.edit', {
        flowId,
        baseSeq,
        label: `Call it ${name}`,
        commands: [{ type: 'rename', component, name }],
      });
    expect((await edit(0, 'one', 'Mine')).status).toBe(200);
    expect((await edit(0, 'one', 'Theirs')).status).toBe(409);
    await house.crash();
    await house.rise();
    expect((await edit(0, 'one', 'Theirs')).status).toBe(409);
    // At another place both stay.
    expect(await edit(0, 'two', 'Theirs, too')).toMatchObject({ status: 200, body: { seq: 2, missed: [{ seq: 1 }] } });
    expect((await answer('POST', 'flow.publish', { flowId, baseSeq: 1 })).status).toBe(409);
    const { text } = await call<{ text: string }>('GET', 'flow.get', { flowId });
    expect(text).toContain('"Mine"');
    expect(text).toContain('"Theirs, too"');
    expect(text).not.toContain('"Theirs"');
  });
});
