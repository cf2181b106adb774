import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleFiles, examplesFolder, hasExamples } from '../../testing/exampleDocuments.ts';
import type { EditCommand } from '../edit.ts';
import { applyCommands } from '../edit.ts';
import type { Json, JsonObject } from '../json.ts';
import { readDocument } from '../read.ts';
import { diffDocuments } from './diff.ts';
import { diffInWords } from './diffWords.ts';
import { assembled, partsOf } from './parts.ts';

const triage = JSON.parse(
  readFileSync(new URL('../../../flows/ticket-triage/flow.json', import.meta.url), 'utf8'),
) as JsonObject;

/** The flow of the samples after some edits. */
function edited(...commands: EditCommand[]): JsonObject {
  return applyCommands(triage, commands).tree;
}

function words(after: JsonObject, before: JsonObject = triage): string[] {
  return diffInWords(diffDocuments(before, after));
}

function exampleTree(name: string): JsonObject {
  const read = readDocument(readFileSync(`${examplesFolder}/${name}`, 'utf8'), name);
  if (read.tree === undefined) throw new Error(`${name} cannot be read`);
  return read.tree;
}

describe('taking a document apart', () => {
  it('and putting it together gives the document', () => {
    expect(JSON.stringify(assembled(partsOf(triage)))).toBe(JSON.stringify(triage));
    const keys = [...partsOf(triage).keys()];
    expect(keys).toContain('sort');
    expect(keys).toContain('start-next');
  });

  it.each(exampleFiles())('%s', (name) => {
    const tree = exampleTree(name);
    expect(JSON.stringify(assembled(partsOf(tree)))).toBe(JSON.stringify(tree));
  });
});

