import { blankDocument } from '@rondo/shared/oas/create.ts';
import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import { applyCommands, collide } from '@rondo/shared/oas/edit.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { expect, test, vi } from 'vitest';
import type { DraftService, DraftState, Gesture } from './editor.ts';
import { createEditor, parse, RefusedError } from './editor.ts';
import type { KeptGestures, PendingGestures } from './pendingGestures.ts';
import { nothingKept } from './pendingGestures.ts';

/** A draft in memory that several editors share: it orders gestures, hands out what was missed, refuses collisions. */
function sharedDraft() {
  let count = 0;
  const newId = () => `id-${++count}`;
  const texts = [JSON.stringify(blankDocument('Shared', { newId }))];
  const edits: { commands: EditCommand[]; inverse: EditCommand[]; label: string; who: string; id: string }[] = [];
  const now = () => parse(texts.at(-1) ?? '') as JsonObject;
  const state = (): DraftState => ({
    text: texts.at(-1) ?? '',
    seq: edits.length,
    savedAt: null,
    undo: null,
    redo: null,
  });
  const put = ({ commands, label, id }: Gesture, who: string) => {
    const { tree, inverse } = applyCommands(now(), commands);
    texts.push(JSON.stringify(tree));
    edits.push({ commands, inverse, label, who, id });
  };
  const missedBetween = (from: number, to: number) =>
    edits
      .slice(from, to)
      .map((edit, index) => ({ seq: from + index + 1, commands: edit.commands, actorName: edit.who }));
  const service = (who: string): DraftService & { online: boolean; loseAnswer: boolean; reads: number } => ({
    online: true,
    reads: 0,
    loseAnswer: false,
    async get() {
      if (!this.online) throw new TypeError('fetch failed');
      this.reads += 1;
      return state();
    },
    async edit(baseSeq, gesture) {
      if (!this.online) throw new TypeError('fetch failed');
      const known = edits.findIndex((edit) => edit.id === gesture.id);
      if (known >= 0)
        return { seq: known + 1, missed: missedBetween(baseSeq, known), savedAt: '2026-01-01T00:00:00.000Z' };
      const missed = missedBetween(baseSeq, edits.length);
      if (missed.some((edit) => collide(gesture.commands, edit.commands))) {
        throw new RefusedError('CONFLICT', `${missed[0]?.actorName} changed the same place.`);
      }
      if (gesture.label === 'forbidden') throw new RefusedError('FORBIDDEN', 'You may not do that.');
      put(gesture, who);
      if (this.loseAnswer) {
        this.loseAnswer = false;
        throw new TypeError('connection reset');
      }
      return { seq: edits.length, missed, savedAt: '2026-01-01T00:00:00.000Z' };
    },
    async since(after, upTo) {
      if (!this.online) throw new TypeError('fetch failed');
      return edits.slice(after, upTo).reverse();
    },
    async undo(baseSeq, id) {
      const last = edits.at(-1);
      if (!last) throw new RefusedError('NOT_FOUND', 'Nothing to undo.');
      const known = baseSeq === edits.length;
      const { inverse, label } = last;
      put({ id, label, commands: inverse }, who);
      const answer = { seq: edits.length, label, undo: null, redo: { label } };
      return {
        ...answer,
        ...(known ? { text: null, commands: inverse } : { text: texts.at(-1) ?? '', commands: null }),
      };
    },
    async redo() {
      throw new RefusedError('NOT_FOUND', 'Nothing to redo.');
    },
  });
  return { service, state, now, edits };
}

function memory(kept: KeptGestures = nothingKept): PendingGestures & { kept: KeptGestures } {
  return {
    kept,
    load() {
      return this.kept;
    },
    save(gestures) {
      this.kept = structuredClone(gestures);
    },
  };
}

const startId = (tree: JsonObject) => openFlow(tree)?.startId ?? '';
const nodeNames = (tree: JsonObject) => openFlow(tree)?.nodes.map((node) => node.name);

