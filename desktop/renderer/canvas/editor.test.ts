import { blankDocument } from '@rondo/shared/oas/create.ts';
import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import { applyCommands, collide } from '@rondo/shared/oas/edit.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { expect, test, vi } from 'vitest';
import type { DraftService, DraftState, Gesture } from './editor.ts';
import { createEditor, parse, RefusedError } from './editor.ts';
import type { PendingGestures } from './pendingGestures.ts';

/** A draft in memory that several editors share: it orders gestures, hands out what was missed, refuses collisions. */
function sharedDraft() {
  let count = 0;
  const newId = () => `id-${++count}`;
  const texts = [JSON.stringify(blankDocument('Shared', { newId }))];
  const edits: { commands: EditCommand[]; label: string; who: string }[] = [];
  const now = () => parse(texts.at(-1) ?? '') as JsonObject;
  const state = (): DraftState => ({
    text: texts.at(-1) ?? '',
    seq: edits.length,
    savedAt: null,
    undo: null,
    redo: null,
  });
  const put = (commands: EditCommand[], label: string, who: string) => {
    texts.push(JSON.stringify(applyCommands(now(), commands).tree));
    edits.push({ commands, label, who });
  };
  const service = (who: string): DraftService & { online: boolean; loseAnswer: boolean } => ({
    online: true,
    loseAnswer: false,
    async get() {
      if (!this.online) throw new TypeError('fetch failed');
      return state();
    },
    async edit(baseSeq, { label, commands }) {
      if (!this.online) throw new TypeError('fetch failed');
      const missed = edits
        .slice(baseSeq)
        .map((edit, index) => ({ seq: baseSeq + index + 1, commands: edit.commands, actorName: edit.who }));
      if (missed.some((edit) => collide(commands, edit.commands))) {
        throw new RefusedError('CONFLICT', `${missed[0]?.actorName} changed the same place.`);
      }
      put(commands, label, who);
      if (this.loseAnswer) {
        this.loseAnswer = false;
        throw new TypeError('connection reset');
      }
      return { seq: edits.length, missed, savedAt: '2026-01-01T00:00:00.000Z' };
    },
    async undo() {
      throw new RefusedError('NOT_FOUND', 'Nothing to undo.');
    },
    async redo() {
      throw new RefusedError('NOT_FOUND', 'Nothing to redo.');
    },
  });
  return { service, state, now, edits };
}

function memory(): PendingGestures & { kept: Gesture[] } {
  return {
    kept: [],
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

test('G10 a second editor never overwrites newer work; what it had is offered as text', async () => {
  const draft = sharedDraft();
  const ann = createEditor(draft.state(), draft.service('Ann'), memory());
  const kept = memory();
  const bob = createEditor(draft.state(), draft.service('Bob'), kept);
  const id = startId(draft.now());
  ann.apply('Ann', [{ type: 'rename', component: id, name: 'By Ann' }]);
  await ann.flush();
  bob.apply('Bob', [{ type: 'rename', component: id, name: 'By Bob' }]);
  await bob.flush();
  const state = bob.store.getState();
  expect(nodeNames(draft.now())).toContain('By Ann');
  expect(state.tree).toEqual(draft.now());
  expect(state.notice).toMatchObject({ kind: 'conflict', message: 'Ann changed the same place.' });
  expect(state.notice?.unsaved).toContain('By Bob');
  expect(kept.kept).toEqual([]);
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
    expect(kept.kept).toHaveLength(1);
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
  const arrived: Gesture = { label: 'arrived', commands: [{ type: 'rename', component: id, name: 'Arrived' }] };
  const waiting: Gesture = { label: 'waiting', commands: [{ type: 'move', node: id, x: 80, y: 40 }] };
  await draft.service('Ann').edit(0, arrived);
  const kept = memory();
  kept.kept = [arrived, waiting];
  const editor = createEditor(draft.state(), draft.service('Ann'), kept);
  await editor.flush();
  expect(draft.edits.map((edit) => edit.label)).toEqual(['arrived', 'waiting']);
  expect(kept.kept).toEqual([]);
});

test('a gesture that does not fit is refused with a notice and changes nothing', () => {
  const draft = sharedDraft();
  const editor = createEditor(draft.state(), draft.service('Ann'), memory());
  const before = editor.store.getState().tree;
  expect(editor.apply('bad', [{ type: 'remove', flow: 'nowhere', node: 'nothing' }])).toBe(false);
  expect(editor.store.getState().tree).toBe(before);
  expect(editor.store.getState().notice?.kind).toBe('refused');
});
