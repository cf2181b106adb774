import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { exampleFiles, examplesFolder, hasExamples } from '../../testing/exampleDocuments.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { changedAt } from '../pointer.ts';
import { readDocument } from '../read.ts';
import { validate } from '../validate.ts';
import { documentSchema } from './documentSchema.ts';

const accepts = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true }).compile(
  documentSchema(),
);

function faults(tree: Json): string[] {
  return accepts(tree) ? [] : (accepts.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const flows = fileURLToPath(new URL('../../../flows', import.meta.url));
const sample = (slug: string) => JSON.parse(readFileSync(`${flows}/${slug}/flow.json`, 'utf8')) as JsonObject;

describe('the JSON Schema of documents', () => {
  const example = (name: string): JsonObject => {
    const { tree } = readDocument(readFileSync(`${examplesFolder}/${name}`, 'utf8'), name);
    if (tree === undefined) throw new Error('cannot be read');
    return tree;
  };
  // Written in a dialect from before the first version, with `$ref` for references: no program takes it.
  const draft = 'pyagentspec_example_config.yaml';

  it.each(exampleFiles().filter((name) => name !== draft))('accepts %s', (name) => {
    expect(faults(example(name))).toEqual([]);
  });

  it.skipIf(!hasExamples)('rejects the one example that validation rejects for its fields, too', () => {
    expect(faults(example(draft))).not.toEqual([]);
    expect(validate(example(draft)).map(({ code }) => code)).toContain('OAS-FIELD');
  });

  it.each(readdirSync(flows))('accepts the sample %s', (slug) => {
    expect(faults(sample(slug))).toEqual([]);
  });

  const triage = sample('ticket-triage');
  const sort = '/$referenced_components/sort';
  const edge = '/control_flow_connections/0';
  const broken: [string, string, Json | undefined][] = [
    ['no kind of document', '/component_type', undefined],
    ['a name that is a number', '/name', 7],
    ['no name', '/name', undefined],
    ['no nodes', '/nodes', undefined],
    ['nodes that are no list', '/nodes', {}],
    ['a step that is a tool', '/nodes/1', { component_type: 'ServerTool', id: 'x', name: 'x' }],
    ['an edge among the steps', '/nodes/1', { component_type: 'ControlFlowEdge', id: 'x', name: 'x' }],
    ['a reference that has more in it', '/start_node', { $component_ref: 'start', name: 'x' }],
    ['a reference that is a number', '/start_node', { $component_ref: 1 }],
    ['a step without a prompt', `${sort}/prompt_template`, undefined],
    ['a step without an id', `${sort}/id`, undefined],
    ['a model that is a text', `${sort}/llm_config`, 'gpt'],
    ['an input without a title', '/inputs/0/title', undefined],
    ['an edge from nowhere', `${edge}/from_node`, undefined],
    ['a branch that is a number', `${edge}/from_branch`, 1],
  ];
  it.each(broken)('rejects %s', (_what, pointer, value) => {
    let tree = changedAt(triage, pointer, () => value);
    // Without a type the document must not pass as a file of components.
    if (pointer === '/component_type' && isObject(tree)) tree = { ...tree, $referenced_components: 'none' };
    expect(faults(tree)).not.toEqual([]);
  });

  it('rejects records with other fields, numbers that are too small and choices that are none', () => {
    const model = { component_type: 'OpenAiConfig', id: 'm', name: 'm', model_id: 'm' };
    expect(faults(model)).toEqual([]);
    expect(faults({ ...model, retry_policy: { max_attempts: 3, jitter: null } })).toEqual([]);
    expect(faults({ ...model, retry_policy: { max_attempts: -1 } })).not.toEqual([]);
    expect(faults({ ...model, retry_policy: { tries: 3 } })).not.toEqual([]);
    expect(faults({ ...model, api_type: 'completions' })).not.toEqual([]);
    expect(faults({ ...model, api_key: { $component_ref: 'm.api_key' } })).toEqual([]);
  });

  it('allows types and fields that it does not know', () => {
    expect(faults({ component_type: 'PluginThing', anything: 1 })).toEqual([]);
    expect(faults({ ...triage, own_field: [1, 2] })).toEqual([]);
  });
});
