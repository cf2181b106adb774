import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleFiles, examplesFolder } from '../testing/exampleDocuments.ts';
import { blankDocument, newEdge, newNode, nodeKinds } from './create.ts';
import { commandsBetween } from './edit/between.ts';
import type { EditCommand } from './edit.ts';
import { applyCommands, collide, EditError } from './edit.ts';
import { openFlow, rootFlow } from './flow.ts';
import type { Json, JsonObject } from './json.ts';
import { sameInOrder } from './json.ts';
import { parseAs } from './parse.ts';
import { readDocument } from './read.ts';
import { componentsOf, findComponent } from './references.ts';
import { writeDocument } from './write.ts';

function counter(): () => string {
  let n = 0;
  return () => `id${++n}`;
}

function blank(): { tree: JsonObject; flow: string; start: string; end: string } {
  const tree = blankDocument('Blank', { newId: counter() });
  const view = openFlow(tree);
  return { tree, flow: view.id, start: view.startId, end: view.nodes[1]?.id ?? '' };
}

function roundTrip(tree: JsonObject, commands: EditCommand[]): JsonObject {
  const source = writeDocument(tree);
  const done = applyCommands(tree, commands);
  const undone = applyCommands(done.tree, done.inverse);
  expect(JSON.stringify(undone.tree)).toBe(JSON.stringify(tree));
  expect(writeDocument(undone.tree, source)).toBe(source);
  const again = applyCommands(undone.tree, undone.inverse);
  expect(JSON.stringify(again.tree)).toBe(JSON.stringify(done.tree));
  return done.tree;
}

