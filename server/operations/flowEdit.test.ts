import { newNode } from '@rondo/shared/oas/create.ts';
import { applyCommands } from '@rondo/shared/oas/edit.ts';
import { rootFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../access/caller.ts';
import { contracts as c } from './contract/index.ts';
import { type TestRooms, testRooms } from './testRooms.ts';

let rooms: TestRooms;
let other: Caller;
let flowId: string;
let rootId: string;
let nodeIds: string[];

beforeAll(async () => {
  rooms = await testRooms();
  other = await rooms.person('Ben', 'builder');
});
afterAll(() => rooms.close());

beforeEach(async () => {
  ({ flowId } = await rooms.call(c.flow.create, { name: 'Shared', sample: 'expense-approval' }));
  const { text } = await rooms.call(c.flow.get, { flowId });
  const root = rootFlow(JSON.parse(text)) as JsonObject;
  rootId = String(root.id);
  nodeIds = (root.nodes as JsonObject[]).map((node) => String(node.$component_ref ?? node.id));
});

const draft = (caller?: Caller) => rooms.call(c.flow.get, { flowId }, caller);
const edit = (baseSeq: number, label: string, command: object, caller?: Caller) =>
  rooms.call(c.flow.edit, { flowId, baseSeq, label, commands: [command as never] }, caller);
const move = (index: number, x: number) => ({ type: 'move', node: nodeIds[index], x, y: 5 });
const rename = (index: number, name: string) => ({ type: 'rename', component: nodeIds[index], name });

describe('G10 a save never overwrites newer work', () => {
  it('edits of two people at different places both stay, and each hears of the other’s', async () => {
    await edit(0, 'Move', move(1, 10));
    const second = await edit(0, 'Rename', rename(2, 'Renamed by Ben'), other);
    expect(second).toMatchObject({ seq: 2, missed: [{ seq: 1, actorName: 'Olivia' }] });
    const { text, seq } = await draft();
    expect(seq).toBe(2);
    expect(text).toContain('Renamed by Ben');
    expect(text).toContain('"x": 10');
  });

  it('edits that meet at the same place: the later one is refused and says who and what', async () => {
    await edit(0, 'Rename the summary', rename(1, 'Mine'));
    await expect(edit(0, 'Rename', rename(1, 'Theirs'), other)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/Olivia.*Rename the summary/),
    });
    const { text, seq } = await draft();
    expect(seq).toBe(1);
    expect(text).toContain('Mine');
    expect(text).not.toContain('Theirs');
  });

  it('a second tab of the same person is no different', async () => {
    await edit(0, 'Rename', rename(1, 'First tab'));
    await expect(edit(0, 'Rename', rename(1, 'Second tab'))).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('twenty people at once: every accepted edit is in the draft', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        edit(
          0,
          `Add ${i}`,
          { type: 'add', flow: rootId, node: { ...newNode('message'), id: `added-${i}`, name: `Step ${i}` } },
          i % 2 ? other : undefined,
        ),
      ),
    );
    expect(results.filter((result) => result.status === 'rejected')).toEqual([]);
    const { text, seq } = await draft();
    expect(seq).toBe(20);
    for (let i = 0; i < 20; i++) expect(text).toContain(`"added-${i}"`);
  });

  it('what was removed meanwhile cannot be edited', async () => {
    await edit(0, 'Remove', { type: 'remove', flow: rootId, node: nodeIds[1] });
    await expect(edit(0, 'Rename', rename(1, 'Gone'), other)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('publishing needs the newest draft', async () => {
    await edit(0, 'Move', move(1, 11));
    await expect(rooms.call(c.flow.publish, { flowId, baseSeq: 0 }, other)).rejects.toMatchObject({ code: 'CONFLICT' });
    const { number, hash } = await rooms.call(c.flow.publish, { flowId, baseSeq: 1 });
    expect(number).toBe(1);
    expect((await rooms.call(c.flow.version, { flowId, number })).hash).toBe(hash);
  });
});

describe('undo and redo', () => {
  it('takes back one’s own gestures only, byte for byte, also over a restart', async () => {
    const start = (await draft()).text;
    await edit(0, 'Move it', move(1, 77));
    const mine = (await draft()).text;
    await edit(1, 'Rename it', rename(2, 'By Ben'), other);
    expect((await draft()).undo).toEqual({ label: 'Move it' });
    expect((await draft(other)).undo).toEqual({ label: 'Rename it' });
    rooms.services.documents.forgetDrafts(flowId);
    expect(await rooms.call(c.flow.undo, { flowId }, other)).toMatchObject({
      seq: 3,
      text: mine,
      redo: { label: 'Rename it' },
    });
    expect(await rooms.call(c.flow.undo, { flowId })).toMatchObject({ seq: 4, text: start, undo: null });
    await expect(rooms.call(c.flow.undo, { flowId })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'There is nothing to undo.',
    });
    expect((await rooms.call(c.flow.redo, { flowId })).text).toBe(mine);
    expect((await draft()).redo).toBeNull();
  });

  it('answers who has the newest state with commands, others with the text', async () => {
    await edit(0, 'Move it', move(1, 77));
    const { text } = await draft();
    const back = await rooms.call(c.flow.undo, { flowId, baseSeq: 1 });
    expect(back).toMatchObject({ seq: 2, text: null });
    const tree = applyCommands(JSON.parse(text) as JsonObject, back.commands ?? []).tree;
    expect(tree).toEqual(JSON.parse((await draft()).text));
    const again = await rooms.call(c.flow.redo, { flowId, baseSeq: 1 });
    expect(again).toMatchObject({ seq: 3, text, commands: null });
  });

  it('goes back through several gestures and forward again', async () => {
    const texts = [(await draft()).text];
    for (let i = 0; i < 3; i++) {
      await edit(i, `Move ${i}`, move(1, 100 + i));
      texts.push((await draft()).text);
    }
    for (const text of texts.slice(0, 3).reverse()) expect((await rooms.call(c.flow.undo, { flowId })).text).toBe(text);
    for (const text of texts.slice(1)) expect((await rooms.call(c.flow.redo, { flowId })).text).toBe(text);
    await rooms.call(c.flow.undo, { flowId });
    await edit((await draft()).seq, 'Another way', rename(1, 'Another'));
    expect((await draft()).redo).toBeNull();
  });

  it('is a conflict when another took away what it names, and no edit at all when that never was there', async () => {
    const gone = { type: 'disconnect', flow: '', edge: 'never' };
    const refused = { problems: [expect.objectContaining({ code: 'EDIT-MISSING' })] };
    await expect(edit(0, 'Cut', gone)).rejects.toMatchObject({ code: 'INVALID', ...refused });
    await edit(0, 'Rename', rename(1, 'Theirs'), other);
    await expect(edit(0, 'Cut', gone)).rejects.toMatchObject({ code: 'CONFLICT', ...refused });
  });

  it('is refused in plain words when somebody else changed the same place since', async () => {
    await edit(0, 'Name it', rename(1, 'Mine'));
    await edit(1, 'Name it better', rename(1, 'Better'), other);
    await expect(rooms.call(c.flow.undo, { flowId })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/“Name it” cannot be undone: Ben changed the same place since \(Name it better\)/),
    });
  });
});

