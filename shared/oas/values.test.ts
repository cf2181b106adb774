import { describe, expect, it } from 'vitest';
import { cast } from './casts.ts';
import { branchesOf, inferredInputs, inferredOutputs, inputsOf, outputsOf, placeholders } from './inference.ts';
import type { Json, JsonObject } from './json.ts';
import { titleFrom, titleOf, typesFit, typeWords } from './properties.ts';

describe('casts', () => {
  it.each([
    [5, { type: 'string' }, '5'],
    [{ a: 1 }, { type: 'string' }, '{"a": 1}'],
    [[1, { a: 'Zoë', b: [] }], { type: 'string' }, '[1, {"a": "Zoë", "b": []}]'],
    [null, { type: 'string' }, 'null'],
    [true, { type: 'integer' }, 1],
    [2.9, { type: 'integer' }, 2],
    [0, { type: 'boolean' }, false],
    ['12.5', { type: 'number' }, 12.5],
    ['true', { type: 'boolean' }, true],
    [[1, '2'], { type: 'array', items: { type: 'string' } }, ['1', '2']],
    [
      { a: '1' },
      { type: 'object', properties: { a: { type: 'number' }, b: { type: 'string', default: 'x' } } },
      { a: 1, b: 'x' },
    ],
    ['x', { anyOf: [{ type: 'number' }, { type: 'string' }] }, 'x'],
    [null, { type: ['string', 'null'] }, null],
    [{ any: 'thing' }, {}, { any: 'thing' }],
  ] as [Json, JsonObject, Json][])('%j as %j', (value, schema, wanted) => {
    expect(cast(value, schema)).toEqual({ ok: true, value: wanted });
  });

  it.each([
    ['abc', { type: 'number' }, '“abc” is not a number'],
    ['', { type: 'number' }, '“” is not a number'],
    ['x', { type: 'array' }, '“x” is not a list'],
    [[1, 'x'], { type: 'array', items: { type: 'number' } }, 'entry 2: “x” is not a number'],
    [{}, { type: 'object', properties: { a: { type: 'number' } } }, 'the field “a” is missing'],
    ['c', { type: 'string', enum: ['a', 'b'] }, '“c” is none of “a”, “b”'],
  ] as [Json, JsonObject, string][])('%j is not %j', (value, schema, message) => {
    expect(cast(value, schema)).toMatchObject({ ok: false, message });
  });
});

describe('types', () => {
  it('fit by the rules of casting', () => {
    const list = (type: string): JsonObject => ({ type: 'array', items: { type } });
    expect(typesFit({ type: 'object' }, { type: 'string' })).toBe(true);
    expect(typesFit({ type: 'boolean' }, { type: 'number' })).toBe(true);
    expect(typesFit({ type: 'string' }, { type: 'number' })).toBe(false);
    expect(typesFit(list('integer'), list('number'))).toBe(true);
    expect(typesFit(list('string'), list('number'))).toBe(false);
    expect(typesFit({}, { type: 'number' })).toBe(true);
    expect(typesFit({ type: ['number', 'null'] }, { type: 'number' })).toBe(false);
    expect(typesFit({ type: 'number' }, { anyOf: [{ type: 'number' }, { type: 'null' }] })).toBe(true);
    expect(typesFit({ type: 'object', properties: {} }, { type: 'object', properties: { a: {} } })).toBe(false);
  });

  it('have plain words', () => {
    expect(typeWords({ type: 'boolean' })).toBe('yes or no');
    expect(typeWords({ type: 'array', items: { type: 'number' } })).toBe('list of numbers');
    expect(typeWords({ anyOf: [{ type: 'string' }, { type: 'null' }] })).toBe('text, may be empty');
    expect(typeWords({})).toBe('anything');
  });

  it('make titles from words', () => {
    expect(titleFrom('Amount in €!')).toBe('amount_in');
    expect(titleFrom('amount', ['amount'])).toBe('amount_2');
    expect(titleFrom('…')).toBe('value');
  });
});

