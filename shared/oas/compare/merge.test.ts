import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleFiles, examplesFolder } from '../../testing/exampleDocuments.ts';
import type { EditCommand } from '../edit.ts';
import { applyCommands } from '../edit.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, ownList } from '../json.ts';
import { readDocument } from '../read.ts';
import { componentsOf } from '../references.ts';
import { validate } from '../validate.ts';
import { writeDocument } from '../write.ts';
import { mergeDocuments } from './merge.ts';
import { mergeInWords } from './mergeWords.ts';

const source = readFileSync(new URL('../../../flows/ticket-triage/flow.json', import.meta.url), 'utf8');
const triage = JSON.parse(source) as JsonObject;
const flow = 'ticket-triage';

function edited(...commands: EditCommand[]): JsonObject {
  return applyCommands(triage, commands).tree;
}

const ref = (id: string): JsonObject => ({ $component_ref: id });
const say = (id: string): JsonObject => ({ component_type: 'OutputMessageNode', id, name: `Say ${id}`, message: id });
const edge = (id: string, from: string, to: string): JsonObject => ({
  component_type: 'ControlFlowEdge',
  id,
  name: id,
  from_node: ref(from),
  from_branch: null,
  to_node: ref(to),
});
const prompt = (value: string): EditCommand => ({ type: 'set', component: 'sort', pointer: '/prompt_template', value });
const rename = (component: string, name: string): EditCommand => ({ type: 'rename', component, name });

