import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleFiles, examplesFolder } from '../testing/exampleDocuments.ts';
import { blankDocument, newEdge, newNode } from './create.ts';
import type { EditCommand } from './edit.ts';
import { applyCommands } from './edit.ts';
import { openFlow } from './flow.ts';
import type { JsonObject } from './json.ts';
import { readDocument } from './read.ts';
import { validate } from './validate.ts';

function counter(): () => string {
  let n = 0;
  return () => `id${++n}`;
}

const blank = blankDocument('Blank', { newId: counter() });
const view = openFlow(blank);
const flow = view.id;
const start = view.startId;
const end = view.nodes[1]?.id ?? '';
const firstEdge = view.controlEdges[0]?.id ?? '';

/** The blank flow with one step between start and end. */
function withStep(node: JsonObject, more: EditCommand[] = []): JsonObject {
  const id = node.id as string;
  return applyCommands(blank, [
    { type: 'add', flow, node },
    { type: 'disconnect', flow, edge: firstEdge },
    { type: 'connect', flow, edge: newEdge({ from: start, to: id }, 'in') },
    ...more,
  ]).tree;
}

function step(kind: Parameters<typeof newNode>[0], fields: JsonObject = {}, name = 'Step'): JsonObject {
  return { ...newNode(kind, { newId: counter2('s'), name }), ...fields };
}

function counter2(prefix: string): () => string {
  let n = 0;
  return () => `${prefix}${++n}`;
}

const on: EditCommand = { type: 'connect', flow, edge: newEdge({ from: 's1', to: end }, 'out') };
const found = (tree: JsonObject) => validate(tree).map(({ code, severity }) => `${severity} ${code}`);
const said = (tree: JsonObject, code: string) => validate(tree).find((problem) => problem.code === code)?.message;