describe('edit commands', () => {
  it('adds a step among the referenced components, and takes it back', () => {
    const { tree, flow } = blank();
    const node = newNode('message', { newId: () => 'm' });
    const done = roundTrip(tree, [{ type: 'add', flow, node, index: 1 }]);
    expect((done.nodes as Json[])[1]).toEqual({ $component_ref: 'm' });
    expect(findComponent(done, 'm')?.pointer).toBe('/$referenced_components/m');
  });

  it('removes a step with its edges and its entry; undo puts all in place', () => {
    const { tree, flow, start, end } = blank();
    const edge = openFlow(tree).controlEdges[0]?.id ?? '';
    const wired = applyCommands(tree, [
      { type: 'add', flow, node: newNode('question', { newId: () => 'q' }), index: 1 },
      { type: 'disconnect', flow, edge },
      { type: 'connect', flow, edge: newEdge({ from: start, to: 'q' }, 'e1') },
      { type: 'connect', flow, edge: newEdge({ from: 'q', to: end }, 'e2') },
    ]).tree;
    const done = roundTrip(wired, [{ type: 'remove', flow, node: 'q' }]);
    expect(openFlow(done).controlEdges).toEqual([]);
    expect(findComponent(done, 'q')).toBeUndefined();
    expect(() => applyCommands(wired, [{ type: 'remove', flow, node: start }])).toThrow(/starts at/);
  });

  it('keeps an entry that something else refers to', () => {
    const { tree, flow } = blank();
    const a = newNode('ai', { newId: counter2('a') });
    const b = { ...newNode('ai', { newId: counter2('b') }), llm_config: { $component_ref: 'a2' } };
    const both = applyCommands(tree, [
      { type: 'add', flow, node: a },
      { type: 'add', flow, node: b },
    ]).tree;
    const done = roundTrip(both, [{ type: 'remove', flow, node: 'a1' }]);
    expect(openFlow(done).nodes.map((node) => node.id)).not.toContain('a1');
    expect(findComponent(done, 'a2')).toBeDefined();
  });

  it('writes connections by name out when one is added or taken', () => {
    const { tree, flow, end } = blank();
    const byName: JsonObject = { ...tree, data_flow_connections: null };
    const q = newNode('question', { newId: () => 'q' });
    const endWithInput: EditCommand[] = [
      { type: 'add', flow, node: q },
      { type: 'set', component: end, pointer: '/inputs', value: [{ title: 'user_input', type: 'string' }] },
    ];
    const ready = applyCommands(byName, endWithInput).tree;
    const [inferred] = openFlow(ready).dataEdges;
    expect(inferred).toMatchObject({ inferred: true, source: 'q', destination: end });
    const edge = newEdge({ source: 'q', output: 'user_input', destination: end, input: 'user_input' }, 'd');
    const done = roundTrip(ready, [{ type: 'connect', flow, edge }]);
    expect(done.data_flow_connections).toHaveLength(2);
    expect(applyCommands(ready, [{ type: 'connect', flow, edge }]).tree).toEqual(done);
    expect(roundTrip(ready, [{ type: 'disconnect', flow, edge: inferred?.id ?? '' }]).data_flow_connections).toEqual(
      [],
    );
  });

  it('sets, takes away, inserts and replaces values, and puts keys back in their order', () => {
    const { tree, end } = blank();
    roundTrip(tree, [{ type: 'set', component: end, pointer: '/description', value: 'x' }]);
    roundTrip(tree, [{ type: 'set', component: end, pointer: '/name' }]);
    roundTrip(tree, [{ type: 'set', component: end, pointer: '/brand_new', value: 1, before: 'name' }]);
    roundTrip(tree, [{ type: 'set', component: end, pointer: '/inputs/-', value: { title: 'a' } }]);
    roundTrip(tree, [
      { type: 'set', component: '', pointer: '/nodes/0', value: { $component_ref: end }, insert: true },
    ]);
    roundTrip(tree, [
      { type: 'set', component: end, pointer: '', value: { component_type: 'EndNode', id: end, name: 'n' } },
    ]);
    roundTrip(tree, [{ type: 'rename', component: end, name: 'Over' }]);
    const text = JSON.stringify(tree);
    expect(() => applyCommands(tree, [{ type: 'set', component: end, pointer: '/id', value: 'no' }])).toThrow(
      EditError,
    );
    expect(() => applyCommands(tree, [{ type: 'set', component: 'gone', pointer: '/x', value: 1 }])).toThrow(EditError);
    expect(() => applyCommands(tree, [{ type: 'set', component: end, pointer: '/inputs/9', value: 1 }])).toThrow(
      EditError,
    );
    expect(() => applyCommands(tree, [{ type: 'set', component: end, pointer: 'x', value: 1 }])).toThrow(EditError);
    expect(JSON.stringify(tree)).toBe(text);
  });

  it('moves a step that had no metadata, and leaves none behind; a note made meanwhile stays', () => {
    const { tree, end } = blank();
    const kinds: Json[] = [null, {}, { mine: 1 }, { __metadata_info__: { rondo: { note: 'n' } } }];
    for (const metadata of kinds) {
      const bare = applyCommands(tree, [{ type: 'set', component: end, pointer: '/metadata', value: metadata }]).tree;
      const moved = roundTrip(bare, [{ type: 'move', node: end, x: 10.4, y: -3.6 }]);
      expect(openFlow(moved).nodeById.get(end)?.position).toEqual({ x: 10, y: -4 });
    }
    const bare = applyCommands(tree, [{ type: 'set', component: end, pointer: '/metadata', value: null }]).tree;
    const move = applyCommands(bare, [{ type: 'move', node: end, x: 1, y: 2 }]);
    const note: EditCommand = {
      type: 'set',
      component: end,
      pointer: '/metadata/__metadata_info__/rondo/note',
      value: 'n',
    };
    const noted = applyCommands(move.tree, [note]).tree;
    const undone = applyCommands(noted, move.inverse).tree;
    expect(openFlow(undone).nodeById.get(end)?.rondo).toEqual({ note: 'n' });
  });

  it('refuses what does not hold together', () => {
    const { tree, flow, start, end } = blank();
    const bad: EditCommand[] = [
      { type: 'add', flow, node: { component_type: 'EndNode', name: 'x' } },
      { type: 'add', flow, node: { component_type: 'EndNode', id: end, name: 'x' } },
      { type: 'add', flow: 'gone', node: newNode('end') },
      { type: 'remove', flow, node: 'gone' },
      { type: 'disconnect', flow, edge: 'gone' },
      { type: 'connect', flow, edge: newEdge({ from: start, to: 'gone' }) },
      { type: 'connect', flow, edge: { component_type: 'Flow', id: 'x' } },
      { type: 'move', node: end, x: Number.NaN, y: 0 },
    ];
    for (const command of bad) expect(() => applyCommands(tree, [command]), JSON.stringify(command)).toThrow(EditError);
  });

  it('tells whether two people are in each other’s way', () => {
    const set = (component: string, pointer: string): EditCommand => ({ type: 'set', component, pointer, value: 1 });
    const { flow } = blank();
    expect(collide([set('a', '/name')], [{ type: 'rename', component: 'a', name: 'x' }])).toBe(true);
    expect(collide([set('a', '/inputs/0')], [set('a', '/inputs')])).toBe(true);
    expect(collide([set('a', '/name')], [set('b', '/name')])).toBe(false);
    expect(collide([{ type: 'remove', flow, node: 'a' }], [set('a', '/name')])).toBe(true);
    expect(collide([{ type: 'move', node: 'a', x: 1, y: 1 }], [set('a', '/name')])).toBe(false);
    const branch = (id: string): EditCommand => ({ type: 'connect', flow, edge: newEdge({ from: 'a', to: id }, id) });
    expect(collide([branch('x')], [branch('y')])).toBe(true);
    // what says which ways lead out of a step, and a way out of it
    for (const pointer of ['/component_type', '/mapping', '/mapping/large', '/branches']) {
      expect(collide([set('a', pointer)], [branch('x')]), pointer).toBe(true);
      expect(collide([branch('x')], [set('', `/$referenced_components/a${pointer}`)]), pointer).toBe(true);
      expect(collide([set('b', pointer)], [branch('x')]), pointer).toBe(false);
    }
    expect(collide([set('a', '/outputs')], [branch('x')])).toBe(false);
    const remove: EditCommand = { type: 'remove', flow, node: 'x' };
    expect(collide([remove], [branch('x')])).toBe(true);
    expect(collide([remove], [branch('y')])).toBe(false);
    const add = (id: string): EditCommand => ({ type: 'add', flow, node: newNode('end', { newId: () => id }) });
    expect(collide([add('p')], [add('q')])).toBe(false);
    expect(collide([set(flow, '/nodes')], [add('q')])).toBe(true);
    expect(collide([set(flow, '/control_flow_connections')], [branch('y')])).toBe(true);
    expect(collide([set('', '')], [set('a', '/name')])).toBe(true);
    expect(collide([set('', '/$referenced_components/a/name')], [set('a', '/name')])).toBe(true);
    expect(collide([set('', '/$referenced_components/a')], [set('b', '/name')])).toBe(false);
    // the document by its empty id is the flow by its own; a place in a list is the list, for others move it
    expect(collide([set('', '/nodes/3')], [remove], flow)).toBe(true);
    expect(collide([set('', '/control_flow_connections/0/from_branch')], [branch('y')], flow)).toBe(true);
    expect(collide([set('', '/name')], [{ type: 'rename', component: flow, name: 'x' }], flow)).toBe(true);
    expect(collide([set('', '/description')], [{ type: 'rename', component: flow, name: 'x' }], flow)).toBe(false);
  });

  it('makes one document of another, each change addressed to the component it is in', () => {
    const { tree, flow, start } = blank();
    const node = newNode('ai', { newId: counter2('n') });
    const id = String(node.id);
    const middle = applyCommands(tree, [{ type: 'add', flow, node }]).tree;
    const after = applyCommands(middle, [
      { type: 'rename', component: start, name: 'Begin' },
      { type: 'set', component: id, pointer: '/prompt_template', value: 'Hello' },
    ]).tree;
    const changed = commandsBetween(middle, after);
    expect(changed.map((command) => command.type === 'set' && command.component + command.pointer).sort()).toEqual(
      [`${id}/prompt_template`, `${start}/name`].sort(),
    );
    for (const [from, to] of [
      [tree, after],
      [after, tree],
      [middle, middle],
    ] as const) {
      const commands = commandsBetween(from, to);
      expect(JSON.stringify(applyCommands(from, commands).tree)).toBe(JSON.stringify(to));
      expect(commands.every((command) => command.type === 'set' && command.component !== '')).toBe(true);
    }
    expect(collide(commandsBetween(after, tree), [{ type: 'rename', component: id, name: 'Other' }])).toBe(true);
  });

  it('undoes any row of edits to the byte (G6)', () => {
    const names = exampleFiles(/\.(json|yaml)$/);
    const documents: string[] = [
      writeDocument(blank().tree),
      ...names.map((name) => readFileSync(`${examplesFolder}/${name}`, 'utf8')),
    ].filter((text) => {
      const { tree } = readDocument(text);
      return tree !== undefined && rootFlow(tree) !== undefined;
    });
    const gesture = fc.record({ kind: fc.nat(7), a: fc.nat(), b: fc.nat(), text: fc.string({ maxLength: 5 }) });
    fc.assert(
      fc.property(
        fc.constantFrom(...documents),
        fc.array(gesture, { minLength: 1, maxLength: 8 }),
        (text, gestures) => {
          const before = readDocument(text).tree as JsonObject;
          let tree = before;
          const inverses: EditCommand[][] = [];
          for (const [i, { kind, a, b, text: word }] of gestures.entries()) {
            // an edit may make the flow itself something else: then there is no flow left to draw in
            if (rootFlow(tree) === undefined) break;
            try {
              const done = applyCommands(tree, [randomCommand(tree, kind, a, b, word, i)]);
              tree = done.tree;
              inverses.push(done.inverse);
            } catch (error) {
              if (!(error instanceof EditError)) throw error;
            }
          }
          const edited = parseAs(writeDocument(tree, text), formatOfText(text));
          expect(edited.ok && sameInOrder(edited.value, tree)).toBe(true);
          for (const inverse of inverses.reverse()) tree = applyCommands(tree, inverse).tree;
          expect(writeDocument(tree, text)).toBe(text);
        },
      ),
      { numRuns: 250 },
    );
  });
});