test('undo follows the commands of the server, and takes its text where others were there meanwhile', async () => {
  const draft = sharedDraft();
  const service = draft.service('Ann');
  const editor = createEditor(draft.state(), service, memory());
  const id = startId(draft.now());
  const before = editor.store.getState().tree;
  editor.apply('one', [{ type: 'rename', component: id, name: 'Begin' }]);
  await editor.undo();
  expect(service.reads).toBe(0);
  expect(editor.store.getState()).toMatchObject({ save: 'saved', seq: 2, redo: { label: 'one' } });
  expect(editor.store.getState().tree).toEqual(before);
  expect(editor.store.getState().tree).toEqual(draft.now());

  const other = createEditor(draft.state(), draft.service('Ben'), memory());
  other.apply('two', [{ type: 'rename', component: id, name: 'Anfang' }]);
  await other.flush();
  await editor.undo();
  expect(editor.store.getState()).toMatchObject({ seq: 4 });
  expect(editor.store.getState().tree).toEqual(draft.now());
});

test('a gesture is seen at once and saved in order', async () => {
  const draft = sharedDraft();
  const editor = createEditor(draft.state(), draft.service('Ann'), memory());
  const id = startId(draft.now());
  expect(editor.apply('one', [{ type: 'rename', component: id, name: 'Begin' }])).toBe(true);
  expect(editor.apply('two', [{ type: 'move', node: id, x: 8, y: 16 }])).toBe(true);
  expect(nodeNames(editor.store.getState().tree)).toContain('Begin');
  await editor.flush();
  expect(draft.edits.map((edit) => edit.label)).toEqual(['one', 'two']);
  expect(draft.now()).toEqual(editor.store.getState().tree);
  expect(editor.store.getState()).toMatchObject({ save: 'saved', seq: 2, pending: [], undo: { label: 'two' } });
});

test('edits of two people at different places reach both', async () => {
  const draft = sharedDraft();
  const ann = createEditor(draft.state(), draft.service('Ann'), memory());
  const bob = createEditor(draft.state(), draft.service('Bob'), memory());
  const view = openFlow(draft.now());
  const end = view?.nodes.find((node) => node.type === 'EndNode')?.id ?? '';
  ann.apply('start', [{ type: 'rename', component: startId(draft.now()), name: 'Begin' }]);
  await ann.flush();
  bob.apply('end', [{ type: 'rename', component: end, name: 'Finish' }]);
  await bob.flush();
  expect(nodeNames(bob.store.getState().tree)?.sort()).toEqual(['Begin', 'Finish']);
  expect(bob.store.getState().tree).toEqual(draft.now());
  await ann.refresh();
  expect(ann.store.getState().tree).toEqual(draft.now());
});

test('G10 a second editor never overwrites newer work: both changed the same, so the person is asked', async () => {
  const draft = sharedDraft();
  const ann = createEditor(draft.state(), draft.service('Ann'), memory());
  const kept = memory();
  const bob = createEditor(draft.state(), draft.service('Bob'), kept);
  const id = startId(draft.now());
  ann.apply('Ann', [{ type: 'rename', component: id, name: 'By Ann' }]);
  await ann.flush();
  bob.apply('Bob', [{ type: 'rename', component: id, name: 'By Bob' }]);
  await expect(bob.flush()).rejects.toThrow('not taken');
  const { held, tree } = bob.store.getState();
  expect(nodeNames(draft.now())).toContain('By Ann');
  expect(tree).toEqual(draft.now());
  expect(held).toMatchObject({ reason: 'conflict', message: 'Ann changed the same place.', label: 'Bob' });
  expect(nodeNames(held?.mine ?? {})).toContain('By Bob');

  // the window is loaded again: the question stands, and so does what Bob had
  bob.close();
  const again = createEditor(draft.state(), draft.service('Bob'), kept);
  await expect(again.flush()).rejects.toThrow('not taken');
  const asked = again.store.getState().held;
  expect(nodeNames(asked?.mine ?? {})).toContain('By Bob');
  again.settle(asked?.mine ?? null);
  await again.flush();
  expect(nodeNames(draft.now())).toContain('By Bob');
  expect(draft.edits.map((edit) => edit.label)).toEqual(['Ann', 'Bob']);
  expect(kept.kept).toMatchObject({ waiting: [], held: [] });
});

