import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contracts as c } from './contract/index.ts';
import { type TestRooms, testRooms } from './testRooms.ts';

let rooms: TestRooms;
const names = ['Zebra order', 'apple order', 'Mango order', '50% off', 'Ünique order'];
const ids = new Map<string, string>();

beforeAll(async () => {
  rooms = await testRooms();
  for (const name of names) ids.set(name, (await rooms.call(c.flow.create, { name })).flowId);
});
afterAll(() => rooms.close());

const idOf = (name: string) => ids.get(name) ?? '';
const listed = async (input: Record<string, unknown>) =>
  (await rooms.call(c.flow.list, input)).flows.map((flow) => flow.name);

describe('the list of flows', () => {
  it('is read piece by piece in each order, with each flow once', async () => {
    for (const sort of ['changed', 'name'] as const) {
      const whole = await listed({ sort });
      const pieces: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await rooms.call(c.flow.list, { sort, limit: 2, ...(cursor && { cursor }) });
        expect(page.flows.length).toBeLessThanOrEqual(2);
        pieces.push(...page.flows.map((flow) => flow.name));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(pieces).toEqual(whole);
      expect(new Set(pieces).size).toBe(pieces.length);
    }
    const byName = await listed({ sort: 'name', search: 'order' });
    expect(byName.slice(0, 2)).toEqual(['apple order', 'Mango order']);
    expect(byName).toHaveLength(4);
  });

  it('refuses the cursor of another list', async () => {
    await expect(rooms.call(c.flow.list, { cursor: 'bm9wZQ' })).rejects.toMatchObject({ code: 'INVALID' });
  });

  it('takes the signs of a search as they are', async () => {
    expect(await listed({ search: '50%' })).toEqual(['50% off']);
    expect(await listed({ search: 'o%r' })).toEqual([]);
  });

  it('knows who made a flow, what is published, and how the last run stands', async () => {
    const { flows } = await rooms.call(c.flow.list, { search: 'Zebra' });
    const owner = flows[0]?.ownerName;
    expect(owner).toBeTruthy();
    expect(await listed({ published: 'yes', search: 'Zebra' })).toEqual([]);
    await rooms.call(c.flow.publish, { flowId: idOf('Zebra order'), baseSeq: 0 });
    expect(await listed({ published: 'yes', search: 'order' })).toEqual(['Zebra order']);
    expect(await listed({ lastRun: 'never', search: 'Zebra' })).toEqual(['Zebra order']);
    await rooms.call(c.run.start, { flowId: idOf('Zebra order'), inputs: {}, waitSeconds: 10 });
    expect(await listed({ lastRun: 'never', search: 'Zebra' })).toEqual([]);
    expect(await listed({ lastRun: 'succeeded' })).toEqual(['Zebra order']);
    expect(await listed({ lastRun: 'failed' })).toEqual([]);
  });

  it('gives the names of flows that are searched, and of those that are asked for', async () => {
    const { flows } = await rooms.call(c.flow.names, { search: 'mango', flowIds: [idOf('50% off')] });
    expect(flows.map((flow) => flow.name).sort()).toEqual(['50% off', 'Mango order']);
  });
});

describe('folders', () => {
  it('hold flows, are named once, and leave their flows behind', async () => {
    const { folderId } = await rooms.call(c.folder.create, { name: 'Finance' });
    await expect(rooms.call(c.folder.create, { name: 'finance' })).rejects.toMatchObject({ code: 'CONFLICT' });
    const moved = [idOf('Mango order'), idOf('apple order')];
    const before = (await rooms.call(c.flow.list, { search: 'Mango' })).flows[0]?.updatedAt;
    await rooms.call(c.flow.arrange, { flowIds: moved, folderId });
    expect((await rooms.call(c.flow.list, { search: 'Mango' })).flows[0]).toMatchObject({
      folder: { id: folderId, name: 'Finance' },
      updatedAt: before,
    });
    expect(await listed({ folderId, sort: 'name' })).toEqual(['apple order', 'Mango order']);
    expect(await listed({ folderId: 'none', search: 'order', sort: 'name' })).not.toContain('Mango order');
    await rooms.call(c.folder.rename, { folderId, name: 'Money' });
    const list = await rooms.call(c.folder.list, {});
    expect(list.folders).toEqual([{ id: folderId, name: 'Money', flows: 2 }]);
    expect(list.all).toBe(list.loose + 2);
    await rooms.call(c.folder.remove, { folderId });
    expect(await listed({ folderId: 'none', search: 'Mango' })).toEqual(['Mango order']);
    await expect(rooms.call(c.flow.arrange, { flowIds: moved, folderId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('a flow that is deleted is in no list but one, starts nothing, and comes back where it was', async () => {
    const [zebra, off] = [idOf('Zebra order'), idOf('50% off')];
    await rooms.call(c.flow.arrange, { flowIds: [off], archived: true });
    await rooms.call(c.flow.arrange, { flowIds: [zebra, off], removed: true });
    expect(await listed({ search: 'Zebra' })).toEqual([]);
    expect(await listed({ show: 'archived' })).toEqual([]);
    expect((await listed({ show: 'removed' })).sort()).toEqual(['50% off', 'Zebra order']);
    await expect(rooms.call(c.run.start, { flowId: zebra, inputs: {} })).rejects.toMatchObject({ code: 'CONFLICT' });
    await rooms.call(c.flow.arrange, { flowIds: [zebra, off], archived: false });
    expect(await listed({ search: 'Zebra' })).toEqual([]);
    await rooms.call(c.flow.arrange, { flowIds: [zebra, off], removed: false });
    expect(await listed({ search: 'Zebra' })).toEqual(['Zebra order']);
    expect(await listed({ show: 'archived' })).toEqual(['50% off']);
  });

  it('does all or nothing', async () => {
    const stranger = '01900000-0000-7000-8000-000000000000';
    const flowIds = [idOf('Mango order'), stranger];
    await expect(rooms.call(c.flow.arrange, { flowIds, archived: true })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await listed({ search: 'Mango' })).toEqual(['Mango order']);
    await expect(rooms.call(c.flow.arrange, { flowIds: [stranger] })).rejects.toMatchObject({ code: 'INVALID' });
  });
});

it('a sample is given with its document', async () => {
  const { samples } = await rooms.call(c.sample.list, {});
  expect(samples.length).toBeGreaterThan(2);
  const sample = await rooms.call(c.sample.get, { sample: samples[0]?.slug ?? '' });
  expect(JSON.parse(sample.text)).toMatchObject({ component_type: 'Flow' });
  await expect(rooms.call(c.sample.get, { sample: 'no-such' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