function formatOfText(text: string): 'json' | 'yaml' {
  return /^\uFEFF?\s*\{/.test(text) ? 'json' : 'yaml';
}

function counter2(prefix: string): () => string {
  let n = 0;
  return () => `${prefix}${++n}`;
}

function randomCommand(tree: JsonObject, kind: number, a: number, b: number, word: string, i: number): EditCommand {
  const view = openFlow(tree);
  const flow = view.id;
  const node = view.nodes[a % view.nodes.length]?.id ?? '';
  const other = view.nodes[b % view.nodes.length]?.id ?? '';
  const ids = [...componentsOf(tree).keys()];
  const component = ids[a % ids.length] ?? '';
  const keys = Object.keys(findComponent(tree, component)?.component ?? {});
  const key = keys[b % keys.length] ?? 'name';
  switch (kind) {
    case 0:
      return {
        type: 'add',
        flow,
        node: newNode(nodeKinds[a % nodeKinds.length] ?? 'end', { newId: counter2(`n${i}_`) }),
        index: b % 5,
      };
    case 1:
      return { type: 'remove', flow, node };
    case 2:
      return { type: 'connect', flow, edge: newEdge({ from: node, to: other }, `c${i}`), index: b % 4 };
    case 3: {
      const edges = [...view.controlEdges, ...view.dataEdges];
      return { type: 'disconnect', flow, edge: edges[b % Math.max(1, edges.length)]?.id ?? '' };
    }
    case 4:
      return {
        type: 'set',
        component,
        pointer: `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        value: [word, { [word]: a }],
      };
    case 5:
      return { type: 'set', component, pointer: `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` };
    case 6:
      return { type: 'rename', component, name: word };
    default:
      return { type: 'move', node, x: a % 1000, y: b % 1000 };
  }
}