test('gestures that met another one, and touch other fields, are merged without a question', async () => {
  const draft = sharedDraft();
  const ann = createEditor(draft.state(), draft.service('Ann'), memory());
  const bob = createEditor(draft.state(), draft.service('Bob'), memory());
  const id = startId(draft.now());
  const component = openFlow(draft.now()).nodeById.get(id)?.component ?? {};
  ann.apply('Ann', [{ type: 'rename', component: id, name: 'By Ann' }]);
  await ann.flush();
  // Bob sets the whole step, as its JSON view does: a description is all that he changed
  bob.apply('Bob', [{ type: 'set', component: id, pointer: '', value: { ...component, description: 'By Bob' } }]);
  bob.apply('Bob moves', [{ type: 'move', node: id, x: 800, y: 0 }]);
  await bob.flush();
  expect(openFlow(draft.now()).nodeById.get(id)).toMatchObject({
    name: 'By Ann',
    description: 'By Bob',
    position: { x: 800 },
  });
  expect(bob.store.getState()).toMatchObject({ held: null, pending: [] });
  expect(bob.store.getState().tree).toEqual(draft.now());
});

test('what is refused for another reason is held too, until the person gives it up', async () => {
  const draft = sharedDraft();
  const kept = memory();
  const editor = createEditor(draft.state(), draft.service('Ann'), kept);
  editor.apply('forbidden', [{ type: 'rename', component: startId(draft.now()), name: 'No' }]);
  await expect(editor.flush()).rejects.toThrow('not taken');
  expect(editor.store.getState().held).toMatchObject({ reason: 'refused', message: 'You may not do that.' });
  expect(kept.kept.held).toHaveLength(1);
  editor.settle(null);
  await editor.flush();
  expect(editor.store.getState().held).toBeNull();
  expect(kept.kept.held).toEqual([]);
  expect(draft.edits).toEqual([]);
});

test('an answer that was lost, and somebody who changed the same after it: nothing is made again over theirs', async () => {
  vi.useFakeTimers();
  try {
    const draft = sharedDraft();
    const service = draft.service('Ann');
    const kept = memory();
    const ann = createEditor(draft.state(), service, kept);
    const id = startId(draft.now());
    service.loseAnswer = true;
    ann.apply('Ann', [{ type: 'rename', component: id, name: 'By Ann' }]);
    await vi.advanceTimersByTimeAsync(10);
    ann.close();
    await draft
      .service('Bob')
      .edit(1, { id: 'bob', label: 'Bob', commands: [{ type: 'rename', component: id, name: 'By Bob' }] });
    const again = createEditor(draft.state(), service, kept);
    await again.flush();
    await again.refresh();
    expect(draft.edits.map((edit) => edit.label)).toEqual(['Ann', 'Bob']);
    expect(nodeNames(again.store.getState().tree)).toContain('By Bob');
  } finally {
    vi.useRealTimers();
  }
});

test('an answer that comes after the editor was closed takes nothing out of what the next one keeps', async () => {
  const draft = sharedDraft();
  const service = draft.service('Ann');
  const kept = memory();
  const gate = Promise.withResolvers<void>();
  const slow: DraftService = {
    ...service,
    get: () => service.get(),
    async edit(baseSeq, gesture) {
      await gate.promise;
      return service.edit(baseSeq, gesture);
    },
  };
  const first = createEditor(draft.state(), slow, kept);
  const id = startId(draft.now());
  first.apply('One', [{ type: 'rename', component: id, name: 'One' }]);
  first.close();
  const next = createEditor(draft.state(), { ...service, edit: () => new Promise(() => undefined) }, kept);
  next.apply('Two', [{ type: 'rename', component: id, name: 'Two' }]);
  const waiting = () => kept.kept.waiting.map(({ label }) => label);
  expect(waiting()).toEqual(['One', 'Two']);
  gate.resolve();
  await vi.waitFor(() => expect(draft.edits.map(({ label }) => label)).toEqual(['One']));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(waiting()).toEqual(['One', 'Two']);
  next.close();
  const last = createEditor(draft.state(), service, kept);
  await last.flush();
  expect(draft.edits.map(({ label }) => label)).toEqual(['One', 'Two']);
});