describe('inference', () => {
  const titles = (properties: JsonObject[]) => properties.map(titleOf);
  const text = (title: string): JsonObject => ({ title, type: 'string' });
  const inner: JsonObject = {
    component_type: 'Flow',
    id: 'in',
    start_node: { component_type: 'StartNode', id: 's', inputs: [text('a')] },
    nodes: [
      { component_type: 'EndNode', id: 'e1', outputs: [text('x'), text('y')], branch_name: 'good' },
      { component_type: 'EndNode', id: 'e2', outputs: [text('x')] },
    ],
  };
  const node = (type: string, fields: JsonObject = {}): JsonObject => ({ component_type: type, id: 'n', ...fields });
  const seen = (component: JsonObject) => [
    titles(inferredInputs(component, component)),
    titles(inferredOutputs(component, component)),
    branchesOf(component, component),
  ];

  it('finds placeholders once each', () => {
    expect(placeholders('{{a}} {{ b_1 }} {{ a }} {{ größe }} {% if c %} {{ d | upper }}')).toEqual([
      'a',
      'b_1',
      'größe',
    ]);
  });

  it.each([
    ['LlmNode', { prompt_template: '{{ q }}' }, [['q'], ['generated_text'], ['next']]],
    [
      'ApiNode',
      { url: 'https://x/{{ id }}', headers: { a: '{{ h }}' }, sensitive_headers: { b: '{{ no }}' } },
      [['id', 'h'], ['response'], ['next']],
    ],
    ['BranchingNode', { mapping: { a: 'x', b: 'y', c: 'x' } }, [['branching_mapping_key'], [], ['x', 'y', 'default']]],
    ['InputMessageNode', { message: 'Hi {{ who }}' }, [['who'], ['user_input'], ['next']]],
    ['OutputMessageNode', { message: 'Hi {{ who }}' }, [['who'], [], ['next']]],
    [
      'ToolNode',
      { tool: { component_type: 'ClientTool', id: 't', inputs: [text('i')], outputs: [text('o')] } },
      [['i'], ['o'], ['next']],
    ],
    ['FlowNode', { subflow: inner }, [['a'], ['x'], ['good', 'next']]],
    ['MapNode', { subflow: inner, reducers: null }, [['iterated_a'], ['collected_x'], ['next']]],
    ['ParallelMapNode', { subflow: inner, reducers: { x: 'sum' } }, [['iterated_a'], ['collected_x'], ['next']]],
    ['ParallelFlowNode', { subflows: [inner] }, [['a'], ['x'], ['next']]],
    [
      'CatchExceptionNode',
      { subflow: inner },
      [['a'], ['x', 'caught_exception_info'], ['good', 'next', 'caught_exception_branch']],
    ],
    [
      'AgentNode',
      {
        agent: { component_type: 'Agent', id: 'a', system_prompt: '{{ p }}', outputs: [text('o')] },
        branches: ['l', 'r'],
      },
      [['p'], ['o'], ['l', 'r']],
    ],
    ['StartNode', { outputs: [text('a')] }, [['a'], ['a'], ['next']]],
    ['EndNode', { inputs: [text('a')] }, [['a'], ['a'], []]],
  ] as [string, JsonObject, unknown][])('of %s', (type, fields, wanted) => {
    expect(seen(node(type, fields))).toEqual(wanted);
  });

  it('lets declared ones stand', () => {
    const llm = node('LlmNode', {
      prompt_template: '{{ q }}',
      inputs: [{ title: 'q', type: 'number' }],
      outputs: [{ title: 'sum', type: 'number' }],
    });
    expect(inputsOf(llm, llm)).toEqual([{ title: 'q', type: 'number' }]);
    expect(outputsOf(llm, llm)).toEqual([{ title: 'sum', type: 'number' }]);
  });

  it('does not hang on a flow that contains itself', () => {
    const tree: JsonObject = {
      component_type: 'Flow',
      id: 'f',
      start_node: { component_type: 'FlowNode', id: 'n', subflow: { $component_ref: 'f' } },
      nodes: [],
    };
    expect(inputsOf(tree, tree)).toEqual([]);
  });
});
