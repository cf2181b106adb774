import { formHash, valuesHash } from '@rondo/shared/a2ui/formHash.ts';
import { defaultSurface, reviewForm } from '@rondo/shared/a2ui/reviewForm.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../access/caller.ts';
import { base, text } from '../engine/testRuns.ts';
import { chain } from '../work/testFlows.ts';
import { contracts as c } from './contract/index.ts';
import { typedAnswer } from './reviews.ts';
import { type TestRooms, testRooms } from './testRooms.ts';

let rooms: TestRooms;
let other: Caller;

beforeAll(async () => {
  rooms = await testRooms();
  other = await rooms.person('Rita', 'reviewer');
  const { flows } = await rooms.call(c.flow.list, { search: 'Contract summary' });
  await rooms.call(c.flow.publish, { flowId: flows[0]?.id ?? '', baseSeq: 0 });
});
afterAll(() => rooms.close());

/** A run that waits for its review, and what a reviewer would send. */
async function waiting() {
  const run = await rooms.call(c.run.start, {
    flowId: 'contract-summary',
    inputs: { party: 'Acme', contract: 'Term: 24 months. Renews: yes.' },
    waitSeconds: 10,
  });
  expect(run.state).toBe('waiting');
  const reviewId = run.waits[0]?.reviewId ?? '';
  const review = await rooms.call(c.review.get, { reviewId });
  const values: JsonObject = { summary: 'Checked', term_months: '24', renews: true };
  const decision = { reviewId, formHash: review.formHash, valuesHash: review.valuesHash, decision: 'approve', values };
  return { run, review, decision };
}

