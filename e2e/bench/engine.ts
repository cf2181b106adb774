/**
 * `npm run bench -- --engine`: what the interpreter takes for a node, in memory: a chain of tools, a loop of control
 * flow, a map. Beside it, in the same turns, the reference runtime of Open Agent Spec where a Python with it is there.
 * Each figure is the median of its turns.
 */
import { advance } from '@rondo/server/engine/advance.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { portsOf } from '../oracle/ourRun.ts';
import { findWayflow, type Scenario, Wayflow } from '../oracle/wayflow.ts';
import { median } from './load.ts';
import { line } from './table.ts';

const turns = 7;
const tools = 200;
const rounds = 1000;
const items = 1000;

const ref = (id: string): JsonObject => ({ $component_ref: id });
const text = (title: string): JsonObject => ({ title, type: 'string' });
const node = (type: string, id: string, fields: JsonObject): JsonObject => ({
  component_type: type,
  id,
  name: id,
  ...fields,
});
/** A step with a tool of the server that answers at once. */
function tool(id: string, input: string, output: string): JsonObject {
  const io = { inputs: [text(input)], outputs: [text(output)] };
  return node('ToolNode', id, { ...io, tool: node('ServerTool', `${id}-t`, { ...io, name: id, description: id }) });
}

/** A flow of these steps; ways are `from to` or `from.branch to`, values go by their names. */
function flow(id: string, nodes: JsonObject[], ways: string[]): JsonObject {
  return {
    component_type: 'Flow',
    id,
    name: id,
    start_node: ref(String(nodes[0]?.id)),
    nodes: nodes.map((one) => ref(String(one.id))),
    control_flow_connections: ways.map((way, i) => {
      const [from = '', to = ''] = way.split(' ');
      const [source = '', branch] = from.split('.');
      const edge = { from_node: ref(source), to_node: ref(to), ...(branch !== undefined && { from_branch: branch }) };
      return node('ControlFlowEdge', `${id}-c${i}`, edge);
    }),
    data_flow_connections: null,
    $referenced_components: Object.fromEntries(nodes.map((one) => [String(one.id), one])),
  };
}

const chained = (nodes: JsonObject[]) => nodes.slice(1).map((one, i) => `${String(nodes[i]?.id)} ${String(one.id)}`);
const start = (id: string, ...inputs: JsonObject[]) => node('StartNode', id, { inputs, outputs: inputs });
const end = (id: string, ...outputs: JsonObject[]) => node('EndNode', id, { inputs: outputs, outputs });

/** What is measured: a scenario, and how many nodes are executed in it. */
interface Measure {
  name: string;
  aim: string;
  nodes: number;
  scenario: Scenario;
}

function scenarioOf(document: JsonObject, inputs: JsonObject, serverTools: Scenario['serverTools']): Scenario {
  return { document: { agentspec_version: '26.1.0', ...document }, inputs, serverTools, clientTools: {}, messages: [] };
}

function chainOfTools(): Measure {
  const steps = Array.from({ length: tools }, (_, i) => tool(`tool${i}`, `v${i}`, `v${i + 1}`));
  const nodes = [start('start', text('v0')), ...steps, end('end', text(`v${tools}`))];
  const answers = Object.fromEntries(steps.map(({ id }) => [String(id), 'given']));
  return {
    name: `a node of a chain of ${tools} tools`,
    aim: '0.05 ms',
    nodes: nodes.length,
    scenario: scenarioOf(flow('chain', nodes, chained(nodes)), { v0: 'begin' }, answers),
  };
}

function loop(): Measure {
  const nodes = [
    start('start', text('v')),
    tool('count', 'v', 'again'),
    node('BranchingNode', 'decide', { mapping: { yes: 'back' }, inputs: [text('again')] }),
    end('end', text('again')),
  ];
  const ways = ['start count', 'count decide', 'decide.back count', 'decide.default end'];
  return {
    name: `a node of a loop of ${rounds.toLocaleString('en')} rounds`,
    aim: '0.05 ms',
    nodes: 2 * (rounds + 1) + 2,
    scenario: scenarioOf(flow('loop', nodes, ways), { v: 'begin' }, { count: { $turns: ['yes', rounds, 'no'] } }),
  };
}

function map(): Measure {
  const inside = [start('istart', text('n')), tool('give', 'n', 'm'), end('iend', text('m'))];
  const many = (title: string, of: string): JsonObject => ({ title, type: 'array', items: text(of) });
  const nodes = [
    start('start', many('iterated_n', 'n')),
    node('MapNode', 'map', {
      subflow: flow('inner', inside, chained(inside)),
      inputs: [{ title: 'iterated_n', anyOf: [text('n'), many('n', 'n')] }],
      outputs: [many('collected_m', 'm')],
    }),
    end('end', many('collected_m', 'm')),
  ];
  const list = Array.from({ length: items }, (_, i) => `item ${i}`);
  return {
    name: `a node of a map over ${items.toLocaleString('en')} items`,
    aim: '0.05 ms',
    nodes: 3 * items + 3,
    scenario: scenarioOf(flow('map-flow', nodes, chained(nodes)), { iterated_n: list }, { give: 'given' }),
  };
}

/** Milliseconds of a run in memory. @throws {Error} when it does not come to its end */
async function ours({ document, inputs, ...scenario }: Scenario): Promise<number> {
  const at = new Date().toISOString();
  const actor = { kind: 'system', id: 'bench', name: 'Bench' } as const;
  const pending: RunEvent[] = [{ kind: 'run_started', at, actor, trigger: 'test', inputs }];
  const ports = portsOf({ document, inputs, ...scenario });
  const began = performance.now();
  const ended = await advance({
    runId: 'r',
    document,
    journal: [],
    pending,
    ports,
    append: async () => undefined,
    signal: new AbortController().signal,
  });
  if (ended.state !== 'succeeded') throw new Error(`It ended as ${JSON.stringify(ended).slice(0, 500)}`);
  return performance.now() - began;
}

const place = findWayflow();
const wayflow = 'python' in place ? await Wayflow.start(place.python) : undefined;
if ('missing' in place) console.log(`Without the reference runtime: ${place.missing}.`);
console.log(`\n${'The interpreter, in memory'.padEnd(60)}${'aim'.padStart(12)}${'measured'.padStart(16)}`);
try {
  for (const { name, aim, nodes, scenario } of [chainOfTools(), loop(), map()]) {
    const own: number[] = [];
    const theirs: number[] = [];
    await ours(scenario);
    for (let turn = 0; turn < turns; turn += 1) {
      own.push((await ours(scenario)) / nodes);
      const answer = await wayflow?.run(scenario);
      if (answer && answer.status !== 'finished') throw new Error(`The reference runtime says ${answer.error}`);
      if (answer) theirs.push((answer.milliseconds?.run ?? Number.NaN) / nodes);
    }
    line(name, aim, `${median(own).toFixed(4)} ms`);
    if (theirs.length > 0) line(`  the same on the reference runtime`, '', `${median(theirs).toFixed(4)} ms`);
  }
} finally {
  await wayflow?.stop();
}