/** A document with its sets in order: lists of steps and connections, and keys, mean the same in any order. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] as Json)]));
}

describe('merging two changes of one document', () => {
  it('takes different fields of one step, and different steps, from both', () => {
    const ours = edited(prompt('Short.'), rename('reply', 'Reply'));
    const theirs = edited(rename('sort', 'Sort it'), {
      type: 'set',
      component: flow,
      pointer: '/description',
      value: 'New',
    });
    const merged = mergeDocuments(triage, ours, theirs);
    expect(merged).toMatchObject({ clean: true, conflicts: [], movedTwice: [] });
    const both = edited(prompt('Short.'), rename('reply', 'Reply'), rename('sort', 'Sort it'), {
      type: 'set',
      component: flow,
      pointer: '/description',
      value: 'New',
    });
    expect(JSON.stringify(merged.tree)).toBe(JSON.stringify(both));
  });

  it('names a conflict with component, field and three values, and leaves ours', () => {
    const merged = mergeDocuments(triage, edited(prompt('Ours.')), edited(prompt('Theirs.')));
    const base = componentsOf(triage).get('sort')?.component.prompt_template;
    expect(merged.conflicts).toEqual([
      {
        kind: 'field',
        component: { id: 'sort', name: 'Sort the ticket', type: 'LlmNode' },
        pointer: '/prompt_template',
        base,
        ours: 'Ours.',
        theirs: 'Theirs.',
      },
    ]);
    expect(merged.clean).toBe(false);
    expect(JSON.stringify(merged.tree)).toBe(JSON.stringify(edited(prompt('Ours.'))));
    expect(mergeInWords(merged)).toEqual([
      'conflict: “Sort the ticket” (LlmNode), prompt; ours stays',
      expect.stringMatching(/^ {4}base: {3}“/),
      '    ours:   “Ours.”',
      '    theirs: “Theirs.”',
    ]);
  });

  it('the same change twice is no conflict', () => {
    const both = edited(prompt('Short.'), { type: 'add', flow, node: say('thanks') });
    const merged = mergeDocuments(triage, both, structuredClone(both));
    expect(merged.clean).toBe(true);
    expect(JSON.stringify(merged.tree)).toBe(JSON.stringify(both));
  });

  it('takes steps and connections that both added, and takes away what either removed', () => {
    const ours = edited(
      { type: 'add', flow, node: say('one') },
      { type: 'set', component: 'start-next', pointer: '/to_node', value: ref('one') },
      { type: 'connect', flow, edge: edge('one-next', 'one', 'sort') },
    );
    const theirs = edited(
      { type: 'add', flow, node: say('two') },
      { type: 'set', component: 'reply-next', pointer: '/to_node', value: ref('two') },
      { type: 'connect', flow, edge: edge('two-next', 'two', 'end') },
    );
    const merged = mergeDocuments(triage, ours, theirs);
    expect(merged.conflicts).toEqual([]);
    expect(validate(merged.tree).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(ownList(merged.tree, 'nodes')).toHaveLength(ownList(triage, 'nodes').length + 2);
    const gone = mergeDocuments(triage, ours, edited({ type: 'remove', flow, node: 'engineer' }));
    expect(gone.conflicts.filter(({ kind }) => kind !== 'unsound')).toEqual([]);
    expect(componentsOf(gone.tree).has('engineer')).toBe(false);
    expect(componentsOf(gone.tree).has('one')).toBe(true);
  });

  it('inputs are merged by their titles', () => {
    const inputs = triage.inputs as JsonObject[];
    const ours = { ...triage, inputs: inputs.map((one) => (one.title === 'body' ? { ...one, default: 'none' } : one)) };
    const theirs = {
      ...triage,
      inputs: [
        ...inputs.map((one) => (one.title === 'body' ? { ...one, description: 'All of it' } : one)),
        { title: 'new' },
      ],
    };
    const merged = mergeDocuments(triage, ours, theirs);
    const { title, type } = inputs[2] as JsonObject;
    expect(merged.tree.inputs).toEqual([
      inputs[0],
      inputs[1],
      { title, type, description: 'All of it', default: 'none' },
      { title: 'new' },
    ]);
  });

  it('a step that theirs removed and ours changed stays, with its connections, and is a conflict', () => {
    const removed = edited({ type: 'remove', flow, node: 'engineer' });
    const ours = edited(rename('engineer', 'Expert'));
    const merged = mergeDocuments(triage, ours, removed);
    expect(merged.conflicts).toMatchObject([
      { kind: 'removed-by-theirs', component: { id: 'engineer' }, ours: { name: 'Expert' } },
    ]);
    expect(sorted(merged.tree)).toEqual(sorted(ours));
    const other = mergeDocuments(triage, removed, ours);
    expect(other.conflicts).toMatchObject([
      { kind: 'removed-by-ours', component: { id: 'engineer' }, theirs: { name: 'Expert' } },
    ]);
    expect(JSON.stringify(other.tree)).toBe(JSON.stringify(removed));
  });

  it('a flow within, of which ours changed the name and theirs removed the step, stays with all that is in it', () => {
    const step = (type: string, id: string): JsonObject => ({ component_type: type, id, name: id });
    const inner = (name: string): JsonObject => ({
      ...step('Flow', 'inner'),
      name,
      start_node: ref('in-start'),
      nodes: [ref('in-start'), ref('in-end')],
      control_flow_connections: [edge('in-edge', 'in-start', 'in-end')],
      $referenced_components: { 'in-start': step('StartNode', 'in-start'), 'in-end': step('EndNode', 'in-end') },
    });
    const nested = applyCommands(triage, [
      { type: 'add', flow, node: { ...step('FlowNode', 'nest'), subflow: inner('Inner') } },
      { type: 'connect', flow, edge: edge('nest-next', 'nest', 'end') },
    ]).tree;
    const set = { type: 'set', component: 'inner', pointer: '/name', value: 'Other' } as const;
    const ours = applyCommands(nested, [set]).tree;
    const theirs = applyCommands(nested, [{ type: 'remove', flow, node: 'nest' }]).tree;
    const merged = mergeDocuments(nested, ours, theirs);
    expect(merged.conflicts).toMatchObject([{ kind: 'removed-by-theirs', component: { id: 'inner' } }]);
    expect(sorted(merged.tree)).toEqual(sorted(ours));
  });

  it('a step that one side removed and the other one newly leads to is a conflict, and nothing dangles', () => {
    const removed = edited({ type: 'remove', flow, node: 'engineer' });
    const uses = edited(
      { type: 'add', flow, node: say('one') },
      { type: 'connect', flow, edge: edge('one-next', 'one', 'engineer') },
    );
    const kept = mergeDocuments(triage, uses, removed);
    expect(kept.conflicts.map(({ kind, component }) => `${kind} ${component.id}`)).toContain(
      'removed-by-theirs engineer',
    );
    expect(componentsOf(kept.tree).has('engineer')).toBe(true);
    const left = mergeDocuments(triage, removed, uses);
    expect(left.conflicts.map(({ kind, component }) => `${kind} ${component.id}`)).toContain(
      'removed-by-ours engineer',
    );
    expect(componentsOf(left.tree).has('one-next')).toBe(false);
    for (const { tree } of [kept, left])
      expect(validate(tree).filter(({ code }) => code === 'OAS-DANGLING')).toEqual([]);
  });

  it('a field that theirs turned to a component that ours removed stays as it was', () => {
    const model = (id: string): JsonObject => ({ component_type: 'OpenAiConfig', id, name: id, model_id: 'm' });
    const agent = (id: string, llm: Json): JsonObject => ({
      component_type: 'Agent',
      id,
      name: id,
      llm_config: llm,
      system_prompt: 'x',
    });
    const swarm = (llm: Json, more: JsonObject): JsonObject => ({
      component_type: 'Swarm',
      id: 'swarm',
      name: 'swarm',
      first_agent: agent('a', llm),
      relationships: [],
      $referenced_components: { big: model('big'), ...more },
    });
    const base = swarm(ref('big'), { small: model('small') });
    const merged = mergeDocuments(base, swarm(ref('big'), {}), swarm(ref('small'), { small: model('small') }));
    expect(merged.conflicts).toMatchObject([{ kind: 'removed-by-ours', component: { id: 'small' } }]);
    expect(merged.tree).toEqual(swarm(ref('big'), {}));
  });

  it('two changes that are right by themselves and wrong together are a conflict', () => {
    const way = (id: string) => [
      { type: 'add', flow, node: say(id) } as const,
      { type: 'disconnect', flow, edge: 'start-next' } as const,
      { type: 'connect', flow, edge: edge(`to-${id}`, 'start', id) } as const,
      { type: 'connect', flow, edge: edge(`from-${id}`, id, 'sort') } as const,
    ];
    const merged = mergeDocuments(triage, edited(...way('one')), edited(...way('two')));
    expect(merged.conflicts.map(({ kind }) => kind)).toContain('unsound');
    expect(mergeInWords(merged)[0]).toContain('both changes together are wrong');
  });

  it('a component that one side moved within the file and the other one changed is changed where it is now', () => {
    const entries = triage.$referenced_components as JsonObject;
    const { sort, ...others } = entries;
    const nodes = (triage.nodes as JsonObject[]).map((node) =>
      node.$component_ref === 'sort' ? (sort as Json) : node,
    );
    const inline = { ...triage, nodes, $referenced_components: others };
    for (const merged of [
      mergeDocuments(triage, inline, edited(prompt('Short.'))),
      mergeDocuments(triage, edited(prompt('Short.')), inline),
    ]) {
      expect(merged.conflicts).toEqual([]);
      expect(merged.tree).toEqual(applyCommands(inline, [prompt('Short.')]).tree);
    }
  });

  it('steps that both moved stay where ours put them, without a conflict', () => {
    const merged = mergeDocuments(
      triage,
      edited({ type: 'move', node: 'sort', x: 1, y: 2 }),
      edited({ type: 'move', node: 'sort', x: 3, y: 4 }, { type: 'move', node: 'reply', x: 5, y: 6 }),
    );
    expect(merged).toMatchObject({ clean: true, movedTwice: [{ id: 'sort' }] });
    const wanted = edited({ type: 'move', node: 'sort', x: 1, y: 2 }, { type: 'move', node: 'reply', x: 5, y: 6 });
    expect(merged.tree).toEqual(wanted);
    expect(mergeInWords(merged)).toEqual(['1 step moved by both: left where ours put it']);
  });

  it('writes ours with only the lines of theirs changed', () => {
    const oursText = source.replace('"name": "Sort the ticket"', '"name":   "Sort it"');
    const ours = JSON.parse(oursText) as JsonObject;
    const { tree } = mergeDocuments(triage, ours, edited(rename('reply', 'Reply')));
    const text = writeDocument(tree, oursText);
    const changed = text.split('\n').filter((line, i) => line !== oursText.split('\n')[i]);
    expect(changed).toEqual([expect.stringContaining('"name": "Reply"')]);
    expect(text).toContain('"name":   "Sort it"');
  });

  it.each(exampleFiles(/\.json$/))('%s with itself is itself', (name) => {
    const { tree } = readDocument(readFileSync(`${examplesFolder}/${name}`, 'utf8'), name);
    if (tree === undefined) throw new Error('cannot be read');
    const merged = mergeDocuments(tree, structuredClone(tree), structuredClone(tree));
    expect(merged.clean).toBe(true);
    expect(JSON.stringify(merged.tree)).toBe(JSON.stringify(tree));
  });
});

/** Edits that always can be made, one after the other, whatever went before. */
const anyEdit = fc.record({
  what: fc.constantFrom('rename', 'prompt', 'move', 'add', 'remove', 'input', 'metadata', 'reorder', 'inline'),
  step: fc.nat(),
  text: fc.string({ maxLength: 6 }),
  number: fc.integer({ min: -500, max: 500 }),
});
type AnyEdit = typeof anyEdit extends fc.Arbitrary<infer T> ? T : never;

