import { describe, expect, it } from 'vitest';
import { readDocument } from './read.ts';

const codes = (text: string, name?: string) => readDocument(text, name).problems.map((problem) => problem.code);
const messages = (text: string, name?: string) => readDocument(text, name).problems.map((problem) => problem.message);
const doc = (value: object) => JSON.stringify({ component_type: 'Flow', name: 'f', ...value });

describe('reading a document', () => {
  it('names line and column of what is not JSON', () => {
    expect(messages('{\n  "a": 1,\n  "b" 2\n}', 'x.json')).toEqual([
      'This is not JSON. Line 3, column 7: a “:” is expected here.',
    ]);
    expect(codes('', 'x.json')).toEqual(['OAS-EMPTY']);
    expect(codes('{"a":1} x', 'x.json')).toEqual(['OAS-JSON']);
    expect(codes('{"a":1,}', 'x.json')).toEqual(['OAS-JSON']);
  });

  it('refuses what YAML can say and JSON cannot', () => {
    for (const value of ['!!binary aGk=', '!!timestamp 2020-01-01', '!!set {a, b}', '.nan', '.inf']) {
      expect(codes(`component_type: Flow\nx: ${value}\n`, 'x.yaml'), value).toEqual(['OAS-VALUE']);
    }
    expect(codes('component_type: Flow\n? {a: 1}\n: x\n', 'x.yaml')).toEqual(['OAS-YAML']);
  });

  it('refuses what is not an Open Agent Spec document', () => {
    expect(codes('[1]')).toEqual(['OAS-NOT-OBJECT']);
    expect(codes('hello')).toEqual(['OAS-NOT-OBJECT']);
    expect(codes('{"a":1}')).toEqual(['OAS-NOT-OAS']);
    expect(codes('{"component_type":7}')).toEqual(['OAS-TYPE']);
  });

  it('reports keys that stand twice, numbers too large and nesting too deep', () => {
    expect(codes('{"component_type":"Flow","a":{"x":1,"x":2}}')).toEqual(['OAS-DUPLICATE-KEY']);
    expect(codes('{"component_type":"Flow","a":1e999}')).toEqual(['OAS-NUMBER']);
    expect(codes(`{"a":${'['.repeat(100_000)}`)).toContain('OAS-DEPTH');
    expect(readDocument(`a: ${'['.repeat(20_000)}`, 'x.yaml').ok).toBe(false);
    expect(codes('component_type: Flow\na: 1\na: 2\n', 'x.yaml')).toEqual(['OAS-DUPLICATE-KEY']);
  });

  it('reports a file that is too large', () => {
    expect(codes(`{"component_type":"Flow","a":"${'x'.repeat(9 * 1024 * 1024)}"}`)).toEqual(['OAS-TOO-LARGE']);
  });

  it('reports references that lead nowhere, but not the secrets that a document leaves open', () => {
    const read = readDocument(doc({ start_node: { $component_ref: 'gone' } }));
    expect(read.ok).toBe(false);
    expect(read.problems[0]).toMatchObject({ code: 'OAS-DANGLING', pointer: '/start_node' });
    expect(
      readDocument(doc({ start_node: { $component_ref: 'gone' } }), undefined, { known: new Set(['gone']) }).ok,
    ).toBe(true);
    const llm = {
      component_type: 'OpenAiConfig',
      id: 'm',
      name: 'm',
      model_id: 'x',
      api_key: { $component_ref: 'my key' },
    };
    expect(readDocument(JSON.stringify(llm)).problems).toEqual([]);
    const tool = {
      component_type: 'RemoteTool',
      id: 't',
      name: 't',
      sensitive_headers: { Authorization: { $component_ref: 'k' } },
    };
    expect(readDocument(JSON.stringify(tool)).problems).toEqual([]);
    const whole = {
      component_type: 'RemoteTool',
      id: 't',
      name: 't',
      sensitive_headers: { $component_ref: 't.sensitive_headers' },
    };
    expect(readDocument(JSON.stringify(whole)).problems).toEqual([]);
  });

  it('reports references in a circle', () => {
    const a = { component_type: 'FlowNode', id: 'a', name: 'a', subflow: { $component_ref: 'b' } };
    const b = { component_type: 'Flow', id: 'b', name: 'b', nodes: [{ $component_ref: 'a' }] };
    const read = readDocument(doc({ id: 'root', $referenced_components: { a, b } }));
    expect(read.ok).toBe(false);
    expect(read.problems.map((problem) => problem.code)).toEqual(['OAS-CIRCLE']);
    expect(read.problems[0]?.message).toBe('References run in a circle: “a” → “b” → “a”.');
    expect(readDocument(doc({ id: 'self', x: { $component_ref: 'self' } })).problems[0]?.code).toBe('OAS-CIRCLE');
    expect(readDocument(doc({ $referenced_components: { k: { $component_ref: 'k' } } })).problems[0]?.code).toBe(
      'OAS-CIRCLE',
    );
  });

  it('reports an id that stands twice', () => {
    const node = { component_type: 'EndNode', id: 'e', name: 'e' };
    const read = readDocument(doc({ nodes: [node], $referenced_components: { e: node } }));
    expect(read.problems[0]).toMatchObject({ code: 'OAS-DUPLICATE-ID', componentId: 'e' });
    expect(read.problems[0]?.message).toContain('/nodes/0, /$referenced_components/e');
  });

  it('takes a disaggregated file, whose keys need not be ids', () => {
    const text = JSON.stringify({
      $referenced_components: {
        llm: { component_type: 'LlmConfig', id: 'other', name: 'm', model_id: 'x' },
        url: 'https://example.com',
        agent: { component_type: 'Agent', id: 'agent', name: 'a', llm_config: { $component_ref: 'llm' } },
      },
    });
    expect(readDocument(text).problems).toEqual([]);
  });

  it('keeps a key called __proto__ an ordinary key', () => {
    for (const [text, name] of [
      ['{"component_type":"Flow","__proto__":{"x":1}}', 'a.json'],
      ['{component_type:"Flow","__proto__":{"x":1}}', 'a.json5'],
      ['component_type: Flow\n__proto__:\n  x: 1\n', 'a.yaml'],
    ] as const) {
      const read = readDocument(text, name);
      expect(Object.keys(read.tree ?? {})).toEqual(['component_type', '__proto__']);
      expect(({} as { x?: number }).x).toBeUndefined();
    }
  });

  it('tells the format by its look when there is no name', () => {
    expect(readDocument('component_type: Flow\n')).toMatchObject({ ok: true, format: 'yaml' });
    expect(readDocument("{component_type: 'Flow', // a\n}")).toMatchObject({ ok: true, format: 'json5' });
  });
});