describe('a draft', () => {
  it('that is wrong is not published; every problem is named', async () => {
    await edit(0, 'Remove the end', { type: 'remove', flow: rootId, node: nodeIds.at(-1) });
    const refused = await rooms.call(c.flow.publish, { flowId, baseSeq: 1 }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'INVALID' });
    expect((refused as { problems: unknown[] }).problems.length).toBeGreaterThan(0);
  });

  it('a command that the document refuses changes nothing', async () => {
    await expect(edit(0, 'Bad', { type: 'rename', component: 'nobody', name: 'x' })).rejects.toMatchObject({
      code: 'INVALID',
    });
    await expect(edit(0, 'Bad', { type: 'explode' })).rejects.toMatchObject({ code: 'INVALID' });
    expect((await draft()).seq).toBe(0);
  });

  it('imported as YAML stays YAML when it is edited, with its comments', async () => {
    const text = `# ours\ncomponent_type: Flow\nid: f\nname: From YAML # first\nagentspec_version: 26.1.2\nstart_node: {$component_ref: s}\nnodes:\n  - {$component_ref: s}\n  - {$component_ref: e}\ncontrol_flow_connections: []\n$referenced_components:\n  s: {component_type: StartNode, id: s, name: start}\n  e: {component_type: EndNode, id: e, name: end}\n`;
    const imported = await rooms.call(c.flow.import, { text, fileName: 'flow.yaml' });
    const exported = await rooms.call(c.flow.export, { flowId: imported.flowId });
    expect(exported.text).toBe(text);
    await rooms.call(c.flow.edit, {
      flowId: imported.flowId,
      baseSeq: 0,
      label: 'Rename',
      commands: [{ type: 'rename', component: 'f', name: 'Edited' }],
    });
    const after = await rooms.call(c.flow.get, { flowId: imported.flowId });
    expect(after.text).toBe(text.replace('From YAML', 'Edited'));
    expect(after.name).toBe('Edited');
  });
});