function changed(tree: JsonObject, { what, step, text, number }: AnyEdit, unique: string): JsonObject {
  const ids = ownList(tree, 'nodes').map((node) =>
    String((node as JsonObject).$component_ref ?? (node as JsonObject).id),
  );
  const id = ids[step % ids.length] ?? '';
  const apply = (...commands: EditCommand[]): JsonObject => applyCommands(tree, commands).tree;
  const set = (pointer: string, value: Json): JsonObject => apply({ type: 'set', component: id, pointer, value });
  switch (what) {
    case 'rename':
      return set('/name', `${text}${unique}`);
    case 'prompt':
      return set('/description', text);
    case 'move':
      return apply({ type: 'move', node: id, x: number, y: step });
    case 'add':
      return apply({ type: 'add', flow, node: say(`new${unique}`) });
    case 'remove':
      return ids.length < 3 || id === 'start' ? tree : apply({ type: 'remove', flow, node: id });
    case 'input':
      return { ...tree, inputs: [...ownList(tree, 'inputs'), { title: `input${unique}`, type: 'string' }] };
    case 'metadata':
      return set('/metadata', { [text]: [number, { deep: text }] });
    case 'reorder':
      return { ...tree, nodes: ownList(tree, 'nodes').toReversed() };
    default: {
      const entries = { ...(tree.$referenced_components as JsonObject) };
      const component = entries[id];
      if (component === undefined) return tree;
      delete entries[id];
      const nodes = ownList(tree, 'nodes').map((node) =>
        (node as JsonObject).$component_ref === id ? component : node,
      );
      return { ...tree, nodes, $referenced_components: entries };
    }
  }
}

