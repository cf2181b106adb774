import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contracts as c } from './contract/index.ts';
import { type TestRooms, testRooms } from './testRooms.ts';

let rooms: TestRooms;
beforeAll(async () => {
  rooms = await testRooms();
});
afterAll(() => rooms.close());

describe('the state of a flow', () => {
  it('is what the flow says without its text: new, published, changed again', async () => {
    const { flowId } = await rooms.call(c.flow.create, { name: 'Größe', sample: 'expense-approval' });
    const same = async () => {
      const { text: _text, ...whole } = await rooms.call(c.flow.get, { flowId });
      const state = await rooms.call(c.flow.state, { flowId });
      expect(state).toEqual(whole);
      return state;
    };
    expect(await same()).toMatchObject({ seq: 0, publishedNumber: null, hasUnpublishedChanges: true, undo: null });
    await rooms.call(c.flow.publish, { flowId, baseSeq: 0 });
    expect(await same()).toMatchObject({ publishedNumber: 1, hasUnpublishedChanges: false });
    const commands = [{ type: 'set' as const, component: '', pointer: '/description', value: 'Andere Größe' }];
    await rooms.call(c.flow.edit, { flowId, baseSeq: 0, label: 'Words', commands });
    expect(await same()).toMatchObject({ seq: 1, hasUnpublishedChanges: true, undo: { label: 'Words' } });
  });

  it('of no flow is not there', async () => {
    const nobody = '00000000-0000-7000-8000-000000000000';
    await expect(rooms.call(c.flow.state, { flowId: nobody })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