describe('the difference of two documents', () => {
  it('is none for the same one', () => {
    const diff = diffDocuments(triage, structuredClone(triage));
    expect(diff).toMatchObject({ same: true, changes: [], moved: [], renumbered: [] });
    expect(diffInWords(diff)).toEqual([]);
  });

  it('tells a changed field from what to what', () => {
    const after = edited(
      { type: 'rename', component: 'sort', name: 'Sort it' },
      { type: 'set', component: 'sort', pointer: '/prompt_template', value: 'Short.' },
    );
    expect(diffDocuments(triage, after)).toMatchObject({
      same: false,
      changes: [
        {
          kind: 'changed',
          role: 'step',
          id: 'sort',
          name: 'Sort it',
          flow: '',
          fields: [
            { pointer: '/name', kind: 'changed', before: 'Sort the ticket', after: 'Sort it' },
            { pointer: '/prompt_template', kind: 'changed', after: 'Short.' },
          ],
        },
      ],
    });
    expect(words(after)).toEqual([
      '~ step “Sort it” (LlmNode)',
      '    name: “Sort the ticket” → “Sort it”',
      expect.stringMatching(/^ {4}prompt: “.+” → “Short\.”$/),
    ]);
  });

  it('cuts long texts to where they differ', () => {
    const long = 'word '.repeat(60);
    const before = edited({ type: 'set', component: 'sort', pointer: '/prompt_template', value: `${long}red ${long}` });
    const after = edited({ type: 'set', component: 'sort', pointer: '/prompt_template', value: `${long}blue ${long}` });
    const [, line = ''] = words(after, before);
    expect(line).toContain('red');
    expect(line).toContain('blue');
    expect(line.length).toBeLessThan(120);
  });

  it('tells steps and connections that came, went and lead elsewhere', () => {
    const node: JsonObject = {
      component_type: 'OutputMessageNode',
      id: 'thanks',
      name: 'Say thanks',
      message: 'Thanks',
    };
    const after = edited(
      { type: 'add', flow: 'ticket-triage', node },
      { type: 'remove', flow: 'ticket-triage', node: 'engineer' },
      { type: 'set', component: 'start-next', pointer: '/to_node', value: { $component_ref: 'thanks' } },
    );
    const diff = diffDocuments(triage, after);
    const told = diff.changes.map(({ kind, role, id }) => `${kind} ${role} ${id}`);
    expect(told).toContain('added step thanks');
    expect(told).toContain('removed step engineer');
    expect(told).toContain('rerouted control start-next');
    expect(told.filter((one) => one.startsWith('removed control'))).toHaveLength(2);
    // What came and went is not told a second time as a change of the flow's lists.
    expect(told.filter((one) => one.includes('document'))).toEqual([]);
    expect(diffInWords(diff)).toContain('~ connection “Start” → “Sort the ticket” now goes “Start” → “Say thanks”');
    expect(diffInWords(diff)).toContain('+ step “Say thanks” (OutputMessageNode)');
  });

  it('tells inputs and outputs by their names', () => {
    const inputs = (triage.inputs as JsonObject[]).map((input) =>
      input.title === 'body' ? { ...input, type: 'integer' } : input,
    );
    const after = { ...triage, inputs: [...inputs.slice(1), { title: 'urgent', type: 'boolean' }] };
    expect(words(after)).toEqual([
      '~ “Support ticket triage” (Flow)',
      '    input “customer”: no longer there',
      '    input “body”, type: “string” → “integer”',
      '    input “urgent”: new yes or no',
    ]);
    expect(words({ ...triage, inputs: (triage.inputs as Json[]).toReversed() })).toEqual([
      '~ “Support ticket triage” (Flow)',
      '    inputs: in another order',
    ]);
  });

  it('keeps the canvas apart', () => {
    const after = edited(
      { type: 'move', node: 'sort', x: 900, y: 900 },
      { type: 'move', node: 'reply', x: 901, y: 900 },
    );
    const diff = diffDocuments(triage, after);
    expect(diff).toMatchObject({ same: true, changes: [], moved: [{ id: 'sort' }, { id: 'reply' }] });
    expect(diffInWords(diff)).toEqual(['  moved 2 steps']);
  });

  it('sees no difference in spelling: order of keys and steps, defaults, nulls, inline or referred to', () => {
    const { metadata: _metadata, ...rest } = triage;
    const nodes = (triage.nodes as Json[]).toReversed();
    const entries = triage.$referenced_components as JsonObject;
    const inline = nodes.map((node) =>
      (node as JsonObject).$component_ref === 'sort' ? (entries.sort as JsonObject) : node,
    );
    const { sort: _sort, ...others } = entries;
    const after = { ...rest, nodes: inline, $referenced_components: others };
    expect(diffDocuments(triage, after)).toMatchObject({ same: true, changes: [] });
    expect(diffDocuments(triage, { ...after, description: 'new' }).same).toBe(false);
  });

  it('finds components again whose ids are others: by name, by flow, by what they connect', () => {
    const text = JSON.stringify(triage);
    const ids = [...partsOf(triage).keys(), 'ticket-triage'].filter((id) => id !== '');
    const other = text.replaceAll(/"(id|\$component_ref)":"([^"]+)"/g, (all, key, id) =>
      ids.includes(id) ? `"${key}":"other-${id}"` : all,
    );
    const diff = diffDocuments(triage, JSON.parse(other) as JsonObject);
    expect(diff.changes).toEqual([]);
    expect(diff.renumbered.length).toBe(ids.length);
    expect(diff.same).toBe(false);
    expect(diffInWords(diff)).toEqual([`~ ${ids.length} components have other ids`]);
  });

  describe.skipIf(!hasExamples)('of the official examples', () => {
    const twice = exampleFiles(/\.json$/).filter((name) => exampleFiles().includes(name.replace('.json', '.yaml')));
    it.each(['howto_catchexception.json', 'howto_flowbuilder.json', 'math_homework_agent.json'])(
      '%s says the same in YAML',
      (name) => {
        const diff = diffDocuments(exampleTree(name), exampleTree(name.replace('.json', '.yaml')));
        expect(diff).toMatchObject({ same: true, changes: [], renumbered: [] });
      },
    );

    it('finds nearly all components of the renderings with other ids again', () => {
      expect(twice.length).toBeGreaterThan(25);
      const lone = twice
        .filter((name) => name !== 'pyagentspec_example_config.json')
        .flatMap((name) => {
          const diff = diffDocuments(exampleTree(name), exampleTree(name.replace('.json', '.yaml')));
          return diff.changes.filter(({ kind }) => kind !== 'changed').map(({ id }) => `${name} ${id}`);
        });
      expect(lone).toEqual([]);
    });
  });
});
