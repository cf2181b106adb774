import { describe, expect, it } from 'vitest';
import { inEnglish } from '../words/said.ts';
import { blankDocument, newEdge, newNode } from './create.ts';
import { applyCommands, type EditCommand } from './edit.ts';
import { openFlow } from './flow.ts';
import type { Json, JsonObject } from './json.ts';
import { changedAt } from './pointer.ts';
import type { Problem } from './problems.ts';
import { repairableCodes, repairsOf } from './repairs.ts';
import { validate } from './validate.ts';

function counter(prefix: string): () => string {
  let n = 0;
  return () => `${prefix}${++n}`;
}

const step = (kind: Parameters<typeof newNode>[0], prefix: string): JsonObject =>
  newNode(kind, { newId: counter(prefix), name: `${kind} ${prefix}` });

/** Start → a call → a decision → a message or the end; one tool beside, all sound. */
function sound(): JsonObject {
  const blank = blankDocument('Sound', { newId: counter('id') });
  const { id: flow, startId: start, nodes, controlEdges } = openFlow(blank);
  const end = nodes[1]?.id ?? '';
  const decide = { ...step('decide', 'd'), inputs: [{ title: 'value', type: 'string', default: 'yes' }] };
  const edge = (from: string, to: string, branch?: string): EditCommand => ({
    type: 'connect',
    flow,
    edge: newEdge(branch === undefined ? { from, to } : { from, to, branch }, `${from}-${branch ?? 'next'}`),
  });
  return applyCommands(blank, [
    { type: 'disconnect', flow, edge: controlEdges[0]?.id ?? '' },
    ...[step('api', 'a'), decide, step('message', 'm'), step('tool', 't')].map(
      (node): EditCommand => ({ type: 'add', flow, node }),
    ),
    edge(start, 'a1'),
    edge('a1', 'd1'),
    edge('d1', 'm1', 'yes'),
    edge('d1', 't1', 'default'),
    edge('m1', end),
    edge('t1', end),
    {
      type: 'connect',
      flow,
      edge: newEdge({ source: 'a1', output: 'response', destination: 'd1', input: 'value' }, 'data'),
    },
  ]).tree;
}

const entry = (id: string) => `/$referenced_components/${id}`;
const set = (tree: JsonObject, pointer: string, value: Json | undefined) =>
  changedAt(tree, pointer, () => value) as JsonObject;
const added = (tree: JsonObject, list: string, item: Json) =>
  changedAt(tree, list, (items) => [...(items as Json[]), item]) as JsonObject;
const rondo = (policy: Json) => ({ __metadata_info__: { rondo: { policy } } });

