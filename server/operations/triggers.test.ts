import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous, type Caller } from '../access/caller.ts';
import { inTransaction } from '../store/inTransaction.ts';
import { chain, say } from '../work/testFlows.ts';
import { until } from '../work/testWork.ts';
import { contracts as c } from './contract/index.ts';
import { receiveFile } from './files.ts';
import { followLinks, longestLine } from './followLinks.ts';
import { call } from './registry.ts';
import { type TestRooms, testRooms } from './testRooms.ts';

let rooms: TestRooms;
beforeAll(async () => {
  rooms = await testRooms();
});
afterAll(() => rooms?.close());

const text = (title: string): JsonObject => ({ title, type: 'string' });

async function published(name: string, document: JsonObject): Promise<string> {
  const { flowId } = await rooms.call(c.flow.import, {
    text: JSON.stringify({ ...document, name }),
    fileName: 'a.json',
  });
  await rooms.call(c.flow.publish, { flowId, baseSeq: 0 });
  return flowId;
}

const plain = (name: string) => published(name, chain([say('hello')], [text('name')], [text('name')]));

async function end(runId: string) {
  let run = await rooms.call(c.run.get, { runId });
  await until('the run ends', async () => {
    run = await rooms.call(c.run.get, { runId });
    return ['succeeded', 'failed', 'cancelled'].includes(run.state);
  });
  return run;
}

async function runsOf(flowId: string) {
  return (await rooms.call(c.run.list, { flowId })).runs;
}

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('words');
}

function at(ip: string): Caller {
  return { ...anonymous, ip };
}

