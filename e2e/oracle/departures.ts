import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Answer, Scenario } from './wayflow.ts';

/** Where the reference runtime and we differ, on purpose: what decides it, and a flow that shows it. */
export interface Departure {
  name: string;
  /** the paragraph that decides it */
  decidedBy: string;
  scenario: Scenario;
  /** what the reference runtime says: a text that is in its error, or its answer */
  theirs: string | Partial<Answer>;
  ours: Partial<Answer>;
}

const text = (title: string, more: JsonObject = {}): JsonObject => ({ title, type: 'string', ...more });
const number = (title: string, more: JsonObject = {}): JsonObject => ({ title, type: 'number', ...more });
const whole = (title: string, more: JsonObject = {}): JsonObject => ({ title, type: 'integer', ...more });
const list = (title: string, items: JsonObject, more: JsonObject = {}): JsonObject => ({
  title,
  type: 'array',
  items,
  ...more,
});
const ref = (id: string): JsonObject => ({ $component_ref: id });
const start = (inputs: JsonObject[], id = 'start'): JsonObject => node('StartNode', id, { inputs, outputs: inputs });
const end = (outputs: JsonObject[], id = 'end', more: JsonObject = {}): JsonObject =>
  node('EndNode', id, { inputs: outputs, outputs, ...more });
const node = (type: string, id: string, fields: JsonObject): JsonObject => ({
  component_type: type,
  id,
  name: id,
  ...fields,
});
/** A step whose tool answers with what the scenario says, or, for a client tool, asks for it. */
const tool = (id: string, outputs: JsonObject[], inputs: JsonObject[] = [], type = 'ServerTool'): JsonObject => ({
  ...node('ToolNode', id, { inputs, outputs }),
  tool: node(type, `${id}_tool`, { description: id, inputs, outputs }),
});

/** A flow; ways are `from to` or `from.branch to`, and without any the steps follow each other. */
function flow(
  nodes: JsonObject[],
  {
    ways,
    data = null,
    id = 'flow',
    ...more
  }: { ways?: string[]; data?: string[] | null; id?: string } & JsonObject = {},
): JsonObject {
  const steps = ways ?? nodes.slice(1).map((one, i) => `${String(nodes[i]?.id)} ${String(one.id)}`);
  return {
    component_type: 'Flow',
    agentspec_version: '26.3.1',
    id,
    name: id,
    start_node: ref(String(nodes[0]?.id)),
    nodes: nodes.map((one) => ref(String(one.id))),
    control_flow_connections: steps.map((way, i) => {
      const [from = '', to = ''] = way.split(' ');
      const [source = '', branch] = from.split('.');
      return node('ControlFlowEdge', `${id}_c${i}`, {
        from_node: ref(source),
        to_node: ref(to),
        ...(branch !== undefined && { from_branch: branch }),
      });
    }),
    data_flow_connections:
      data?.map((one, i) => {
        const [source = '', output = '', destination = '', input = ''] = one.split(/[ .]/);
        return node('DataFlowEdge', `${id}_d${i}`, {
          source_node: ref(source),
          source_output: output,
          destination_node: ref(destination),
          destination_input: input,
        });
      }) ?? null,
    $referenced_components: Object.fromEntries(nodes.map((one) => [String(one.id), one])),
    ...more,
  };
}

function inner(nodes: JsonObject[], more: Parameters<typeof flow>[1] = {}): JsonObject {
  const { agentspec_version: _version, ...component } = flow(nodes, { id: 'inner', ...more });
  return component;
}

const scenario = (document: JsonObject, more: Partial<Scenario> = {}): Scenario => ({
  document,
  inputs: {},
  serverTools: {},
  clientTools: {},
  messages: [],
  ...more,
});

const numbers = inner([start([number('n')], 'istart'), end([number('n')], 'iend')]);