const manyEdits = fc.array(anyEdit, { maxLength: 6 });
function all(edits: readonly AnyEdit[], tree: JsonObject, side: string): JsonObject {
  return edits.reduce((before, edit, i) => changed(before, edit, `${side}${i}`), tree);
}

describe('what holds for any change', () => {
  it('what only one side did comes out as it was, to the order of keys', () => {
    fc.assert(
      fc.property(manyEdits, (edits) => {
        const after = all(edits, triage, 'a');
        const ours = mergeDocuments(triage, after, triage);
        const theirs = mergeDocuments(triage, triage, after);
        expect(ours.conflicts).toEqual([]);
        expect(theirs.conflicts).toEqual([]);
        expect(JSON.stringify(ours.tree)).toBe(JSON.stringify(after));
        expect(JSON.stringify(theirs.tree)).toBe(JSON.stringify(after));
      }),
      { numRuns: 80 },
    );
  });

  it('changes of different steps merge clean, in either order, to what both edits make', () => {
    const some = fc.array(
      anyEdit.map((edit) => ({
        ...edit,
        what: edit.what === 'remove' || edit.what === 'reorder' ? 'rename' : edit.what,
      })),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(some, some, (left, right) => {
        // Ours takes the steps of even places, theirs those of odd ones; new things have names of their own.
        const even = left.map((edit) => ({ ...edit, step: (edit.step % 3) * 2 }));
        const odd = right.map((edit) => ({ ...edit, step: (edit.step % 3) * 2 + 1 }));
        const fixed = (edits: AnyEdit[]): AnyEdit[] =>
          edits.toSorted((a, b) => Number(a.what === 'add') - Number(b.what === 'add'));
        const [ours, theirs] = [all(fixed(even), triage, 'a'), all(fixed(odd), triage, 'b')];
        const merged = mergeDocuments(triage, ours, theirs);
        const other = mergeDocuments(triage, theirs, ours);
        expect(merged.conflicts).toEqual([]);
        expect(other.conflicts).toEqual([]);
        expect(sorted(merged.tree)).toEqual(sorted(other.tree));
        const both = all(fixed(odd), all(fixed(even), triage, 'a'), 'b');
        expect(sorted(merged.tree)).toEqual(sorted(both));
      }),
      { numRuns: 80 },
    );
  });

  it('any two changes give a document in which nothing dangles or stands twice, and ours stays where they meet', () => {
    fc.assert(
      fc.property(manyEdits, manyEdits, (left, right) => {
        const [ours, theirs] = [all(left, triage, 'a'), all(right, triage, 'b')];
        const merged = mergeDocuments(triage, ours, theirs);
        const codes = validate(merged.tree).map(({ code }) => code);
        expect(codes).not.toContain('OAS-DANGLING');
        expect(codes).not.toContain('OAS-DUPLICATE-ID');
        for (const { kind, component } of merged.conflicts) {
          if (kind === 'removed-by-theirs') expect(componentsOf(merged.tree).has(component.id)).toBe(true);
          if (kind === 'removed-by-ours') expect(componentsOf(merged.tree).has(component.id)).toBe(false);
        }
      }),
      { numRuns: 80 },
    );
  });
});
