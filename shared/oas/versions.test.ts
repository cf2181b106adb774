import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleFiles, examplesFolder } from '../testing/exampleDocuments.ts';
import { versionRank } from './componentTypes.ts';
import { type JsonObject, ownObject } from './json.ts';
import { readDocument } from './read.ts';
import { lowestVersion, withVersion, writtenVersions } from './versions.ts';

const model: JsonObject = { component_type: 'OpenAiConfig', id: 'm', name: 'm', model_id: 'x' };
const agent: JsonObject = { component_type: 'Agent', id: 'a', name: 'a', llm_config: model, system_prompt: 'Help.' };

describe('versions', () => {
  it.each<[string, JsonObject, string]>([
    ['an agent', agent, '25.4.1'],
    ['defaults that are written out', { ...agent, human_in_the_loop: true, toolboxes: [], transforms: [] }, '25.4.1'],
    ['an agent without a human', { ...agent, human_in_the_loop: false }, '26.1.0'],
    ['a policy of a model', { ...agent, llm_config: { ...model, retry_policy: {} } }, '26.1.2'],
    ['a component without an id', { ...agent, llm_config: { ...model, id: null, api_type: 'responses' } }, '26.1.0'],
    ['a plain model', { ...model, component_type: 'LlmConfig' }, '26.1.2'],
    ['a tool to confirm', { component_type: 'ServerTool', id: 't', name: 't', requires_confirmation: true }, '26.1.0'],
    ['one text of a model', llmNode([{ title: 'x', type: 'string' }]), '25.4.1'],
    ['a number of a model', llmNode([{ title: 'x', type: 'number' }]), '26.1.0'],
    ['a body that is a text', { component_type: 'ApiNode', id: 'n', name: 'n', data: 'text' }, '26.1.0'],
    ['a type that nobody knows', { component_type: 'Other', id: 'o', name: 'o', retry_policy: {} }, '25.4.1'],
  ])('the lowest one of %s', (_what, tree, version) => {
    expect(lowestVersion(tree)).toBe(version);
  });

  it('leaves out what an older version does not have, and says so', () => {
    const box = { component_type: 'MCPToolBox', id: 'b', name: 'b', client_transport: { $component_ref: 't' } };
    const transport = { component_type: 'SSETransport', id: 't', name: 't', url: 'https://x' };
    const tree = {
      ...agent,
      toolboxes: [{ $component_ref: 'b' }],
      agentspec_version: '26.3.1',
      $referenced_components: { b: box, t: transport },
    };
    const lowered = withVersion(tree, '25.4.1');
    expect(lowered.misfits).toMatchObject([
      { component: 'a', pointer: '/toolboxes', field: 'toolboxes', version: '26.1.0', removed: true },
    ]);
    expect(lowered.misfits[0]?.words).toBe('“toolboxes” of “Agent” came with 26.1.0 and is left out for 25.4.1.');
    expect(lowered.tree).toEqual({ ...agent, agentspec_version: '25.4.1', $referenced_components: {} });
    expect(ownObject(tree, '$referenced_components')).toEqual({ b: box, t: transport });
  });

  it('does not report by itself what goes with something else', () => {
    const transform = {
      component_type: 'MessageSummarizationTransform',
      id: 't',
      name: 't',
      llm: { ...model, id: 'n', retry_policy: { max_attempts: 1 } },
    };
    const { tree, misfits } = withVersion({ ...agent, transforms: [transform] }, '25.4.1');
    expect(misfits.map(({ pointer }) => pointer)).toEqual(['/transforms']);
    expect(lowestVersion(tree)).toBe('25.4.1');
  });

  it('keeps a type that cannot be left out, and says that it will be refused', () => {
    const swarm = { component_type: 'Swarm', id: 's', name: 's', first_agent: agent, relationships: [[agent, agent]] };
    const { tree, misfits } = withVersion(swarm, '25.4.1');
    expect(tree.component_type).toBe('Swarm');
    expect(misfits).toMatchObject([{ removed: false, field: undefined, pointer: '', version: '26.1.0' }]);
    expect(misfits[0]?.words).toMatch(/will refuse it\.$/);
  });

  it('understands trial versions and the old name of the field', () => {
    const old = { component_type: 'Agent', air_version: '25.3.1', id: 'a', name: 'a' };
    expect(Object.keys(withVersion(old, '25.4.1').tree)).toEqual(['component_type', 'agentspec_version', 'id', 'name']);
    expect(versionRank('25.4.2')).toBe(versionRank('26.1.0'));
    expect(versionRank('25.3.0')).toBeLessThan(versionRank('25.4.0') as number);
    for (const none of ['25.3.0', '25.4.0', '99.1.0', '']) expect(() => withVersion(old, none)).toThrow(RangeError);
  });

  it.each(exampleFiles(/\.json$/))('%s fits the lowest version that it says it needs, and no lower one', (name) => {
    const { tree } = readDocument(readFileSync(`${examplesFolder}/${name}`, 'utf8'), name);
    if (tree === undefined) throw new Error('not read');
    const lowest = lowestVersion(tree);
    for (const version of writtenVersions) {
      const { misfits, tree: made } = withVersion(tree, version);
      const isLower = (versionRank(version) ?? 0) < (versionRank(lowest) ?? 0);
      expect(misfits.length > 0, version).toBe(isLower);
      if (!isLower)
        expect({ ...made, agentspec_version: tree.agentspec_version ?? null }).toEqual({
          ...tree,
          agentspec_version: tree.agentspec_version ?? null,
        });
      if (misfits.every(({ removed }) => removed)) expect(withVersion(made, version).misfits).toEqual([]);
    }
  });
});

function llmNode(outputs: JsonObject[]): JsonObject {
  return { component_type: 'LlmNode', id: 'n', name: 'n', llm_config: model, prompt_template: 'x', outputs };
}