describe('validate', () => {
  it('finds nothing wrong with a blank flow', () => {
    expect(validate(blank)).toEqual([]);
  });

  it('says which branch leads nowhere, in plain words, at the step', () => {
    const tree = withStep(
      step('decide', {
        name: 'Decide by amount',
        inputs: [{ title: 'size', type: 'string', default: '' }],
        mapping: { l: 'large' },
        branches: [],
      }),
      [{ type: 'connect', flow, edge: newEdge({ from: 's1', branch: 'default', to: end }, 'd') }],
    );
    const [problem] = validate(tree);
    expect(problem).toMatchObject({ code: 'OAS-BRANCH-OPEN', severity: 'error', componentId: 's1' });
    expect(problem?.message).toBe('“Decide by amount” has no step after its branch “large”.');
  });

  it('finds branches that a step does not have, and two edges on one branch', () => {
    const message = step('message');
    const wrong: EditCommand = { type: 'connect', flow, edge: newEdge({ from: 's1', branch: 'maybe', to: end }, 'w') };
    expect(found(withStep(message, [on, wrong]))).toContain('error OAS-BRANCH-UNKNOWN');
    const twice: EditCommand = { type: 'connect', flow, edge: newEdge({ from: 's1', to: end }, 't') };
    expect(found(withStep(message, [on, twice]))).toContain('error OAS-BRANCH-TWICE');
  });

  it('finds inputs that nothing feeds, or that are fed too late or perhaps', () => {
    expect(said(withStep(step('ai'), [on]), 'OAS-INPUT-UNFED')).toBe(
      '“Step” needs “text”, but nothing gives it a value.',
    );
    const late = withStep(step('ai'), [
      { type: 'add', flow, node: newNode('question', { newId: () => 'q', name: 'Ask' }) },
      { type: 'connect', flow, edge: newEdge({ from: 's1', to: 'q' }, 'c1') },
      { type: 'connect', flow, edge: newEdge({ from: 'q', to: end }, 'c2') },
      {
        type: 'connect',
        flow,
        edge: newEdge({ source: 'q', output: 'user_input', destination: 's1', input: 'text' }, 'd1'),
      },
    ]);
    expect(said(late, 'OAS-INPUT-LATE')).toBe('“Step” takes “text” from “Ask”, which never runs before it.');
    const perhaps = withStep(step('decide', { inputs: [{ title: 'v', type: 'string', default: '' }] }), [
      { type: 'add', flow, node: newNode('question', { newId: () => 'q', name: 'Ask' }) },
      { type: 'add', flow, node: newNode('ai', { newId: counter2('x'), name: 'Write' }) },
      { type: 'connect', flow, edge: newEdge({ from: 's1', branch: 'yes', to: 'q' }, 'c1') },
      { type: 'connect', flow, edge: newEdge({ from: 's1', branch: 'default', to: 'x1' }, 'c2') },
      { type: 'connect', flow, edge: newEdge({ from: 'q', to: 'x1' }, 'c3') },
      { type: 'connect', flow, edge: newEdge({ from: 'x1', to: end }, 'c4') },
      {
        type: 'connect',
        flow,
        edge: newEdge({ source: 'q', output: 'user_input', destination: 'x1', input: 'text' }, 'd1'),
      },
    ]);
    expect(found(perhaps)).toEqual(['warning OAS-INPUT-MAYBE']);
  });

  it('finds data that comes from nowhere, goes nowhere, or does not fit', () => {
    const data = (output: string, input: string): EditCommand => ({
      type: 'connect',
      flow,
      edge: newEdge({ source: start, output, destination: 's1', input }, 'd'),
    });
    const inputs: EditCommand = {
      type: 'set',
      component: start,
      pointer: '/inputs',
      value: [{ title: 'list', type: 'array' }],
    };
    const outputs: EditCommand = {
      type: 'set',
      component: start,
      pointer: '/outputs',
      value: [{ title: 'list', type: 'array' }],
    };
    const tool = { ...(step('tool').tool as JsonObject), inputs: [{ title: 'n', type: 'number' }] };
    const node = step('tool', { tool, inputs: [{ title: 'n', type: 'number' }] });
    expect(found(withStep(node, [on, data('gone', 'n')]))).toContain('error OAS-DATA-OUTPUT');
    expect(found(withStep(node, [on, inputs, outputs, data('list', 'gone')]))).toContain('error OAS-DATA-INPUT');
    expect(said(withStep(node, [on, inputs, outputs, data('list', 'n')]), 'OAS-DATA-TYPE')).toBe(
      '“list” of “Start” is list, but “n” of “Step” must be number.',
    );
  });

  it('finds starts and ends that are missing, doubled or cut off', () => {
    const without = { ...blank, nodes: [{ $component_ref: start }], control_flow_connections: [] };
    expect(found(without)).toContain('error OAS-END-NONE');
    expect(found({ ...blank, nodes: [{ $component_ref: end }] })).toContain('error OAS-START-NONE');
    const two = applyCommands(blank, [
      { type: 'add', flow, node: newNode('start', { newId: () => 's2', name: 'Again' }) },
    ]).tree;
    expect(found(two)).toContain('error OAS-START-TWICE');
    const loose = applyCommands(blank, [
      { type: 'add', flow, node: newNode('end', { newId: () => 'e2', name: 'Other' }) },
    ]).tree;
    expect(said(loose, 'OAS-END-UNREACHED')).toBe('Nothing leads to the end “Other”.');
    const back = applyCommands(withStep(step('message'), [on]), [
      { type: 'connect', flow, edge: newEdge({ from: end, to: 's1' }, 'b') },
      { type: 'connect', flow, edge: newEdge({ from: 's1', branch: 'x', to: start }, 'b2') },
    ]).tree;
    expect(found(back)).toEqual(expect.arrayContaining(['error OAS-END-LEFT', 'error OAS-START-ENTERED']));
    const round = withStep(step('message'), [{ type: 'connect', flow, edge: newEdge({ from: 's1', to: 's1' }, 'r') }]);
    expect(found(round)).toContain('error OAS-END-UNREACHED');
  });

  it('finds steps that nothing leads to, and names that stand twice', () => {
    const tree = applyCommands(blank, [{ type: 'add', flow, node: step('message', {}, 'End') }]).tree;
    expect(found(tree)).toEqual(expect.arrayContaining(['warning OAS-ORPHAN', 'warning OAS-NAME-TWICE']));
    expect(found(tree)).toContain('warning OAS-BRANCH-OPEN');
  });

  it('finds outputs that a flow promises and an end does not deliver', () => {
    const promise = (output: JsonObject) =>
      applyCommands(blank, [{ type: 'set', component: flow, pointer: '/outputs', value: [output] }]).tree;
    expect(found(promise({ title: 'x', type: 'string' }))).toEqual(['error OAS-FLOW-OUTPUT']);
    expect(found(promise({ title: 'x', type: 'string', default: '' }))).toEqual([]);
  });

  it('finds fields that are missing, of the wrong kind, or not known', () => {
    const { prompt_template: _gone, ...bare } = step('ai', { inputs: [] });
    expect(said(withStep(bare, [on]), 'OAS-FIELD-MISSING')).toBe(
      '“Step” lacks the field “prompt_template”, which a LlmNode must have.',
    );
    expect(said(withStep(step('message', { message: 7 }), [on]), 'OAS-FIELD')).toBe(
      'The field “message” of “Step” must be a text.',
    );
    const node = step('tool');
    expect(found(withStep({ ...node, tool: newNode('end', { newId: () => 'odd' }) }, [on]))).toContain(
      'error OAS-FIELD',
    );
    expect(found(withStep(step('message', { colour: 'red' }), [on]))).toEqual(['warning OAS-UNKNOWN-FIELD']);
    const plugin = { component_type: 'PluginRegexNode', id: 's1', name: 'Match', inputs: [], outputs: [] };
    expect(found(withStep(plugin, [on]))).toEqual(['warning OAS-UNKNOWN-TYPE']);
  });

  it('finds titles, types and defaults that are not sound', () => {
    const inputs = (value: JsonObject[]) =>
      found(applyCommands(blank, [{ type: 'set', component: end, pointer: '/outputs', value }]).tree);
    expect(inputs([{ title: 'a b', type: 'string', default: '' }])).toContain('error OAS-TITLE');
    expect(inputs([{ type: 'string' }])).toContain('error OAS-TITLE-MISSING');
    expect(inputs([{ title: 'a', type: 'text', default: '' }])).toContain('error OAS-TYPE-WORD');
    expect(inputs([{ title: 'a', type: 'number', default: 'x' }])).toContain('error OAS-DEFAULT');
    expect(
      inputs([
        { title: 'a', default: 1 },
        { title: 'a', default: 1 },
      ]),
    ).toContain('error OAS-TITLE-TWICE');
  });

  it('finds placeholders without an input', () => {
    const tree = withStep(step('message', { message: 'Hello {{ name }}' }), [on]);
    expect(said(tree, 'OAS-INPUT-UNDECLARED')).toBe('“Step” uses “name”, but does not list it among its inputs.');
  });

  it('looks at forms, formulas and addresses', () => {
    const review = step('review');
    const tool = review.tool as JsonObject;
    const surface = [{ version: 'v0.9.1', createSurface: { surfaceId: 'a', catalogId: 'x' } }];
    const broken = { ...tool, metadata: { __metadata_info__: { rondo: { surface } } } };
    expect(found(withStep({ ...review, tool: broken }, [on]))).toContain('error OAS-A2UI-NO-ROOT');
    const more = [...(tool.outputs as JsonObject[]), { title: 'extra', type: 'number' }];
    expect(found(withStep({ ...review, outputs: more, tool: { ...tool, outputs: more } }, [on]))).toEqual([
      'error OAS-REVIEW-OUTPUT',
    ]);
    const formula = step('formula', { inputs: [] });
    const empty = { ...(formula.tool as JsonObject), inputs: [], configuration: { expression: ' ' } };
    expect(found(withStep({ ...formula, tool: empty }, [on]))).toEqual(['error OAS-BUILTIN-EMPTY']);
    expect(found(withStep(step('api', { url: 'file:///etc/passwd' }), [on]))).toEqual(['error OAS-URL']);
  });

  it('checks what built-in tools are told', () => {
    const told = (kind: Parameters<typeof step>[0], configuration: JsonObject, inputs: JsonObject[] = []) => {
      const node = step(kind, { inputs });
      const tool = { ...(node.tool as JsonObject), inputs, configuration };
      const at = '/tool/configuration';
      return validate(withStep({ ...node, tool }, [on]))
        .filter(({ code }) => code.startsWith('OAS-BUILTIN'))
        .map(({ severity, pointer }) => `${severity} ${pointer.slice(pointer.indexOf(at) + at.length)}`);
    };
    expect(told('wait', { seconds: -1 })).toEqual(['error /seconds']);
    expect(told('wait', { seconds: '{{ pause }}' }, [{ title: 'pause' }])).toEqual([]);
    expect(told('wait', {}, [{ title: 'seconds', type: 'number' }])).toEqual([]);
    expect(told('wait', { mode: 'until', until: 'Friday' })).toEqual(['error /until']);
    expect(told('wait', { mode: 'until', until: '2026-12-24T18:00:00+01:00' })).toEqual([]);
    expect(told('wait', { mode: 'event', timeoutSeconds: 'soon' })).toEqual(['error /event', 'error /timeoutSeconds']);
    expect(told('wait', { mode: 'event', event: 'paid', timeoutSeconds: 5 })).toEqual([]);
    expect(told('wait', { mode: 'webhook' })).toEqual([]);
    expect(told('wait', { mode: 'never' })).toEqual(['error /mode']);
    expect(told('runFlow', {})).toEqual(['warning /flow']);
    expect(told('runFlow', { flow: 'other', detached: 'yes' })).toEqual(['error /detached']);
    expect(told('readFile', {})).toHaveLength(1);
    expect(told('writeFile', { name: 'a.txt' })).toEqual([]);
  });

  it('says of which agents it cannot run', () => {
    const codes = (agent: JsonObject, fields: JsonObject = {}) => {
      const node = step('agent', fields);
      return found(withStep({ ...node, agent: { ...(node.agent as JsonObject), ...agent } }, [on]));
    };
    expect(codes({})).toEqual([]);
    expect(codes({ component_type: 'OpenAiAgent' })).toContain('warning OAS-NOT-RUN');
    expect(codes({ toolboxes: [{ component_type: 'MCPToolBox', id: 'b', name: 'b' }] })).toContain(
      'warning OAS-NOT-RUN',
    );
    expect(codes({ human_in_the_loop: false, outputs: [] }, { outputs: [] })).toContain('warning OAS-AGENT-OUTPUTS');
    expect(codes({ human_in_the_loop: false })).toEqual([]);
  });

  it('checks how a step is tried again, and how many items run at once', () => {
    const settings = (rondo: JsonObject) => ({ metadata: { __metadata_info__: { rondo } } });
    const wrong = (kind: Parameters<typeof step>[0], rondo: JsonObject) =>
      validate(withStep(step(kind, settings(rondo)), [on]))
        .filter(({ code }) => code.startsWith('OAS-POLICY') || code === 'OAS-CONCURRENCY')
        .map(({ severity, code, pointer }) => `${severity} ${code} ${pointer.split('/rondo/')[1]}`);
    const good = { attempts: 3, delaySeconds: 0, factor: 1, maxDelaySeconds: 9, jitter: 'none', retryOn: 'any' };
    expect(wrong('api', { policy: { ...good, timeLimitSeconds: 0.5 } })).toEqual([]);
    expect(wrong('api', { policy: { attempts: 0, jitter: 'some', timeLimitSeconds: 0 } })).toEqual([
      'error OAS-POLICY policy/attempts',
      'error OAS-POLICY policy/jitter',
      'error OAS-POLICY policy/timeLimitSeconds',
    ]);
    expect(wrong('api', { policy: 3 })).toEqual(['error OAS-POLICY policy']);
    expect(wrong('each', { policy: good })).toEqual(['warning OAS-POLICY-FLOW policy']);
    expect(wrong('eachParallel', { concurrency: 0 })).toEqual(['error OAS-CONCURRENCY concurrency']);
    expect(wrong('eachParallel', { concurrency: 5 })).toEqual([]);
  });

  it('knows what a review may say of whom it is for, and when it is due', () => {
    const wrong = (rondo: JsonObject) => {
      const tool: JsonObject = { component_type: 'ClientTool', id: 'look', name: 'look', outputs: [] };
      tool.metadata = { __metadata_info__: { rondo: { surface: [], ...rondo } } };
      return validate(tool)
        .filter(({ code }) => code === 'OAS-ASSIGN' || code === 'OAS-DUE')
        .map(({ code, pointer }) => `${code} ${pointer.split('/rondo/')[1]}`);
    };
    expect(wrong({ assign: { people: ['anna@example.com'], groups: ['Finance'] }, dueSeconds: 60 })).toEqual([]);
    expect(wrong({ assign: 'Finance' })).toEqual(['OAS-ASSIGN assign']);
    expect(wrong({ assign: { people: 'anna@example.com', groups: [1] } })).toEqual([
      'OAS-ASSIGN assign/people',
      'OAS-ASSIGN assign/groups',
    ]);
    expect(wrong({ dueSeconds: 0 })).toEqual(['OAS-DUE dueSeconds']);
    expect(wrong({ dueSeconds: 'P1D' })).toEqual(['OAS-DUE dueSeconds']);
  });

  it('looks into records, maps of texts and JSON Schemas', () => {
    const api = (fields: JsonObject) => found(withStep(step('api', fields), [on]));
    expect(api({ retry_policy: { max_attempts: 0, jitter: null, backoff_factor: 0.5 } })).toEqual([]);
    expect(api({ retry_policy: { max_attempts: -1 } })).toEqual(['error OAS-FIELD']);
    expect(api({ retry_policy: { tries: 3 } })).toEqual(['error OAS-FIELD']);
    expect(api({ retry_policy: { initial_retry_delay: 9 } })).toEqual(['error OAS-FIELD']);
    expect(api({ retry_policy: { recoverable_statuses: { 409: 'all' } } })).toEqual(['error OAS-FIELD']);
    expect(api({ headers: null })).toEqual(['error OAS-FIELD']);
    expect(api({ headers: { A: 'b' }, sensitive_headers: { A: 'c' } })).toEqual(['error OAS-HEADER-TWICE']);
    const answer = (schema: JsonObject) => api({ outputs: [{ title: 'response', ...schema }] });
    expect(answer({ type: 'object', properties: { a: true } })).toEqual([]);
    expect(answer({ type: 'object', properties: [] })).toEqual(['error OAS-SCHEMA']);
    expect(answer({ type: 'array', items: { enum: 'a' } })).toEqual(['error OAS-SCHEMA']);
    expect(answer({ type: [] })).toEqual(['error OAS-TYPE-WORD']);
    expect(answer({ anyOf: [] })).toEqual(['error OAS-SCHEMA']);
  });

  it('finds lists that are not those that follow from the rest', () => {
    const decide = { inputs: [{ title: 'v', type: 'string', default: '' }], mapping: { y: 'yes' } };
    const branch = (name: string): EditCommand => ({
      type: 'connect',
      flow,
      edge: newEdge({ from: 's1', branch: name, to: end }, name),
    });
    const listed = (branches: string[]) =>
      found(withStep(step('decide', { ...decide, branches }), [branch('yes'), branch('default')]));
    expect(listed(['yes', 'default'])).toEqual([]);
    expect(listed(['yes'])).toEqual(['error OAS-BRANCHES']);
    expect(listed(['yes', 'default', 'yes'])).toEqual(['error OAS-BRANCHES']);
    const unused = step('message', { inputs: [{ title: 'x', type: 'string', default: '' }] });
    expect(found(withStep(unused, [on]))).toEqual(['error OAS-INPUT-UNUSED']);
    expect(found(withStep({ ...step('tool'), outputs: [] }, [on]))).toEqual(['error OAS-OUTPUT-UNDECLARED']);
    const other = applyCommands(blank, [
      { type: 'set', component: start, pointer: '/inputs', value: [{ title: 'a', type: 'string' }] },
    ]).tree;
    expect(found(other)).toContain('error OAS-PASSED-ON');
  });

  it('looks at components without an id, too, and at those that need not say their type', () => {
    const tool = { ...(step('tool').tool as JsonObject), requires_confirmation: 'no' };
    const { id: _gone, ...unnamed }: JsonObject = tool;
    expect(found(withStep({ ...step('tool'), tool: unnamed }, [on]))).toEqual(['error OAS-FIELD']);
    const agent = {
      component_type: 'A2AAgent',
      id: 'a',
      name: 'a',
      agent_url: 'https://a',
      agentspec_version: '26.3.1',
    };
    expect(found({ ...agent, connection_config: { timeout: 3, verify: true } })).toEqual([]);
    expect(found({ ...agent, connection_config: { timeout: '3' } })).toEqual(['error OAS-FIELD']);
    const team = { component_type: 'Swarm', id: 's', name: 's', agentspec_version: '26.3.1', first_agent: agent };
    expect(found({ ...team, relationships: [] })).toContain('error OAS-TEAM');
  });

  it('says what the version lacks', () => {
    expect(found({ ...blank, agentspec_version: '99.1.0' })).toEqual(['warning OAS-VERSION-UNKNOWN']);
    expect(found({ ...blank, agentspec_version: 'new' })).toEqual(['error OAS-VERSION']);
    expect(found({ ...blank, agentspec_version: null })).toEqual(['error OAS-VERSION']);
    const { agentspec_version: _gone, ...bare } = blank;
    expect(found(bare)).toEqual(['warning OAS-VERSION-MISSING']);
    expect(found({ ...withStep(step('tool'), [on]), agentspec_version: '25.4.1' })).toEqual([]);
    expect(found({ ...withStep(step('wait'), [on]), agentspec_version: '25.4.1' })).toEqual([
      'warning OAS-VERSION-LOW',
    ]);
  });

  it.each(exampleFiles())('has an opinion on %s without falling over', (name) => {
    const { tree } = readDocument(readFileSync(`${examplesFolder}/${name}`, 'utf8'), name);
    for (const problem of validate(tree as JsonObject)) expect(problem.message).toMatch(/^[“A-Z].*[.!]$/s);
  });
});