describe('a gesture that is sent again, because its answer was lost', () => {
  const gesture = '0199a000-0000-7000-8000-000000000001';
  const send = (baseSeq: number, name: string, caller?: Caller) =>
    rooms.call(
      c.flow.edit,
      { flowId, baseSeq, label: 'Rename', commands: [rename(1, name) as never], gesture },
      caller,
    );

  it('is made once, and answered as the first time, whatever came in between and after', async () => {
    await edit(0, 'Move', move(2, 10), other);
    const first = await send(0, 'Mine');
    await edit(2, 'Rename', rename(1, 'Theirs'), other);
    expect(await send(0, 'Mine')).toEqual(first);
    expect(first).toMatchObject({ seq: 2, missed: [{ seq: 1, actorName: 'Ben' }] });
    const { text, seq } = await draft();
    expect(seq).toBe(3);
    expect(text).toContain('Theirs');
    await expect(send(0, 'Mine', other)).rejects.toMatchObject({ code: 'INVALID' });
  });

  it('undo and redo are made once, too', async () => {
    const before = (await draft()).text;
    await edit(0, 'One', move(1, 10));
    await edit(1, 'Two', move(1, 20));
    const undo = () => rooms.call(c.flow.undo, { flowId, gesture });
    const first = await undo();
    expect(await undo()).toEqual(first);
    expect(first).toMatchObject({ seq: 3, undo: { label: 'One' }, redo: { label: 'Two' } });
    await rooms.call(c.flow.undo, { flowId });
    expect((await draft()).text).toBe(before);
  });
});

describe('the history of a draft', () => {
  it('tells who made which gesture, piece by piece, and leads back to any earlier state', async () => {
    const start = parse((await draft()).text);
    await edit(0, 'One', move(1, 10));
    const one = parse((await draft()).text);
    await edit(1, 'Two', rename(2, 'By Ben'), other);
    await rooms.call(c.flow.undo, { flowId });
    const { edits, more } = await rooms.call(c.flow.history, { flowId, commands: true });
    expect(more).toBe(false);
    expect(edits.map(({ seq, label, kind, of, mine, actorName }) => [seq, label, kind, of, mine, actorName])).toEqual([
      [3, 'One', 'undo', 1, true, 'Olivia'],
      [2, 'Two', 'edit', null, false, 'Ben'],
      [1, 'One', 'edit', null, true, 'Olivia'],
    ]);
    let tree = parse((await draft()).text);
    const states = edits.map(({ inverse }) => {
      tree = applyCommands(tree, inverse ?? []).tree;
      return tree;
    });
    expect(states[1]).toEqual(one);
    expect(states[2]).toEqual(start);
    const piece = await rooms.call(c.flow.history, { flowId, after: 1, before: 3, limit: 1 });
    expect(piece).toMatchObject({ edits: [{ seq: 2 }], more: false });
    expect(piece.edits[0]).not.toHaveProperty('commands');
    expect((await rooms.call(c.flow.history, { flowId, limit: 2 })).more).toBe(true);
  });
});

const parse = (text: string) => JSON.parse(text) as JsonObject;
