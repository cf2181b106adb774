import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { expect, it } from 'vitest';
import { needsOf } from './needs.ts';

it('reads off a document what it needs beside itself', () => {
  const tree: JsonObject = {
    component_type: 'Flow',
    id: 'flow',
    nodes: [
      {
        component_type: 'ApiNode',
        id: 'a',
        url: 'https://api.example.com:443/orders/{{id}}',
        headers: { x: { $component_ref: 'shop-key' } },
      },
      { component_type: 'ToolNode', id: 'b', tool: { component_type: 'ClientTool', id: 'c', name: 'Review' } },
      { component_type: 'ToolNode', id: 'd', tool: { component_type: 'ServerTool', id: 'e', name: 'lookup' } },
      { component_type: 'LlmNode', id: 'f', llm_config: { $component_ref: 'gpt' } },
      { component_type: 'LlmNode', id: 'g', llm_config: { $component_ref: 'practice-model' } },
    ],
    $referenced_components: {
      gpt: { component_type: 'OpenAiConfig', id: 'gpt', name: 'House model', model_id: 'gpt-5' },
      'practice-model': {
        component_type: 'OpenAiCompatibleConfig',
        id: 'practice-model',
        name: 'Practice model',
        model_id: 'practice',
      },
    },
  };
  expect(needsOf(tree)).toEqual({
    people: 1,
    models: ['House model'],
    practice: true,
    hosts: ['api.example.com'],
    tools: ['lookup'],
    secrets: ['shop-key'],
  });
});

it('a flow of its own steps alone needs nothing', () => {
  expect(needsOf({ component_type: 'Flow', id: 'x', nodes: [] })).toEqual({
    people: 0,
    models: [],
    practice: false,
    hosts: [],
    tools: [],
    secrets: [],
  });
});