describe('a start form', () => {
  const tokenOf = (link: string) => link.split('/').at(-1) ?? '';

  it('shows what the flow asks for, and starts one run for a key, in the name of the form', async () => {
    const flowId = await plain('Sign up');
    const { link, formId } = await rooms.call(c.startForm.create, { flowId, title: 'Join us', intro: 'Please.' });
    const token = tokenOf(link);
    expect(await rooms.call(c.startForm.look, { token }, at('10.0.0.1'))).toEqual({
      title: 'Join us',
      intro: 'Please.',
      signIn: false,
      inputs: [text('name')],
    });
    const send = () =>
      rooms.call(c.startForm.submit, { token, inputs: { name: 'Ada' }, key: 'made by the page' }, at('10.0.0.1'));
    const all = await Promise.all([send(), send(), send()]);
    expect(all.filter((one) => one.created)).toHaveLength(1);
    expect(new Set(all.map((one) => one.reference)).size).toBe(1);
    const [run, ...others] = await runsOf(flowId);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ trigger: 'form', actorName: 'Form “Join us”', number: Number(all[0]?.reference) });
    const { forms } = await rooms.call(c.startForm.list, { flowId });
    expect(forms).toMatchObject([{ id: formId, used: 1 }]);
  });

  it('refuses wrong inputs, and starts nothing when it was taken back or has expired', async () => {
    const flowId = await plain('Closed');
    const { link, formId } = await rooms.call(c.startForm.create, { flowId, title: 'Soon over' });
    const token = tokenOf(link);
    const submit = (inputs: JsonObject) =>
      rooms.call(c.startForm.submit, { token, inputs, key: crypto.randomUUID() }, at('10.0.0.2'));
    await expect(submit({})).rejects.toThrow(/“name” is missing/);
    const { pool } = rooms.services.store;
    await pool.query("UPDATE start_form SET expires_at = now() - interval '1 second' WHERE id = $1", [formId]);
    await expect(submit({ name: 'late' })).rejects.toMatchObject({ code: 'GONE' });
    await pool.query('UPDATE start_form SET expires_at = NULL WHERE id = $1', [formId]);
    await rooms.call(c.startForm.revoke, { formId });
    await expect(submit({ name: 'later' })).rejects.toThrow(/taken back/);
    await expect(rooms.call(c.startForm.look, { token }, at('10.0.0.2'))).rejects.toMatchObject({ code: 'GONE' });
    await expect(rooms.call(c.startForm.look, { token: 'none' }, at('10.0.0.2'))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await runsOf(flowId)).toEqual([]);
  });

  it('that wants a sign-in takes people of the workspace only, and names them', async () => {
    const flowId = await plain('Inside');
    const { link } = await rooms.call(c.startForm.create, { flowId, title: 'Inside', signIn: true });
    const token = tokenOf(link);
    await expect(rooms.call(c.startForm.look, { token }, at('10.0.0.3'))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    const vera = await rooms.person('Vera', 'viewer');
    await rooms.call(c.startForm.submit, { token, inputs: { name: 'V' }, key: 'by a person' }, vera);
    expect(await runsOf(flowId)).toMatchObject([{ actorName: 'Vera', trigger: 'form' }]);
  });

  it('is answered also when its run cannot be woken at once: a sweep takes it', async () => {
    const flowId = await plain('Later');
    const { link } = await rooms.call(c.startForm.create, { flowId, title: 'Later' });
    const { services } = rooms;
    const lost = async () => {
      throw new Error('the connection was lost');
    };
    const input = { token: tokenOf(link), inputs: { name: 'Ada' }, key: 'only once' };
    const failing = { ...services, runs: { ...services.runs, wake: lost } };
    expect(await call(c.startForm.submit, input, at('10.0.0.6'), failing)).toMatchObject({ created: true });
    const [run] = await runsOf(flowId);
    expect((await end(run?.id ?? '')).state).toBe('succeeded');
  });

  it('takes files while it is open, and only so many from one address in a minute', async () => {
    const flowId = await plain('Files');
    const { link, formId } = await rooms.call(c.startForm.create, { flowId, title: 'Files' });
    const upload = (ip: string, form = tokenOf(link)) =>
      receiveFile(rooms.services, at(ip), { name: 'a.txt', mediaType: 'text/plain', form, content: bytes() });
    expect(await upload('10.0.0.7')).toMatchObject({ name: 'a.txt', size: 5 });
    const results = await Promise.allSettled(Array.from({ length: 60 }, () => upload('10.0.0.7')));
    expect(results.filter((one) => one.status === 'rejected')).toMatchObject([{ reason: { code: 'TOO_MANY' } }]);
    await expect(upload('10.0.0.8', 'none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await rooms.call(c.startForm.revoke, { formId });
    await expect(upload('10.0.0.8')).rejects.toMatchObject({ code: 'GONE' });
  });

  it('takes only so many calls from one address in a minute', async () => {
    const flowId = await plain('Many');
    const { link } = await rooms.call(c.startForm.create, { flowId, title: 'Many' });
    const input = { token: tokenOf(link), inputs: { name: 'x' }, key: 'always the same' };
    const results = await Promise.allSettled(
      Array.from({ length: 31 }, () => rooms.call(c.startForm.submit, input, at('10.0.0.4'))),
    );
    const refused = results.filter((one) => one.status === 'rejected');
    expect(refused).toMatchObject([{ reason: { code: 'TOO_MANY' } }]);
    await rooms.call(c.startForm.submit, input, at('10.0.0.5'));
  });
});

describe('when another flow ends', () => {
  it('the linked flow starts once, with the outputs by name', async () => {
    const [source, target] = [await plain('First'), await plain('Then')];
    const { linkId } = await rooms.call(c.flowLink.create, { sourceFlowId: source, targetFlowId: target });
    const { runId } = await rooms.call(c.run.start, { flowId: source, inputs: { name: 'Ada' } });
    const first = await end(runId);
    await until('the linked run', async () => (await runsOf(target)).length === 1);
    const [run] = await runsOf(target);
    expect(await end(run?.id ?? '')).toMatchObject({
      state: 'succeeded',
      trigger: 'flow',
      inputs: { name: 'Ada' },
      actorName: `First ${first.number}`,
    });
    // The outbox tells of the same end again: nothing more happens.
    const { services } = rooms;
    const handler = followLinks({ documents: services.documents, formula: services.runs.formula });
    const wake = await inTransaction(services.store.pool, (client) =>
      handler(client, { runId, flowId: source, state: 'succeeded', at: new Date() }),
    );
    expect(wake).toEqual([]);
    expect(await runsOf(target)).toHaveLength(1);
    const { fires } = await rooms.call(c.flowLink.fires, { linkId });
    expect(fires).toMatchObject([{ sourceRunId: runId, outcome: 'run', runId: run?.id, sourceNumber: first.number }]);
  });

  it('only in the states, and under the condition, that were chosen; what is wrong is on record', async () => {
    const [source, target] = [await plain('Source'), await plain('Target')];
    const make = (more: object) =>
      rooms.call(c.flowLink.create, { sourceFlowId: source, targetFlowId: target, ...more });
    const failed = await make({ states: ['failed'] });
    const no = await make({ filter: 'outputs.name = "Bob"' });
    const odd = await make({ mapping: '{"nothing": outputs.name}' });
    const bad = await make({ mapping: '$number(outputs.name)' });
    const good = await make({
      filter: 'outputs.name = "Ada"',
      mapping: '{"name": run.flow & " " & inputs.name & " " & run.state}',
    });
    const { runId } = await rooms.call(c.run.start, { flowId: source, inputs: { name: 'Ada' } });
    await end(runId);
    await until('the linked run', async () => (await runsOf(target)).length === 1);
    expect((await runsOf(target)).length).toBe(1);
    const [run] = await runsOf(target);
    expect((await end(run?.id ?? '')).inputs).toEqual({ name: 'Source Ada succeeded' });
    const firesOf = async (linkId: string) => (await rooms.call(c.flowLink.fires, { linkId })).fires;
    expect(await firesOf(failed.linkId)).toEqual([]);
    expect(await firesOf(no.linkId)).toMatchObject([{ outcome: 'skipped', reason: 'The condition did not hold.' }]);
    expect(await firesOf(odd.linkId)).toMatchObject([
      { outcome: 'skipped', reason: expect.stringMatching(/no input “nothing”/) },
    ]);
    expect(await firesOf(bad.linkId)).toMatchObject([
      { outcome: 'skipped', reason: expect.stringMatching(/formula/i) },
    ]);
    expect(await firesOf(good.linkId)).toMatchObject([{ outcome: 'run' }]);
    await expect(make({ filter: 'outputs.(' })).rejects.toMatchObject({ code: 'INVALID' });
    await expect(make({ targetFlowId: source })).rejects.toThrow(/never stop/);
  });

  it('no circle of flows goes on for ever', async () => {
    const [ping, pong] = [await plain('Ping'), await plain('Pong')];
    await rooms.call(c.flowLink.create, { sourceFlowId: ping, targetFlowId: pong });
    await rooms.call(c.flowLink.create, { sourceFlowId: pong, targetFlowId: ping });
    await rooms.call(c.run.start, { flowId: ping, inputs: { name: 'round' } });
    const { pool } = rooms.services.store;
    await until(
      'the end of the circle',
      async () => (await pool.query("SELECT 1 FROM flow_link_fire WHERE reason LIKE '%in circles%'")).rowCount === 1,
      30_000,
    );
    const all = (await runsOf(ping)).length + (await runsOf(pong)).length;
    expect(all).toBe(longestLine + 1);
  });

  it('a handler that fails leaves nothing behind: the next one does all of it', async () => {
    const [source, target] = [await plain('Broken source'), await plain('Broken target')];
    const { runId } = await rooms.call(c.run.start, { flowId: source, inputs: { name: 'x' } });
    await end(runId);
    const link = { sourceFlowId: source, targetFlowId: target, mapping: 'outputs' };
    const { linkId } = await rooms.call(c.flowLink.create, link);
    const { services } = rooms;
    const act = (formula: typeof services.runs.formula) =>
      inTransaction(services.store.pool, (client) =>
        followLinks({ documents: services.documents, formula })(client, {
          runId,
          flowId: source,
          state: 'succeeded',
          at: new Date(),
        }),
      );
    await expect(act(() => Promise.reject(new Error('the sandbox is gone')))).rejects.toThrow('the sandbox is gone');
    expect((await rooms.call(c.flowLink.fires, { linkId })).fires).toEqual([]);
    expect(await act(services.runs.formula)).toHaveLength(1);
    expect((await rooms.call(c.flowLink.fires, { linkId })).fires).toMatchObject([{ outcome: 'run' }]);
  });
});

describe('a named event that is sent', () => {
  const waiting = (event: string) =>
    chain([
      {
        component_type: 'ToolNode',
        id: 'wait',
        name: 'wait',
        metadata: {},
        tool: {
          component_type: 'BuiltinTool',
          id: 'wait-tool',
          name: 'wait-tool',
          metadata: {},
          tool_type: 'rondo.wait',
          configuration: { mode: 'event', event, key: 'A' },
          inputs: [],
          outputs: [],
        },
      },
    ]);

  it('lets the runs go on that wait for it, once', async () => {
    const flowId = await published('Waits', waiting('paid'));
    const { runId } = await rooms.call(c.run.start, { flowId, inputs: {} });
    await until('it waits', async () => (await rooms.call(c.run.get, { runId })).state === 'waiting');
    const event = { name: 'paid', key: 'A', payload: { sum: 3 }, id: 'order 7' };
    expect(await rooms.call(c.event.send, event)).toMatchObject({ created: true, runs: [runId] });
    expect(await rooms.call(c.event.send, event)).toMatchObject({ created: false, runs: [] });
    expect((await end(runId)).state).toBe('succeeded');
    const reviewer = await rooms.person('Rita', 'reviewer');
    await expect(rooms.call(c.event.send, event, reviewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const audit = await rooms.call(c.audit.list, { action: 'event.send' });
    expect(audit.rows.map((row) => row.outcome)).toEqual(['refused', 'done', 'done']);
  });
});