export const departures: Departure[] = [
  {
    name: 'a step that catches failures runs',
    decidedBy: 'CatchExceptionNode, BuiltinTool and plain LlmConfig do not run in WayFlow → run them.',
    scenario: scenario(
      flow(
        [
          start([]),
          node('CatchExceptionNode', 'try', {
            subflow: inner([
              start([], 'istart'),
              tool('give', [text('x', { default: 'none' })]),
              end([text('x', { default: 'none' })], 'iend'),
            ]),
            inputs: [],
            outputs: [
              text('x', { default: 'none' }),
              { title: 'caught_exception_info', anyOf: [{ type: 'string' }, { type: 'null' }], default: null },
            ],
          }),
          end([text('x')]),
          end([text('x')], 'caught'),
        ],
        { ways: ['start try', 'try end', 'try.caught_exception_branch caught'] },
      ),
      { serverTools: { give_tool: 'given' } },
    ),
    theirs: 'not yet supported',
    ours: { status: 'finished', outputs: { x: 'given' } },
  },
  {
    name: 'a question shows its words',
    decidedBy: 'WayFlow drops InputMessageNode.message → show it.',
    scenario: scenario(
      flow([
        start([]),
        node('InputMessageNode', 'ask', { message: 'Who?', outputs: [text('who')] }),
        end([text('who')]),
      ]),
      { messages: ['Ann'] },
    ),
    theirs: { status: 'finished', outputs: { who: 'Ann' }, messages: ['Ann'] },
    ours: { status: 'finished', outputs: { who: 'Ann' }, messages: ['Who?', 'Ann'] },
  },
  {
    name: 'an output that only some ways give takes its default on the others',
    decidedBy: 'It rejects outputs produced on some paths only, even with a default → use the default.',
    scenario: scenario(
      flow(
        [
          start([text('way')]),
          node('BranchingNode', 'by', { mapping: { long: 'long' }, inputs: [text('way')] }),
          tool('give', [text('more')]),
          end([text('more')], 'full'),
          end([], 'bare'),
        ],
        {
          ways: ['start by', 'by.long give', 'give full', 'by.default bare'],
          outputs: [text('more', { default: 'nothing' })],
        },
      ),
      { inputs: { way: 'short' }, serverTools: { give_tool: 'much' } },
    ),
    theirs: 'Unknown output descriptor',
    ours: { status: 'finished', outputs: { more: 'nothing' } },
  },
  {
    name: 'a map takes every reducer',
    decidedBy: 'It takes only `append` → take all reducers.',
    scenario: scenario(
      flow([
        start([list('iterated_n', number('n'))]),
        node('MapNode', 'map', {
          subflow: numbers,
          reducers: { n: 'sum' },
          inputs: [{ title: 'iterated_n', anyOf: [number('n'), list('n', number('n'))] }],
          outputs: [number('collected_n')],
        }),
        end([number('collected_n')]),
      ]),
      { inputs: { iterated_n: [1, 2, 3] } },
    ),
    theirs: 'ReductionMethod.SUM is not supported',
    ours: { status: 'finished', outputs: { collected_n: 6 } },
  },
  {
    name: 'a map takes several lists side by side',
    decidedBy: 'It runs a map with one iterated input only → zip several.',
    scenario: scenario(
      flow([
        start([list('iterated_a', text('a')), list('iterated_b', text('b'))]),
        node('MapNode', 'map', {
          subflow: inner([start([text('a'), text('b')], 'istart'), end([text('a'), text('b')], 'iend')]),
          inputs: ['a', 'b'].map((name) => ({
            title: `iterated_${name}`,
            anyOf: [text(name), list(name, text(name))],
          })),
          outputs: [list('collected_a', text('a')), list('collected_b', text('b'))],
        }),
        end([list('collected_a', text('a')), list('collected_b', text('b'))]),
      ]),
      { inputs: { iterated_a: ['1', '2'], iterated_b: ['3', '4'] } },
    ),
    theirs: 'Only one input can be iterated on',
    ours: { status: 'finished', outputs: { collected_a: ['1', '2'], collected_b: ['3', '4'] } },
  },
  {
    name: 'an empty list of data connections connects nothing',
    decidedBy: '`[]` means none by the spec (WayFlow treats it as null).',
    scenario: scenario(flow([start([text('x')]), end([text('x', { default: 'none' })])], { data: [] }), {
      inputs: { x: 'given' },
    }),
    theirs: { status: 'finished', outputs: { x: 'given' } },
    ours: { status: 'finished', outputs: { x: 'none' } },
  },
  {
    name: 'yes or no becomes a number where one is wanted',
    decidedBy: 'Casting: anything → string; integer ↔ number ↔ boolean (Python takes true for the number 1 as it is).',
    scenario: scenario(
      flow([start([{ title: 'x', type: 'boolean' }]), end([whole('n')])], { data: ['start.x end.n'] }),
      { inputs: { x: true } },
    ),
    theirs: { status: 'finished', outputs: { n: true as never } },
    ours: { status: 'finished', outputs: { n: 1 } },
  },
  {
    name: 'letters stay letters in a list that becomes a text',
    decidedBy: 'Casting: anything → string (the specification says not how; escapes are nothing to show to a person).',
    scenario: scenario(flow([start([list('x', text('i'))]), end([text('said')])], { data: ['start.x end.said'] }), {
      inputs: { x: ['Zoë'] },
    }),
    theirs: { status: 'finished', outputs: { said: '["Zo\\u00eb"]' } },
    ours: { status: 'finished', outputs: { said: '["Zoë"]' } },
  },
  {
    name: 'a whole number as a text has no decimals',
    decidedBy: 'Casting: anything → string (JSON has one kind of number: 6 and 6.0 are the same).',
    scenario: scenario(
      flow(
        [
          start([whole('x')]),
          node('FlowNode', 'sub', { subflow: numbers, inputs: [number('n')], outputs: [number('n')] }),
          end([text('said')]),
        ],
        {
          data: ['start.x sub.n', 'sub.n end.said'],
        },
      ),
      { inputs: { x: 6 } },
    ),
    theirs: { status: 'finished', outputs: { said: '6.0' } },
    ours: { status: 'finished', outputs: { said: '6' } },
  },
];