async function endOf(runId: string) {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const run = await rooms.call(c.run.get, { runId });
    if (run.state !== 'queued' && run.state !== 'running') return run;
    if (Date.now() > deadline) throw new Error(`run ${runId} is still ${run.state}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('G9 a decision is bound to the form and the values that were shown', () => {
  it('flows on as typed outputs, and is told with who and when', async () => {
    const { run, review, decision } = await waiting();
    expect(review.trail.map((step) => step.nodeType)).toContain('LlmNode');
    await rooms.call(c.review.decide, decision, other);
    const end = await endOf(run.runId);
    expect(end).toMatchObject({
      state: 'succeeded',
      outputs: { decision: 'approve', summary: 'Checked', term_months: 24 },
    });
    const after = await rooms.call(c.review.get, { reviewId: decision.reviewId });
    expect(after).toMatchObject({
      state: 'decided',
      decision: 'approve',
      decidedByName: 'Rita',
      answer: { term_months: 24 },
    });
    expect((await rooms.call(c.review.list, { state: 'open' })).reviews.map((one) => one.id)).not.toContain(review.id);
  });

  it('holds for large values, too, which are kept once and not in the review', async () => {
    const contract = `Term. ${'x'.repeat(200_000)}`;
    const [contractText, way] = [text('contract'), { ...text('way'), enum: ['post', 'mail'] }];
    const tool: JsonObject = {
      ...base('ClientTool', 'look'),
      inputs: [contractText, way],
      outputs: [way, text('decision')],
    };
    tool.metadata = { __metadata_info__: { rondo: { surface: defaultSurface(tool) } } };
    const inputs = [contractText, way];
    const document = chain([{ ...base('ToolNode', 'review'), tool }], inputs, [way]);
    const { flowId } = await rooms.call(c.flow.import, {
      text: JSON.stringify({ ...document, name: 'Large' }),
      fileName: 'large.json',
    });
    await rooms.call(c.flow.publish, { flowId, baseSeq: 0 });
    const start = { flowId, inputs: { contract, way: 'post' }, waitSeconds: 10 };
    const { runId, waits } = await rooms.call(c.run.start, start);
    const reviewId = waits[0]?.reviewId ?? '';
    const { rows } = await rooms.services.store.pool.query<{ kept: string }>(
      'SELECT surface || arguments AS kept FROM review WHERE id = $1',
      [reviewId],
    );
    expect(rows[0]?.kept.length).toBeLessThan(10_000);
    const review = await rooms.call(c.review.get, { reviewId });
    expect(review.arguments).toEqual({ contract, way: 'post' });
    expect(JSON.stringify(review.surface)).toContain(contract);
    expect(review.formHash).toBe(await formHash(review.surface));
    expect(review.valuesHash).toBe(await valuesHash(review.arguments));
    expect(review.surface).toEqual(reviewForm(defaultSurface(tool), review.arguments));
    const shown = { formHash: review.formHash, valuesHash: review.valuesHash };
    await rooms.call(c.review.decide, { reviewId, ...shown, decision: 'approve', values: { way: 'mail' } });
    expect(await endOf(runId)).toMatchObject({ state: 'succeeded', outputs: { way: 'mail' } });
  });

  it('another form or other values are refused', async () => {
    const { decision } = await waiting();
    await expect(rooms.call(c.review.decide, { ...decision, formHash: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('form'),
    });
    await expect(rooms.call(c.review.decide, { ...decision, valuesHash: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('values'),
    });
    expect((await rooms.call(c.review.get, { reviewId: decision.reviewId })).state).toBe('open');
  });

  it('sent twice it is one decision; another one after it hears who was first', async () => {
    const { run, decision } = await waiting();
    const answers = await Promise.all([rooms.call(c.review.decide, decision), rooms.call(c.review.decide, decision)]);
    expect(answers.map((answer) => answer.runId)).toEqual([run.runId, run.runId]);
    await expect(rooms.call(c.review.decide, decision, other)).rejects.toMatchObject({
      code: 'GONE',
      message: expect.stringMatching(/Olivia decided this already/),
    });
    await expect(rooms.call(c.review.decide, { ...decision, decision: 'reject' })).rejects.toMatchObject({
      code: 'GONE',
    });
    await endOf(run.runId);
    const { events } = await rooms.call(c.run.events, { runId: run.runId });
    expect(events.filter((event) => event.kind === 'wait_answered')).toHaveLength(1);
  });

  it('too late is told so: the run was cancelled meanwhile', async () => {
    const { run, decision } = await waiting();
    expect(await rooms.call(c.run.cancel, { runId: run.runId })).toEqual({ state: 'cancelled' });
    expect((await endOf(run.runId)).state).toBe('cancelled');
    await expect(rooms.call(c.review.decide, decision)).rejects.toMatchObject({
      code: 'GONE',
      message: expect.stringContaining('withdrawn'),
    });
    await expect(rooms.call(c.run.cancel, { runId: run.runId })).resolves.toMatchObject({ state: 'cancelled' });
  });

  it('a value that does not fit is named, and nothing is decided', async () => {
    const { decision } = await waiting();
    await expect(
      rooms.call(c.review.decide, { ...decision, values: { ...decision.values, term_months: 'two years' } }),
    ).rejects.toMatchObject({ code: 'INVALID', problems: [{ pointer: '/values/term_months' }] });
    expect((await rooms.call(c.review.get, { reviewId: decision.reviewId })).state).toBe('open');
  });

  it('a button that the form does not have is refused', async () => {
    const { decision } = await waiting();
    await expect(rooms.call(c.review.decide, { ...decision, decision: 'perhaps' })).rejects.toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining('“approve”'),
    });
  });

  it('a viewer may look and not decide', async () => {
    const viewer = await rooms.person('Vera', 'viewer');
    const { decision } = await waiting();
    await expect(rooms.call(c.review.get, { reviewId: decision.reviewId }, viewer)).resolves.toBeDefined();
    await expect(rooms.call(c.review.decide, decision, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('starting runs', () => {
  it('G2 a run keeps the version that it was started with', async () => {
    const { run, decision } = await waiting();
    const { flowId } = await rooms.call(c.run.get, { runId: run.runId });
    const before = await rooms.call(c.flow.get, { flowId: flowId ?? '' });
    const root = JSON.parse(before.text) as { id: string };
    await rooms.call(c.flow.edit, {
      flowId: before.id,
      baseSeq: before.seq,
      label: 'Rename',
      commands: [
        { type: 'rename', component: root.id, name: 'Contract summary' },
        { type: 'set', component: root.id, pointer: '/description', value: 'New' },
      ],
    });
    expect((await rooms.call(c.flow.publish, { flowId: before.id, baseSeq: before.seq + 1 })).number).toBe(2);
    await rooms.call(c.review.decide, decision);
    expect(await endOf(run.runId)).toMatchObject({ versionNumber: 1, documentText: before.text, state: 'succeeded' });
    const next = await rooms.call(c.run.start, { flowId: before.id, inputs: { party: 'A', contract: 'B' } });
    expect((await rooms.call(c.run.get, { runId: next.runId })).versionNumber).toBe(2);
    const old = await rooms.call(c.run.start, { flowId: before.id, version: 1, inputs: { party: 'A', contract: 'B' } });
    expect((await rooms.call(c.run.get, { runId: old.runId })).versionNumber).toBe(1);
  });

  it('the same key starts one run', async () => {
    const start = () =>
      rooms.call(c.run.start, { flowId: 'contract-summary', inputs: { party: 'A', contract: 'B' }, key: 'order 7' });
    const runs = await Promise.all([start(), start(), start()]);
    expect(new Set(runs.map((run) => run.runId)).size).toBe(1);
  });

  it('a flow that was never published runs as a draft only, for who may edit', async () => {
    const { flowId } = await rooms.call(c.flow.create, { name: 'Unpublished', sample: 'weekly-report' });
    await expect(rooms.call(c.run.start, { flowId, inputs: {} })).rejects.toMatchObject({ code: 'CONFLICT' });
    const run = await rooms.call(c.run.start, { flowId, version: 'draft', inputs: {}, waitSeconds: 10 });
    expect(run).toMatchObject({ state: 'succeeded', outputs: { total: 2490 } });
    await expect(rooms.call(c.run.start, { flowId, version: 'draft', inputs: {} }, other)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('lists are cut into pages that join without a gap', async () => {
    const all = await rooms.call(c.run.list, { limit: 100 });
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await rooms.call(c.run.list, { limit: 2, ...(cursor ? { cursor } : {}) });
      pages.push(...page.runs.map((run) => run.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(pages).toEqual(all.runs.map((run) => run.id));
  });
});

describe('the inbox', () => {
  it('is read piece by piece, the oldest first, and by who decided', async () => {
    for (let count = 0; count < 3; count++) await waiting();
    const { decision } = await waiting();
    await rooms.call(c.review.decide, decision, other);
    const whole = await rooms.call(c.review.list, { state: 'open' });
    expect(whole.open).toBe(whole.reviews.length);
    const ages = whole.reviews.map((review) => review.createdAt);
    expect(ages).toEqual(ages.toSorted());
    for (const state of ['open', 'all'] as const) {
      const all = await rooms.call(c.review.list, { state });
      const pieces: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await rooms.call(c.review.list, { state, limit: 2, ...(cursor && { cursor }) });
        pieces.push(...page.reviews.map((review) => review.id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(pieces).toEqual(all.reviews.map((review) => review.id));
    }
    const decidedBy = other.user?.id ?? '';
    const hers = await rooms.call(c.review.list, { state: 'decided', decidedBy });
    expect(hers.reviews.map((review) => review.id)).toContain(decision.reviewId);
    expect(new Set(hers.reviews.map((review) => review.decidedByName))).toEqual(new Set(['Rita']));
    expect((await rooms.call(c.review.list, { state: 'open', before: ages[0] ?? '' })).reviews).toEqual([]);
  });
});

describe('typed answers', () => {
  const outputs = [
    { title: 'decision', type: 'string' },
    { title: 'amount', type: 'number' },
    { title: 'note', type: 'string' },
  ];
  it('casts what a form holds to what the outputs want', () => {
    expect(typedAnswer('review', 'approve', { amount: '12.5' }, outputs)).toEqual({
      kind: 'review',
      decision: 'approve',
      values: { decision: 'approve', amount: 12.5, note: '' },
    });
  });
  it('a question wants a text', () => {
    expect(typedAnswer('message', 'send', { text: 'Yes' }, [])).toEqual({ kind: 'message', text: 'Yes' });
    expect(() => typedAnswer('message', 'send', { text: ' ' }, [])).toThrow('Write an answer');
  });
});
