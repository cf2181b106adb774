import { defaultSurface } from '@rondo/shared/a2ui/reviewForm.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../access/caller.ts';
import { base, text } from '../engine/testRuns.ts';
import { chain } from '../work/testFlows.ts';
import { contracts as c } from './contract/index.ts';
import { type TestRooms, testRooms } from './testRooms.ts';

let rooms: TestRooms;
let anna: Caller;
let bert: Caller;
let clara: Caller;
let financeId = '';
let flowId = '';

/** A flow whose review is for Finance and for whoever its input names; it is due within an hour. */
function assignedFlow(): JsonObject {
  const tool: JsonObject = {
    ...base('ClientTool', 'look'),
    inputs: [text('about'), text('manager')],
    outputs: [text('decision')],
  };
  tool.metadata = {
    __metadata_info__: {
      rondo: {
        surface: defaultSurface(tool),
        title: 'Pay for {{ about }}',
        assign: { people: ['{{ manager }}'], groups: ['Finance'] },
        dueSeconds: 3600,
      },
    },
  };
  const inputs = [text('about'), { ...text('manager'), default: '' }];
  return { ...chain([{ ...base('ToolNode', 'review'), tool }], inputs, [text('decision')]), name: 'Assigned' };
}

async function waiting(about: string, manager = ''): Promise<string> {
  const run = await rooms.call(c.run.start, { flowId, inputs: { about, manager }, waitSeconds: 10 });
  expect(run.state).toBe('waiting');
  return run.waits[0]?.reviewId ?? '';
}

async function decision(reviewId: string) {
  const { formHash, valuesHash } = await rooms.call(c.review.get, { reviewId });
  return { reviewId, formHash, valuesHash, decision: 'approve', values: {} };
}

beforeAll(async () => {
  rooms = await testRooms();
  [anna, bert, clara] = await Promise.all([
    rooms.person('Anna', 'reviewer'),
    rooms.person('Bert', 'reviewer'),
    rooms.person('Clara', 'builder'),
  ]);
  ({ groupId: financeId } = await rooms.call(c.group.save, { name: 'Finance', members: [anna.user?.id ?? ''] }));
  ({ flowId } = await rooms.call(c.flow.import, { text: JSON.stringify(assignedFlow()), fileName: 'assigned.json' }));
  await rooms.call(c.flow.publish, { flowId, baseSeq: 0 });
});
afterAll(() => rooms.close());

describe('a review is for people and groups', () => {
  it('who is in the group, or named by a value of the run, finds it as theirs; others see whose it is', async () => {
    const reviewId = await waiting('a lamp', 'Clara@Example.com');
    const ids = async (caller: Caller, whose?: 'me' | 'mine' | 'groups') =>
      (await rooms.call(c.review.list, { state: 'open', ...(whose && { whose }) }, caller)).reviews.map(({ id }) => id);
    expect(await ids(anna, 'me')).toContain(reviewId);
    expect(await ids(anna, 'groups')).toContain(reviewId);
    expect(await ids(anna, 'mine')).not.toContain(reviewId);
    expect(await ids(clara, 'mine')).toEqual([reviewId]);
    expect(await ids(bert, 'me')).not.toContain(reviewId);
    const { reviews, open } = await rooms.call(c.review.list, { state: 'open' }, bert);
    expect(reviews).toMatchObject([{ id: reviewId, forPeople: ['clara@example.com'], forGroups: ['Finance'] }]);
    expect(open).toBe(0);
    expect((await rooms.call(c.home.get, {}, bert)).inboxOpen).toBe(0);
    expect((await rooms.call(c.home.get, {}, anna)).waiting.map(({ id }) => id)).toEqual([reviewId]);
    await rooms.call(c.review.decide, await decision(reviewId), clara);
  });

  it('nobody else decides it; an owner may, and the audit says instead of whom', async () => {
    const reviewId = await waiting('a chair');
    expect((await rooms.call(c.review.get, { reviewId }, bert)).forCaller).toBe('no');
    await expect(rooms.call(c.review.decide, await decision(reviewId), bert)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'This is for Finance.',
    });
    expect((await rooms.call(c.review.get, { reviewId })).forCaller).toBe('instead');
    await rooms.call(c.review.decide, await decision(reviewId));
    const { rows } = await rooms.call(c.audit.list, { action: 'review.decide' });
    expect(rows[0]).toMatchObject({ outcome: 'done', details: { insteadOf: 'Finance' } });
    expect(rows[1]).toMatchObject({ outcome: 'refused', actorName: 'Bert' });
  });

  it('is due when its step says, and is found by that', async () => {
    const reviewId = await waiting('a desk');
    const { dueAt } = await rooms.call(c.review.get, { reviewId }, anna);
    const due = new Date(dueAt ?? '').getTime();
    expect(due - Date.now()).toBeGreaterThan(3_500_000);
    expect(due - Date.now()).toBeLessThanOrEqual(3_600_000);
    const dueBefore = (ms: number) =>
      rooms.call(c.review.list, { state: 'open', dueBefore: new Date(due + ms).toISOString() }, anna);
    expect((await dueBefore(1000)).reviews.map(({ id }) => id)).toEqual([reviewId]);
    expect((await dueBefore(-1000)).reviews).toEqual([]);
  });

  it('goes along with a new name of its group, and the audit names who came and who went', async () => {
    const reviewId = await waiting('a door');
    const members = [bert.user?.id ?? ''];
    await rooms.call(c.group.save, { groupId: financeId, name: 'Treasury', members });
    expect((await rooms.call(c.review.get, { reviewId }, bert)).forCaller).toBe('yes');
    expect((await rooms.call(c.review.get, { reviewId }, anna)).forCaller).toBe('no');
    const { groups } = await rooms.call(c.group.list, { search: 'treas' });
    expect(groups).toMatchObject([{ name: 'Treasury', members: [{ name: 'Bert' }] }]);
    expect(groups[0]?.open).toBeGreaterThan(0);
    const { rows } = await rooms.call(c.audit.list, { action: 'group.save' });
    expect(rows[0]?.details).toMatchObject({
      before: 'Finance',
      joined: ['bert@example.com'],
      left: ['anna@example.com'],
    });
    const check = ['Finance', 'Treasury', 'Bert@Example.com', 'nobody@example.com'];
    expect(await rooms.call(c.assignee.list, { search: 'bert', check }, clara)).toEqual({
      people: [{ id: bert.user?.id, name: 'Bert', email: 'bert@example.com' }],
      groups: [],
      unknown: ['Finance', 'nobody@example.com'],
    });
  });

  it('a name is taken once, groups are for admins, and a group that goes leaves its reviews to them', async () => {
    await expect(rooms.call(c.group.save, { name: 'Treasury', members: [] })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(rooms.call(c.group.list, {}, bert)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const reviewId = await waiting('a wall');
    await rooms.call(c.group.save, { groupId: financeId, name: 'Finance', members: [] });
    await rooms.call(c.group.remove, { groupId: financeId });
    expect((await rooms.call(c.review.get, { reviewId }, anna)).forCaller).toBe('no');
    await rooms.call(c.review.decide, await decision(reviewId));
  });
});
