import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exampleFiles, examplesFolder, hasExamples } from '../../testing/exampleDocuments.ts';
import { diffDocuments } from '../compare/diff.ts';
import type { Json, JsonObject } from '../json.ts';
import { readDocument } from '../read.ts';
import { indexOf } from '../references.ts';
import { BundleError, bundleDocuments } from './bundle.ts';
import { SplitError, splitDocument } from './split.ts';

const flows = fileURLToPath(new URL('../../../flows', import.meta.url));

function treeAt(path: string): JsonObject {
  const read = readDocument(readFileSync(path, 'utf8'), path);
  if (read.tree === undefined) throw new Error(`${path} cannot be read`);
  return read.tree;
}

/** Splits a document and puts it together again. */
function roundTrip(tree: JsonObject, wanted?: string[]): JsonObject {
  const { main, files } = splitDocument(tree, wanted);
  const named = files.map(({ id, tree: file, placement }) => ({ file: id, tree: file, placement }));
  return bundleDocuments([...named, { file: 'main', tree: main }]).tree;
}

const ref = (id: string): JsonObject => ({ $component_ref: id });
const model: JsonObject = { component_type: 'VllmConfig', id: 'model', name: 'Model', url: 'u', model_id: 'm' };
const tool: JsonObject = { component_type: 'ServerTool', id: 'tool', name: 'Tool', inputs: [], outputs: [] };
const agent = (id: string, llm: Json): JsonObject => ({
  component_type: 'Agent',
  id,
  name: id,
  llm_config: llm,
  system_prompt: 'x',
  tools: id === 'one' ? [tool] : [],
});
const team: JsonObject = {
  component_type: 'Swarm',
  id: 'team',
  name: 'Team',
  first_agent: agent('one', ref('model')),
  relationships: [[ref('one'), agent('two', ref('model'))]],
  $referenced_components: { model },
};

describe('splitting a document', () => {
  it('gives every tool, model and agent a file of its own that has nothing else', () => {
    const { main, files } = splitDocument(team);
    expect(files.map(({ id }) => id).sort()).toEqual(['model', 'one', 'tool', 'two']);
    const one = files.find(({ id }) => id === 'one');
    expect(one?.tree).toEqual({
      $referenced_components: { one: { ...agent('one', ref('model')), tools: [ref('tool')] } },
    });
    expect(main).toEqual({
      component_type: 'Swarm',
      id: 'team',
      name: 'Team',
      first_agent: ref('one'),
      relationships: [[ref('one'), ref('two')]],
    });
  });

  it('takes along what a chosen component uses, into a file of its own when others use it, too', () => {
    const { main, files } = splitDocument(team, ['one']);
    expect(files.map(({ id }) => id)).toEqual(['one', 'model']);
    expect(files[0]?.tree).toEqual({ $referenced_components: { one: agent('one', ref('model')) } });
    expect(main.relationships).toEqual([[ref('one'), agent('two', ref('model'))]]);
    expect(main).not.toHaveProperty('$referenced_components');
    const alone = { ...team, relationships: [[ref('one'), ref('one')]] };
    const together = splitDocument(alone, ['one']);
    expect(together.files).toHaveLength(1);
    expect(together.files[0]?.tree).toEqual({
      $referenced_components: { one: agent('one', ref('model')), model },
    });
  });

  it('refuses what is not there, and the document itself', () => {
    expect(() => splitDocument(team, ['nobody'])).toThrow(SplitError);
    expect(() => splitDocument(team, ['team'])).toThrow(SplitError);
  });

  it.each(readdirSync(flows))('and bundling gives the sample %s again', (slug) => {
    const tree = treeAt(`${flows}/${slug}/flow.json`);
    expect(splitDocument(tree).files.length).toBeGreaterThan(0);
    expect(roundTrip(tree)).toEqual(tree);
  });

  it.each(exampleFiles())('and bundling gives %s again', (name) => {
    const tree = treeAt(`${examplesFolder}/${name}`);
    if (tree.component_type === undefined && tree.$component_ref === undefined) return;
    expect(roundTrip(tree)).toEqual(tree);
  });

  it.each(exampleFiles(/\.json$/))('with one component at a time, from %s', (name) => {
    const tree = treeAt(`${examplesFolder}/${name}`);
    if (tree.component_type === undefined) return;
    const groups = splitDocument(tree).files.map(({ id }) => id);
    for (const id of groups) expect(diffDocuments(tree, roundTrip(tree, [id])).same, id).toBe(true);
  });
});

describe('bundling files', () => {
  it.skipIf(!hasExamples)('puts the official disaggregated example together', () => {
    const main = treeAt(`${examplesFolder}/howto_disaggregated_main_config.json`);
    const components = treeAt(`${examplesFolder}/howto_disaggregated_component_config.json`);
    const { tree, unused } = bundleDocuments([
      { file: 'components', tree: components },
      { file: 'main', tree: main },
    ]);
    expect(unused).toEqual([]);
    const { references, targets } = indexOf(tree);
    expect(references.filter(({ ref: id }) => !targets.has(id))).toEqual([]);
    expect(readDocument(JSON.stringify(tree))).toMatchObject({ ok: true });
  });

  it('says what is not used, and refuses two files that differ, none or two main files', () => {
    const file = (name: string, value: Json) => ({ file: name, tree: { $referenced_components: { [name]: value } } });
    const main = { file: 'main', tree: agent('two', ref('model')) };
    expect(bundleDocuments([main, file('model', model), file('tool', tool)])).toEqual({
      tree: agent('two', model),
      main: 'main',
      unused: ['tool'],
    });
    const other = { file: 'b', tree: { $referenced_components: { model: { ...model, url: 'v' } } } };
    expect(() => bundleDocuments([main, file('model', model), other])).toThrow(BundleError);
    expect(() => bundleDocuments([file('model', model)])).toThrow(BundleError);
    expect(() => bundleDocuments([main, { ...main, file: 'again' }])).toThrow(BundleError);
  });
});