test('without a connection gestures are kept, and are sent once when it is back', async () => {
  vi.useFakeTimers();
  try {
    const draft = sharedDraft();
    const service = draft.service('Ann');
    const kept = memory();
    const editor = createEditor(draft.state(), service, kept);
    service.online = false;
    editor.apply('offline', [{ type: 'rename', component: startId(draft.now()), name: 'Later' }]);
    await expect(editor.flush()).rejects.toThrow('not saved');
    expect(editor.store.getState().save).toBe('offline');
    expect(kept.kept.waiting).toHaveLength(1);
    service.online = true;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(editor.store.getState()).toMatchObject({ save: 'saved', pending: [] });
    expect(draft.edits).toHaveLength(1);
  } finally {
    vi.useRealTimers();
  }
});

test('an answer that was lost does not make the gesture twice', async () => {
  vi.useFakeTimers();
  try {
    const draft = sharedDraft();
    const service = draft.service('Ann');
    const editor = createEditor(draft.state(), service, memory());
    const view = openFlow(draft.now());
    service.loseAnswer = true;
    editor.apply('add', [
      { type: 'add', flow: view?.id ?? '', node: { component_type: 'EndNode', id: 'new-end', name: 'Another end' } },
    ]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(draft.edits).toHaveLength(1);
    expect(editor.store.getState()).toMatchObject({ save: 'saved', pending: [], notice: null, seq: 1 });
    expect(editor.store.getState().tree).toEqual(draft.now());
  } finally {
    vi.useRealTimers();
  }
});

test('what was not saved before a reload is sent after it, unless it had arrived', async () => {
  const draft = sharedDraft();
  const id = startId(draft.now());
  const arrived: Gesture = {
    id: 'a',
    label: 'arrived',
    commands: [{ type: 'rename', component: id, name: 'Arrived' }],
  };
  const waiting: Gesture = { id: 'b', label: 'waiting', commands: [{ type: 'move', node: id, x: 80, y: 40 }] };
  await draft.service('Ann').edit(0, arrived);
  const kept = memory({ seq: 0, waiting: [arrived, waiting], held: [] });
  const editor = createEditor(draft.state(), draft.service('Ann'), kept);
  await editor.flush();
  expect(draft.edits.map((edit) => edit.label)).toEqual(['arrived', 'waiting']);
  expect(kept.kept.waiting).toEqual([]);
});

test('a gesture that does not fit is refused with a notice and changes nothing', () => {
  const draft = sharedDraft();
  const editor = createEditor(draft.state(), draft.service('Ann'), memory());
  const before = editor.store.getState().tree;
  expect(editor.apply('bad', [{ type: 'remove', flow: 'nowhere', node: 'nothing' }])).toBe(false);
  expect(editor.store.getState().tree).toBe(before);
  expect(editor.store.getState().notice?.kind).toBe('refused');
});

test('gestures of one series are one, sent when nothing follows, when another comes, or when it is left', async () => {
  const draft = sharedDraft();
  const id = startId(draft.now());
  const editor = createEditor(draft.state(), draft.service('Ann'), memory());
  const move = (x: number, series?: string) =>
    editor.apply('move', [{ type: 'move', node: id, x, y: 0 }], series === undefined ? {} : { series });
  const moves = () => draft.edits.map(({ commands }) => commands.map((each) => (each.type === 'move' ? each.x : 0)));
  move(1, 'a');
  move(2, 'a');
  expect(editor.store.getState()).toMatchObject({ save: 'saving', pending: [{ commands: [{ x: 2 }] }] });
  expect(moves()).toEqual([]);
  move(3, 'b');
  await vi.waitFor(() => expect(moves()).toEqual([[2]]));
  await vi.waitFor(() => expect(moves()).toEqual([[2], [3]]), { timeout: 3_000 });
  move(4, 'a');
  move(5);
  await editor.flush();
  expect(moves()).toEqual([[2], [3], [4], [5]]);
  move(6, 'a');
  await editor.undo();
  expect(draft.edits.at(-2)?.commands).toEqual([{ type: 'move', node: id, x: 6, y: 0 }]);
  expect(editor.store.getState().tree).toEqual(draft.now());
  move(7, 'a');
  editor.close();
  await vi.waitFor(() => expect(moves().at(-1)).toEqual([7]));
});