/** For each code, what spoils the sound document. */
const cases: [code: string, spoil: (tree: JsonObject) => JsonObject][] = [
  ['OAS-ID-MISSING', (tree) => set(tree, `${entry('m1')}/id`, undefined)],
  ['OAS-DUPLICATE-ID', (tree) => set(tree, `${entry('t1')}/tool/id`, 'a1')],
  [
    'OAS-DANGLING',
    (tree) =>
      added(
        tree,
        '/data_flow_connections',
        newEdge({ source: 'gone', output: 'x', destination: 'd1', input: 'value' }, 'e'),
      ),
  ],
  ['OAS-FIELD-MISSING', (tree) => set(tree, `${entry('m1')}/name`, undefined)],
  ['OAS-NAME-EMPTY', (tree) => set(tree, `${entry('m1')}/name`, '')],
  ['OAS-NAME-TWICE', (tree) => set(tree, `${entry('m1')}/name`, 'tool t')],
  ['OAS-VERSION', (tree) => set(tree, '/agentspec_version', 'newest')],
  ['OAS-VERSION-MISSING', (tree) => set(tree, '/agentspec_version', undefined)],
  ['OAS-VERSION-LOW', (tree) => set(set(tree, `${entry('a1')}/url_allow_list`, []), '/agentspec_version', '25.4.1')],
  ['OAS-UNKNOWN-FIELD', (tree) => set(tree, `${entry('m1')}/colour`, 'red')],
  ['OAS-FIELD', (tree) => set(tree, `${entry('a1')}/retry_policy`, { max_attempts: 'many' })],
  [
    'OAS-HEADER-TWICE',
    (tree) => set(set(tree, `${entry('a1')}/headers`, { K: '1' }), `${entry('a1')}/sensitive_headers`, { K: '2' }),
  ],
  ['OAS-TITLE', (tree) => set(set(tree, `${entry('a1')}/outputs/0/title`, 'the answer'), '/data_flow_connections', [])],
  ['OAS-DEFAULT', (tree) => set(tree, `${entry('d1')}/inputs/0/default`, 7)],
  ['OAS-INPUT-UNUSED', (tree) => set(tree, `${entry('m1')}/inputs`, [{ title: 'x', type: 'string', default: '' }])],
  ['OAS-OUTPUT-UNMADE', (tree) => added(tree, `${entry('t1')}/outputs`, { title: 'more', type: 'string' })],
  [
    'OAS-INPUT-UNDECLARED',
    (tree) => set(set(tree, `${entry('t1')}/tool/inputs`, [{ title: 'x', default: 1 }]), `${entry('t1')}/inputs`, []),
  ],
  ['OAS-OUTPUT-UNDECLARED', (tree) => set(tree, `${entry('t1')}/outputs`, [])],
  ['OAS-PASSED-ON', (tree) => set(tree, `${entry('id1')}/inputs`, [{ title: 'x', type: 'string' }])],
  ['OAS-BRANCHES', (tree) => set(tree, `${entry('d1')}/branches`, ['yes', 'no'])],
  ['OAS-EDGE-STEP', (tree) => added(tree, '/control_flow_connections', newEdge({ from: 't1', to: 'elsewhere' }, 'e'))],
  [
    'OAS-DATA-STEP',
    (tree) =>
      added(
        tree,
        '/data_flow_connections',
        newEdge({ source: 'elsewhere', output: 'x', destination: 'd1', input: 'value' }, 'e'),
      ),
  ],
  [
    'OAS-DATA-OUTPUT',
    (tree) =>
      added(
        tree,
        '/data_flow_connections',
        newEdge({ source: 'a1', output: 'no', destination: 'd1', input: 'value' }, 'e'),
      ),
  ],
  [
    'OAS-DATA-INPUT',
    (tree) =>
      added(
        tree,
        '/data_flow_connections',
        newEdge({ source: 'a1', output: 'response', destination: 'd1', input: 'no' }, 'e'),
      ),
  ],
  ['OAS-BRANCH-TWICE', (tree) => added(tree, '/control_flow_connections', newEdge({ from: 't1', to: 'm1' }, 'e'))],
  ['OAS-BRANCH-UNKNOWN', (tree) => set(tree, '/control_flow_connections/3/from_branch', 'otherwise')],
  ['OAS-END-LEFT', (tree) => added(tree, '/control_flow_connections', newEdge({ from: 'id2', to: 'm1' }, 'e'))],
  [
    'OAS-START-ENTERED',
    (tree) => added(tree, '/control_flow_connections', newEdge({ from: 't1', to: 'id1', branch: 'again' }, 'e')),
  ],
  ['OAS-START-TWICE', (tree) => applyCommands(tree, [{ type: 'add', flow: '', node: step('start', 's') }]).tree],
  ['OAS-END-UNREACHED', (tree) => applyCommands(tree, [{ type: 'add', flow: '', node: step('end', 'e') }]).tree],
  ['OAS-ORPHAN', (tree) => applyCommands(tree, [{ type: 'add', flow: '', node: step('message', 'o') }]).tree],
  ['OAS-BRANCH-OPEN', (tree) => applyCommands(tree, [{ type: 'disconnect', flow: '', edge: 'd1-yes' }]).tree],
  ['OAS-REDUCER', (tree) => withLoop(tree, { result: 'merge' })],
  ['OAS-POLICY', (tree) => set(tree, `${entry('a1')}/metadata`, rondo({ attempts: 0 }))],
  ['OAS-POLICY-FLOW', (tree) => set(withLoop(tree, null), `${entry('l1')}/metadata`, rondo({ attempts: 2 }))],
  [
    'OAS-CONCURRENCY',
    (tree) =>
      set(set(withLoop(tree, null), `${entry('l1')}/component_type`, 'ParallelMapNode'), `${entry('l1')}/metadata`, {
        __metadata_info__: { rondo: { concurrency: 0 } },
      }),
  ],
];

/** The document with a loop that nothing leads to, over a flow that passes one value on. */
function withLoop(tree: JsonObject, reducers: Json): JsonObject {
  const added = applyCommands(tree, [{ type: 'add', flow: '', node: step('each', 'l') }]).tree;
  const inner = openFlow(added, 'l4');
  const value = [{ title: 'result', type: 'string', default: '' }];
  const filled = [
    `${inner.pointer}/outputs`,
    ...inner.nodes.flatMap(({ pointer }) => [`${pointer}/inputs`, `${pointer}/outputs`]),
  ].reduce((made, place) => set(made, place, value), added);
  return set(filled, `${entry('l1')}/reducers`, reducers);
}

const keys = (problems: readonly Problem[]) => problems.map(({ code, componentId }) => `${code} ${componentId ?? ''}`);

describe('repairs', () => {
  it('the document that is spoilt here is sound', () => {
    expect(validate(sound())).toEqual([]);
  });

  it.each(cases)('%s is mended, and nothing else is new', (code, spoil) => {
    const tree = spoil(sound());
    const problems = validate(tree);
    const problem = problems.find((one) => one.code === code);
    expect(problem, JSON.stringify(problems)).toBeDefined();
    const repairs = repairsOf(tree, problem as Problem, counter('new'));
    expect(repairs, JSON.stringify(problems)).not.toEqual([]);
    for (const { what, commands } of repairs) {
      expect(inEnglish(what)).toMatch(/^[A-Z]/);
      const done = applyCommands(tree, commands);
      const left = keys(validate(done.tree));
      expect(left.filter((one) => one.startsWith(`${code} `)).length).toBeLessThan(
        keys(problems).filter((one) => one.startsWith(`${code} `)).length,
      );
      for (const one of left) expect(keys(problems)).toContain(one);
      expect(JSON.stringify(applyCommands(done.tree, done.inverse).tree)).toBe(JSON.stringify(tree));
    }
  });

  it('are tried for every code that is said to be repairable', () => {
    expect(cases.map(([code]) => code).sort()).toEqual([...repairableCodes].sort());
  });

  it('are not given where they would only move the trouble', () => {
    const tree = set(sound(), `${entry('m1')}/message`, 'Hello {{ name }}');
    const problem = validate(tree).find(({ code }) => code === 'OAS-INPUT-UNDECLARED') as Problem;
    // Listing the input would leave it without a value.
    expect(repairsOf(tree, problem)).toEqual([]);
    expect(repairsOf(tree, { ...problem, code: 'OAS-NO-WAY-OUT' })).toEqual([]);
  });

  it('makes a reference of a copy', () => {
    const tree = sound();
    const copied = set(tree, '/nodes/2', (tree.$referenced_components as JsonObject).a1 as Json);
    const problem = validate(copied).find(({ code }) => code === 'OAS-DUPLICATE-ID') as Problem;
    const [first] = repairsOf(copied, problem);
    expect(first && inEnglish(first.what)).toBe('Replace the copies by references');
    expect(JSON.stringify(applyCommands(copied, first?.commands ?? []).tree)).toBe(JSON.stringify(tree));
  });
});
